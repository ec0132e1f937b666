"""The worker's third part: the last import is taken back, exactly, unless something of it was changed since.

What was made is taken away, what was changed becomes what it was. When somebody changed a product, a price or a stock
of it since, or a new product is in use already, nothing is undone: it is said what.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app import clock
from app.catalogue.columns import reprice, reprice_types
from app.catalogue.indexing import reindex, write_stale_shelves
from app.database import Sql, transaction
from app.database.rows import as_rows, over_rows
from app.goods.bulk import read_products, write_products
from app.imports.applying import DETAILS, PIECE
from app.imports.locking import lock
from app.imports.models import ImportRun, Kind
from app.imports.obstacles import SHOWN, Done, Hindered, done_by, standing_in_the_way
from app.imports.terms import OWN
from app.outbox import Knock, record
from app.prices import retail
from app.prices.models import PriceType
from app.warehouses import stock

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


async def undo(run: ImportRun) -> None:
    """Takes an import back. Raises Hindered, and nothing is undone."""
    done = await done_by(run)
    async with transaction():
        await lock(done.ids)
        if found := await standing_in_the_way(done):
            raise Hindered([one.article for one in found[:SHOWN]], len(found))
        touched = await _undo_details(done)
        await _undo_prices(done)
        touched |= await _undo_stocks(done)
        await _undo_codes(done)
        await _drop_new(done)
        if touched:
            await reindex(touched, shelves_later=True)
        await reprice(shelves_later=True)
        told = await ImportRun.get(id=run.id).select_related("supplier")
        by = Knock(told.undone_by_id, None, told.ip, "")
        about: dict[str, Any] = {"supplier": told.supplier.name, "file": told.file_name}
        await record("import.undone", by=by, run=run.id, **about, products=len(done.rows), made=len(done.made))
        await _DONE.run(run=run.id, now=clock.now())
    for at in range(0, len(done.made), PIECE):  # what searches keep of products that are gone is found by nobody
        await reindex(done.made[at : at + PIECE], shelves_later=True)
    await write_stale_shelves()


async def _undo_details(done: Done) -> set[int]:
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


async def _undo_prices(done: Done) -> None:
    rows = done.of("price")
    dated = {one: row for one, row in rows.items() if row.before["kept"]["dated"]}
    await _DROP_PRICES.run(type=done.terms.price_type, day=done.day, ids=[one for one in rows if one not in dated])
    if dated:
        day = done.day.isoformat()
        put = [[one, done.terms.price_type, day, *row.before["price"]] for one, row in dated.items()]
        await _PUT_PRICES.run(rows=as_rows(put))
    await reprice_types(rows, shelves_later=True)
    if rows and await PriceType.filter(id=done.terms.price_type, base=True).exists():
        put = [[one, row.before["kept"]["retail"]] for one, row in rows.items()]
        await _PUT_RETAIL.run(rows=as_rows(put))
        await retail.refresh_some(rows)


async def _undo_stocks(done: Done) -> set[int]:
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


async def _undo_codes(done: Done) -> None:
    """What the supplier's next list is compared with is again what the last but one brought."""
    supplier = done.run.supplier_id
    gone = [[supplier, one.product_id, 1, 0] for one in done.rows if one.kind is Kind.GONE and one.product_id]
    back = [[supplier, product, 0, int(hidden)] for product, hidden in done.absent.items()]
    if gone or back:
        await _PUT_CODES.run(rows=as_rows([*gone, *back]))
    await _DROP_CODES.run(run=done.run.id)


async def _drop_new(done: Done) -> None:
    if done.made:
        for statement in _DROP:
            await statement.run(ids=done.made)
        await _FORGET_NEW.run(ids=done.made)
        await _DROP_PRODUCTS.run(ids=done.made)
