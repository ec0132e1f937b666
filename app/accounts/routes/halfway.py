"""Doors of the second step of a sign-in: who gave the right password is asked for a code.

Half way in is a signed cookie of ten minutes. It brings no rights: it says whose code is asked for, and holds for this
browser and this password only.
"""

import json

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import tokens
from app.accounts import actions
from app.accounts.forms import CodeForm
from app.accounts.models import Person
from app.accounts.routes.entering import known_device, let_in
from app.accounts.second_factor import TooManyCodes, WrongCode
from app.i18n import gettext as _
from app.web.access import public
from app.web.replies import explain, page, redirected
from app.web.requests import client_ip, inside, signed_in, site
from app.web.templates import path

COOKIE = "halfway"
LASTS = 600  # seconds


def half_way(request: Request, person: Person, going_to: str, *, stay: bool) -> Response:
    """Leads somebody who gave the right password to the page of the code."""
    response = redirected(request, path("sign-in", "code", next=going_to if going_to != "/" else ""))
    value = json.dumps({"person": person.id, "stay": stay, "proof": _proof(request, person)})
    request.state.cookies.put(response, COOKIE, tokens.sign(site(request), COOKIE, value), LASTS)
    return response


@public("the second step of a sign-in")
async def code_page(request: Request) -> Response:
    """Asks for the code."""
    going_to = inside(request.query_params.get("next", ""))
    person, _stay = await _expected(request)
    if person is None:
        return _start_again(request, going_to)
    return await _page(request, CodeForm(), going_to)


@public("the second step of a sign-in")
async def enter_code(request: Request) -> Response:
    """Lets in who has the authenticator, or a recovery code."""
    # long: each of the ways to be refused has an answer of its own
    form = await CodeForm.read(request)
    going_to = inside(form.next)
    person, stay = await _expected(request)
    if person is None:
        return _start_again(request, going_to)
    if not form.valid:
        return await _page(request, form, going_to, 422)
    try:
        await _check(request, person, form.code)
    except WrongCode as wrong:
        form.errors["code"] = explain(wrong)
        return await _page(request, form, going_to, 422)
    except TooManyCodes as wait:
        reply = await _page(request, form, going_to, 429, problem=explain(wait))
        reply.headers["retry-after"] = str(wait.seconds)
        return reply
    response = await let_in(request, person, going_to, stay=stay)
    request.state.cookies.drop(response, COOKIE)
    return response


async def _check(request: Request, person: Person, code: str) -> None:
    known, request_id = known_device(request, person.login), request.scope["request_id"]
    about = {"ip": client_ip(request), "request_id": request_id, "known_device": known}
    await actions.check_code(person, code, **about, settings=site(request))


async def _expected(request: Request) -> tuple[Person | None, bool]:
    """Who is half way in, and whether they stay signed in."""
    value = tokens.unsign(site(request), COOKIE, request.cookies.get(COOKIE, ""), LASTS)
    said = json.loads(value) if value else None
    person = await Person.get_or_none(id=said["person"], blocked_at=None) if said else None
    if said and person and said["proof"] == _proof(request, person):
        return person, said["stay"]
    return None, False


def _proof(request: Request, person: Person) -> str:
    """What another browser has not, and another password has not."""
    return tokens.digest(f"{person.password_hash} {request.headers.get('user-agent', '')}")[:20]


def _start_again(request: Request, going_to: str) -> Response:
    if signed_in(request):
        return redirected(request, going_to)
    target = path("sign-in", next=going_to if going_to != "/" else "")
    return redirected(request, target, say=_("Too much time has passed: sign in again"))


async def _page(request: Request, form: CodeForm, going_to: str, status: int = 200, *, problem: str = "") -> Response:
    return await page(request, "accounts/code.html", status=status, form=form, going_to=going_to, problem=problem)


routes = [
    Route("/sign-in/code", code_page),
    Route("/sign-in/code", enter_code, methods=["POST"]),
]
