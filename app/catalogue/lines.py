"""Products as their reader sees them: rows of the catalogue's queries at the reader's own prices of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock, money
from app.accounts.user import User
from app.catalogue.prices import Discounts, Source, discounts_of
from app.database import as_date
from app.quantities import WrongQuantity, least
from app.settings import Settings
from app.vat import vat_rates

_TEXTS = ("article", "name", "brand", "unit", "picture")
_NUMBERS = ("id", "pack", "minimum", "retail", "stock", "cart_line", "in_cart")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is sold instead of a discontinued product; `price` is the reader's own, in kopecks."""

    id: int
    article: str
    brand: str
    name: str
    price: int
    stock: int
    unit: str


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product as its reader sees it. Kopecks with VAT for one `unit`, the discount in basis points.

    `quantity` is what the reader has in the cart, else the least that may be ordered; `typed` and `error` are set
    when what was typed instead cannot be.
    """

    id: int
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    minimum: int
    picture: str
    retail: int
    price: int
    discount: int
    price_source: Source
    vat_rate: int | None
    stock: int
    restock_on: date | None
    discontinued: bool
    replacement: Replacement | None
    cart_line: int | None
    in_cart: int | None
    quantity: int
    typed: str = ""
    error: WrongQuantity | None = None
    rate: int | None = None  # of the currency that the price follows: see app.catalogue.prices.Price
    rate_on: date | None = None

    @property
    def on_request(self) -> bool:
        """Whether it has no price: it is asked for, and not ordered before."""
        return self.price <= 0


async def priced(rows: Sequence[Mapping[str, Any]], user: User | None, settings: Settings) -> list[ProductLine]:
    """The lines of rows with the columns that queries.py names; two queries, for what the reader pays."""
    ids = [number for row in rows for number in (row["id"], row["replacement_id"]) if number]
    discounts, today, rates = await discounts_of(user, ids), clock.today(settings.timezone), await vat_rates()
    return [_line(row, discounts, today, rates) for row in rows]


def _line(row: Mapping[str, Any], discounts: Discounts, today: date, rates: money.Rates) -> ProductLine:
    price = discounts.price(
        row["retail"], product_id=row["id"], brand_id=row["brand_id"], category_id=row["category_id"]
    )
    return ProductLine(
        **{name: row[name] for name in _TEXTS + _NUMBERS},
        price=price.price,
        discount=price.discount,
        price_source=price.source,
        rate=price.rate,
        rate_on=price.rate_on,
        vat_rate=money.vat_rate(money.Vat(row["vat"]), today, rates),
        restock_on=as_date(row["restock_on"]),
        discontinued=row["discontinued_at"] is not None,
        replacement=_replacement(row, discounts) if row["replacement_id"] else None,
        quantity=row["in_cart"] or least(row["minimum"], row["pack"]),
    )


def _replacement(row: Mapping[str, Any], discounts: Discounts) -> Replacement:
    brand_id, category_id = row["replacement_brand_id"], row["replacement_category_id"]
    return Replacement(
        id=row["replacement_id"],
        article=row["replacement_article"],
        brand=row["replacement_brand"],
        name=row["replacement_name"],
        price=discounts.price(
            row["replacement_retail"], product_id=row["replacement_id"], brand_id=brand_id, category_id=category_id
        ).price,
        stock=row["replacement_stock"],
        unit=row["replacement_unit"],
    )
