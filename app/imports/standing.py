"""What stands in the catalogue of what a price list is about: read at once for all of its rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.catalogue.models import Brand, Category
from app.database import Sql, as_date
from app.imports.terms import NEW_VAT, OWN, Terms
from app.money import Vat, vat_rate
from app.prices.models import PriceType
from app.vat import vat_rates

_PRODUCTS = """
    SELECT p.id, p.article, p.article_key, p.name, p.brand_id, p.unit, p.pack, p.minimum, p.retail, p.stock, p.vat,
           p.discontinued_at, p.replacement_id
    FROM product p WHERE {which} ORDER BY p.id
"""
_BY_KEY, _BY_ID = (Sql(_PRODUCTS.format(which=one)) for one in ("p.article_key IN :keys", "p.id IN :ids"))
_CODES = Sql("SELECT code, product_id, present, hidden FROM supplier_code WHERE supplier_id = :supplier ORDER BY id")
_PRICES = Sql(
    """
    SELECT x.product_id, x.amount, x.currency, x.valid_from FROM (
        SELECT w.product_id, w.amount, w.currency, w.valid_from,
               ROW_NUMBER() OVER (PARTITION BY w.product_id ORDER BY w.valid_from DESC) AS place
        FROM product_price w WHERE w.price_type_id = :type AND w.valid_from <= :day AND w.product_id IN :ids
    ) x WHERE x.place = 1
    """
)
_STOCKS = Sql(
    "SELECT product_id, quantity, at FROM warehouse_stock WHERE warehouse_id = :warehouse AND product_id IN :ids"
)
_STOCKED = Sql("SELECT DISTINCT product_id FROM warehouse_stock WHERE product_id IN :ids")

Price = list[int | str]  # the amount in the smallest units, and the currency


@dataclass(frozen=True, slots=True)
class Standing:
    """A product as it stands, with its price and rate of VAT on the list's day, and the stock of its warehouse.

    `price` None: there never was one. `dated`: it begins on just that day, and would be written over.
    """

    id: int
    article: str
    key: str
    name: str
    brand_id: int
    unit: str
    pack: int
    minimum: int
    retail: int
    total: int  # in all warehouses
    gone: bool
    gone_since: str
    replacement_id: int | None
    price: Price | None
    dated: bool
    stock: int | None
    stock_at: str
    vat: int | None

    def shown(self, names: Iterable[str]) -> dict[str, Any]:
        """The named ones of what an import changes: price, stock, name, unit, pack, minimum, gone."""
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Code:
    """A product that the supplier's lists know by a code of theirs."""

    product_id: int
    present: bool
    hidden: bool


@dataclass(slots=True)
class Known:
    """Everything that rows of a list are matched with."""

    products: dict[int, Standing] = field(default_factory=dict)
    by_key: dict[str, list[Standing]] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    brands: dict[str, int] = field(default_factory=dict)  # by names and synonyms, casefolded
    brand_names: dict[int, str] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    category_names: dict[int, str] = field(default_factory=dict)
    new_vat: int | None = None  # the rate of new products


async def known(supplier: int, keys: Collection[str], terms: Terms, day: date) -> Known:
    """What stands of a supplier's codes and of products with these articles."""
    found = Known()
    codes = await _CODES.all(supplier=supplier)
    found.codes = {row["code"]: Code(row["product_id"], bool(row["present"]), bool(row["hidden"])) for row in codes}
    rows = {row["id"]: row for row in await _BY_KEY.all(keys=sorted(keys))}
    other = sorted({one.product_id for one in found.codes.values()} - set(rows))
    rows |= {row["id"]: row for row in (await _BY_ID.all(ids=other) if other else [])}
    found.products = await _stand(rows, terms, day)
    found.new_vat = vat_rate(NEW_VAT, day, await vat_rates())
    for one in found.products.values():
        found.by_key.setdefault(one.key, []).append(one)
    await _name(found)
    return found


async def standing(ids: Collection[int], terms: Terms, day: date) -> dict[int, Standing]:
    """Products by their ids."""
    rows = {row["id"]: row for row in await _BY_ID.all(ids=sorted(ids))} if ids else {}
    return await _stand(rows, terms, day)


async def _stand(rows: Mapping[int, Mapping[str, Any]], terms: Terms, day: date) -> dict[int, Standing]:
    # long: a line for each column
    ids = sorted(rows)
    base = await PriceType.filter(id=terms.price_type, base=True).exists()
    prices = await _PRICES.all(type=terms.price_type, day=day, ids=ids) if terms.price_type else []
    priced = {row["product_id"]: row for row in prices}
    stocks = await _STOCKS.all(warehouse=terms.warehouse, ids=ids) if terms.warehouse > 0 else []
    stocked = {row["product_id"]: (row["quantity"], str(row["at"])) for row in stocks}
    kept = {row["product_id"] for row in await _STOCKED.all(ids=ids)} if terms.warehouse == OWN else set()
    rates, found = await vat_rates(), {}
    for one, row in rows.items():
        price: Price | None = [row["retail"], "RUB"] if base else None
        held = priced.get(one)
        stock, at = stocked.get(one, (None, ""))
        if terms.warehouse == OWN and one not in kept:
            stock = row["stock"]
        found[one] = Standing(
            **{name: row[name] for name in _AS_THEY_ARE},
            key=row["article_key"],
            total=row["stock"],
            gone=row["discontinued_at"] is not None,
            gone_since=str(row["discontinued_at"] or ""),
            price=[held["amount"], held["currency"]] if held else price,
            dated=held is not None and as_date(held["valid_from"]) == day,
            stock=stock,
            stock_at=at,
            vat=vat_rate(Vat(row["vat"]), day, rates),
        )
    return found


async def _name(found: Known) -> None:
    for brand in await Brand.all().order_by("-id"):
        found.brand_names[brand.id] = brand.name
        for name in (*brand.synonyms.split(","), brand.name):
            if name.strip():
                found.brands[name.strip().casefold()] = brand.id
    for category in await Category.all().order_by("-id"):
        found.category_names[category.id] = category.name
        found.categories[category.name.casefold()] = category.id


_AS_THEY_ARE = ("id", "article", "name", "brand_id", "unit", "pack", "minimum", "retail", "replacement_id")
