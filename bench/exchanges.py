"""What an exchange with 1C costs: 50,000 products with 15 properties, 4 prices and 5 warehouses, in both dialects.

The worker is a process of its own: its processor time and its peak are measured, whatever else the machine does. (On
PostgreSQL the server works beside it.) Pages are asked for all the while, and stand beside the same pages when nothing
is exchanged: while the same is sent again, and while every price and stock is another one. A partner changes a quantity
in the cart now and then, and waits until the worker has let them write.

    bench/exchange [sqlite|postgres] [old|new] [how many products]
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import httpx2
from tortoise.context import TortoiseContext

from app import chosen
from app.accounts.models import Person
from app.catalogue.models import Product
from app.database import tortoise_config
from app.main import create_app
from app.prices.models import ProductPrice
from app.settings import ROOT, Settings, load_settings
from app.warehouses.models import WarehouseStock
from bench.report import Report
from tests.exchange.one_c import OneC, make_connection
from tests.exchange.shop import Shop, Ware
from tests.factories import make_cart_line, make_cast
from tests.servers import Kind, drop_database, fresh_database
from tests.site import ORIGIN, Browser

PRODUCTS = 50_000
FIRST, AGAIN, PEAK, PAGES = 120, 40, 200, 2.0  # seconds of a core, megabytes, times
WRITE = 500  # milliseconds in which 99 of 100 changes of a cart are answered
PROPERTIES, TYPES, STORES, BRANDS, GROUPS = 15, 4, 5, 60, 120
PAUSE = 0.05  # seconds between two pages
WRITTEN = 5  # pages to one change of the cart
IDLE = 12.0  # seconds
TICKS = os.sysconf("SC_CLK_TCK")
WORDS = (
    "уличная",
    "купольная",
    "цилиндрическая",
    "сетевая",
    "вандалозащищённая",
    "с подсветкой",
    "компактная",
    "поворотная",
)


async def main() -> int:
    """Both databases and both dialects, or those that the command names. :return: the exit code."""
    report, asked = Report(), sys.argv[1:]
    count = next((int(one) for one in asked if one.isdigit()), PRODUCTS)
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")
    for kind in kinds:
        for new in (False, True):
            named = kind in asked or not {"sqlite", "postgres"} & set(asked)
            if named and (("new" if new else "old") in asked or not {"old", "new"} & set(asked)):
                with tempfile.TemporaryDirectory(prefix="kabinet-1c-") as folder:
                    await _measure(kind, Path(folder), report, count=count, new=new)
    return report.exit_code()


def shop(count: int, *, new: bool, dearer: int = 0) -> Shop:
    """What is sent; `dearer`: every price and stock is another one."""
    names = tuple((f"p-{n}", f"Свойство {n}") for n in range(PROPERTIES))
    return Shop(
        goods=Goods(count, dearer),
        new=new,
        groups=tuple((f"g-{n}", f"Раздел {n}", f"g-{n % 10}" if n >= 10 else "") for n in range(GROUPS)),
        names=names,
        values=tuple((f"v-{n}", f"Значение {n}") for n in range(200)),
        types=tuple(
            (f"t-{n}", name, "руб", "true") for n, name in enumerate(("Розничная", "Дилер 1", "Дилер 2", "Проект"))
        ),
        stores=tuple((f"s-{n}", f"Склад {n}") for n in range(STORES)),
    )


class Goods:
    """Products, made as they are asked for."""

    def __init__(self, count: int, dearer: int) -> None:
        self.count, self.dearer = count, dearer

    def __iter__(self) -> Iterator[Ware]:
        plain = Ware(prices={}, stocks={})
        for n in range(self.count):
            first = (("p-0", f"v-{n % 200}"),)
            others = tuple((f"p-{at}", f"{n * at % 97} ед. по {at}") for at in range(1, PROPERTIES))
            yield replace(
                plain,
                number=n,
                article=f"DS-{n // 7:05d}-{n % 7}X{n * 31 % 1000:03d}",
                name=f"Камера {WORDS[n % 8]} {WORDS[n // 8 % 8]} {n % 13 + 1} Мп, {n % 40},{n % 9} мм",
                brand=f"Марка {n % BRANDS}",
                group=f"g-{10 + n % (GROUPS - 10)}",
                properties=first + others,
                prices={f"t-{at}": f"{1000 + n % 9000 + self.dearer}.{at}0" for at in range(TYPES)},
                stocks={f"s-{at}": str((n * (at + 1) + self.dearer) % 40) for at in range(STORES)},
            )


async def _measure(kind: Kind, folder: Path, report: Report, *, count: int, new: bool) -> None:
    name = f"{kind}, {'3.1' if new else '2.07'}, {count:,} products"
    shop(count, new=new).write(folder / "first")
    shop(count, new=new, dearer=7).write(folder / "dearer")
    size = sum(file.stat().st_size for file in (folder / "first").iterdir()) >> 20
    async with _site(kind, folder) as (settings, site, browser):
        worker = Worker(settings, folder / "worker.log")
        try:
            async with OneC(site) as one_c:
                cost = await _exchange(one_c, folder / "first", worker)
                report.figure(f"{name}: first", cost.seconds, "≤", FIRST, unit=" s", beside=f"{cost} for {size} MB")
                report.figure(f"{name}: peak", worker.peak, "≤", PEAK, unit=" MB")
                report.figure(f"{name}: products there", await Product.all().count(), "=", count)
                report.figure(f"{name}: prices there", await ProductPrice.all().count(), "=", count * TYPES)
                report.figure(f"{name}: stocks there", await WarehouseStock.all().count(), "=", count * STORES)
                person = await Person.get(login="alice")
                line = await make_cart_line(person=person, product=await Product.all().order_by("id").first())
                idle = await _pages(browser, line.id, asyncio.create_task(asyncio.sleep(IDLE)))
                before = await _state()
                again = asyncio.create_task(_exchange(one_c, folder / "first", worker))
                meanwhile = await _pages(browser, line.id, again)
                cost = await again
                report.figure(f"{name}: again", cost.seconds, "≤", AGAIN, unit=" s", beside=str(cost))
                report.figure(f"{name}: changed by it", int(await _state() != before), "=", 0)
                _compare(report, f"{name}: while the same is sent again", meanwhile, idle)
                dearer = asyncio.create_task(_exchange(one_c, folder / "dearer", worker))
                meanwhile = await _pages(browser, line.id, dearer)
                cost = await dearer
                report.figure(f"{name}: all prices and stocks", cost.seconds, "≤", FIRST, unit=" s", beside=str(cost))
                _compare(report, f"{name}: while all prices and stocks change", meanwhile, idle)
                report.figure(f"{name}: peak of all", worker.peak, "≤", PEAK, unit=" MB")
        finally:
            worker.end()


@asynccontextmanager
async def _site(kind: Kind, folder: Path) -> AsyncIterator[tuple[Settings, object, Browser]]:
    url = await fresh_database(kind)
    settings = load_settings(
        {
            "KABINET_ENV": "test",
            "KABINET_SECRET": "for benches only: a long enough and varied secret",
            "KABINET_ORIGIN": ORIGIN,
            "KABINET_DATABASE_URL": url,
            "KABINET_QUEUE_URL": f"unix://{folder}/no-queue.sock",
            "KABINET_FILES": str(folder / "files"),
        }
    )
    try:
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(url), _enable_global_fallback=True)
            await chosen.refresh()
            cast = await make_cast()
            await make_connection(cast.anna)
            site = create_app(settings)
            async with Browser(site) as browser:
                await browser.enter(cast.alice)
                yield settings, site, browser
    finally:
        await drop_database(url)


class Worker:
    """`kabinet worker`, with the processor time and the peak of its process."""

    def __init__(self, settings: Settings, log: Path) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "KABINET_ENV": "test",
            "KABINET_SECRET": settings.secrets[0],
            "KABINET_ORIGIN": settings.origin,
            "KABINET_DATABASE_URL": settings.database_url,
            "KABINET_QUEUE_URL": settings.queue_url,
            "KABINET_FILES": str(settings.files),
        }
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "worker"], cwd=ROOT, env=environment, stdout=file, stderr=file
            )

    @property
    def seconds(self) -> float:
        """Processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    @property
    def peak(self) -> float:
        """Megabytes at the most so far, all that the process had."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

    def end(self) -> None:
        """Ends it."""
        self.process.terminate()
        self.process.wait(30)


class Cost:
    """Processor time of the worker, and how long it took."""

    def __init__(self, seconds: float, elapsed: float) -> None:
        self.seconds, self.elapsed = seconds, elapsed

    def __str__(self) -> str:
        return f"{self.elapsed:.0f} s by the clock"


async def _exchange(one_c: OneC, folder: Path, worker: Worker) -> Cost:
    """A whole exchange, from the password to the end."""
    began, before = perf_counter(), worker.seconds
    await _must(one_c.enter())
    files = sorted(
        await asyncio.to_thread(lambda: list(folder.iterdir())),
        key=lambda file: ("iopr".index(file.name[0]), file.name),
    )
    for file in files:
        with file.open("rb") as opened:
            while piece := await asyncio.to_thread(opened.read, 8 << 20):
                await _must(one_c.ask("catalog", "file", piece, filename=file.name))
    for file in files:
        while (await _must(one_c.ask("catalog", "import", filename=file.name))).startswith("progress"):
            pass
    while (await _must(one_c.ask("catalog", "complete"))).startswith("progress"):
        pass
    return Cost(worker.seconds - before, perf_counter() - began)


async def _must(asking) -> str:  # type: ignore[no-untyped-def]
    answer = await asking
    if not answer.text.startswith(("success", "progress")):
        raise SystemExit(f"the site answered: {answer.text}")
    return str(answer.text)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of pages, and of changes of the cart."""

    pages: list[float]
    writes: list[float]


async def _pages(browser: Browser, line_id: int, until: "asyncio.Task[object]") -> Times:
    """What a partner does until a task ends, one page after the other."""
    products = [int(str(one)) for one in await Product.all().order_by("id").limit(200).values_list("id", flat=True)]
    paths = [
        "/catalogue",
        "/catalogue/search?q=ds-0012",
        *(f"/catalogue/products/{one}" for one in products[::40]),
        "/orders",
    ]
    for path in paths:
        await browser.get(path)
    times, turn = Times([], []), 0
    while not until.done():
        path = paths[turn % len(paths)]
        times.pages.append(await _timed(browser.get(path), 200))
        turn += 1
        if turn % WRITTEN == 0:
            quantity = {f"q{line_id}": str(1 + turn % 50)}
            times.writes.append(await _timed(browser.post(f"/cart/lines/{line_id}/quantity", quantity), 303))
        await asyncio.sleep(PAUSE)
    return times


async def _timed(asking: Awaitable[httpx2.Response], status: int) -> float:
    began = perf_counter()
    answer = await asking
    if answer.status_code != status:
        raise SystemExit(f"{answer.request.url} answered {answer.status_code}")
    return (perf_counter() - began) * 1000


def _compare(report: Report, name: str, meanwhile: Times, idle: Times) -> None:
    highest, usual = (_p99(times.pages) for times in (meanwhile, idle))
    medians = f"median {statistics.median(meanwhile.pages):.0f}, idle {statistics.median(idle.pages):.0f}"
    beside = f"p99 {highest:.0f} ms, idle {usual:.0f}; {medians}"
    report.figure(f"{name}: pages", highest / usual, "≤", PAGES, unit="×", beside=beside)
    medians = f"median {statistics.median(meanwhile.writes):.0f}, idle {statistics.median(idle.writes):.0f}"
    beside = f"the slowest {max(meanwhile.writes):.0f}; {medians}"
    report.figure(f"{name}: changes of a cart", _p99(meanwhile.writes), "≤", WRITE, unit=" ms", beside=beside)


def _p99(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


async def _state() -> tuple[object, ...]:
    """What the same exchange must not change."""
    versions = sum([int(str(one)) for one in await Product.all().values_list("version", flat=True)])
    last = await ProductPrice.all().order_by("-id").first()
    stock = await WarehouseStock.all().order_by("-at").first()
    counts = (await Product.all().count(), await ProductPrice.all().count(), await WarehouseStock.all().count())
    return (versions, last.id if last else 0, stock.at if stock else None, *counts)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
