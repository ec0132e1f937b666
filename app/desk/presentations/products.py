"""Products that may be added to a draft, at the prices of its partner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.catalogue.models import Product
from app.catalogue.prices import Discounts, discounts_of_company
from app.catalogue.search import find
from app.database import Sql, as_date
from app.errors import NotFound
from app.quantities import least

FOUND = 6  # products that a search offers

FOR_SALE = """
    p.id, p.article, p.name, b.name AS brand, p.unit, p.pack, p.minimum, p.retail, p.brand_id, p.category_id, p.stock,
    p.restock_on
"""
_SOME = Sql(f"SELECT {FOR_SALE} FROM product p JOIN brand b ON b.id = p.brand_id WHERE p.id IN :ids")  # noqa: S608
_OF_PRODUCT = ("id", "article", "name", "brand", "unit", "pack", "minimum", "retail", "stock")


@dataclass(frozen=True, slots=True)
class Found:
    """A product that may be added: `price` is the company's own, `quantity` the least that can be ordered."""

    id: int
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    minimum: int
    retail: int
    price: int
    discount: int
    stock: int
    restock_on: date | None
    quantity: int


async def found(text: str, company_id: int) -> list[Found]:
    """Products that a search in the catalogue finds, at the prices that the company has outside of presentations."""
    ids = (await find(text, company=company_id, sold=True, limit=FOUND)).ids
    rows = {row["id"]: row for row in await _SOME.all(ids=ids)} if ids else {}
    return await at_prices_of(company_id, [rows[one] for one in ids if one in rows])


async def at_prices_of(company_id: int, rows: Sequence[Mapping[str, Any]]) -> list[Found]:
    """Products (columns FOR_SALE) at the prices that a company has outside of presentations."""
    discounts = await discounts_of_company(company_id, [row["id"] for row in rows])
    return [_found(row, discounts) for row in rows]


async def product(product_id: int) -> Product:
    """A product to add, its brand fetched; raises NotFound."""
    found = await Product.get_or_none(id=product_id).select_related("brand")
    if found is None:
        raise NotFound
    return found


def _found(row: Mapping[str, Any], discounts: Discounts) -> Found:
    price = discounts.price(
        row["retail"], product_id=row["id"], brand_id=row["brand_id"], category_id=row["category_id"]
    )
    return Found(
        **{name: row[name] for name in _OF_PRODUCT},
        price=price.price,
        discount=price.discount,
        restock_on=as_date(row["restock_on"]),
        quantity=least(row["minimum"], row["pack"]),
    )
