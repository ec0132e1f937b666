"""A price list of 50,000 products: how long it takes, how much memory, and how pages are answered meanwhile.

It is made as for an address that a shop asks: by the process that answers the pages, too. The yardstick of the pages is
the same page on the idle site. On SQLite and on PostgreSQL.
"""

import asyncio
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from app.catalogue.models import Product
from app.exports.feeds import REST, Feeds
from app.exports.making import Asked, make
from app.exports.models import Format
from app.exports.store import folder
from app.settings import Settings
from bench.offer import Site, site_with_offers
from bench.pages import get
from bench.report import Report
from tests.servers import Kind

PRODUCTS, MB = 50_000, 1024
SECONDS, MEMORY, CHECK, SLOWER = 30.0, 100.0, 3.0, 2.0


async def main() -> int:
    """Both databases. :return: the exit code."""
    report = Report()
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")
    for kind in kinds:
        async with site_with_offers(kind, (5,)) as site:
            await _many(await Product.all().first())
            with tempfile.TemporaryDirectory() as files:
                await _measure(kind, site, replace(site.app.state.settings, files=Path(files)), report)
    return report.exit_code()


async def _many(like: Product | None) -> None:
    """PRODUCTS goods like one."""
    if like is None:
        return
    for start in range(0, PRODUCTS, 2000):
        goods = []
        for number in range(start, start + 2000):
            good = like.clone()
            good.article, good.article_key = f"{like.article}-{number:05d}", f"{like.article_key}{number:05d}"
            good.name, good.retail, good.stock = f"{like.name} {number}", 1000 + number * 37, number % 90
            goods.append(good)
        await Product.bulk_create(goods, batch_size=500)


async def _measure(kind: Kind, site: Site, settings: Settings, report: Report) -> None:
    path = f"/presentations/{site.presentations[5]}"
    idle = await _answers(site, path, 3.0)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for form in Format:
        asked = Asked(site.partner.company_id or 0, "ООО «Монтаж-Сервис»", form, "ru")
        began = time.perf_counter()
        making = asyncio.create_task(make(asked, folder(settings) / f"list.{form}", settings, rest=REST))
        busy = await _answers(site, path, 60.0, making)
        made, took = await making, time.perf_counter() - began
        beside = f"{made.lines:,} products, {(folder(settings) / f'list.{form}').stat().st_size:,} B"
        report.figure(f"{kind}: {form} made", took, "≤", SECONDS, unit=" s", beside=beside)
        slower = statistics.median(busy) / statistics.median(idle)
        beside = f"{statistics.median(idle) * 1000:.0f} ms idle, {len(busy)} pages meanwhile"
        report.figure(f"{kind}: a page meanwhile, median", slower, "≤", SLOWER, unit=" of idle", beside=beside)
    here = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) / MB
    report.figure(f"{kind}: memory over the base", here, "≤", MEMORY, unit=" MB")
    began = time.perf_counter()
    await Feeds().goods.now()
    report.figure(f"{kind}: whether anything has changed", time.perf_counter() - began, "≤", CHECK, unit=" s")


async def _answers(site: Site, path: str, seconds: float, until: "asyncio.Task[object] | None" = None) -> list[float]:
    """How long each answer took, one after the other with pauses: for so many seconds, or until something is done."""
    took: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end and not (until and until.done()):
        began = time.perf_counter()
        await get(site, path)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(0.02)
    return took


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
