"""Products by the hundred: what an exchange or a price list says is written by a few statements for all of its rows.

The caller owns the transaction, gives some hundreds of rows at a time, and does all of it in this order:

    async with transaction():
        written = await write_products(rows)           # new ones, and those that differ
        touched = written.ids | await write_prices(prices) | await write_stocks(stocks)
        await settle(touched)                          # last: what searches and lists read

Rows that say what stands there already are not written: the same file for a second time changes nothing. To know it
before a transaction is begun (on SQLite that is a lock), compare with `read_products`, `other_prices`, `other_stocks`.
No history is written here: the caller records one event for all. Who adds thousands may leave new products out of
`settle` and call `app.catalogue.indexing.index_new` now and then, and at the end.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app import clock
from app.catalogue.columns import reprice_types
from app.catalogue.indexing import reindex
from app.catalogue.models import article_key, search_text
from app.catalogue.pictures import DEFAULT
from app.database import Sql
from app.database.rows import as_rows, over_rows
from app.goods.bulk_rows import (
    PriceRow,
    ProductRow,
    StockRow,
    ids_by_article,
    other_prices,
    other_stocks,
    read_products,
    read_stocks,
)
from app.prices import retail
from app.warehouses import stock

WRITING = 5_270_135  # any number that is ours: one writer of many products at a time, so that two never wait in a ring

__all__ = [
    "PriceRow",
    "ProductRow",
    "StockRow",
    "Written",
    "ids_by_article",
    "other_prices",
    "other_stocks",
    "read_products",
    "read_stocks",
    "settle",
    "write_prices",
    "write_products",
    "write_stocks",
]

ALONE = Sql("SELECT 1 AS one", postgres=f"SELECT 1 AS one FROM pg_advisory_xact_lock({WRITING})")  # noqa: S608
# Brands before products, as changes by hand lock them.
_BRANDS = Sql(
    "SELECT id, name FROM brand WHERE id IN :ids",
    postgres="SELECT id, name FROM brand WHERE id IN :ids ORDER BY id FOR KEY SHARE",
)
_NEW = "article:text key:text name:text search:text brand:int category:int unit:text pack:int minimum:int vat:text"
_NEW += " description:text properties:json gone:moment"
_ADD = over_rows(
    """
    INSERT INTO product (article, article_key, name, search, brand_id, category_id, unit, pack, minimum, vat,
                         description, properties, discontinued_at, retail, stock, drawn, picture)
    SELECT r.article, r.key, r.name, r.search, r.brand, r.category, r.unit, r.pack, r.minimum, r.vat,
           r.description, r.properties, r.gone, 0, 0, '', COALESCE(s.symbol, :drawn)
    FROM {rows} AS r LEFT JOIN (
        SELECT k.category,
               (SELECT CASE WHEN p.picture LIKE '@%' THEN p.drawn ELSE p.picture END FROM product p
                WHERE p.category_id = k.category ORDER BY p.id LIMIT 1) AS symbol
        FROM (SELECT DISTINCT x.category FROM {rows} AS x) k
    ) s ON s.category = r.category WHERE true
    RETURNING id, brand_id, article
    """,
    _NEW,
)
_CHANGE = over_rows(
    """
    UPDATE product
    SET article = r.article, article_key = r.key, name = r.name, search = r.search, brand_id = r.brand,
        category_id = r.category, unit = r.unit, pack = r.pack, minimum = r.minimum, vat = r.vat,
        description = r.description, properties = r.properties, version = product.version + 1,
        discontinued_at = CASE WHEN r.gone IS NULL THEN NULL ELSE COALESCE(product.discontinued_at, r.gone) END,
        replacement_id = CASE WHEN r.gone IS NULL THEN NULL ELSE product.replacement_id END
    FROM {rows} AS r WHERE product.id = r.id
    """,
    _NEW + " id:int",
)
_PUT_PRICES = over_rows(
    """
    INSERT INTO product_price (product_id, price_type_id, amount, currency, valid_from, set_at, set_by_id)
    SELECT r.product, r.type, r.amount, r.currency, r.since, r.at, r.author FROM {rows} AS r WHERE true
    ON CONFLICT (product_id, price_type_id, valid_from) DO UPDATE
    SET amount = excluded.amount, currency = excluded.currency, set_at = excluded.set_at,
        set_by_id = excluded.set_by_id
    """,
    "product:int type:int amount:big currency:text since:day at:moment author:int",
)
_BASE = Sql("SELECT id FROM price_type WHERE base")
# Who has a product's form open, retail price and all, is told that it is no more what they saw.
_SEEN_ANEW = Sql("UPDATE product SET version = version + 1 WHERE id IN :ids")
_PUT_STOCKS = over_rows(
    """
    INSERT INTO warehouse_stock (product_id, warehouse_id, quantity, at)
    SELECT r.product, r.warehouse, r.quantity, r.at FROM {rows} AS r WHERE true
    ON CONFLICT (product_id, warehouse_id) DO UPDATE SET quantity = excluded.quantity, at = excluded.at
    """,
    "product:int warehouse:int quantity:int at:moment",
)


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_products` wrote: ids of the new ones by brand id and article, and ids of those that were changed."""

    new: Mapping[tuple[int, str], int]
    changed: frozenset[int]

    @property
    def ids(self) -> set[int]:
        """All that was written."""
        return {*self.new.values(), *self.changed}


async def write_products(rows: Sequence[ProductRow]) -> Written:
    """Writes new products (without `id`) and those that differ from what stands there; a new one has no price yet.

    No two rows may have the same product, nor the same brand and article, and no other product may have them: look
    with `ids_by_article` first. An `id` that there is none of is passed over.
    :raises IntegrityError: another product of the brand has the article.
    """
    if not rows:
        return Written({}, frozenset())
    await ALONE.all()
    brands = {row["id"]: row["name"] for row in await _BRANDS.all(ids=sorted({row.brand_id for row in rows}))}
    kept = await read_products([row.id for row in rows if row.id])
    other = [row for row in rows if row.id in kept and kept[row.id] != row]
    if other:
        await _CHANGE.run(rows=as_rows([*_columns(row, brands), row.id] for row in other))
    changed = frozenset(row.id for row in other if row.id)
    return Written(await _add([row for row in rows if row.id is None], brands), changed)


async def write_prices(rows: Sequence[PriceRow], *, by: int | None = None) -> set[int]:
    """Writes the prices that are others than those that hold on their days, and retail; ids of their products.

    `by` is the person who set them, None the site itself. No two rows may have the same product, type and day.
    """
    if not (other := await other_prices(rows)):
        return set()
    await ALONE.all()
    now, base = _stored(clock.now()), {row["id"] for row in await _BASE.all()}
    await _PUT_PRICES.run(rows=as_rows([*_price(row), now, by] for row in other))
    if retail_of := {row.product_id for row in other if row.price_type_id in base}:
        await retail.refresh_some(retail_of)
        await _SEEN_ANEW.run(ids=sorted(retail_of))
    if typed := {row.product_id for row in other if row.price_type_id not in base}:
        await reprice_types(typed, shelves_later=True)
    return {row.product_id for row in other}


async def write_stocks(rows: Sequence[StockRow]) -> set[int]:
    """Writes the quantities that are others than those that stand there, and the sums; ids of their products.

    A quantity that was confirmed is written too once the old moment says little: see `other_stocks`.
    """
    if not (other := await other_stocks(rows)):
        return set()
    await ALONE.all()
    columns = ([row.product_id, row.warehouse_id, row.quantity, _stored(row.at)] for row in other)
    await _PUT_STOCKS.run(rows=as_rows(columns))
    ids = {row.product_id for row in other}
    await stock.refresh(ids)
    return ids


async def settle(product_ids: Collection[int]) -> None:
    """Makes what was written found and listed: once and last in a transaction, for all that was written in it.

    What categories are narrowed by follows when all is written: `app.catalogue.indexing.write_stale_shelves`.
    """
    if product_ids:
        await reindex(product_ids, shelves_later=True)


async def _add(rows: Sequence[ProductRow], brands: Mapping[int, str]) -> dict[tuple[int, str], int]:
    if not rows:
        return {}
    made = await _ADD.all(rows=as_rows(_columns(row, brands) for row in rows), drawn=DEFAULT)
    return {(row["brand_id"], row["article"]): row["id"] for row in made}


def _columns(row: ProductRow, brands: Mapping[int, str]) -> list[Any]:
    properties = json.dumps(dict(row.properties), ensure_ascii=False, separators=(",", ":"))
    found_by = [article_key(row.article), row.name, search_text(row.article, row.name, brands[row.brand_id])]
    kept = [row.brand_id, row.category_id, row.unit, row.pack, row.minimum, row.vat.value, row.description, properties]
    return [row.article, *found_by, *kept, _stored(clock.now()) if row.discontinued else None]


def _price(row: PriceRow) -> list[Any]:
    return [row.product_id, row.price_type_id, row.amount, row.currency.value, row.valid_from.isoformat()]


def _stored(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(" ")
