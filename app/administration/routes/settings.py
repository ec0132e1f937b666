"""Doors of the settings."""

from typing import cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.administration import preferences
from app.administration.forms import SettingsForm
from app.i18n import gettext as _
from app.settings import Settings
from app.web.access import ADMINISTRATOR, allow
from app.web.replies import page, redirected, refused
from app.web.requests import reader

HERE = "/administration/settings"
FORM = "administration/_settings.html"


@allow(ADMINISTRATOR)
async def settings(request: Request) -> Response:
    """The settings as they are."""
    return await _page(request, SettingsForm.of(await preferences.current(_environment(request))))


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Keeps them. The frame around the page shows some of them: it is made anew."""
    form = await SettingsForm.read(request)
    if not form.valid:
        return await refused(request, form, FORM, whole=lambda: _page(request, form), form=form)
    await preferences.change(form.values, _environment(request), by=reader(request))
    return redirected(request, HERE, say=_("Saved"))


async def _page(request: Request, form: SettingsForm) -> Response:
    return await page(request, "administration/settings.html", form=form, last=await preferences.last_changed())


def _environment(request: Request) -> Settings:
    """What holds where nobody has chosen anything."""
    return cast(Settings, request.app.state.settings)


routes = [
    Route("/settings", settings),
    Route("/settings", change, methods=["POST"]),
]
