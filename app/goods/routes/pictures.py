"""Doors of a product's photographs: several come, take their places, and go."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.models import Product
from app.errors import NotFound, RuleBroken
from app.goods import pictures, queries
from app.goods.forms import PlaceForm, product_form
from app.goods.routes.products import form_page
from app.i18n import gettext as _
from app.i18n import ngettext
from app.pictures.forms import PicturesForm
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader, site
from app.web.templates import path

PHOTOS = "goods/_photos.html"


@allow(ADMINISTRATOR, files=True)
async def add(request: Request) -> Response:
    """Takes photographs: all that were chosen, or none."""
    product, form = await _product(request), await PicturesForm.read(request)
    count = 0
    try:
        if form.valid:
            count = await pictures.add(product.id, form.all_made, by=reader(request), settings=site(request))
    except RuleBroken as problem:
        form.errors["picture"] = explain(problem)
    if form.valid:
        said = ngettext("%(num)s picture is kept", "%(num)s pictures are kept", count) % {"num": count}
        return await _changed(request, product, said if count else _("It is there already"))
    whole = lambda: form_page(request, product_form(product), product, photo=form)  # noqa: E731 - as every refusal
    photos = await pictures.of_product(product.id)
    return await refused(request, form, PHOTOS, whole=whole, product=product, photos=photos, photo=form)


@allow(ADMINISTRATOR)
async def move(request: Request) -> Response:
    """Gives a photograph its place."""
    product, form = await _product(request), await PlaceForm.read(request)
    await pictures.move(product.id, request.path_params["picture"], form.place, by=reader(request))
    return await _changed(request, product, _("Saved"))


@allow(ADMINISTRATOR)
async def ask_removal(request: Request) -> Response:
    """Asks whether to take a photograph away."""
    product = await _product(request)
    photos = await pictures.of_product(product.id)
    found = [one for one in photos if one.id == request.path_params["picture"]]
    if not found:
        raise NotFound
    return await page(request, "goods/picture_removal.html", product=product, picture=found[0], last=len(photos) == 1)


@allow(ADMINISTRATOR)
async def remove(request: Request) -> Response:
    """Takes it away."""
    product = await _product(request)
    await Form.read(request)
    await pictures.remove(product.id, request.path_params["picture"], by=reader(request))
    back_to = path("administration", "products", product.id)
    return await changed(request, back_to=back_to, say=_("The picture is removed"))


async def _product(request: Request) -> Product:
    return await queries.product(request.path_params["product"])


async def _changed(request: Request, product: Product, said: str) -> Response:
    values: dict[str, Any] = {
        "product": await queries.product(product.id),
        "photos": await pictures.of_product(product.id),
    }
    back_to = path("administration", "products", product.id)
    return await changed(request, PHOTOS, back_to=back_to, say=said, photo=PicturesForm(), **values)


routes = [
    Route("/products/{product:id}/pictures", add, methods=["POST"]),
    Route("/products/{product:id}/pictures/{picture:id}/place", move, methods=["POST"]),
    Route("/products/{product:id}/pictures/{picture:id}/removal", ask_removal),
    Route("/products/{product:id}/pictures/{picture:id}/removal", remove, methods=["POST"]),
]
