"""Doors of picking lists: of one order, and of those that are ticked in the list of orders."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.desk.picking import queries
from app.desk.picking.forms import PickingForm
from app.i18n import gettext as _
from app.web.access import MANAGER, allow
from app.web.replies import page, redirected
from app.web.requests import reader

MOST = 100  # orders on one list


@allow(MANAGER)
async def of_ticked(request: Request) -> Response:
    """The goods of several orders together."""
    form = PickingForm(request.query_params.multi_items())
    form.check()
    if not form.numbers:
        return redirected(request, "/desk/orders", say=_("Tick the orders that the warehouse is to collect"))
    if len(form.numbers) > MOST:
        return redirected(request, "/desk/orders", say=_("At most %(most)s orders at once") % {"most": MOST})
    return await _page(request, form.numbers)


@allow(MANAGER)
async def of_order(request: Request) -> Response:
    """The goods of one order."""
    return await _page(request, [request.path_params["number"]])


async def _page(request: Request, numbers: Sequence[int]) -> Response:
    picking = await queries.picking_list(reader(request), numbers)
    return await page(request, "desk/picking/show.html", picking=picking, printed_at=clock.now())


routes = [
    Route("/orders/picking", of_ticked),
    Route("/orders/{number:id}/picking", of_order),
]
