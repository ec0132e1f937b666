"""What administrators do about prices: types, and what products cost by them from which day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tortoise.exceptions import IntegrityError

from app import clock
from app.accounts.user import User
from app.catalogue.columns import reprice_types
from app.catalogue.models import Product
from app.database import transaction
from app.errors import NotFound, RuleBroken, Stale
from app.goods import slugs
from app.goods.changes import Taken, differing, told
from app.i18n import N_
from app.money import Currency
from app.outbox import record
from app.prices import queries, retail
from app.prices.models import PriceType, ProductPrice


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price to be: the smallest units of a currency with VAT, from a day on; 0: none of this type any more."""

    price_type: PriceType
    amount: int
    currency: Currency
    since: date


async def create_type(values: Mapping[str, Any], *, by: User) -> int:
    """A new type of prices; its id. Raises Taken."""
    await queries.retail_type()
    try:
        async with transaction():
            await _must_be_free(values["name"])
            taken = {str(one) for one in await PriceType.all().values_list("slug", flat=True)}
            made = await PriceType.create(**values, slug=slugs.free(values["name"], taken))
            await record("price_type.created", by=by, price_type=made.id, name=made.name)
    except IntegrityError as error:  # somebody made it at the same moment
        raise Taken from error
    return made.id


async def change_type(type_id: int, values: Mapping[str, Any], version: int, *, by: User) -> None:
    """Renames, moves or hides a type. Raises Stale, Taken, NotFound, RuleBroken for hiding retail."""
    async with transaction():
        one = await PriceType.filter(id=type_id).select_for_update().first()
        if one is None:
            raise NotFound
        if one.version != version:
            raise Stale
        if one.base and values["hidden"]:
            raise RuleBroken(N_("Retail is the base of all prices: it is always shown"))
        new = differing(one, values)
        if not new:
            return
        await _must_be_free(values["name"], but=one.id)
        await PriceType.filter(id=one.id).update(**new, version=version + 1)
        changes = told({name: getattr(one, name) for name in new}, new)
        await record("price_type.changed", by=by, price_type=one.id, name=one.name, changes=changes)


async def put(product_id: int, new: NewPrice, *, by: User) -> None:
    """Writes what a product costs from a day on; another price of the same day is written over.

    Sent presentations and placed orders keep theirs. Raises NotFound.
    """
    async with transaction():
        product = await Product.filter(id=product_id).select_for_update().first()
        if product is None:
            raise NotFound
        was = await _before(product, new)
        if not await _write(product.id, new, by=by):
            return
        await record(
            "price.set",
            by=by,
            **_about(product, new.price_type),
            since=new.since.isoformat(),
            amount=new.amount,
            currency=new.currency.value,
            was=was,
        )


async def put_retail(product_id: int, kopecks: int, *, by: User) -> None:
    """Retail in roubles from today on: within the transaction that changed the product by hand, and told of it."""
    base = await queries.retail_type()
    await _write(product_id, NewPrice(base, kopecks, Currency.RUB, clock.distributor_today()), by=by)


async def remove(product: Product, price_id: int, *, by: User) -> None:
    """Takes back a price that does not hold yet; twice is as once. Raises NotFound for one that holds."""
    async with transaction():
        if not await ProductPrice.filter(id=price_id).exists():
            return
        price = await queries.future_price(product.id, price_id)
        await price.delete()
        shown = {"since": price.valid_from.isoformat(), "amount": price.amount, "currency": price.currency.value}
        await record("price.removed", by=by, **_about(product, price.price_type), **shown)


async def _write(product_id: int, new: NewPrice, *, by: User) -> bool:
    """Whether it is another price than stood there."""
    there = await ProductPrice.get_or_none(product_id=product_id, price_type_id=new.price_type.id, valid_from=new.since)
    if there and (there.amount, there.currency) == (new.amount, new.currency):
        return False
    values: dict[str, Any] = {"amount": new.amount, "currency": new.currency, "set_at": clock.now(), "set_by_id": by.id}
    if there:
        await ProductPrice.filter(id=there.id).update(**values)
    else:
        await ProductPrice.create(
            product_id=product_id, price_type_id=new.price_type.id, valid_from=new.since, **values
        )
    if new.price_type.base and await retail.refresh(product_id):
        product = await Product.get(id=product_id)
        await Product.filter(id=product_id).update(version=product.version + 1)
    if not new.price_type.base:
        await reprice_types([product_id])
    return True


async def _before(product: Product, new: NewPrice) -> dict[str, Any] | None:
    """The price that would hold on that day otherwise, for the history."""
    of_type = ProductPrice.filter(product_id=product.id, price_type_id=new.price_type.id, valid_from__lte=new.since)
    held = await of_type.order_by("-valid_from").first()
    if held:
        return {"amount": held.amount, "currency": held.currency.value}
    return {"amount": product.retail, "currency": Currency.RUB.value} if new.price_type.base else None


async def _must_be_free(name: str, but: int = 0) -> None:
    names = await PriceType.exclude(id=but).values_list("name", flat=True)
    if name.casefold() in {str(one).casefold() for one in names}:
        raise Taken


def _about(product: Product, price_type: PriceType) -> dict[str, Any]:
    return {"good": product.id, "article": product.article, "name": product.name, "type": price_type.name}
