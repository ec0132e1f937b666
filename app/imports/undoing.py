"""The worker's third part: the last import is taken back, exactly, unless something of it was changed since.

What was made is taken away, what was changed becomes what it was. When somebody changed a product, a price or a stock
of it since, or a new product is in use already, nothing is undone: it is said what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app import clock
from app.catalogue.indexing import reindex
from app.catalogue.models import Product
from app.database import Sql, transaction
from app.database.rows import as_rows, over_rows
from app.goods.bulk import read_products, write_products
from app.imports.applying import DETAILS, PIECE, holds
from app.imports.locking import lock
from app.imports.models import CHANGING, ImportChange, ImportRun, Kind
from app.imports.standing import Standing, standing
from app.imports.terms import OWN, Terms
from app.outbox import Knock, record
from app.prices import retail
from app.prices.models import PriceType
from app.warehouses import stock

SHOWN = 20  # obstacles
OURS = {"product_price", "warehouse_stock", "supplier_code", "import_change"}  # what goes with a new product

_LATER_PRICES = Sql(
    """
    SELECT DISTINCT w.product_id FROM product_price w
    WHERE w.price_type_id = :type AND w.valid_from > :day AND w.set_at > :since AND w.product_id IN :ids
    """
)
_DROP_PRICES = Sql("DELETE FROM product_price WHERE price_type_id = :type AND valid_from = :day AND product_id IN :ids")
_PUT_PRICES = over_rows(
    """
    UPDATE product_price SET amount = r.amount, currency = r.currency FROM {rows} AS r
    WHERE product_price.product_id = r.product AND product_price.price_type_id = r.type
      AND product_price.valid_from = r.since
    """,
    "product:int type:int since:day amount:big currency:text",
)
# A product without dated prices has what was written into it; of the others `retail.refresh_some` says it afterwards.
_PUT_RETAIL = over_rows(
    """
    UPDATE product SET retail = r.retail, version = product.version + 1 FROM {rows} AS r WHERE product.id = r.product
    """,
    "product:int retail:big",
)
_DROP_STOCKS = Sql("DELETE FROM warehouse_stock WHERE warehouse_id = :warehouse AND product_id IN :ids")
_PUT_STOCKS = over_rows(
    """
    UPDATE warehouse_stock SET quantity = r.quantity, at = r.at FROM {rows} AS r
    WHERE warehouse_stock.product_id = r.product AND warehouse_stock.warehouse_id = r.warehouse
    """,
    "product:int warehouse:int quantity:int at:moment",
)
_PUT_TOTALS = over_rows(
    """
    UPDATE product SET stock = r.total, version = product.version + 1 FROM {rows} AS r WHERE product.id = r.product
    """,
    "product:int total:int",
)
_PUT_GONE = over_rows(
    """
    UPDATE product SET discontinued_at = r.since, replacement_id = r.replacement FROM {rows} AS r
    WHERE product.id = r.product
    """,
    "product:int since:moment replacement:int",
)
_PUT_CODES = over_rows(
    """
    UPDATE supplier_code SET present = (r.present = 1), hidden = (r.hidden = 1) FROM {rows} AS r
    WHERE supplier_code.supplier_id = r.supplier AND supplier_code.product_id = r.product
    """,
    "supplier:int product:int present:int hidden:int",
)
_DROP = [
    Sql(f"DELETE FROM {table} WHERE product_id IN :ids")  # noqa: S608 - constant names
    for table in ("product_price", "warehouse_stock", "supplier_code")
]
_FORGET_NEW = Sql("UPDATE import_change SET product_id = NULL WHERE product_id IN :ids")
_DROP_PRODUCTS = Sql("DELETE FROM product WHERE id IN :ids")
_DROP_CODES = Sql("DELETE FROM supplier_code WHERE run_id = :run")
_DONE = Sql(
    """
    UPDATE import_run SET state = 'undone', undone_at = :now, begun_at = NULL, attempts = 0
    WHERE id = :run AND state = 'undoing'
    """
)


class Hindered(Exception):
    """Something of the import was changed since: `articles` are some of the products, `count` is of how many."""

    def __init__(self, articles: Sequence[str], count: int) -> None:
        super().__init__(count)
        self.articles = articles
        self.count = count


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A product that keeps an import from being undone: its state is `changed` since, or `used` already."""

    product_id: int
    article: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class _Done:
    """What an import did."""

    run: ImportRun
    terms: Terms
    day: date
    rows: Sequence[ImportChange]

    @property
    def ids(self) -> list[int]:
        """All products of it."""
        return [one.product_id for one in self.rows if one.product_id]

    @property
    def made(self) -> list[int]:
        """The products that it made."""
        return [one.product_id for one in self.rows if one.product_id and one.kind is Kind.NEW]

    def of(self, name: str) -> dict[int, ImportChange]:
        """The known products of which it changed something, by their ids."""
        told = (one for one in self.rows if one.kind is not Kind.NEW)
        return {one.product_id: one for one in told if one.product_id and name in one.after}


async def obstacles(run: ImportRun) -> list[Obstacle]:
    """What keeps it from being undone."""
    return await _obstacles(await _done(run))


async def undo(run: ImportRun) -> None:
    """Takes an import back. Raises Hindered, and nothing is undone."""
    done = await _done(run)
    async with transaction():
        await lock(done.ids)
        if found := await _obstacles(done):
            raise Hindered([one.article for one in found[:SHOWN]], len(found))
        touched = await _undo_details(done)
        await _undo_prices(done)
        touched |= await _undo_stocks(done)
        await _undo_codes(done)
        await _drop_new(done)
        if touched or done.made:
            await reindex({*touched, *done.made})
        told = await ImportRun.get(id=run.id).select_related("supplier")
        by = Knock(told.undone_by_id, None, told.ip, "")
        about = {"supplier": told.supplier.name, "file": told.file_name}
        await record("import.undone", by=by, run=run.id, **about, products=len(done.rows), made=len(done.made))
        await _DONE.run(run=run.id, now=clock.now())


async def _done(run: ImportRun) -> _Done:
    rows = await ImportChange.filter(run_id=run.id, kind__in=list(CHANGING)).order_by("place")
    return _Done(run, Terms.of(run.terms), run.day or date.min, rows)


async def _obstacles(done: _Done) -> list[Obstacle]:
    now = await standing(done.ids, done.terms, done.day)
    dearer = {"type": done.terms.price_type, "day": done.day, "since": done.run.applied_at, "ids": done.ids}
    later = {row["product_id"] for row in await _LATER_PRICES.all(**dearer)}
    used = await _used(done.made)
    found = []
    for one in done.rows:
        product = now.get(one.product_id or 0)
        if product is None:
            continue
        changed = product.id in later or not (
            _as_made(one, product) if one.kind is Kind.NEW else holds(one.after, product)
        )
        if changed or product.id in used:
            state = "changed" if changed else "used"
            found.append(Obstacle(product.id, product.article, product.name, state))
    return found


def _as_made(one: ImportChange, product: Standing) -> bool:
    """Whether a new product is still as it was made."""
    names = ("article", "name", "brand_id", "unit", "pack", "minimum", "stock", "price")
    said = {name: one.after[name] for name in names if name in one.after}
    return not product.gone and holds(said, product)


async def _used(ids: Sequence[int]) -> set[int]:
    """Those of the new products that something refers to: a cart, an offer, an order."""
    used: set[int] = set()
    for statement in _references() if ids else ():
        used |= {row["product"] for row in await statement.all(ids=ids)}
    return used


def _references() -> list[Sql]:
    """A statement for each column of another table that refers to products."""
    found = []
    for name in sorted(Product._meta.backward_fk_fields | Product._meta.backward_o2o_fields):
        relation: Any = Product._meta.fields_map[name]
        table, column = relation.related_model._meta.db_table, relation.relation_source_field
        if table not in OURS:
            text = f"SELECT DISTINCT {column} AS product FROM {table} WHERE {column} IN :ids"  # noqa: S608 - of our models
            found.append(Sql(text))
    return found


async def _undo_details(done: _Done) -> set[int]:
    rows = {one.product_id: one for one in done.rows if one.kind is not Kind.NEW and DETAILS & set(one.after)}
    ids, changed = sorted(one for one in rows if one), set[int]()
    for at in range(0, len(ids), PIECE):
        kept = await read_products(ids[at : at + PIECE])
        former = [replace(kept[one], **_details(rows[one].before, kept[one].discontinued)) for one in kept]
        changed |= (await write_products(former)).changed
    gone = [
        [product, one.before["kept"]["since"] or None, one.before["kept"]["replacement"]]
        for product, one in done.of("gone").items()
    ]
    if gone:
        await _PUT_GONE.run(rows=as_rows(gone))
    return changed


def _details(before: Mapping[str, Any], discontinued: bool) -> dict[str, Any]:
    told = {name: value for name, value in before.items() if name in DETAILS and name != "gone"}
    return {**told, "discontinued": before.get("gone", discontinued)}


async def _undo_prices(done: _Done) -> None:
    rows = done.of("price")
    dated = {one: row for one, row in rows.items() if row.before["kept"]["dated"]}
    await _DROP_PRICES.run(type=done.terms.price_type, day=done.day, ids=[one for one in rows if one not in dated])
    if dated:
        day = done.day.isoformat()
        put = [[one, done.terms.price_type, day, *row.before["price"]] for one, row in dated.items()]
        await _PUT_PRICES.run(rows=as_rows(put))
    if rows and await PriceType.filter(id=done.terms.price_type, base=True).exists():
        put = [[one, row.before["kept"]["retail"]] for one, row in rows.items()]
        await _PUT_RETAIL.run(rows=as_rows(put))
        await retail.refresh_some(rows)


async def _undo_stocks(done: _Done) -> set[int]:
    rows = done.of("stock")
    totals = [[one, row.before["kept"]["total"]] for one, row in rows.items()]
    if done.terms.warehouse != OWN:
        new = [one for one, row in rows.items() if row.before["stock"] is None]
        await _DROP_STOCKS.run(warehouse=done.terms.warehouse, ids=new)
        put = [
            [one, done.terms.warehouse, row.before["stock"], row.before["kept"]["at"]]
            for one, row in rows.items()
            if row.before["stock"] is not None
        ]
        if put:
            await _PUT_STOCKS.run(rows=as_rows(put))
    if totals:
        await _PUT_TOTALS.run(rows=as_rows(totals))
        await stock.refresh(rows)
    return set(rows)


async def _undo_codes(done: _Done) -> None:
    """What the supplier's next list is compared with is again what the last but one brought."""
    supplier = done.run.supplier_id
    gone = [[supplier, one.product_id, 1, 0] for one in done.rows if one.kind is Kind.GONE and one.product_id]
    linked = await ImportChange.filter(run_id=done.run.id, product_id__not_isnull=True).exclude(kind=Kind.GONE)
    absent = [one for one in linked if "absent" in one.before.get("kept", {})]
    back = [[supplier, one.product_id, 0, int(one.before["kept"]["absent"])] for one in absent]
    if gone or back:
        await _PUT_CODES.run(rows=as_rows([*gone, *back]))
    await _DROP_CODES.run(run=done.run.id)


async def _drop_new(done: _Done) -> None:
    if done.made:
        for statement in _DROP:
            await statement.run(ids=done.made)
        await _FORGET_NEW.run(ids=done.made)
        await _DROP_PRODUCTS.run(ids=done.made)
