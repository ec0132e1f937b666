"""Doors of categories: the list, a new one, changing one, its end."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.models import Category
from app.errors import RuleBroken, Stale
from app.goods import groups, queries
from app.goods.changes import Taken
from app.goods.forms import CategoryForm, category_form
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader
from app.web.templates import path

HERE, FORM = "/administration/categories", "goods/_category.html"


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """All categories in the catalogue's order."""
    return await page(request, "goods/categories.html", listed=await queries.categories())


@allow(ADMINISTRATOR)
async def new(request: Request) -> Response:
    """The form of a new category."""
    return await _form_page(request, CategoryForm([("position", "0")]))


@allow(ADMINISTRATOR)
async def create(request: Request) -> Response:
    """Makes a category."""
    # long: a name that is taken and a place that is none are told in ways of their own
    form = await CategoryForm.read(request, await queries.upper_categories())
    problem: Form | RuleBroken = form
    if form.valid:
        try:
            number = await groups.create_category(form.values, by=reader(request))
            return await _saved(request, number)
        except Taken as taken:
            form.errors["name"] = explain(taken)
        except RuleBroken as broken:
            problem = broken
    return await _refuse(request, form, problem)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """A category to change."""
    category = await _category(request)
    return await _form_page(request, category_form(category), category)


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Changes it, unless somebody was quicker: then both are shown."""
    # long: a name that is taken and a page that is old are told in ways of their own
    category = await _category(request)
    form = await CategoryForm.read(request, await queries.upper_categories(category.id))
    problem: Form | RuleBroken = form
    if form.valid:
        try:
            await groups.change_category(category.id, form.values, form.version, by=reader(request))
            return await _saved(request, category.id)
        except Taken as taken:
            form.errors["name"] = explain(taken)
        except Stale as stale:
            problem, category = stale, await _category(request)
            form.compare(category_form(category))
        except RuleBroken as broken:
            problem = broken
    return await _refuse(request, form, problem, category)


@allow(ADMINISTRATOR)
async def ask_removal(request: Request) -> Response:
    """Asks whether to delete a category, or says what belongs to it."""
    return await _removal_page(request)


@allow(ADMINISTRATOR)
async def delete(request: Request) -> Response:
    """Deletes a category of which there is nothing."""
    category = await _category(request)
    await Form.read(request)
    try:
        await groups.delete_category(category.id, by=reader(request))
    except RuleBroken as problem:
        return await refused(request, problem, whole=_and_why(request, problem))
    return await changed(request, back_to=HERE, say=_("Deleted: %(name)s") % {"name": category.name})


def _and_why(request: Request, problem: RuleBroken) -> Callable[[], Awaitable[Response]]:
    return lambda: _removal_page(request, explain(problem))


async def _category(request: Request) -> Category:
    return await queries.category(request.path_params["category"])


async def _saved(request: Request, category_id: int) -> Response:
    return await changed(request, back_to=path("administration", "categories", category_id), say=_("Saved"))


async def _refuse(
    request: Request, form: CategoryForm, problem: Form | RuleBroken, category: Category | None = None
) -> Response:
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _form_page(request, form, category, problem=notice)  # noqa: E731 - as every refusal
    values = {"form": form, "category": category, "options": await _options(category)}
    return await refused(request, problem, FORM, whole=whole, **values)


async def _form_page(
    request: Request, form: CategoryForm, category: Category | None = None, *, problem: str = ""
) -> Response:
    held = await queries.held(category=category.id) if category else None
    values: dict[str, Any] = {"form": form, "category": category, "held": held, "options": await _options(category)}
    return await page(request, "goods/category.html", **values, problem=problem)


async def _options(category: Category | None) -> dict[str, list[tuple[object, str]]]:
    """Where a category may stand."""
    parents = await queries.upper_categories(category.id if category else 0)
    return {"parents": [("", _("nothing: it is of the upper level")), *((one.id, one.name) for one in parents)]}


async def _removal_page(request: Request, problem: str = "") -> Response:
    category = await _category(request)
    held = await queries.held(category=category.id)
    return await page(request, "goods/category_removal.html", category=category, held=held, problem=problem)


routes = [
    Route("/categories", index),
    Route("/categories", create, methods=["POST"]),
    Route("/categories/new", new),
    Route("/categories/{category:id}", show),
    Route("/categories/{category:id}", change, methods=["POST"]),
    Route("/categories/{category:id}/removal", ask_removal),
    Route("/categories/{category:id}/removal", delete, methods=["POST"]),
]
