"""The rows that app.goods.bulk writes, and which of them differ from what stands in the database. Nothing is written.

The same statements serve a preview: `read_products` gives what stands there as rows of the same kind.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.database import Sql, as_datetime
from app.database.rows import as_rows, over_rows
from app.money import Currency, Vat

CONFIRMED = timedelta(hours=6)  # after which the moment of a stock is written anew though its quantity is the same

_READ = Sql(
    """
    SELECT p.id, p.article, p.name, p.brand_id, p.category_id, p.unit, p.pack, p.minimum, p.vat, p.description,
           p.properties, p.discontinued_at
    FROM product p WHERE p.id IN :ids
    """
)
# (The plus keeps SQLite from reading all products of each brand: an article is rarer.)
_BY_ARTICLE = over_rows(
    """
    SELECT p.id, p.brand_id, p.article_key FROM {rows} AS r
    CROSS JOIN product p WHERE p.article_key = r.key AND +p.brand_id = r.brand ORDER BY p.id DESC
    """,
    "brand:int key:text",
)
_OTHER_PRICES = over_rows(
    """
    SELECT y.at FROM (
        SELECT r.at, r.product, r.type, r.amount, r.currency,
               (SELECT w.amount || w.currency FROM product_price w
                WHERE w.product_id = r.product AND w.price_type_id = r.type AND w.valid_from <= r.since
                ORDER BY w.valid_from DESC LIMIT 1) AS held
        FROM {rows} AS r
    ) y
    WHERE y.held <> y.amount || y.currency OR (y.held IS NULL AND (y.amount <> 0 OR (
        EXISTS (SELECT 1 FROM price_type t WHERE t.id = y.type AND t.base)
        AND EXISTS (SELECT 1 FROM product o WHERE o.id = y.product AND o.retail <> 0))))
    ORDER BY y.at
    """,
    "at:int product:int type:int amount:big currency:text since:day",
)
_STOCKS = Sql("SELECT s.product_id, s.warehouse_id, s.quantity, s.at FROM warehouse_stock s WHERE s.product_id IN :ids")


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as it is to stand in the database; `id` None: a new one. Texts fit into their columns."""

    id: int | None
    article: str
    name: str
    brand_id: int
    category_id: int
    unit: str
    pack: int
    minimum: int
    vat: Vat
    description: str
    properties: Mapping[str, str]
    discontinued: bool


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price in the smallest units of its currency, with VAT, from a day on; 0: there is none of the type any more."""

    product_id: int
    price_type_id: int
    amount: int
    currency: Currency
    valid_from: date


@dataclass(frozen=True, slots=True)
class StockRow:
    """How many units a warehouse had at a moment (UTC)."""

    product_id: int
    warehouse_id: int
    quantity: int
    at: datetime


async def read_products(ids: Collection[int]) -> dict[int, ProductRow]:
    """Products as they stand, by id: equal to a row that would change nothing."""
    rows = await _READ.all(ids=sorted(set(ids))) if ids else []
    return {row["id"]: _product(row) for row in rows}


async def ids_by_article(wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Products by brand id and `article_key`, of those wanted that there are: the oldest one where keys are alike."""
    rows = await _BY_ARTICLE.all(rows=as_rows(sorted(set(wanted))))
    return {(row["brand_id"], row["article_key"]): row["id"] for row in rows}


async def other_prices(rows: Sequence[PriceRow]) -> list[PriceRow]:
    """The rows whose price does not hold on their day already. That there is none need not be said of what has none."""
    if not rows:
        return []
    columns = (
        (at, row.product_id, row.price_type_id, row.amount, row.currency.value, row.valid_from.isoformat())
        for at, row in enumerate(rows)
    )
    return [rows[found["at"]] for found in await _OTHER_PRICES.all(rows=as_rows(columns))]


async def other_stocks(rows: Sequence[StockRow]) -> list[StockRow]:
    """The rows whose quantity is another than the one that stands there, or was last written CONFIRMED ago.

    What is older than the moment that stands there is passed over.
    """
    held = await read_stocks({row.product_id for row in rows})
    return [row for row in rows if _is_news(row, held.get((row.product_id, row.warehouse_id)))]


async def read_stocks(product_ids: Collection[int]) -> dict[tuple[int, int], tuple[int, datetime]]:
    """What warehouses have of products, and as of when; by the ids of both."""
    rows = await _STOCKS.all(ids=sorted(set(product_ids))) if product_ids else []
    return {(row["product_id"], row["warehouse_id"]): (row["quantity"], as_datetime(row["at"])) for row in rows}


def _is_news(row: StockRow, held: tuple[int, datetime] | None) -> bool:
    if held is None:
        return True
    quantity, at = held
    return row.at >= at and (row.quantity != quantity or row.at - at >= CONFIRMED)


def _product(row: Mapping[str, object]) -> ProductRow:
    kept = {name: row[name] for name in ProductRow.__slots__ if name in row}
    properties = json.loads(str(row["properties"]))
    told = {"vat": Vat(str(row["vat"])), "properties": properties, "discontinued": row["discontinued_at"] is not None}
    return ProductRow(**{**kept, **told})
