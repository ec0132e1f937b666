"""Doors of brands: the list, a new one, changing one, its logo, its end."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.models import Brand
from app.errors import RuleBroken, Stale
from app.goods import groups, queries
from app.goods.changes import Taken
from app.goods.forms import BrandForm, brand_form
from app.i18n import gettext as _
from app.pictures.forms import PictureForm
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader, site
from app.web.templates import path

HERE = "/administration/brands"
FORM, LOGO = "goods/_brand.html", "goods/_logo.html"


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """All brands in their order."""
    return await page(request, "goods/brands.html", listed=await queries.brands())


@allow(ADMINISTRATOR)
async def new(request: Request) -> Response:
    """The form of a new brand."""
    return await _form_page(request, BrandForm([("position", "0")]))


@allow(ADMINISTRATOR)
async def create(request: Request) -> Response:
    """Makes a brand."""
    form = await BrandForm.read(request)
    if form.valid:
        try:
            number = await groups.create_brand(form.values, by=reader(request))
        except Taken as taken:
            form.errors["name"] = explain(taken)
        else:
            return await _saved(request, number)
    return await _refuse(request, form, form)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """A brand to change."""
    brand = await _brand(request)
    return await _form_page(request, brand_form(brand), brand)


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Changes it, unless somebody was quicker: then both are shown."""
    # long: a name that is taken and a page that is old are told in ways of their own
    brand, form = await _brand(request), await BrandForm.read(request)
    if not form.valid:
        return await _refuse(request, form, form, brand)
    try:
        await groups.change_brand(brand.id, form.values, form.version, by=reader(request))
    except Taken as taken:
        form.errors["name"] = explain(taken)
        return await _refuse(request, form, form, brand)
    except Stale as stale:
        brand = await _brand(request)
        form.compare(brand_form(brand))
        return await _refuse(request, form, stale, brand)
    return await _saved(request, brand.id)


@allow(ADMINISTRATOR, files=True)
async def set_logo(request: Request) -> Response:
    """Takes a logo."""
    brand, form = await _brand(request), await PictureForm.read(request)
    try:
        if form.made:
            await groups.set_logo(brand.id, form.made, by=reader(request), settings=site(request))
    except RuleBroken as problem:
        form.errors["picture"] = explain(problem)
    if form.valid:
        return await _saved(request, brand.id)
    whole = lambda: _form_page(request, brand_form(brand), brand, photo=form)  # noqa: E731 - as every refusal
    return await refused(request, form, LOGO, whole=whole, brand=brand, photo=form)


@allow(ADMINISTRATOR)
async def ask_logo_removal(request: Request) -> Response:
    """Asks whether to take the logo away."""
    return await page(request, "goods/logo_removal.html", brand=await _brand(request))


@allow(ADMINISTRATOR)
async def remove_logo(request: Request) -> Response:
    """Takes the logo away."""
    brand = await _brand(request)
    await Form.read(request)
    await groups.set_logo(brand.id, None, by=reader(request), settings=site(request))
    return await _saved(request, brand.id)


@allow(ADMINISTRATOR)
async def ask_removal(request: Request) -> Response:
    """Asks whether to delete a brand, or says what belongs to it."""
    return await _removal_page(request)


@allow(ADMINISTRATOR)
async def delete(request: Request) -> Response:
    """Deletes a brand of which there is nothing."""
    brand = await _brand(request)
    await Form.read(request)
    try:
        await groups.delete_brand(brand.id, by=reader(request))
    except RuleBroken as problem:
        return await refused(request, problem, whole=_and_why(request, problem))
    request.app.state.brands.renew()
    return await changed(request, back_to=HERE, say=_("Deleted: %(name)s") % {"name": brand.name})


def _and_why(request: Request, problem: RuleBroken) -> Callable[[], Awaitable[Response]]:
    return lambda: _removal_page(request, explain(problem))


async def _brand(request: Request) -> Brand:
    return await queries.brand(request.path_params["brand"])


async def _saved(request: Request, brand_id: int) -> Response:
    request.app.state.brands.renew()
    return await changed(request, back_to=path("administration", "brands", brand_id), say=_("Saved"))


async def _refuse(
    request: Request, form: BrandForm, problem: Form | RuleBroken, brand: Brand | None = None
) -> Response:
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _form_page(request, form, brand, problem=notice)  # noqa: E731 - as every refusal
    return await refused(request, problem, FORM, whole=whole, form=form, brand=brand)


async def _form_page(
    request: Request, form: BrandForm, brand: Brand | None = None, *, photo: Form | None = None, problem: str = ""
) -> Response:
    held = await queries.held(brand=brand.id) if brand else None
    values: dict[str, Any] = {
        "form": form,
        "brand": brand,
        "held": held,
        "photo": photo or PictureForm(),
        "problem": problem,
    }
    return await page(request, "goods/brand.html", **values)


async def _removal_page(request: Request, problem: str = "") -> Response:
    brand = await _brand(request)
    held = await queries.held(brand=brand.id)
    return await page(request, "goods/brand_removal.html", brand=brand, held=held, problem=problem)


routes = [
    Route("/brands", index),
    Route("/brands", create, methods=["POST"]),
    Route("/brands/new", new),
    Route("/brands/{brand:id}", show),
    Route("/brands/{brand:id}", change, methods=["POST"]),
    Route("/brands/{brand:id}/logo", set_logo, methods=["POST"]),
    Route("/brands/{brand:id}/logo/removal", ask_logo_removal),
    Route("/brands/{brand:id}/logo/removal", remove_logo, methods=["POST"]),
    Route("/brands/{brand:id}/removal", ask_removal),
    Route("/brands/{brand:id}/removal", delete, methods=["POST"]),
]
