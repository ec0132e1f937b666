"""Doors of those who were invited and come in for the first time."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import welcome
from app.accounts.welcome_forms import WelcomeForm
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.replies import explain, page, redirected
from app.web.requests import inside, reader, site


@allow(ANYONE_SIGNED_IN, newcomers=True)
async def show(request: Request) -> Response:
    """The form; who has a password of their own goes on."""
    going_to = inside(request.query_params.get("next", ""))
    if not reader(request).must_choose_password:
        return redirected(request, going_to)
    return await _page(request, WelcomeForm(), going_to)


@allow(ANYONE_SIGNED_IN, newcomers=True)
async def come_in(request: Request) -> Response:
    """Keeps the password and the consents, and leads on."""
    user, form = reader(request), await WelcomeForm.read(request)
    going_to = inside(form.next)
    if not user.must_choose_password:
        return redirected(request, going_to)
    if form.valid:
        try:
            await welcome.come_in(form.password, promo=form.promo, by=user, settings=site(request))
            return redirected(request, going_to, say=_("You are in. From now on sign in with your own password"))
        except RuleBroken as problem:
            form.errors["password"] = explain(problem)
    return await _page(request, form, going_to, 422)


async def _page(request: Request, form: WelcomeForm, going_to: str, status: int = 200) -> Response:
    return await page(request, "accounts/welcome.html", status=status, form=form, going_to=going_to)


routes = [
    Route("/welcome", show),
    Route("/welcome", come_in, methods=["POST"]),
]
