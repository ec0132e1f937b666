"""Doors at which a brand or a category goes into another: first chosen, then looked at, then done."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.models import Brand, Category
from app.errors import RuleBroken
from app.goods import merging, queries
from app.goods.forms import MergingFilter, MergingForm
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader
from app.web.templates import path


@allow(ADMINISTRATOR)
async def ask_brand_merging(request: Request) -> Response:
    """Into which brand, and what that would move."""
    return await _page(request, await queries.brand(request.path_params["brand"]), _into(request))


@allow(ADMINISTRATOR)
async def merge_brand(request: Request) -> Response:
    """Merges it."""
    return await _merge(request, Brand, request.path_params["brand"])


@allow(ADMINISTRATOR)
async def ask_category_merging(request: Request) -> Response:
    """Into which category, and what that would move."""
    return await _page(request, await queries.category(request.path_params["category"]), _into(request))


@allow(ADMINISTRATOR)
async def merge_category(request: Request) -> Response:
    """Merges it."""
    return await _merge(request, Category, request.path_params["category"])


def _into(request: Request) -> int:
    where = MergingFilter(request.query_params.multi_items())
    where.check()
    return where.into


async def _merge(request: Request, model: type[Brand] | type[Category], gone_id: int) -> Response:
    form = await MergingForm.read(request)
    try:
        stays = await merging.merge(model, gone_id, form.into, form.seen, by=reader(request))
    except RuleBroken as problem:
        gone = await (queries.brand if model is Brand else queries.category)(gone_id)
        notice = explain(problem)
        return await refused(request, problem, whole=lambda: _page(request, gone, form.into, notice))
    request.app.state.brands.renew()
    back_to = path("administration", _plural(stays), stays.id)
    return await changed(
        request, back_to=back_to, say=_("Merged: everything is in %(name)s now") % {"name": stays.name}
    )


async def _page(request: Request, gone: Brand | Category, into: int, problem: str = "") -> Response:
    """First the choice; with a choice made, what would be done, or why it cannot be."""
    groups = await (queries.brands() if isinstance(gone, Brand) else queries.categories())
    stays = await type(gone).get_or_none(id=into) if into else None
    plan, hindrance = None, ""
    if stays:
        try:
            await merging.must_fit(gone, stays)
            plan = await merging.plan(gone, stays)
        except RuleBroken as broken:
            hindrance = explain(broken)
    return await page(
        request,
        "goods/merging.html",
        gone=gone,
        stays=stays,
        back=path("administration", _plural(gone), gone.id),
        plan=plan,
        others=[one for one in groups if one.id != gone.id],
        problem=problem or hindrance,
    )


def _plural(thing: Brand | Category) -> str:
    return "brands" if isinstance(thing, Brand) else "categories"


routes = [
    Route("/brands/{brand:id}/merging", ask_brand_merging),
    Route("/brands/{brand:id}/merging", merge_brand, methods=["POST"]),
    Route("/categories/{category:id}/merging", ask_category_merging),
    Route("/categories/{category:id}/merging", merge_category, methods=["POST"]),
]
