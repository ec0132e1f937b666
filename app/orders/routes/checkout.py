"""Doors of the checkout: its form, placing the order, the confirmation."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import tokens
from app.cart import queries as cart_queries
from app.cart.queries import Cart
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.orders import actions
from app.orders.forms import CheckoutForm
from app.orders.models import Carrier
from app.orders.routes.pages import find_sheet
from app.orders.rows import vat_rows
from app.web.access import BUYER, allow
from app.web.replies import explain, page, redirected, refused
from app.web.requests import reader, site
from app.web.templates import path


@allow(BUYER)
async def checkout(request: Request) -> Response:
    """The form of an order, filled from the profile. A cart that needs a decision is shown first."""
    cart = await cart_queries.checked(reader(request), site(request))
    if cart.blocked:
        return redirected(request, "/cart", say=_("Before ordering, decide about the marked lines"))
    form = CheckoutForm.from_profile(reader(request), tokens.new_secret())
    return await page(request, "orders/checkout.html", **_values(form, cart))


@allow(BUYER, deputies=True)
async def place(request: Request) -> Response:
    """«Заказать»: one order for one form, however often it is sent."""
    user, settings = reader(request), site(request)
    form = await CheckoutForm.read(request)
    if not form.valid:
        return await _refuse(request, form, form)
    try:
        order = await actions.place(form.details, key=form.key, seen=form.seen, by=user, settings=settings)
    except actions.CartChanged as problem:
        return await _refuse(request, form, problem)
    return redirected(request, path("orders", order.number, "confirmation"))


@allow(BUYER)
async def confirmation(request: Request) -> Response:
    """The order's number, and what happens now."""
    return await page(request, "orders/confirmation.html", sheet=await find_sheet(request))


async def _refuse(request: Request, form: CheckoutForm, problem: CheckoutForm | RuleBroken) -> Response:
    """The cart as it is now, under everything that was typed."""
    cart = await cart_queries.checked(reader(request), site(request))
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    values = _values(form, cart, notice)
    whole = lambda: page(request, "orders/checkout.html", problem=notice, **values)  # noqa: E731 - as `refused` takes it
    fragments = ("orders/_checkout.html", "cart/_basket.html", "cart/_thumb_cart.html")
    return await refused(request, problem, *fragments, whole=whole, frame=cart.totals, **values)


def _values(form: CheckoutForm, cart: Cart, notice: str = "") -> dict[str, Any]:
    return {"form": form, "cart": cart, "vat_rows": vat_rows(cart.lines), "carriers": list(Carrier), "notice": notice}
