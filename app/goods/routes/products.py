"""Doors of products: the list, a new one, changing one. Its pictures: pictures.py."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.models import Product
from app.documents import queries as documents
from app.documents.forms import DocumentForm
from app.errors import RuleBroken, Stale
from app.goods import actions, pictures, queries
from app.goods.forms import STATES, ProductFilter, ProductForm, product_form
from app.i18n import gettext as _
from app.money import Vat
from app.pictures.forms import PicturesForm
from app.prices import queries as prices
from app.warehouses import queries as warehouses
from app.warehouses.forms import stock_form
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader
from app.web.templates import path

HERE = "/administration/products"
FORM = "goods/_product.html"


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """Products by article, with filters."""
    where = ProductFilter(request.query_params.multi_items())
    where.check()
    listed, more = await queries.products(
        q=where.q, brand=where.brand, category=where.category, state=where.state, after=where.after
    )
    groups: dict[str, Any] = {"brands": await queries.brands(), "categories": await queries.categories()}
    kinds = sorted({one.picture for one in listed})
    return await page(
        request, "goods/products.html", listed=listed, more=more, where=where, kinds=kinds, states=STATES, **groups
    )


@allow(ADMINISTRATOR)
async def new(request: Request) -> Response:
    """The form of a new product."""
    empty = ProductForm([("unit", "шт"), ("pack", "1"), ("minimum", "1"), ("vat", Vat.STANDARD), ("stock", "0")])
    return await form_page(request, empty)


@allow(ADMINISTRATOR)
async def create(request: Request) -> Response:
    """Puts a new product on sale; its picture comes next."""
    form = await _read(request)
    if form.valid:
        try:
            number = await actions.create(form.values, by=reader(request))
        except actions.ArticleTaken as taken:
            _tell_clash(form, taken)
        else:
            said = _("The product is on sale: %(article)s") % {"article": form.values["article"]}
            return await changed(request, back_to=path("administration", "products", number), say=said)
    return await _refuse(request, form, form)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """A product to change."""
    product = await _product(request)
    return await form_page(request, product_form(product), product)


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Changes it, unless somebody was quicker: then both are shown."""
    # long: an article that is taken and a page that is old are told in ways of their own
    product, form = await _product(request), await _read(request)
    if not form.valid:
        return await _refuse(request, form, form, product)
    try:
        await actions.change(product.id, form.values, form.version, by=reader(request))
    except actions.ArticleTaken as taken:
        _tell_clash(form, taken)
        return await _refuse(request, form, form, product)
    except Stale as stale:
        product = await _product(request)
        form.compare(product_form(product))
        return await _refuse(request, form, stale, product)
    except RuleBroken as problem:
        return await _refuse(request, form, problem, product)
    return await changed(request, back_to=path("administration", "products", product.id), say=_("Saved"))


def _tell_clash(form: ProductForm, taken: actions.ArticleTaken) -> None:
    form.errors["article"] = explain(taken)
    form.clash = taken.product


async def _product(request: Request) -> Product:
    return await queries.product(request.path_params["product"])


async def _read(request: Request) -> ProductForm:
    number = request.path_params.get("product", 0)
    elsewhere = (await prices.in_currency(number), bool(await warehouses.of_product(number))) if number else ()
    return await ProductForm.read(request, await queries.brands(), await queries.categories(), *elsewhere)


async def _refuse(
    request: Request, form: ProductForm, problem: Form | RuleBroken, product: Product | None = None
) -> Response:
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: form_page(request, form, product, problem=notice)  # noqa: E731 - as every refusal
    return await refused(request, problem, FORM, whole=whole, **await _values(form, product))


async def form_page(
    request: Request, form: ProductForm, product: Product | None = None, *, problem: str = "", **refused: Form
) -> Response:
    """The page of a product, or of a new one; `refused` are forms beside it that were: photo, paper, stock."""
    values = {**await _values(form, product), "photo": PicturesForm(), "paper": DocumentForm(), "problem": problem}
    if product is None:
        return await page(request, "goods/new_product.html", kinds=[], **values)
    beside = {
        "photos": await pictures.of_product(product.id),
        "documents": await documents.of_product(product.id),
        "analogues": await queries.analogues(product.id),
        "warehouses": await warehouses.shown(),
        "held": await warehouses.of_product(product.id),
        "stock": await stock_form(product.id),
    }
    return await page(request, "goods/product.html", kinds=[product.picture], **{**values, **beside, **refused})


async def _values(form: ProductForm, product: Product | None) -> Mapping[str, Any]:
    brands = [(one.id, one.name) for one in await queries.brands()]
    categories = [(one.id, f"— {one.name}" if one.inner else one.name) for one in await queries.categories()]
    options = {
        "brands": [("", _("Choose a brand")), *brands],
        "categories": [("", _("Choose a category")), *categories],
        "vats": [(vat, label("vat", vat)) for vat in Vat],
        "in_currency": product is not None and await prices.in_currency(product.id),
        "by_warehouse": product is not None and bool(await warehouses.of_product(product.id)),
    }
    return {"form": form, "product": product, "options": options}


routes = [
    Route("/products", index),
    Route("/products", create, methods=["POST"]),
    Route("/products/new", new),
    Route("/products/{product:id}", show),
    Route("/products/{product:id}", change, methods=["POST"]),
]
