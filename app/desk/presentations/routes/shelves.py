"""Doors of the shelves: products of a brand or a category, ticked and added to a draft at once."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue import matches
from app.catalogue.choices import choices
from app.catalogue.filters import EVERYTHING, Filters
from app.desk.presentations.routes.editing import read
from app.desk.presentations.routes.lists import told
from app.desk.presentations.shelves import Shelf, ShelfForm, shelf
from app.errors import RuleBroken
from app.presentations import imports
from app.presentations.draft_queries import Draft
from app.presentations.imports import Wanted
from app.web.access import MANAGER, allow
from app.web.replies import explain, page, redirected, refused
from app.web.requests import reader, site
from app.web.templates import path


@allow(MANAGER)
async def show(request: Request) -> Response:
    """A page of the products of a brand, of a category, or of one in the other."""
    draft, filters = await read(request), Filters.of(request.query_params.multi_items())
    return await _page(request, draft, await shelf(filters, draft.company_id), filters, ShelfForm())


@allow(MANAGER)
async def add(request: Request) -> Response:
    """Adds what is ticked, or all of the page, at the end of the draft."""
    draft, filters = await read(request), Filters.of(request.query_params.multi_items())
    shown = await shelf(filters, draft.company_id)
    form, problem = await ShelfForm.read(request, shown, draft.products), None
    if form.valid:
        try:
            say = told(await imports.take(draft, await _wanted(form), by=reader(request), settings=site(request)))
            return redirected(request, path("desk", "presentations", draft.number), say=say)
        except RuleBroken as broken:
            problem = broken
    words = explain(problem) if problem else ""
    return await refused(request, problem or form, whole=lambda: _page(request, draft, shown, filters, form, words))


async def _wanted(form: ShelfForm) -> list[Wanted]:
    goods = await matches.by_id(list(form.chosen))
    chosen = [(goods[one], quantity) for one, quantity in form.chosen.items() if one in goods]
    return [Wanted(f"{one.article} – {quantity}", one.article, quantity, one) for one, quantity in chosen]


async def _page(
    request: Request, draft: Draft, shown: Shelf, filters: Filters, form: ShelfForm, problem: str = ""
) -> Response:
    values: dict[str, Any] = {"draft": draft, "shelf": shown, "filters": filters, "form": form, "problem": problem}
    values["choices"] = await choices(EVERYTHING, Filters(brand=filters.brand, category=filters.category))
    return await page(request, "desk/presentations/shelf.html", **values)


routes = [
    Route("/presentations/{number:id}/shelf", show),
    Route("/presentations/{number:id}/shelf", add, methods=["POST"]),
]
