"""Doors of the profile: «Информация», a page of cards, each with a form of its own."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.i18n import ngettext
from app.profile import access, queries
from app.profile.forms import DevicesForm
from app.profile.routes import absence, data, signing_in
from app.profile.routes.cards import profile_page, show_card
from app.profile.routes.second_factor import routes as second_factor
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.requests import reader, site


@allow(ANYONE_SIGNED_IN, deputies=False)
async def index(request: Request) -> Response:
    """Everything that is known of the reader, and of their company."""
    return await profile_page(request)


@allow(ANYONE_SIGNED_IN)
async def sign_devices_out(request: Request) -> Response:
    """Signs another device out, or all others: as the button says that was pressed."""
    user, settings = reader(request), site(request)
    form = await DevicesForm.read(request)
    if form.others:
        count = await access.end_others(by=user, settings=settings)
    else:
        await access.end_session(await queries.device(user, form.device, settings), by=user)
        count = 1
    say = ngettext("%(num)s device is signed out", "%(num)s devices are signed out", count) % {"num": count}
    return await show_card(request, "devices", say)


routes = [
    Route("/", index),
    Route("/person", data.edit_person),
    Route("/person", data.change_person, methods=["POST"]),
    Route("/company", data.edit_company),
    Route("/company", data.change_company, methods=["POST"]),
    Route("/letters", data.edit_letters),
    Route("/letters", data.choose_letters, methods=["POST"]),
    Route("/login", signing_in.edit_login),
    Route("/login", signing_in.change_login, methods=["POST"]),
    Route("/password", signing_in.edit_password),
    Route("/password", signing_in.change_password, methods=["POST"]),
    Route("/email", signing_in.edit_email),
    Route("/email", signing_in.ask_for_email, methods=["POST"]),
    Route("/email/{token}", signing_in.confirmation),
    Route("/email/{token}", signing_in.confirm_email, methods=["POST"]),
    Route("/absence", absence.change_absence, methods=["POST"]),
    *second_factor,
    Route("/devices/sign-out", sign_devices_out, methods=["POST"]),
]
