"""Doors of the catalogue. Everybody reads it; partners see their own prices and fill the cart."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.cart import actions as cart
from app.cart import queries as cart_queries
from app.catalogue import details, places, queries
from app.catalogue.filters import EVERYTHING, SEARCH, Filters, Place
from app.catalogue.forms import ProductsForm
from app.catalogue.lines import ProductLine
from app.catalogue.outlines import about_list, about_product
from app.catalogue.suggestions import Suggested, suggested
from app.i18n import gettext as _
from app.quantities import WrongQuantity, parse_quantity
from app.web.access import BUYER, allow, public
from app.web.looked_at import SHOWN, looked_at, remember
from app.web.quantity_fields import id_of
from app.web.replies import Fragment, changed, fragment, moved, page, redirected, refused
from app.web.requests import is_htmx, reader, signed_in, site
from app.web.templates import path

CART = ("cart/_basket.html", "cart/_thumb_cart.html")
GOODS = "goods and their retail prices are shown to everybody"


@public(GOODS)
async def index(request: Request) -> Response:
    """All products, and the categories and brands to choose from."""
    return await _list(request, EVERYTHING)


@public(GOODS)
async def brand(request: Request) -> Response:
    """The products of a brand."""
    return await _at(request, await places.brand(request.path_params["slug"]))


@public(GOODS)
async def category(request: Request) -> Response:
    """The products of a category and of those below it."""
    return await _at(request, await places.category(request.path_params["slug"]))


@public(GOODS)
async def search(request: Request) -> Response:
    """What an article or words find."""
    return await _list(request, SEARCH)


@public(GOODS)
async def suggestions(request: Request) -> Response:
    """The first products that a search finds, while it is being typed; without htmx the search itself."""
    q = Filters.of(request.query_params.multi_items()).q
    if not is_htmx(request):
        return redirected(request, path("catalogue", "search", q=q))
    found = await suggested(signed_in(request), q) if len(q) > 1 else Suggested(q)
    return fragment(request, "catalogue/_suggestions.html", found=found)


@public(GOODS)
async def product(request: Request) -> Response:
    """One product with all that is known of it."""
    return await _product(request, request.path_params["product"])


@allow(BUYER, deputies=True)
async def recalculate(request: Request) -> Response:
    """Enter in a field: keeps all quantities of the form, in the cart where the product is there.

    Without htmx every button of the form comes here.
    """
    form = await ProductsForm.read(request)
    lines = await _lines(request, form)
    form.read_lines(lines)
    if not form.valid:
        return await _refuse(request, form)
    await cart.change_quantities(form.in_cart(lines), by=reader(request))
    put = next((line for line in lines if line.id == id_of(form.typed["put"])), None)
    if put:
        return await _put(request, form, lines, put)
    return await changed(request, back_to=form.back_to(lines))


@allow(BUYER, deputies=True)
async def change_quantity(request: Request) -> Response:
    """A step or a typed quantity: kept in the cart when the product is there, else shown until it is put there."""
    form, lines, line = await _read(request)
    if not form.valid:
        return await _refuse(request, form, line)
    await cart.change_quantities(form.in_cart(lines), by=reader(request))
    return await _changed(request, form, lines, line)


@allow(BUYER, deputies=True)
async def put_into_cart(request: Request) -> Response:
    """The pictogram: puts a product into the cart at the reader's own price."""
    form, lines, line = await _read(request)
    if not form.valid:
        return await _refuse(request, form, line)
    await cart.change_quantities(form.in_cart(lines), by=reader(request))
    return await _put(request, form, lines, line)


async def _at(request: Request, place: Place) -> Response:
    """The list of a place; the address of one that went into another leads there."""
    if request.path_params["slug"] != place.parts[-1]:
        return moved(path(*place.parts, **dict(request.query_params)))
    return await _list(request, place)


async def _list(request: Request, place: Place, form: ProductsForm | None = None) -> Response:
    filters = form.filters if form else _filters(request)
    literally = request.query_params.get("literally") == "1"
    listing = await queries.listing(signed_in(request), place, filters, site(request), literally=literally)
    if form is None and not listing.total and filters.narrowed and (newer := await places.followed(filters)) != filters:
        return moved(path(*place.parts, **newer.query()))
    listing = replace(listing, lines=[_typed(line, filters, form) for line in listing.lines])
    kinds = sorted({line.picture for line in listing.lines})
    told = None if signed_in(request) else about_list(listing, site(request))
    return await page(request, "catalogue/index.html", listing=listing, kinds=kinds, q=filters.q, told=told)


async def _product(request: Request, product_id: int, form: ProductsForm | None = None) -> Response:
    before = [one for one in looked_at(request) if one != product_id][:SHOWN]
    found = await details.product(signed_in(request), product_id, site(request), before)
    line = _typed(found.line, form.filters if form else _filters(request), form)
    shown = _picture(request.query_params.get("picture", ""), len(found.pictures))
    kinds = sorted({one.picture for one in (line, *found.others, *found.seen)})
    told = None if signed_in(request) else about_product(found, site(request))
    response = await page(request, "catalogue/show.html", product=found, line=line, shown=shown, kinds=kinds, told=told)
    remember(request, response, product_id)
    return response


def _picture(asked: str, count: int) -> int:
    """The number of the photograph that is shown large: the one that an address asks for, or the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1
    return number if 1 <= number <= count else 1


def _filters(request: Request) -> Filters:
    return Filters.of(request.query_params.multi_items())


def _typed(line: ProductLine, filters: Filters, form: ProductsForm | None) -> ProductLine:
    """The line with what was typed: in a form that is refused, or in the address for what is not in the cart."""
    if form:
        quantity, typed = form.quantities.get(line.id, line.quantity), form.typed[f"q{line.id}"]
        return replace(line, quantity=quantity, typed=typed, error=form.wrong.get(line.id))
    typed = "" if line.cart_line or line.discontinued else filters.quantities.get(line.id, "")
    if not typed:
        return line
    try:
        return replace(line, quantity=parse_quantity(typed, minimum=line.minimum, pack=line.pack, unit=line.unit))
    except WrongQuantity as wrong:
        return replace(line, typed=typed, error=wrong)


async def _read(request: Request) -> tuple[ProductsForm, Sequence[ProductLine], ProductLine]:
    """The form, the lines that it is about, and the pressed one. htmx changes one line, a whole form all of them."""
    line = await queries.line(reader(request), request.path_params["product"], site(request))
    form = await ProductsForm.read(request)
    lines = [] if is_htmx(request) else await _lines(request, form)
    if line.id not in {one.id for one in lines}:
        lines = [*lines, line]
    form.read_lines(lines, pressed=line)
    return form, lines, line


async def _lines(request: Request, form: ProductsForm) -> Sequence[ProductLine]:
    """The products on the page that the form stands on."""
    user, settings = reader(request), site(request)
    if form.product:
        return [await queries.line(user, form.product, settings)]
    return (await queries.listing(user, await places.place(form.parts), form.filters, settings)).lines


async def _put(request: Request, form: ProductsForm, lines: Sequence[ProductLine], line: ProductLine) -> Response:
    await cart.put_product(line.id, form.quantities.get(line.id, line.quantity), by=reader(request))
    others = [one for one in lines if one.id != line.id]
    return await _changed(request, form, others, line, say=_("In the cart: %(article)s") % {"article": line.article})


async def _refuse(request: Request, form: ProductsForm, line: ProductLine | None = None) -> Response:
    """The page as it was typed, each wrong quantity with its reason and the nearest ones."""
    typed = _typed(line, form.filters, form) if line else None
    return await refused(request, form, *_fragments(form, line), whole=lambda: _whole(request, form), line=typed)


async def _whole(request: Request, form: ProductsForm) -> Response:
    if form.product:
        return await _product(request, form.product, form)
    return await _list(request, await places.place(form.parts), form)


async def _changed(
    request: Request, form: ProductsForm, lines: Sequence[ProductLine], line: ProductLine, *, say: str = ""
) -> Response:
    """The product as it is now, and the cart's pictogram when the cart changed with it."""
    if not is_htmx(request):
        return await changed(request, back_to=f"{form.back_to(lines)}#line-{line.id}", say=say)
    user = reader(request)
    now = await queries.line(user, line.id, site(request))
    if not now.cart_line:
        now = replace(now, quantity=form.quantities.get(line.id, now.quantity))
    values: dict[str, Any] = {"line": now}
    fragments = _fragments(form, line)
    if now.cart_line:
        fragments += CART
        values["frame"] = await cart_queries.totals(user)
    return await changed(request, *fragments, back_to="", say=say, **values)


def _fragments(form: ProductsForm, line: ProductLine | None) -> list[Fragment]:
    """What a change of a product replaces: its line in a list, or the offer on its own page."""
    if line is None:
        return []
    return ["catalogue/_offer.html"] if form.product else [("catalogue/_line.html", f"line-{line.id}")]


routes = [
    Route("/", index),
    Route("/search", search),
    Route("/suggestions", suggestions),
    Route("/brands/{slug:str}", brand),
    Route("/categories/{slug:str}", category),
    Route("/recalculation", recalculate, methods=["POST"]),
    Route("/products/{product:id}", product),
    Route("/products/{product:id}/quantity", change_quantity, methods=["POST"]),
    Route("/products/{product:id}/cart", put_into_cart, methods=["POST"]),
]
