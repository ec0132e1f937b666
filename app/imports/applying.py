"""The worker's second part: what a preview showed is written, all of it or nothing.

Everything is known before the transaction begins, for on SQLite it is a lock that others wait for. In it the preview is
held against what stands there now: when a product became another meanwhile, nothing is written, and the preview is made
anew for somebody to look at. Until the commit an import can be stopped: its last statement takes only what is still to
be applied.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app import clock
from app.catalogue.columns import reprice
from app.catalogue.indexing import reindex, write_stale_shelves
from app.catalogue.models import article_key
from app.database import Sql, transaction
from app.database.rows import as_rows, over_rows
from app.goods.bulk import (
    PriceRow,
    ProductRow,
    StockRow,
    ids_by_article,
    read_products,
    write_prices,
    write_products,
    write_stocks,
)
from app.imports.locking import lock
from app.imports.models import CHANGING, ImportChange, ImportRun, Kind, State
from app.imports.standing import Standing, standing
from app.imports.terms import NEW_VAT, OWN, Terms
from app.money import Currency
from app.outbox import Knock, record

PIECE = 1000  # rows that a statement writes
QUICK = 2000  # products that are indexed in the same transaction; more are in pieces after it
DETAILS = frozenset({"name", "unit", "pack", "minimum", "gone"})

_TAKE_CODES = over_rows(
    """
    INSERT INTO supplier_code (supplier_id, code, product_id, present, hidden, run_id)
    SELECT r.supplier, r.code, r.product, true, false, r.run FROM {rows} AS r WHERE true
    ON CONFLICT (supplier_id, code) DO UPDATE SET product_id = excluded.product_id
    """,
    "supplier:int code:text product:int run:int",
)
# What stands in the list is present; what of the last one is missing in it is not, and may be hidden for that.
_PRESENT = Sql(
    """
    UPDATE supplier_code SET present = true, hidden = false WHERE supplier_id = :supplier AND product_id IN :products
    """
)
_ABSENT = Sql(
    """
    UPDATE supplier_code SET present = false, hidden = :hidden WHERE supplier_id = :supplier AND product_id IN :products
    """
)
_NAME_NEW = over_rows(
    "UPDATE import_change SET product_id = r.product FROM {rows} AS r WHERE import_change.id = r.id",
    "id:big product:int",
)
_OWN_STOCK = over_rows(
    "UPDATE product SET stock = r.stock, version = product.version + 1 FROM {rows} AS r WHERE product.id = r.product",
    "product:int stock:int",
)
_DONE = Sql(
    """
    UPDATE import_run SET state = :state, applied_at = :now, done = 0, total = :total, begun_at = NULL, attempts = 0,
           stale = false
    WHERE id = :run AND state = 'applying'
    """
)


class Stopped(Exception):
    """Somebody stopped it: nothing is written."""


class Stale(Exception):
    """What the preview was made of is not so any more: nothing is written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written: rows of the preview that change something, and all that say which product is meant."""

    run: ImportRun
    terms: Terms
    day: date
    changing: Sequence[ImportChange]
    linked: Sequence[ImportChange]

    def of(self, *kinds: Kind) -> list[ImportChange]:
        """The rows of some kinds."""
        return [one for one in self.changing if one.kind in kinds]


async def apply(run: ImportRun) -> None:
    """Writes what the preview of a run showed. Raises Stopped, Stale; IntegrityError when somebody was quicker."""
    plan = await _plan(run)
    if run.day is None or (plan.terms.since is None and run.day < clock.distributor_today()):
        raise Stale
    async with transaction():
        await _must_stand(plan)
        new = await _write_new(plan)
        touched = await _write_known(plan) | set(new.values())
        await _write_prices(plan, new)
        touched |= await _write_stocks(plan, new)
        await _write_codes(plan, new)
        quick = len(touched) <= QUICK
        if quick and touched:
            await reindex(touched, shelves_later=True)
        await reprice(shelves_later=True)
        await _tell(plan)
        state = State.APPLIED if quick else State.INDEXING
        if not await _DONE.run(run=run.id, state=state, now=clock.now(), total=0 if quick else plan.changing[-1].place):
            raise Stopped
    await write_stale_shelves()


async def _plan(run: ImportRun) -> Plan:
    every = await ImportChange.filter(run_id=run.id).exclude(kind=Kind.UNREADABLE).order_by("place")
    changing = [one for one in every if one.kind in CHANGING]
    return Plan(run, Terms.of(run.terms), run.day or date.min, changing, [one for one in every if one.code])


async def _must_stand(plan: Plan) -> None:
    """Locks what is to be changed, and holds the preview against it. Raises Stale."""
    ids = [one.product_id for one in plan.changing if one.product_id]
    brands = {one.after["brand_id"] for one in plan.of(Kind.NEW)}
    await lock(ids, brands)
    now = await standing(ids, plan.terms, plan.day)
    if any(one.product_id and not holds(one.before, now.get(one.product_id)) for one in plan.changing):
        raise Stale
    new = plan.of(Kind.NEW)
    if new and await ids_by_article((one.after["brand_id"], article_key(one.article)) for one in new):
        raise Stale


def holds(said: dict[str, Any], product: Standing | None) -> bool:
    """Whether a product stands as was said: in `before` until an import is applied, in `after` until it is undone.

    Its VAT is a part of what was said when its new price was made with it.
    """
    names = [name for name in said if name != "kept"]
    if product is None or product.vat != said.get("kept", {}).get("vat", product.vat):
        return False
    return product.shown(names) == {name: said[name] for name in names}


async def _write_new(plan: Plan) -> dict[int, int]:
    """The new products: their ids by the ids of the rows of the preview."""
    made: dict[int, int] = {}
    rows = plan.of(Kind.NEW)
    for at in range(0, len(rows), PIECE):
        part = rows[at : at + PIECE]
        written = await write_products([_new(one) for one in part])
        made |= {one.id: written.new[one.after["brand_id"], one.article] for one in part}
    if made:
        await _NAME_NEW.run(rows=as_rows(made.items()))
    return made


def _new(one: ImportChange) -> ProductRow:
    told = {name: one.after[name] for name in ("article", "name", "brand_id", "category_id", "unit", "pack", "minimum")}
    return ProductRow(id=None, **told, vat=NEW_VAT, description="", properties={}, discontinued=False)


async def _write_known(plan: Plan) -> set[int]:
    """Names, units, packs of known products, and whether they are sold; ids of those that became others."""
    rows = {one.product_id: one for one in plan.changing if one.product_id and DETAILS & set(one.after)}
    ids, changed = sorted(rows), set[int]()
    for at in range(0, len(ids), PIECE):
        kept = await read_products(ids[at : at + PIECE])
        changed |= (await write_products([_changed(kept[one], rows[one].after) for one in kept])).changed
    return changed


def _changed(row: ProductRow, after: dict[str, Any]) -> ProductRow:
    told = {name: value for name, value in after.items() if name in DETAILS and name != "gone"}
    return replace(row, **told, discontinued=after.get("gone", row.discontinued))


async def _write_prices(plan: Plan, new: dict[int, int]) -> None:
    rows = []
    for one in plan.changing:
        if "price" in one.after:
            amount, currency = one.after["price"]
            product = one.product_id or new[one.id]
            rows.append(PriceRow(product, plan.terms.price_type, amount, Currency(currency), plan.day))
    for at in range(0, len(rows), PIECE):
        await write_prices(rows[at : at + PIECE], by=plan.run.applied_by_id)


async def _write_stocks(plan: Plan, new: dict[int, int]) -> set[int]:
    """Stocks of the list's warehouse, or of the products themselves; ids of those that became others."""
    stocks = [(one.product_id or new[one.id], one.after["stock"]) for one in plan.changing if "stock" in one.after]
    now, touched = clock.now(), set[int]()
    for at in range(0, len(stocks), PIECE):
        part = stocks[at : at + PIECE]
        if plan.terms.warehouse == OWN:
            await _OWN_STOCK.run(rows=as_rows(part))
            touched |= {product for product, _quantity in part}
        else:
            touched |= await write_stocks([StockRow(one, plan.terms.warehouse, stock, now) for one, stock in part])
    return touched


async def _write_codes(plan: Plan, new: dict[int, int]) -> None:
    """What the supplier's next list is compared with."""
    there = [one for one in plan.linked if one.kind is not Kind.GONE]
    rows = [(plan.run.supplier_id, one.code, one.product_id or new[one.id], plan.run.id) for one in there]
    for at in range(0, len(rows), PIECE):
        await _TAKE_CODES.run(rows=as_rows(rows[at : at + PIECE]))
    await _PRESENT.run(supplier=plan.run.supplier_id, products=[row[2] for row in rows])
    for hidden in (False, True):
        gone = [one.product_id for one in plan.of(Kind.GONE) if bool(one.after) is hidden]
        await _ABSENT.run(supplier=plan.run.supplier_id, products=gone, hidden=hidden)


async def _tell(plan: Plan) -> None:
    run = await ImportRun.get(id=plan.run.id).select_related("supplier")
    by = Knock(run.applied_by_id, None, run.ip, "")
    counts = {kind.value: run.counts.get(kind, 0) for kind in CHANGING}
    since = plan.day.isoformat() if plan.terms.price_type else ""
    told: dict[str, Any] = {"supplier": run.supplier.name, "file": run.file_name, "since": since}
    await record("import.applied", by=by, run=run.id, **told, **counts)
