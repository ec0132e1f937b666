"""How somebody who has shown who they are comes in: the one place where a browser gets a session."""

from starlette.requests import Request
from starlette.responses import Response

from app import tokens
from app.accounts import actions
from app.accounts.models import STAFF, Person
from app.web import sessions
from app.web.replies import redirected
from app.web.requests import client_ip, signed_in, site

DEVICE_COOKIE = "device"


async def let_in(request: Request, person: Person, going_to: str, *, stay: bool = False, say: str = "") -> Response:
    """A new session of `person`, who is led on; the session that this browser had before is ended.

    `say` stands on the page that they are led to.
    """
    user = signed_in(request)
    if user:
        await actions.sign_out(user)
    if going_to == "/":
        going_to = "/desk" if person.role in STAFF else "/presentations"
    response = redirected(request, going_to, say=say)
    ip = client_ip(request)
    agent = request.headers.get("user-agent", "")
    cookies: sessions.Cookies = request.state.cookies
    await sessions.begin(response, person.id, stay=stay, ip=ip, agent=agent, cookies=cookies)
    device = tokens.sign(site(request), "device", f"{person.login_key} {person.email_key}")
    cookies.put(response, DEVICE_COOKIE, device, sessions.YEAR)
    await actions.signed_in(person, ip=ip, request_id=request.scope["request_id"])
    return response


def known_device(request: Request, login: str) -> bool:
    """Whether this browser has signed in with this login or address before."""
    known = tokens.unsign(site(request), "device", request.cookies.get(DEVICE_COOKIE, ""), sessions.YEAR)
    return known is not None and login.strip().casefold() in known.split(" ")
