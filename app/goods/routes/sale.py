"""Doors at which a product goes off sale, with a replacement or without, and comes back."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.goods import actions, queries
from app.goods.instead import ReplacementFilter, ReplacementForm
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader
from app.web.templates import path

FORM = "goods/_discontinuation.html"


@allow(ADMINISTRATOR)
async def ask_discontinuation(request: Request) -> Response:
    """Asks whether to take a product off sale, and what replaces it: searched for, and chosen of what is found."""
    where = ReplacementFilter(request.query_params.multi_items())
    where.check()
    return await _page(request, where.q)


@allow(ADMINISTRATOR)
async def discontinue(request: Request) -> Response:
    """Takes it off sale."""
    form = await ReplacementForm.read(request)
    product, asked = await queries.product(request.path_params["product"]), form.asked
    problem: Form | RuleBroken = form
    if form.valid:
        try:
            await actions.discontinue(product.id, form.replacement, by=reader(request))
            said = _("Not sold any more: %(article)s") % {"article": product.article}
            return await changed(request, back_to=path("administration", "products", product.id), say=said)
        except RuleBroken as broken:
            problem = broken
    notice = explain(problem) if isinstance(problem, RuleBroken) else form.errors["replacement"]
    whole = lambda: _page(request, asked, notice)  # noqa: E731 - as every refusal
    found = await queries.candidates(asked, but=product.id)
    return await refused(request, problem, FORM, whole=whole, product=product, found=found, asked=asked)


@allow(ADMINISTRATOR)
async def restore(request: Request) -> Response:
    """Puts it back on sale."""
    await Form.read(request)
    product = await queries.product(request.path_params["product"])
    await actions.restore(product.id, by=reader(request))
    said = _("On sale again: %(article)s") % {"article": product.article}
    return await changed(request, back_to=path("administration", "products", product.id), say=said)


async def _page(request: Request, asked: str, problem: str = "") -> Response:
    product = await queries.product(request.path_params["product"])
    found = await queries.candidates(asked, but=product.id)
    values: dict[str, Any] = {"product": product, "found": found, "asked": asked, "problem": problem}
    return await page(request, "goods/discontinuation.html", **values)


routes = [
    Route("/products/{product:id}/discontinuation", ask_discontinuation),
    Route("/products/{product:id}/discontinuation", discontinue, methods=["POST"]),
    Route("/products/{product:id}/return", restore, methods=["POST"]),
]
