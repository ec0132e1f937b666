"""Doors of the cart. With htmx it is a window over the page, without it a page of its own."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.cart import actions, queries
from app.cart.forms import CartForm
from app.cart.queries import Cart, CheckedLine
from app.i18n import gettext as _
from app.web.access import BUYER, PARTNER, allow
from app.web.forms import form_data
from app.web.quantity_fields import id_of
from app.web.replies import changed, fragment, page, redirected, refused
from app.web.requests import inside, is_htmx, reader, site, split_address
from app.web.templates import path

CHECKOUT = "/orders/checkout"
FROM = "from"
AROUND = ("cart/_basket.html", "cart/_thumb_cart.html")


@allow(PARTNER)
async def show(request: Request) -> Response:
    """The cart, checked against today's prices."""
    cart = await _cart(request)
    if is_htmx(request):
        return fragment(request, "cart/_cart.html", cart=cart, window=True, shopping=await _shopping(request))
    return await _page(request, cart)


@allow(BUYER, deputies=True)
async def recalculate(request: Request) -> Response:
    """«Пересчитать»: keeps all quantities and applies prices that became lower.

    Without htmx every button of the form comes here.
    """
    cart = await _cart(request)
    form = await CartForm.read(request, cart)
    if removed := id_of(form.typed["removed"]):
        return await _remove(request, form, cart.line(removed))
    if not form.valid:
        return await _refuse(request, cart, form)
    user = reader(request)
    await actions.change_quantities(form.quantities, by=user)
    await actions.apply_lower_prices({line.id: line.price for line in cart.lines if line.cheaper}, by=user)
    if agreed := id_of(form.typed["agree"]):
        return await _agree(request, cart.line(agreed))
    return redirected(request, CHECKOUT) if form.typed["checkout"] else await _changed(request, _("Recalculated"))


@allow(BUYER, deputies=True)
async def change_quantity(request: Request) -> Response:
    """Keeps the quantities, after a change or a step in one line."""
    cart = await _cart(request)
    line = cart.line(request.path_params["line"])
    form = await CartForm.read(request, cart, line.id)
    if not form.valid:
        return await _refuse(request, cart, form)
    await actions.change_quantities(form.quantities, by=reader(request))
    return await _changed(request)


@allow(BUYER, deputies=True)
async def remove(request: Request) -> Response:
    """Takes a line out; the other quantities of the form are kept."""
    cart = await _cart(request)
    line = cart.line(request.path_params["line"])
    return await _remove(request, await CartForm.read(request, cart), line)


@allow(BUYER, deputies=True)
async def agree(request: Request) -> Response:
    """The click that a higher price needs."""
    cart = await _cart(request)
    line = cart.line(request.path_params["line"])
    form = await CartForm.read(request, cart)
    if not form.valid:
        return await _refuse(request, cart, form)
    await actions.change_quantities(form.quantities, by=reader(request))
    return await _agree(request, line)


@allow(BUYER, deputies=True)
async def go_to_checkout(request: Request) -> Response:
    """«Оформить заказ»: keeps what was typed, then leads on to the checkout."""
    cart = await _cart(request)
    form = await CartForm.read(request, cart)
    if not form.valid:
        return await _refuse(request, cart, form)
    await actions.change_quantities(form.quantities, by=reader(request))
    return redirected(request, CHECKOUT)


async def _remove(request: Request, form: CartForm, line: CheckedLine) -> Response:
    """Takes a line out, whatever was typed in it; the other lines keep what is valid."""
    user = reader(request)
    kept = {line_id: quantity for line_id, quantity in form.quantities.items() if line_id != line.id}
    await actions.change_quantities(kept, by=user)
    await actions.remove(line.id, by=user)
    return await _changed(request, _("Taken out of the cart: %(article)s") % {"article": line.article})


async def _agree(request: Request, line: CheckedLine) -> Response:
    await actions.agree(line.id, line.today, by=reader(request))
    return await _changed(request, _("The new price is agreed"))


async def _cart(request: Request) -> Cart:
    return await queries.checked(reader(request), site(request))


async def _page(request: Request, cart: Cart) -> Response:
    kinds, shopping = sorted({line.picture for line in cart.lines}), await _shopping(request)
    return await page(request, "cart/show.html", cart=cart, kinds=kinds, window=False, shopping=shopping)


async def _changed(request: Request, say: str = "") -> Response:
    cart, shopping = await _cart(request), await _shopping(request)
    values: dict[str, Any] = {"cart": cart, "frame": cart.totals, "window": True, "shopping": shopping}
    back_to = path("cart", **{FROM: shopping if await _kept(request) else ""})
    return await changed(request, ("cart/_cart.html", "cartbox"), *AROUND, back_to=back_to, say=say, **values)


async def _refuse(request: Request, cart: Cart, form: CartForm) -> Response:
    """The cart as it was typed, each wrong quantity with its reason and the nearest ones."""
    typed = Cart(
        tuple(
            replace(
                line,
                quantity=form.quantities.get(line.id, line.quantity),
                typed=form.typed[f"q{line.id}"],
                error=form.wrong.get(line.id),
            )
            for line in cart.lines
        )
    )
    values = {"cart": typed, "window": True, "shopping": await _shopping(request)}
    return await refused(request, form, ("cart/_cart.html", "cartbox"), whole=lambda: _page(request, typed), **values)


async def _shopping(request: Request) -> str:
    """Where the person was before the cart: «Продолжить покупки» leads back there."""
    seen = await _kept(request) or request.headers.get("hx-current-url") or request.headers.get("referer") or ""
    parts = split_address(seen)
    before = inside(parts.path + (f"?{parts.query}" if parts.query else ""))
    return "/catalogue" if before == "/" or before.startswith(("/cart", "/orders/checkout", "/sign-in")) else before


async def _kept(request: Request) -> str:
    """What the cart's page keeps of it from one press to the next, in its form and its address."""
    if request.method == "POST":
        return str((await form_data(request)).get(FROM, ""))
    return request.query_params.get(FROM, "")


routes = [
    Route("/", show),
    Route("/recalculation", recalculate, methods=["POST"]),
    Route("/checkout", go_to_checkout, methods=["POST"]),
    Route("/lines/{line:id}/quantity", change_quantity, methods=["POST"]),
    Route("/lines/{line:id}/removal", remove, methods=["POST"]),
    Route("/lines/{line:id}/price", agree, methods=["POST"]),
]
