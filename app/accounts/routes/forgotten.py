"""Doors of a forgotten password."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import forgotten, throttle
from app.accounts.links import DeadLink
from app.accounts.registration_forms import ForgottenForm, PasswordForm
from app.accounts.routes.dead_links import dead_link
from app.i18n import gettext as _
from app.web.access import public
from app.web.replies import explain, page, redirected
from app.web.requests import client_ip, site


@public("who has forgotten the password cannot sign in")
async def forgotten_page(request: Request) -> Response:
    """Asks whose password it is."""
    return await _page(request, ForgottenForm())


@public("who has forgotten the password cannot sign in")
async def ask(request: Request) -> Response:
    """Has a link sent; the answer is the same for known and unknown."""
    form = await ForgottenForm.read(request)
    if not form.valid:
        return await _page(request, form, 422)
    ip, request_id = client_ip(request), request.scope["request_id"]
    try:
        await forgotten.ask(form.login, ip=ip, request_id=request_id, settings=site(request))
    except throttle.TooOften as wait:
        reply = await _page(request, form, 429, problem=explain(wait))
        reply.headers["retry-after"] = str(wait.seconds)
        return reply
    return redirected(request, "/forgotten-password/sent")


@public("it tells what comes next, to whoever has forgotten the password")
async def sent(request: Request) -> Response:
    """What comes after the form: a letter, if there is somebody to write to."""
    return await page(request, "accounts/forgotten_sent.html")


@public("the link of a letter leads here")
async def password_page(request: Request) -> Response:
    """The form of the new password. To read it does not use the link up."""
    try:
        found = await forgotten.find(request.path_params["token"], settings=site(request))
    except DeadLink as dead:
        return await dead_link(request, dead, "password")
    return await _password_page(request, found, PasswordForm())


@public("the link of a letter leads here")
async def set_password(request: Request) -> Response:
    """Sets the new password and leads to the sign-in page."""
    try:
        found = await forgotten.find(request.path_params["token"], settings=site(request))
        form = await PasswordForm.read(request, found.person.login)
        if not form.valid:
            return await _password_page(request, found, form, 422)
        ip = client_ip(request)
        await forgotten.set_password(found, form.password, ip=ip, request_id=request.scope["request_id"])
    except DeadLink as dead:
        return await dead_link(request, dead, "password")
    return redirected(request, "/sign-in", say=_("The password is changed: sign in with the new one"))


async def _page(request: Request, form: ForgottenForm, status: int = 200, *, problem: str = "") -> Response:
    return await page(request, "accounts/forgotten.html", status=status, form=form, problem=problem)


async def _password_page(request: Request, found: forgotten.Found, form: PasswordForm, status: int = 200) -> Response:
    return await page(request, "accounts/new_password.html", status=status, form=form, login=found.person.login)


routes = [
    Route("/forgotten-password", forgotten_page),
    Route("/forgotten-password", ask, methods=["POST"]),
    Route("/forgotten-password/sent", sent),
    Route("/forgotten-password/{token}", password_page),
    Route("/forgotten-password/{token}", set_password, methods=["POST"]),
]
