"""Doors of one's own second factor: set up by a code, recovery codes shown once, turned off."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import second_factor
from app.accounts.models import Person
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.profile.forms import BeginningForm, CodedForm, FirstCodeForm
from app.profile.routes.signing_in import knows_password
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import explain, page, redirected
from app.web.requests import inside, reader, site
from app.web.templates import path

HERE = "/profile/second-factor"


@allow(MANAGER, set_up=True)
async def show(request: Request) -> Response:
    """Whether it is on, and what can be done; who has none begins here."""
    form = BeginningForm([("next", request.query_params.get("next", ""))])
    return await _page(request, form)


@allow(MANAGER, set_up=True)
async def begin(request: Request) -> Response:
    """Asks for the password, then leads on to the QR code."""
    form = await BeginningForm.read(request)
    if await knows_password(request, form):
        await second_factor.begin(by=reader(request))
        return redirected(request, path("profile", "second-factor", "confirmation", next=form.typed["next"]))
    return await _page(request, form, 422)


@allow(MANAGER, set_up=True)
async def confirmation(request: Request) -> Response:
    """The QR code and the secret, for the session that began, and the field of the first code."""
    return await _confirmation_page(request, FirstCodeForm([("next", request.query_params.get("next", ""))]))


@allow(MANAGER, set_up=True)
async def confirm(request: Request) -> Response:
    """Turns it on, and shows the recovery codes this once: in the answer, so that they are kept nowhere."""
    form = await FirstCodeForm.read(request)
    if form.valid:
        try:
            made = await second_factor.turn_on(form.code, by=reader(request), settings=site(request))
            return await _codes_page(request, made, going_to=inside(form.typed["next"]))
        except RuleBroken as problem:
            form.errors["code"] = explain(problem)
    return await _confirmation_page(request, form, 422)


@allow(MANAGER)
async def edit_codes(request: Request) -> Response:
    """Asks for password and code before the recovery codes are made anew."""
    return await _guarded_page(request, "codes", CodedForm())


@allow(MANAGER)
async def renew(request: Request) -> Response:
    """Other recovery codes, shown this once."""
    form = await CodedForm.read(request)
    if not reader(request).second_factor:
        return redirected(request, HERE)
    if await _both_factors(request, form):
        return await _codes_page(request, await second_factor.renew(by=reader(request)), going_to=HERE)
    return await _guarded_page(request, "codes", form, 422)


@allow(MANAGER)
async def edit_removal(request: Request) -> Response:
    """Asks for password and code before it is turned off."""
    return await _guarded_page(request, "removal", CodedForm())


@allow(MANAGER)
async def turn_off(request: Request) -> Response:
    """Turns it off."""
    form, settings = await CodedForm.read(request), site(request)
    if not reader(request).second_factor:
        return redirected(request, HERE)
    if second_factor.required(settings):
        return await _guarded_page(request, "removal", form, 409)
    if await _both_factors(request, form):
        await second_factor.turn_off(by=reader(request), settings=settings)
        return redirected(request, HERE, say=_("The second factor is off: the password alone lets you in"))
    return await _guarded_page(request, "removal", form, 422)


async def _both_factors(request: Request, form: CodedForm) -> bool:
    """Whether password and code are right; the code is used up by that."""
    user, settings = reader(request), site(request)
    if await knows_password(request, form):
        try:
            await second_factor.check(await Person.get(id=user.id), form.code, by=user, settings=settings)
        except RuleBroken as problem:
            form.errors["code"] = explain(problem)
    return form.valid


async def _page(request: Request, form: BeginningForm, status: int = 200) -> Response:
    user, settings = reader(request), site(request)
    left = await second_factor.codes_left(user.id) if user.second_factor else 0
    values = {"form": form, "left": left, "required": second_factor.required(settings)}
    return await page(request, "profile/second_factor.html", status=status, **values)


async def _confirmation_page(request: Request, form: FirstCodeForm, status: int = 200) -> Response:
    beginning = await second_factor.begun(reader(request), site(request))
    if beginning is None and status == 200:
        return redirected(request, HERE)
    values: dict[str, Any] = {"form": form, "beginning": beginning}
    return await page(request, "profile/second_factor_confirmation.html", status=status, **values)


async def _codes_page(request: Request, made: list[str], *, going_to: str) -> Response:
    to = HERE if going_to == "/" else going_to
    return await page(request, "profile/recovery_codes.html", codes=made, going_to=to)


async def _guarded_page(request: Request, what: str, form: Form, status: int = 200) -> Response:
    if not reader(request).second_factor:
        return redirected(request, HERE)
    values = {"what": what, "form": form, "required": second_factor.required(site(request))}
    return await page(request, "profile/second_factor_change.html", status=status, **values)


routes = [
    Route("/second-factor", show),
    Route("/second-factor", begin, methods=["POST"]),
    Route("/second-factor/confirmation", confirmation),
    Route("/second-factor/confirmation", confirm, methods=["POST"]),
    Route("/second-factor/codes", edit_codes),
    Route("/second-factor/codes", renew, methods=["POST"]),
    Route("/second-factor/removal", edit_removal),
    Route("/second-factor/removal", turn_off, methods=["POST"]),
]
