"""Reading types of prices, and a product's prices by type and day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.catalogue.prices import RATE, written
from app.database import Sql, as_date, as_datetime
from app.errors import NotFound
from app.money import Currency
from app.prices.models import PriceType, ProductPrice

_TYPES = Sql(
    """
    SELECT t.id, t.name, t.position, t.currency, t.base, t.hidden,
           (SELECT COUNT(DISTINCT w.product_id) FROM product_price w WHERE w.price_type_id = t.id) AS products,
           (SELECT COUNT(*) FROM company c WHERE c.price_type_id = t.id) AS companies
    FROM price_type t ORDER BY t.base DESC, t.position, t.name, t.id
    """
)
_OF_PRODUCT = Sql(
    f"""
    SELECT w.id, w.price_type_id, w.amount, w.currency, w.valid_from, w.set_at, p.name AS set_by, k.rate, k.day
    FROM product_price w LEFT JOIN person p ON p.id = w.set_by_id LEFT JOIN ({RATE}) k ON w.currency <> 'RUB'
    WHERE w.product_id = :product ORDER BY w.valid_from DESC
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A type in the list, with how many products have such a price and how many companies pay it."""

    id: int
    name: str
    position: int
    currency: Currency
    base: bool
    hidden: bool
    products: int
    companies: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A price from a day on, in the smallest units of its currency; `state` is past, now or future.

    `kopecks` is what it makes today, 0 for none; `rate` and `rate_on` what it was reckoned by.
    """

    id: int
    amount: int
    currency: Currency
    since: date
    state: str
    set_at: datetime
    set_by: str
    kopecks: int
    rate: int | None
    rate_on: date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A product's prices of one type, the latest day first."""

    type: PriceType
    prices: Sequence[Dated]


async def retail_type() -> PriceType:
    """The base of all prices: always there, made when it is first asked for."""
    found, _made = await PriceType.get_or_create(slug="retail", defaults={"name": "Розничная", "base": True})
    return found


async def types() -> list[Listed]:
    """All types in their order, retail first."""
    await retail_type()
    rows = await _TYPES.all()
    return [
        Listed(
            **{**row, "base": bool(row["base"]), "hidden": bool(row["hidden"]), "currency": Currency(row["currency"])}
        )
        for row in rows
    ]


async def price_type(type_id: int) -> PriceType:
    """A type; raises NotFound."""
    found = await PriceType.get_or_none(id=type_id)
    if found is None:
        raise NotFound
    return found


async def columns(product_id: int) -> list[Column]:
    """A product's prices by type: of every type that is not hidden, or of which it has prices."""
    await retail_type()
    today = clock.distributor_today()
    rows = await _OF_PRODUCT.all(product=product_id, today=today)
    every = await PriceType.all().order_by("-base", "position", "name", "id")
    found = []
    for one in every:
        mine = [row for row in rows if row["price_type_id"] == one.id]
        if mine or not one.hidden:
            found.append(Column(one, _dated(mine, today)))
    return found


async def future_price(product_id: int, price_id: int) -> ProductPrice:
    """A price that does not hold yet, with its type; raises NotFound."""
    later = ProductPrice.filter(id=price_id, product_id=product_id, valid_from__gt=clock.distributor_today())
    found = await later.select_related("price_type").first()
    if found is None:
        raise NotFound
    return found


async def in_currency(product_id: int) -> bool:
    """Whether today's retail price of a product is in a currency, and so not written in roubles."""
    held = ProductPrice.filter(
        product_id=product_id, price_type__base=True, valid_from__lte=clock.distributor_today()
    ).order_by("-valid_from")
    last = await held.first()
    return last is not None and last.currency is not Currency.RUB


def _dated(rows: Sequence[Mapping[str, Any]], today: date) -> list[Dated]:
    found: list[Dated] = []
    held = False
    for row in rows:
        since = as_date(row["valid_from"])
        state = "future" if since > today else "past" if held else "now"
        held = held or state == "now"
        price = written(row)
        found.append(
            Dated(
                id=row["id"],
                amount=row["amount"],
                currency=Currency(row["currency"]),
                since=since,
                state=state,
                set_at=as_datetime(row["set_at"]),
                set_by=row["set_by"] or "",
                kopecks=price.price,
                rate=price.rate,
                rate_on=price.rate_on,
            )
        )
    return found
