"""Doors of the list of presentations, and the one that is pressed there too: asking for an extension."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.i18n import gettext as _
from app.presentations import actions, lists
from app.presentations.lists import STATES, Wanted
from app.presentations.routes.pages import find_sheet
from app.web.access import BUYER, PARTNER, allow
from app.web.forms import Form
from app.web.replies import changed, page
from app.web.requests import reader, seen, site, split_address
from app.web.templates import path


@allow(PARTNER)
async def index(request: Request) -> Response:
    """All presentations that the company was ever sent, newest first: found by words, state and author."""
    user, wanted = reader(request), Wanted.of(request.query_params)
    listed, older = await lists.listed(user, site(request), wanted)
    values: dict[str, Any] = {"listed": listed, "older": older, "wanted": wanted, "states": STATES}
    return await page(request, "presentations/index.html", authors=await lists.authors(user), **values)


@allow(BUYER, deputies=True)
async def ask_extension(request: Request) -> Response:
    """Asks the manager to prolong an expired offer, in one click, on its page or in the list."""
    sheet = await find_sheet(request)
    await Form.read(request)
    await actions.ask_extension(sheet, by=reader(request))
    say = _("We asked your manager for an extension. The answer will come by e-mail.")
    back_to, here = path("presentations", sheet.number), seen(request)
    if split_address(here).path == "/presentations":
        back_to = here
    values: dict[str, Any] = {"sheet": replace(sheet, extension_asked=True)}
    return await changed(request, "presentations/_state.html", back_to=back_to, say=say, **values)
