"""Putting into the cart and changing what is there. Every change is an event of the history."""

from collections.abc import Sequence
from typing import Any, Protocol

from app.accounts.queries import lock_person
from app.accounts.user import User
from app.cart.models import CartLine
from app.catalogue.models import Product
from app.catalogue.prices import Source, discounts_of
from app.database import transaction
from app.errors import RuleBroken
from app.i18n import N_
from app.outbox import record
from app.presentations.models import Line
from app.quantities import MOST_LINES, WrongQuantity, must_fit


class Wanted(Protocol):
    """A product to put into the cart with others, at a price (kopecks with VAT) that the person was shown."""

    @property
    def product_id(self) -> int: ...
    @property
    def article(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def pack(self) -> int: ...
    @property
    def minimum(self) -> int: ...
    @property
    def price(self) -> int: ...
    @property
    def price_source(self) -> Source: ...
    @property
    def quantity(self) -> int: ...


async def put_line(line: Line, quantity: int, *, presentation: int, by: User) -> None:
    """Puts an offered line into the cart, or sets its quantity there; `line.product` is fetched, the offer is valid.

    Raises RuleBroken for a discontinued product or a full cart, WrongQuantity.
    """
    async with transaction():
        await lock_person(by.cart_owner)
        await _put(line.product, f"line:{line.id}", quantity, line.price, Source.PRESENTATION, by=by, line=line.id)
        await _must_hold(by)
        await _record_put(line.product, quantity, by=by, presentation=presentation)


async def put_lines(lines: list[tuple[Line, int]], *, presentation: int, by: User) -> int:
    """Puts all orderable lines of an offer into the cart with their quantities; returns how many.

    Raises RuleBroken when the cart cannot hold them, and puts none.
    """
    async with transaction():
        await lock_person(by.cart_owner)
        there = [(line, quantity) for line, quantity in lines if line.product.discontinued_at is None]
        for line, quantity in there:
            await _put(line.product, f"line:{line.id}", quantity, line.price, Source.PRESENTATION, by=by, line=line.id)
        if there:
            await _must_hold(by)
            await record("cart.filled", by=by, presentation=presentation, lines=len(there))
    return len(there)


async def put_product(product_id: int, quantity: int, *, by: User) -> None:
    """Puts a product into the cart at the person's own price, or sets its quantity there.

    Raises RuleBroken for a discontinued product or a full cart, WrongQuantity.
    """
    product = await Product.get(id=product_id)
    async with transaction():
        await lock_person(by.cart_owner)
        discounts = await discounts_of(by, [product.id])
        price = discounts.price(
            product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
        )
        await _put(product, f"product:{product.id}", quantity, price.price, price.source, by=by)
        await _must_hold(by)
        await _record_put(product, quantity, by=by)


async def fill(wanted: Sequence[Wanted], *, by: User) -> None:
    """Adds many products to what is in the cart, at the prices given: of one that is there, the quantities add up.

    Call it in the transaction that locked the person. Raises RuleBroken for a quantity that does not fit then, and for
    more lines than the cart holds.
    """
    adds: dict[int, int] = {}
    for one in wanted:
        adds[one.product_id] = adds.get(one.product_id, 0) + one.quantity
    sources = {f"product:{product}": product for product in adds}
    there = await CartLine.filter(person_id=by.cart_owner, source__in=list(sources)).select_for_update()
    for line in there:
        adds[line.product_id] += line.quantity
    priced = {one.product_id: one for one in wanted}
    for product, quantity in adds.items():
        _must_fit_together(priced[product], quantity)
    for line in there:
        one = priced.pop(line.product_id)
        line.quantity, line.price, line.price_source = adds[line.product_id], one.price, one.price_source
        await line.save(update_fields=["quantity", "price", "price_source"])
    await CartLine.bulk_create([_line(one, adds[product], by) for product, one in priced.items()])
    await _must_hold(by)


async def change_quantities(quantities: dict[int, int], *, by: User) -> None:
    """Sets valid quantities of lines of the person's own cart, by line id, and applies prices that became lower."""
    async with transaction():
        await lock_person(by.cart_owner)
        lines = await CartLine.filter(person_id=by.cart_owner, id__in=list(quantities)).select_related("product")
        for line in lines:
            quantity = quantities[line.id]
            if quantity == line.quantity:
                continue
            was, line.quantity = line.quantity, quantity
            await line.save(update_fields=["quantity"])
            unit, article = line.product.unit, line.product.article
            await record("cart.line_changed", by=by, article=article, was=was, quantity=quantity, unit=unit)


async def agree(line_id: int, price: int, *, by: User) -> None:
    """The person agrees to the price of today (kopecks) for a line."""
    async with transaction():
        await lock_person(by.cart_owner)
        line = await CartLine.get(id=line_id, person_id=by.cart_owner).select_related("product")
        was, line.price = line.price, price
        await line.save(update_fields=["price"])
        await record("cart.price_accepted", by=by, article=line.product.article, was=was, price=price)


async def remove(line_id: int, *, by: User) -> None:
    """Takes a line out of the cart."""
    async with transaction():
        await lock_person(by.cart_owner)
        line = await CartLine.get_or_none(id=line_id, person_id=by.cart_owner).select_related("product")
        if line:
            await line.delete()
            await record("cart.line_removed", by=by, article=line.product.article)


async def apply_lower_prices(prices: dict[int, int], *, by: User) -> None:
    """Makes lower prices (kopecks by line id) the agreed ones; a higher one is left for the person's click."""
    for line_id, price in prices.items():
        await CartLine.filter(id=line_id, person_id=by.cart_owner, price__gt=price).update(price=price)


async def empty(by: User) -> None:
    """Takes everything out: what was in is an order now. Call it in the transaction that places the order."""
    await CartLine.filter(person_id=by.cart_owner).delete()


async def _put(
    product: Product, source: str, quantity: int, price: int, price_source: Source, *, by: User, line: int | None = None
) -> None:
    if product.discontinued_at is not None:
        raise RuleBroken("%(article)s is discontinued and cannot be ordered", article=product.article)
    if price <= 0:
        raise RuleBroken("%(article)s has its price on request: ask your manager", article=product.article)
    must_fit(quantity, minimum=product.minimum, pack=product.pack, unit=product.unit)
    values: dict[str, Any] = {"quantity": quantity, "price": price, "price_source": price_source}
    found = await CartLine.filter(person_id=by.cart_owner, source=source).update(**values)
    if not found:
        await CartLine.create(
            person_id=by.cart_owner, source=source, product_id=product.id, presentation_line_id=line, **values
        )


async def _must_hold(by: User) -> None:
    """Raises RuleBroken when more was put into the cart than an order may have."""
    if await CartLine.filter(person_id=by.cart_owner).count() > MOST_LINES:
        raise RuleBroken(
            "A cart holds at most %(most)s lines, as an order does: order what is in it, or take something out",
            most=MOST_LINES,
        )


def _must_fit_together(one: Wanted, quantity: int) -> None:
    try:
        must_fit(quantity, minimum=one.minimum, pack=one.pack, unit=one.unit)
    except WrongQuantity as wrong:
        message = N_("%(article)s: together with what is in the cart it makes %(quantity)s. %(reason)s")
        raise RuleBroken(message, article=one.article, quantity=f"{quantity} {one.unit}", reason=wrong.text) from None


def _line(one: Wanted, quantity: int, by: User) -> CartLine:
    values: dict[str, Any] = {"quantity": quantity, "price": one.price, "price_source": one.price_source}
    return CartLine(person_id=by.cart_owner, source=f"product:{one.product_id}", product_id=one.product_id, **values)


async def _record_put(product: Product, quantity: int, *, by: User, presentation: int | None = None) -> None:
    data: dict[str, Any] = {
        "article": product.article,
        "name": product.name,
        "quantity": quantity,
        "unit": product.unit,
    }
    if presentation:
        data["presentation"] = presentation
    await record("cart.line_put", by=by, **data)
