"""Doors of the customer view: an offer as the installer shows it to an own client."""

from starlette.requests import Request
from starlette.responses import Response

from app.accounts.models import Person
from app.presentations import actions
from app.presentations.forms import MarkUpForm
from app.presentations.routes.pages import find_sheet, kinds
from app.presentations.sheet import Sheet, for_customer
from app.web.access import PARTNER, allow
from app.web.replies import changed, page, refused
from app.web.requests import reader
from app.web.templates import path


@allow(PARTNER)
async def customer(request: Request) -> Response:
    """The offer for the installer's own client: at retail prices or with the mark-up that is kept for the person."""
    sheet = await find_sheet(request)
    return await _page(request, sheet, MarkUpForm.of(await _kept(request)))


@allow(PARTNER)
async def mark_up(request: Request) -> Response:
    """Keeps the mark-up and shows the prices that it makes."""
    sheet = await find_sheet(request)
    form = await MarkUpForm.read(request)
    if not form.valid:
        form.mark_up = await _kept(request)  # the prices stay as they were
        shown = for_customer(sheet, form.mark_up)
        whole, fragment = lambda: _page(request, sheet, form), "presentations/_customer.html"
        return await refused(request, form, fragment, whole=whole, sheet=shown, form=form)
    await actions.change_mark_up(form.mark_up, by=reader(request))
    shown = for_customer(sheet, form.mark_up)
    back_to = path("presentations", sheet.number, "customer")
    return await changed(request, "presentations/_customer.html", back_to=back_to, sheet=shown, form=form)


async def _kept(request: Request) -> int | None:
    return (await Person.get(id=reader(request).id)).mark_up


async def _page(request: Request, sheet: Sheet, form: MarkUpForm) -> Response:
    shown = for_customer(sheet, form.mark_up)
    response = await page(request, "presentations/customer.html", sheet=shown, form=form, kinds=kinds(shown.lines))
    response.headers["x-robots-tag"] = "noindex"
    return response
