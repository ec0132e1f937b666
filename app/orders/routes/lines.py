"""Doors of the lines of a placed order: their form is one, and each of its buttons sends all of it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.i18n import gettext as _
from app.orders import edits, queries
from app.orders.editing import LinesChanged, change_lines
from app.orders.edits import Editing
from app.orders.line_forms import LinesForm
from app.orders.models import Order
from app.orders.routes.pages import number
from app.web.access import MANAGER, allow
from app.web.forms import form_data
from app.web.replies import explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader, site
from app.web.templates import path


@allow(MANAGER)
async def edit(request: Request) -> Response:
    """The lines to change."""
    order = await _order(request)
    editing, form = await edits.editing(order), LinesForm()
    form.then = "check"
    form.check(editing)
    return await page(request, "orders/edit.html", **await _values(order, editing, form))


@allow(MANAGER)
async def change(request: Request) -> Response:
    """Saves the changes; or looks for a product, takes one into the list, checks: nothing is saved by that."""
    order = await _order(request)
    form = LinesForm((await form_data(request)).multi_items())
    form.press(await edits.editing(order))
    editing = await edits.editing(order, form.added)
    form.check(editing)
    if form.then in ("find", "check", "add", "drop", "replace"):
        return await _shown(request, order, editing, form)
    if not form.valid:
        return await _refuse(request, order, form, form)
    try:
        await change_lines(order, form.changes, by=reader(request), settings=site(request))
    except RuleBroken as problem:
        return await _refuse(request, order, form, problem)
    return redirected(request, path("orders", order.number), say=_("The lines are changed: the partner gets an e-mail"))


async def _order(request: Request) -> Order:
    """An order whose lines may be changed; raises NotFound, and RuleBroken from shipping on."""
    order = await queries.kept_order(reader(request), number(request))
    order.must_have_manager()
    order.must_be_unshipped()
    return order


async def _shown(request: Request, order: Order, editing: Editing, form: LinesForm) -> Response:
    values = await _values(order, editing, form)
    if is_htmx(request):
        return fragment(request, "orders/_edit.html", **values)
    return await page(request, "orders/edit.html", **values)


async def _refuse(request: Request, order: Order, form: LinesForm, problem: LinesForm | RuleBroken) -> Response:
    """The form as it was typed; after a change by somebody else, with the lines as they are now beside it."""
    meanwhile = await edits.meanwhile(order.id, form.changes.seen) if isinstance(problem, LinesChanged) else []
    editing = await edits.editing(order, form.added)
    if meanwhile:
        form.rebase(editing)
    values = {**await _values(order, editing, form), "meanwhile": meanwhile}
    words = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: page(request, "orders/edit.html", problem=words, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, "orders/_edit.html", whole=whole, **values)


async def _values(order: Order, editing: Editing, form: LinesForm) -> dict[str, Any]:
    found = await edits.found(form.find, order.company_id) if form.find else []
    there = {line.product_id for line in editing.lines} | {one.id for one in editing.added}
    return {
        "editing": editing,
        "form": form,
        "found": found,
        "there": there,
        "meanwhile": [],
        "total_was": order.total,
        "total": form.total(editing) if form.valid else None,
    }


routes = [
    Route("/{number:id}/lines", edit),
    Route("/{number:id}/lines", change, methods=["POST"]),
]
