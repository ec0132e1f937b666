"""Doors of calling off promotional letters: the page of a letter's link, and the one click of mail programs."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import unsubscribing
from app.accounts.joining import Withdrawal
from app.web.access import public
from app.web.replies import page, redirected
from app.web.requests import client_ip, site

ONE_CLICK = b"One-Click"  # the value of List-Unsubscribe: RFC 8058, section 3.2


@public("the link of a promotional letter leads here")
async def unsubscribing_page(request: Request) -> Response:
    """What would be called off, and a button: programs that look into letters open links."""
    person = await unsubscribing.find(site(request), request.path_params["token"])
    subscribed = await unsubscribing.is_subscribed(person)
    return await page(request, "accounts/unsubscribing.html", person=person, subscribed=subscribed)


@public("mail programs call letters off in one click, by the token in the address", by_token=True)
async def unsubscribe(request: Request) -> Response:
    """Calls them off; a mail program is led nowhere, as RFC 8058 wants it."""
    person = await unsubscribing.find(site(request), request.path_params["token"])
    clicked = ONE_CLICK in await request.body()  # also within multipart/form-data
    how = Withdrawal.ONE_CLICK if clicked else Withdrawal.PAGE
    await unsubscribing.unsubscribe(person, how, ip=client_ip(request), request_id=request.scope["request_id"])
    return Response(status_code=200) if clicked else redirected(request, request.url.path)


routes = [
    Route("/unsubscribe/{token}", unsubscribing_page),
    Route("/unsubscribe/{token}", unsubscribe, methods=["POST"]),
]
