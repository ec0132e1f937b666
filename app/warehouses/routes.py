"""Doors of warehouses, below /administration."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken, Stale
from app.goods.changes import Taken
from app.i18n import gettext as _
from app.warehouses import actions, queries
from app.warehouses.forms import WarehouseForm, warehouse_form
from app.warehouses.models import Warehouse
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader
from app.web.templates import path

FORM = "warehouses/_warehouse.html"


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """All warehouses in their order."""
    return await page(request, "warehouses/index.html", listed=await queries.warehouses())


@allow(ADMINISTRATOR)
async def new(request: Request) -> Response:
    """The form of a new warehouse."""
    return await _page(request, WarehouseForm([("position", "0")]))


@allow(ADMINISTRATOR)
async def create(request: Request) -> Response:
    """Makes a warehouse."""
    form = await WarehouseForm.read(request)
    if form.valid:
        try:
            number = await actions.create(form.values, by=reader(request))
        except Taken as taken:
            form.errors["name"] = explain(taken)
        else:
            return await _kept(request, number)
    return await _refuse(request, form, form)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """A warehouse to change."""
    one = await _warehouse(request)
    return await _page(request, warehouse_form(one), one)


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Changes it, unless somebody was quicker: then both are shown."""
    # long: a name that is taken and a page that is old are told in ways of their own
    one, form = await _warehouse(request), await WarehouseForm.read(request)
    if not form.valid:
        return await _refuse(request, form, form, one)
    try:
        await actions.change(one.id, form.values, form.version, by=reader(request))
    except Taken as taken:
        form.errors["name"] = explain(taken)
        return await _refuse(request, form, form, one)
    except Stale as stale:
        one = await _warehouse(request)
        form.compare(warehouse_form(one))
        return await _refuse(request, form, stale, one)
    return await _kept(request, one.id)


async def _warehouse(request: Request) -> Warehouse:
    return await queries.warehouse(request.path_params["warehouse"])


async def _kept(request: Request, number: int) -> Response:
    return await changed(request, back_to=path("administration", "warehouses", number), say=_("Saved"))


async def _refuse(
    request: Request, form: WarehouseForm, problem: Form | RuleBroken, one: Warehouse | None = None
) -> Response:
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _page(request, form, one, problem=notice)  # noqa: E731 - as every refusal
    return await refused(request, problem, FORM, whole=whole, **_values(form, one))


async def _page(request: Request, form: WarehouseForm, one: Warehouse | None = None, *, problem: str = "") -> Response:
    return await page(request, "warehouses/warehouse.html", problem=problem, **_values(form, one))


def _values(form: WarehouseForm, one: Warehouse | None) -> dict[str, Any]:
    return {"form": form, "warehouse": one}


routes = [
    Route("/warehouses", index),
    Route("/warehouses", create, methods=["POST"]),
    Route("/warehouses/new", new),
    Route("/warehouses/{warehouse:id}", show),
    Route("/warehouses/{warehouse:id}", change, methods=["POST"]),
]
