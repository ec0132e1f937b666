"""The worker is killed (kill -9) while it writes an import: nothing of it is there, and the next one writes all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import clock
from app.catalogue.models import Product
from app.catalogue.search import find
from app.history.models import Event
from app.imports import actions
from app.imports.models import ImportRun, State
from app.settings import Settings
from jobs.imports import Imports
from tests.imports.books import Rows
from tests.imports.conftest import DOOR, Shelf, previewed, standing
from tests.processes import WorkerProcess, until
from tests.site import Browser

NEW = 2500  # more than are indexed in the transaction that writes them
ROWS: Rows = [
    ["№", "Артикул", "Наименование", "Цена, руб.", "Остаток", "Ед. изм."],
    ["Маяк"],
    *([number, f"NW-{number:04d}", f"Камера {number}", 100 + number, number % 50, "шт"] for number in range(NEW)),
]
HANGS = """
import asyncio
from {module} import {function} as goes_on
import {module} as module
async def hang(*args, **kwargs):
    value = await goes_on(*args, **kwargs)
    print("it hangs", flush=True)
    await asyncio.sleep(60)
    return value
module.{function} = hang
"""
Start = Callable[..., WorkerProcess]


@pytest.fixture
def start(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Starts a worker without a queue, that hangs where it is told; whatever a test leaves running is killed."""
    started: list[WorkerProcess] = []

    def begin(before: str = "") -> WorkerProcess:
        log = tmp_path / f"worker-{len(started)}.log"
        started.append(WorkerProcess(replace(settings, queue_url=""), log, sweep=0.2, before=before))
        return started[-1]

    yield begin
    for process in started:
        process.kill()


async def test_while_it_writes(anna: Browser, worker: Imports, shelf: Shelf, start: Start) -> None:
    """All is written but for the last statement."""
    run = await _asked(anna, worker, shelf)
    stood = await standing()
    await _killed(start(HANGS.format(module="app.imports.applying", function="_tell")))
    assert (await ImportRun.get(id=run.id)).state is State.APPLYING and await standing() == stood
    await _go_on(run, start)


async def test_while_it_is_made_known(anna: Browser, worker: Imports, shelf: Shelf, start: Start) -> None:
    run = await _asked(anna, worker, shelf)
    await _killed(start(HANGS.format(module="app.imports.indexing", function="reindex")))
    assert (await ImportRun.get(id=run.id)).state is State.INDEXING
    assert await Product.filter(article__startswith="NW-").count() == NEW
    await _go_on(run, start)


async def _asked(anna: Browser, worker: Imports, shelf: Shelf) -> ImportRun:
    run = await previewed(anna, worker, shelf, ROWS)
    assert run.counts["new"] == NEW
    await anna.post(f"{DOOR}/{run.id}/application")
    return run


async def _killed(process: WorkerProcess) -> None:
    async def hangs() -> bool:
        return "it hangs" in process.log.read_text()

    await until(hangs, 60)
    process.kill()


async def _go_on(run: ImportRun, start: Start) -> None:
    """Another worker begins anew, once the dead one was not heard of for long: all is there, once."""
    await ImportRun.filter(id=run.id).update(begun_at=clock.now() - actions.LEASE - timedelta(seconds=1))
    start()
    await until(lambda: ImportRun.filter(id=run.id, state=State.APPLIED).exists(), 90)
    assert await Product.filter(article__startswith="NW-").count() == NEW
    assert await Event.filter(name="import.applied").count() == 1
    for article in ("NW-0000", f"NW-{NEW - 1}"):
        assert (await find(article, limit=5)).ids[:1] == [(await Product.get(article=article)).id]
