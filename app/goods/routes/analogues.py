"""Doors of a product's analogues: searched for, taken, and parted again."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.analogues import actions
from app.catalogue.models import Product
from app.errors import RuleBroken
from app.goods import queries
from app.goods.instead import AnalogueForm, ReplacementFilter
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader
from app.web.templates import path

ANALOGUES = "goods/_analogues.html"


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """The analogues of a product, and a search for more."""
    where = ReplacementFilter(request.query_params.multi_items())
    where.check()
    return await _page(request, where.q)


@allow(ADMINISTRATOR)
async def add(request: Request) -> Response:
    """Takes a product as an analogue."""
    product, form = await _product(request), await AnalogueForm.read(request)
    problem: Form | RuleBroken = form
    if form.valid:
        try:
            await actions.add(product.id, form.analogue, by=reader(request))
            return await _changed(request, product, form.asked, _("The analogue is kept"))
        except RuleBroken as broken:
            problem = broken
    notice = explain(problem) if isinstance(problem, RuleBroken) else form.errors["analogue"]
    whole = lambda: _page(request, form.asked, notice)  # noqa: E731 - as every refusal
    return await refused(request, problem, ANALOGUES, whole=whole, **await _values(product, form.asked))


@allow(ADMINISTRATOR)
async def remove(request: Request) -> Response:
    """Parts them; they can be taken again."""
    product, form = await _product(request), await AnalogueForm.read(request)
    await actions.remove(product.id, request.path_params["analogue"], by=reader(request))
    return await _changed(request, product, form.asked, _("The analogue is removed"))


async def _product(request: Request) -> Product:
    return await queries.product(request.path_params["product"])


async def _changed(request: Request, product: Product, asked: str, said: str) -> Response:
    back_to = path("administration", "products", product.id, "analogues", q=asked)
    return await changed(request, ANALOGUES, back_to=back_to, say=said, **await _values(product, asked))


async def _values(product: Product, asked: str) -> dict[str, Any]:
    kept = await queries.analogues(product.id)
    there = {one.id for one in kept}
    found = [one for one in await queries.candidates(asked, but=product.id) if one.id not in there]
    return {"product": product, "analogues": kept, "found": found, "asked": asked}


async def _page(request: Request, asked: str, problem: str = "") -> Response:
    values = await _values(await _product(request), asked)
    return await page(request, "goods/analogues.html", problem=problem, **values)


routes = [
    Route("/products/{product:id}/analogues", index),
    Route("/products/{product:id}/analogues", add, methods=["POST"]),
    Route("/products/{product:id}/analogues/{analogue:id}/removal", remove, methods=["POST"]),
]
