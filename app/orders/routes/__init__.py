"""Doors of orders: the list, the page of an order, and what managers do there."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.exports.documents import order_workbook
from app.i18n import N_
from app.i18n import gettext as _
from app.orders import actions, lists, queries
from app.orders.forms import SearchForm, StatusForm
from app.orders.models import Order, Status
from app.orders.routes.checkout import checkout, confirmation, place
from app.orders.routes.comments import answer, comment, settle, show_comment
from app.orders.routes.handing import routes as handing
from app.orders.routes.lines import routes as lines
from app.orders.routes.merging import routes as merging
from app.orders.routes.pages import find_sheet, number, order_page, show_news
from app.web.access import ANYONE_SIGNED_IN, MANAGER, allow
from app.web.downloads import workbook
from app.web.formats import when
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader
from app.web.templates import path


@allow(ANYONE_SIGNED_IN)
async def index(request: Request) -> Response:
    """The company's orders; staff have theirs on the desk."""
    user = reader(request)
    if user.is_staff:
        return redirected(request, "/desk/orders")
    search = SearchForm(request.query_params.multi_items())
    search.check(user)
    listed, older = await lists.listed(user, search.wanted, before=search.before)
    values: dict[str, Any] = {"listed": listed, "older": older, "search": search, "statuses": list(Status)}
    return await page(request, "orders/index.html", people=await lists.people(user), **values)


@allow(ANYONE_SIGNED_IN)
async def show(request: Request) -> Response:
    """An order with its way, lines, contacts and comments."""
    return await order_page(request, await find_sheet(request))


@allow(ANYONE_SIGNED_IN)
async def download(request: Request) -> Response:
    """An order as a workbook."""
    sheet = await find_sheet(request)
    return workbook(await order_workbook(sheet, reader(request)), f"{_('Order')} № {sheet.number}")


@allow(MANAGER)
async def claim(request: Request) -> Response:
    """«Взять в работу»: one manager wins, the others are told who and when."""
    user = reader(request)
    order = await queries.queued_order(user, number(request))
    await Form.read(request)
    try:
        await actions.claim(order, by=user)
    except actions.AlreadyClaimed as taken:
        message = N_("The order is in work already: %(manager)s, %(when)s. If you need it, ask to hand it over")
        late = RuleBroken(message, manager=taken.manager, when=when(taken.at, user.zone))
        late.way = (path("orders", order.number, "request"), _("Ask to hand it over"))
        raise late from None
    return await _changed(request, order, _("The order is yours now"))


@allow(MANAGER)
async def change_status(request: Request) -> Response:
    """Moves the order a step on, or cancels it."""
    user = reader(request)
    order = await queries.kept_order(user, number(request))
    form = await StatusForm.read(request)
    if form.status is None:
        return await _refuse(request, form)
    try:
        await actions.change_status(order, form.status, by=user)
    except RuleBroken as problem:
        return await _refuse(request, problem)
    return await _changed(request, order, _("Status: %(status)s") % {"status": label("status", form.status).lower()})


@allow(MANAGER)
async def undo_step(request: Request) -> Response:
    """Takes the last step back, within a minute."""
    user = reader(request)
    order = await queries.kept_order(user, number(request))
    form = await StatusForm.read(request)
    if form.status is None:
        return await _refuse(request, form)
    try:
        await actions.undo_step(order, form.status, by=user)
    except RuleBroken as problem:
        return await _refuse(request, problem)
    return await _changed(request, order, _("The step is taken back"))


@allow(MANAGER)
async def cancellation(request: Request) -> Response:
    """Asks once more before an order is cancelled."""
    await queries.kept_order(reader(request), number(request))
    return await page(request, "orders/cancellation.html", sheet=await find_sheet(request))


@allow(MANAGER)
async def note_call(request: Request) -> Response:
    """«Позвонили»: the contact was called."""
    user = reader(request)
    order = await queries.kept_order(user, number(request))
    await Form.read(request)
    try:
        await actions.note_call(order, by=user)
    except RuleBroken as problem:
        return await _refuse(request, problem)
    return await _changed(request, order, _("The call is noted"))


async def _changed(request: Request, order: Order, say: str) -> Response:
    sheet = await find_sheet(request)
    return await changed(request, "orders/_state.html", back_to=path("orders", order.number), say=say, sheet=sheet)


async def _refuse(request: Request, problem: Form | RuleBroken) -> Response:
    """The order as it is now, and why the step was not taken."""
    sheet = await find_sheet(request)
    words = explain(problem) if isinstance(problem, RuleBroken) else problem.errors["status"]
    whole = lambda: order_page(request, sheet, problem=words)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, "orders/_state.html", whole=whole, sheet=sheet)


routes = [
    Route("/", index),
    Route("/", place, methods=["POST"]),
    Route("/checkout", checkout),
    Route("/{number:id}", show),
    Route("/{number:id}/order.xlsx", download),
    Route("/{number:id}/confirmation", confirmation),
    Route("/{number:id}/claim", claim, methods=["POST"]),
    Route("/{number:id}/status", change_status, methods=["POST"]),
    Route("/{number:id}/undoing", undo_step, methods=["POST"]),
    Route("/{number:id}/cancellation", cancellation),
    Route("/{number:id}/call", note_call, methods=["POST"]),
    *handing,
    *lines,
    *merging,
    Route("/{number:id}/news", show_news),
    Route("/{number:id}/comments", comment, methods=["POST"]),
    Route("/{number:id}/comments/settlement", settle, methods=["POST"]),
    Route("/{number:id}/comments/{comment:id}", show_comment),
    Route("/{number:id}/comments/{comment:id}/answer", answer),
]
