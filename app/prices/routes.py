"""Doors of prices, below /administration: types of prices, and the prices of a product."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.catalogue.models import Product
from app.errors import RuleBroken, Stale
from app.goods import queries as goods
from app.goods.changes import Taken
from app.i18n import gettext as _
from app.money import Currency
from app.prices import actions, queries
from app.prices.forms import PriceForm, PriceTypeForm, price_type_form
from app.prices.models import PriceType
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader
from app.web.templates import path

TYPE, PRICES = "prices/_type.html", "prices/_prices.html"


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """All types of prices, retail first."""
    return await page(request, "prices/types.html", listed=await queries.types())


@allow(ADMINISTRATOR)
async def new(request: Request) -> Response:
    """The form of a new type."""
    return await _type_page(request, PriceTypeForm([("position", "0"), ("currency", Currency.RUB)]))


@allow(ADMINISTRATOR)
async def create(request: Request) -> Response:
    """Makes a type."""
    form = await PriceTypeForm.read(request)
    if form.valid:
        try:
            number = await actions.create_type(form.values, by=reader(request))
        except Taken as taken:
            form.errors["name"] = explain(taken)
        else:
            return await _kept(request, number)
    return await _refuse_type(request, form, form)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """A type to change."""
    one = await _type(request)
    return await _type_page(request, price_type_form(one), one)


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Changes it, unless somebody was quicker: then both are shown."""
    # long: a name that is taken, a page that is old and a rule are told in ways of their own
    one, form = await _type(request), await PriceTypeForm.read(request)
    if not form.valid:
        return await _refuse_type(request, form, form, one)
    try:
        await actions.change_type(one.id, form.values, form.version, by=reader(request))
    except Taken as taken:
        form.errors["name"] = explain(taken)
        return await _refuse_type(request, form, form, one)
    except Stale as stale:
        one = await _type(request)
        form.compare(price_type_form(one))
        return await _refuse_type(request, form, stale, one)
    except RuleBroken as problem:
        return await _refuse_type(request, form, problem, one)
    return await _kept(request, one.id)


@allow(ADMINISTRATOR)
async def prices(request: Request) -> Response:
    """What a product costs by each type, and the form of another price."""
    return await _prices_page(request, await _product(request), _blank())


@allow(ADMINISTRATOR)
async def put(request: Request) -> Response:
    """Writes a price from a day on."""
    product = await _product(request)
    form = await PriceForm.read(request, [one.type for one in await queries.columns(product.id)], _today())
    if form.valid:
        await actions.put(product.id, form.new, by=reader(request))
        values = await _values(product, _blank())
        return await changed(request, PRICES, back_to=_path(product), say=_("The price is kept"), **values)
    whole = lambda: _prices_page(request, product, form)  # noqa: E731 - as every refusal
    return await refused(request, form, PRICES, whole=whole, **await _values(product, form))


@allow(ADMINISTRATOR)
async def ask_removal(request: Request) -> Response:
    """Asks whether to take back a price that does not hold yet."""
    product = await _product(request)
    price = await queries.future_price(product.id, request.path_params["price"])
    return await page(request, "prices/removal.html", product=product, price=price)


@allow(ADMINISTRATOR)
async def remove(request: Request) -> Response:
    """Takes it back."""
    product = await _product(request)
    await Form.read(request)
    await actions.remove(product, request.path_params["price"], by=reader(request))
    return await changed(request, back_to=_path(product), say=_("The price is taken back"))


async def _type(request: Request) -> PriceType:
    return await queries.price_type(request.path_params["type"])


async def _product(request: Request) -> Product:
    return await goods.product(request.path_params["product"])


def _today() -> Any:
    return clock.distributor_today()


def _blank() -> PriceForm:
    return PriceForm([("since", _today().isoformat())])


def _path(product: Product) -> str:
    return path("administration", "products", product.id, "prices")


async def _kept(request: Request, type_id: int) -> Response:
    return await changed(request, back_to=path("administration", "price-types", type_id), say=_("Saved"))


async def _refuse_type(
    request: Request, form: PriceTypeForm, problem: Form | RuleBroken, one: PriceType | None = None
) -> Response:
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _type_page(request, form, one, problem=notice)  # noqa: E731 - as every refusal
    return await refused(request, problem, TYPE, whole=whole, **_type_values(form, one))


async def _type_page(
    request: Request, form: PriceTypeForm, one: PriceType | None = None, *, problem: str = ""
) -> Response:
    return await page(request, "prices/type.html", problem=problem, **_type_values(form, one))


def _type_values(form: PriceTypeForm, one: PriceType | None) -> dict[str, Any]:
    return {"form": form, "type": one, "currencies": [(code, label("currency", code)) for code in Currency]}


async def _prices_page(request: Request, product: Product, form: PriceForm) -> Response:
    return await page(request, "prices/prices.html", **await _values(product, form))


async def _values(product: Product, form: PriceForm) -> dict[str, Any]:
    columns = await queries.columns(product.id)
    options = {
        "types": [(one.type.id, one.type.name) for one in columns],
        "currencies": [("", _("as the type says")), *((code, label("currency", code)) for code in Currency)],
    }
    return {"product": product, "form": form, "columns": columns, "options": options}


routes = [
    Route("/price-types", index),
    Route("/price-types", create, methods=["POST"]),
    Route("/price-types/new", new),
    Route("/price-types/{type:id}", show),
    Route("/price-types/{type:id}", change, methods=["POST"]),
    Route("/products/{product:id}/prices", prices),
    Route("/products/{product:id}/prices", put, methods=["POST"]),
    Route("/products/{product:id}/prices/{price:id}/removal", ask_removal),
    Route("/products/{product:id}/prices/{price:id}/removal", remove, methods=["POST"]),
]
