"""Doors of presentations, the partner's side."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.cart import actions as cart_actions
from app.cart import queries as cart_queries
from app.errors import NotFound
from app.exports.documents import presentation_workbook
from app.i18n import gettext as _
from app.i18n import ngettext
from app.presentations import actions
from app.presentations.forms import SheetForm
from app.presentations.prefetch import nobody_looks
from app.presentations.routes.changes import show_changes
from app.presentations.routes.customer import customer, mark_up
from app.presentations.routes.lists import ask_extension, index
from app.presentations.routes.pages import find_sheet, sheet_page
from app.presentations.routes.talk import answer, comment, note, settle, show_comment, show_line, show_news
from app.presentations.sheet import Sheet, SheetLine
from app.web.access import ANYONE_SIGNED_IN, BUYER, PARTNER, allow
from app.web.downloads import workbook
from app.web.quantity_fields import id_of
from app.web.replies import Fragment, changed, refused
from app.web.requests import buyer, is_htmx, reader, site
from app.web.templates import path

CART = ("cart/_basket.html", "cart/_thumb_cart.html")


@allow(ANYONE_SIGNED_IN)
async def show(request: Request) -> Response:
    """A presentation: its newest version, or the one in the address. Staff see what the partner sees."""
    user, settings = reader(request), site(request)
    sheet = await find_sheet(request)
    if user.is_partner and not nobody_looks(request.method, request.headers):
        await actions.open_once(sheet, by=user, settings=settings)
    asked = request.query_params
    return await sheet_page(request, sheet, brand=asked.get("brand", ""), order=asked.get("order", ""))


@allow(ANYONE_SIGNED_IN)
async def download(request: Request) -> Response:
    """A version as a workbook, with the quantities that the reader chose."""
    sheet = await find_sheet(request)
    return workbook(await presentation_workbook(sheet), f"{_('Presentation')} № {sheet.number}")


@allow(PARTNER, deputies=True)
async def change_quantity(request: Request) -> Response:
    """Keeps the quantity of one line; without htmx also whatever else was typed in the form."""
    sheet, line, form = await _read(request)
    if not form.valid:
        return await _refuse(request, sheet, form, line)
    await actions.change_quantities(sheet, form.quantities, by=reader(request))
    return await _line_changed(request, form, line)


@allow(PARTNER, deputies=True)
async def recalculate(request: Request) -> Response:
    """Keeps all quantities of the form and shows what was asked for: a brand, an order of lines.

    Without htmx every button of the form comes here.
    """
    sheet = await find_sheet(request)
    form = await SheetForm.read(request, sheet, sheet.lines)
    if not form.valid:
        return await _refuse(request, sheet, form)
    await actions.change_quantities(sheet, form.quantities, by=reader(request))
    if form.typed["all"]:
        return await _put_all(request, form)
    put, swap = id_of(form.typed["put"]), id_of(form.typed["swap"])
    if put or swap:
        return await (_put if put else _swap)(request, sheet, form, sheet.line(put or swap))
    return await changed(request, back_to=_back(sheet, form))


@allow(BUYER, deputies=True)
async def put_into_cart(request: Request) -> Response:
    """The pictogram: puts one line into the cart with its quantity."""
    sheet, line, form = await _read(request)
    if not form.valid:
        return await _refuse(request, sheet, form, line)
    await actions.change_quantities(sheet, form.quantities, by=reader(request))
    return await _put(request, sheet, form, line)


@allow(BUYER, deputies=True)
async def take_replacement(request: Request) -> Response:
    """Puts into the cart what replaces a discontinued product."""
    sheet, line, form = await _read(request)
    if not form.valid:
        return await _refuse(request, sheet, form, line)
    return await _swap(request, sheet, form, line)


async def _read(request: Request) -> tuple[Sheet, SheetLine, SheetForm]:
    """The presentation, the line in the path, and the form: with htmx it is about this line, else about all."""
    sheet = await find_sheet(request)
    line = sheet.line(request.path_params["line"])
    form = await SheetForm.read(request, sheet, [line] if is_htmx(request) else sheet.lines, line.id)
    return sheet, line, form


async def _put(request: Request, sheet: Sheet, form: SheetForm, line: SheetLine) -> Response:
    user = buyer(request)
    await actions.put_into_cart(sheet, line.id, form.quantities.get(line.id, line.quantity), by=user)
    return await _line_changed(request, form, line, say=_("In the cart: %(article)s") % {"article": line.article})


async def _swap(request: Request, sheet: Sheet, form: SheetForm, line: SheetLine) -> Response:
    if line.replacement is None:
        raise NotFound
    actions.must_be_open(sheet)
    await cart_actions.put_product(line.replacement.product_id, line.replacement.quantity, by=buyer(request))
    say = _("In the cart: %(article)s") % {"article": line.replacement.article}
    return await _line_changed(request, form, line, say=say)


async def _put_all(request: Request, form: SheetForm) -> Response:
    """«Всё в корзину»: every line that can be ordered."""
    sheet = await find_sheet(request)
    count = await actions.put_all_into_cart(sheet, by=buyer(request))
    say = ngettext("%(num)s line is in the cart", "%(num)s lines are in the cart", count) % {"num": count}
    return await changed(request, back_to=_back(sheet, form), say=say)


async def _refuse(request: Request, sheet: Sheet, form: SheetForm, line: SheetLine | None = None) -> Response:
    """The lines as they were typed, each wrong one with its reason and the nearest quantities."""
    typed = sheet.with_lines(
        [
            replace(
                one,
                quantity=form.quantities.get(one.id, one.quantity),
                typed=form.typed.get(f"q{one.id}", ""),
                error=form.wrong.get(one.id),
            )
            for one in sheet.lines
        ]
    )
    fragments: list[Fragment] = []
    if line:
        fragments = [("presentations/_line.html", f"line-{line.id}"), "presentations/_totals.html"]
    return await refused(
        request,
        form,
        *fragments,
        whole=lambda: sheet_page(request, typed, brand=form.brand, order=form.order),
        sheet=typed,
        line=typed.line(line.id) if line else None,
        vat=sheet.vat_word,
    )


async def _line_changed(request: Request, form: SheetForm, line: SheetLine, *, say: str = "") -> Response:
    """The line as it is now, the totals, and the cart's pictogram when the cart changed with it."""
    back_to = f"{_back(await find_sheet(request), form)}#line-{line.id}" if not is_htmx(request) else ""
    if back_to:
        return await changed(request, back_to=back_to, say=say)
    sheet = await find_sheet(request)
    fragments: list[Fragment] = [("presentations/_line.html", f"line-{line.id}"), "presentations/_totals.html"]
    values: dict[str, Any] = {"sheet": sheet, "line": sheet.line(line.id), "vat": sheet.vat_word}
    if say or line.in_cart:
        fragments += CART
        values["frame"] = await cart_queries.totals(reader(request))
    return await changed(request, *fragments, back_to=back_to, say=say, **values)


def _back(sheet: Sheet, form: SheetForm) -> str:
    return path("presentations", sheet.number, brand=form.brand, order=form.order)


routes = [
    Route("/", index),
    Route("/{number:id}", show),
    Route("/{number:id}/versions/{version:id}", show),
    Route("/{number:id}/versions/{version:id}/presentation.xlsx", download),
    Route("/{number:id}/versions/{version:id}/news", show_news),
    Route("/{number:id}/versions/{version:id}/changes", show_changes),
    Route("/{number:id}/customer", customer),
    Route("/{number:id}/mark-up", mark_up, methods=["POST"]),
    Route("/{number:id}/recalculation", recalculate, methods=["POST"]),
    Route("/{number:id}/extension", ask_extension, methods=["POST"]),
    Route("/{number:id}/comments", comment, methods=["POST"]),
    Route("/{number:id}/comments/settlement", settle, methods=["POST"]),
    Route("/{number:id}/comments/{comment:id}", show_comment),
    Route("/{number:id}/comments/{comment:id}/answer", answer),
    Route("/{number:id}/lines/{line:id}", show_line),
    Route("/{number:id}/lines/{line:id}/note", note),
    Route("/{number:id}/lines/{line:id}/quantity", change_quantity, methods=["POST"]),
    Route("/{number:id}/lines/{line:id}/cart", put_into_cart, methods=["POST"]),
    Route("/{number:id}/lines/{line:id}/replacement", take_replacement, methods=["POST"]),
]
