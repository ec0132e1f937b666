"""The worker's first part: a price list is read, matched and compared, and what it would change is kept to be seen."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date

from app import clock
from app.database import Sql, transaction
from app.database.rows import as_rows, over_rows
from app.imports import files
from app.imports.columns import Layout, from_json, placed
from app.imports.comparing import Change, compare
from app.imports.files import Sheet
from app.imports.limits import Refused
from app.imports.models import ImportRun, Kind, State
from app.imports.rows import Told, rows_of
from app.imports.standing import known
from app.imports.terms import Terms
from app.settings import Settings

SHOWN = 100  # of each kind
PIECE = 2000  # rows that are written together, and after which others have their turn

_ADD = over_rows(
    """
    INSERT INTO import_change (run_id, kind, place, sheet, row, product_id, code, article, name, before, after, reason,
                               doubt)
    SELECT r.run, r.kind, r.place, r.sheet, r.line, r.product, r.code, r.article, r.name, r.before, r.after, r.reason,
           r.doubt
    FROM {rows} AS r
    """,
    "run:int kind:text place:int sheet:text line:int product:int code:text article:text name:text before:json"
    " after:json reason:text doubt:text",
)
_FORGET = Sql("DELETE FROM import_change WHERE run_id = :run")


async def make(run: ImportRun, settings: Settings) -> None:
    """Makes the preview of a run: READY, or FAILED with a reason. One that was stopped meanwhile stays stopped."""
    terms, layout = Terms.of(run.terms), from_json(run.layout)
    day = max(terms.since or date.min, clock.distributor_today())
    try:
        sheets = await files.read(files.place(settings, run.stored))
        chosen = [sheet for sheet in sheets if sheet.name in terms.sheets]
        rows = await _rows(chosen, layout, terms)
        if not rows:
            raise Refused("nothing")
    except Refused as no:
        await _end(run, State.FAILED, problem=no.code, about=no.values)
        return
    await progress(run, 0, len(rows))
    changes = await _compared(rows, run, terms, day)
    net = sum(bool(one.price and one.price.net) for one in rows) if terms.price_type else 0
    await _keep(run, changes, day, net)


async def progress(run: ImportRun, done: int, total: int) -> None:
    """Notes how far the work in hand is, and that it is in hand."""
    await ImportRun.filter(id=run.id).update(done=done, total=total, begun_at=clock.now())


async def _rows(sheets: Sequence[Sheet], layout: Layout, terms: Terms) -> list[Told]:
    """The rows of the chosen sheets: the columns of one are found again in the others by their headings."""
    rows: list[Told] = []
    for sheet in sheets:
        laid = layout if sheet.name == layout.sheet else placed(sheet, layout)
        if not laid.usable:
            rows.append(Told(sheet.name, 0, "", "", reason="sheet"))
            continue
        for told in rows_of(sheet, laid, terms.currency, terms.net):
            rows.append(told)
            if not len(rows) % PIECE:
                await asyncio.sleep(0)
    return rows


async def _compared(rows: Sequence[Told], run: ImportRun, terms: Terms, day: date) -> list[Change]:
    standing = await known(run.supplier_id, {one.key for one in rows if one.key}, terms, day)
    changes: list[Change] = []
    for change in compare(rows, standing, terms):
        changes.append(change)
        if not len(changes) % PIECE:
            await asyncio.sleep(0)
    return changes


async def _keep(run: ImportRun, changes: Sequence[Change], day: date, net: int) -> None:
    """Writes what is to be shown and applied, and the totals of all; `net`: of how many prices VAT was not a part."""
    counts = Counter(one.kind for one in changes)
    told: dict[str, int] = {kind.value: counts[kind] for kind in Kind}
    told["links"] = sum(one.link or (one.kind is Kind.GONE and not one.after) for one in changes)
    told["net"] = net
    kept, unchanged = list[Change](), 0
    for one in changes:
        unchanged += one.kind is Kind.UNCHANGED
        if one.kind is not Kind.UNCHANGED or one.link or unchanged <= SHOWN:
            kept.append(one)
    async with transaction():
        if not await ImportRun.filter(id=run.id, state=State.READING).select_for_update().first():
            return
        await _FORGET.run(run=run.id)
        for at in range(0, len(kept), PIECE):
            await _ADD.run(rows=as_rows(_columns(run, one) for one in kept[at : at + PIECE]))
        await _end(run, State.READY, counts=told, day=day, problem="", about={})


def _columns(run: ImportRun, one: Change) -> list[object]:
    before, after = (json.dumps(value, ensure_ascii=False) for value in (one.before, one.after))
    shown = [one.sheet[:100], one.row, one.product_id, one.code, one.article, one.name]
    return [run.id, one.kind.value, one.place, *shown, before, after, one.reason, one.doubt]


async def _end(run: ImportRun, state: State, **values: object) -> None:
    """What became of it, unless somebody stopped it meanwhile."""
    ended = {"state": state, "begun_at": None, "attempts": 0, **values}
    await ImportRun.filter(id=run.id, state=State.READING).update(**ended)
