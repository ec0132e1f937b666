"""Doors of merging two orders: choosing the other one, the result to confirm, and doing it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.i18n import gettext as _
from app.orders import merging, queries
from app.orders.forms import MergeForm
from app.orders.models import Order
from app.orders.routes.pages import number
from app.web.access import MANAGER, allow
from app.web.replies import explain, page, redirected, refused
from app.web.requests import reader
from app.web.templates import path


@allow(MANAGER)
async def choose(request: Request) -> Response:
    """Which order goes into this one; chosen, what comes of it."""
    order = await _order(request)
    form = MergeForm(request.query_params.multi_items())
    form.check()
    return await _page(request, order, form)


@allow(MANAGER)
async def merge(request: Request) -> Response:
    """Merges, if the orders are as they were shown."""
    user = reader(request)
    order = await queries.kept_order(user, number(request))
    form = await MergeForm.read(request)
    other = await merging.other_of(order, form.other)
    try:
        await merging.merge(order, other, form.typed["seen"], by=user)
    except RuleBroken as problem:
        words = explain(problem)
        return await refused(request, problem, whole=lambda: _page(request, order, form, words))
    say = _("Order No. %(number)s is merged into this one") % {"number": other.number}
    return redirected(request, path("orders", order.number), say=say)


async def _order(request: Request) -> Order:
    """An order that another can go into; raises NotFound, and RuleBroken from shipping on."""
    order = await queries.kept_order(reader(request), number(request))
    order.must_have_manager()
    order.must_be_unshipped()
    return order


async def _page(request: Request, order: Order, form: MergeForm, problem: str = "") -> Response:
    other = await merging.other_of(order, form.other) if form.other else None
    return await page(
        request,
        "orders/merging.html",
        order=order,
        other=other,
        candidates=[] if other else await merging.candidates(order),
        result=await merging.merged(order, other) if other else None,
        problem=problem,
    )


routes = [
    Route("/{number:id}/merging", choose),
    Route("/{number:id}/merging", merge, methods=["POST"]),
]
