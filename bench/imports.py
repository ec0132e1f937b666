"""A price list of 20,000 rows: how long it takes to be read, matched and previewed, then applied, repeated and undone.

Seconds are those of the processor, of the reader's process too; on PostgreSQL its server works beside it, and is not
counted. Half of the rows are products that are known, among twice as many. The yardstick is the reading alone.
"""

import asyncio
import io
import os
import resource
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from app.accounts.models import Person
from app.catalogue.indexing import reindex
from app.catalogue.models import Brand, Category, Product
from app.imports import actions, files
from app.imports.actions import Chosen
from app.imports.columns import guess
from app.imports.models import ImportRun, State
from app.imports.terms import Terms
from app.prices.queries import retail_type
from app.settings import Settings
from app.warehouses.models import Warehouse
from bench.offer import site_with_offers
from bench.report import Report
from jobs.imports import Imports
from tests.imports.books import Rows, workbook
from tests.servers import Kind
from tests.users import make_user

ROWS, KNOWN, MB = 20_000, 10_000, 1024
PREVIEW, APPLIED, UNDONE, MEMORY = 5.0, 20.0, 15.0, 400.0


async def main() -> int:
    """Both databases, or those that the command names. :return: the exit code."""
    report = Report()
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")
    for kind in kinds:
        if kind not in (sys.argv[1:] or kinds):
            continue
        async with site_with_offers(kind, (5,)) as site:
            with tempfile.TemporaryDirectory() as folder:
                settings = replace(site.app.state.settings, files=Path(folder))
                await _measure(kind, await _stock(), site.partner.id, settings, report)
    return report.exit_code()


async def _stock() -> Terms:
    """The catalogue, and what is taken from the list."""
    like = await Product.all().first()
    assert like
    brand, category = await Brand.get(id=like.brand_id), await Category.get(id=like.category_id)
    for start in range(0, 2 * ROWS, 2000):
        goods = []
        for number in range(start, start + 2000):
            good = like.clone()
            good.article, good.article_key = f"KN-{number:05d}", f"kn{number:05d}"
            good.name, good.retail, good.stock = f"{like.name} {number}", 1000 + number * 37, number % 90
            goods.append(good)
        await Product.bulk_create(goods, batch_size=500)
    await reindex()
    warehouse, retail = await Warehouse.create(name="Главный склад"), await retail_type()
    about = {"price_type": retail.id, "warehouse": warehouse.id, "new": True, "brand": brand.id, "hide": True}
    return Terms(sheets=("Прайс",), category=category.id, **about)


def _list() -> Rows:
    """Half of it known; prices and stocks as people write them."""
    heading = ["№", "Артикул", "Наименование", "Ед. изм.", "Цена, руб.", "Остаток", "Примечание"]
    rows: list[list[object]] = [heading]
    for number in range(ROWS):
        article = f"KN {number:05d}" if number < KNOWN else f"NW-{number:05d}/M"
        price = f"{number + 1} 234,50 ₽" if number % 3 else 150.5 + number
        name = f"Камера уличная купольная {number % 12} Мп с микрофоном"
        rows.append([number + 1, article, name, "шт", price, ">50" if number % 2 else number % 90, "со склада"])
    return rows


async def _measure(kind: Kind, terms: Terms, author: int, settings: Settings, report: Report) -> None:
    # long: a figure after the other
    content, worker = workbook(("Прайс", _list())), Imports(settings)
    run = await _begun(content, author, settings)
    alone = _seconds()
    [sheet] = await files.read(files.place(settings, run.stored))
    alone = _seconds() - alone
    took, _wall = await _work(worker, run, State.READING, terms=terms.as_json(), layout=guess(sheet).as_json())
    run = await ImportRun.get(id=run.id)
    assert run.counts["new"] == ROWS - KNOWN and not run.counts["unreadable"], run.counts
    beside = f"{alone:.2f} s of them read it, {len(content):,} B"
    report.figure(f"{kind}: {ROWS:,} rows read, matched and previewed", took, "≤", PREVIEW, unit=" s", beside=beside)
    took, wall = await _work(worker, run, State.APPLYING, applied_by_id=author)
    beside = f"{wall:.1f} s by the clock, {ROWS - KNOWN:,} products are new"
    report.figure(f"{kind}: all of them applied", took, "≤", APPLIED, unit=" s", beside=beside)
    again = await _begun(content, author, settings)
    took, _wall = await _work(worker, again, State.READING, terms=run.terms, layout=run.layout)
    again = await ImportRun.get(id=again.id)
    report.figure(f"{kind}: the same list again", took, "≤", PREVIEW, unit=" s", beside=f"{again.changes} changes")
    report.figure(f"{kind}: what it would change", again.changes, "=", 0)
    took, wall = await _work(worker, run, State.UNDOING, undone_by_id=author)
    report.figure(f"{kind}: undone", took, "≤", UNDONE, unit=" s", beside=f"{wall:.1f} s by the clock")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    report.figure(f"{kind}: memory at the peak, the bench in it", memory, "≤", MEMORY, unit=" MB")


async def _begun(content: bytes, author: int, settings: Settings) -> ImportRun:
    stored = await files.keep(settings, "list.xlsx", io.BytesIO(content))
    by = await make_user(await Person.get(id=author))
    return await actions.begin(Chosen(0, "Маяк-Снаб", "list.xlsx", stored, len(content), []), key=stored, by=by)


async def _work(worker: Imports, run: ImportRun, state: State, **values: object) -> tuple[float, float]:
    """Seconds of the processor and by the clock that a piece of work takes."""
    await ImportRun.filter(id=run.id).update(state=state, **values)
    began, wall = _seconds(), perf_counter()
    await worker.do_all()
    return _seconds() - began, perf_counter() - wall


def _seconds() -> float:
    """Of the processor, in this process and in those that it has started."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
