"""POST /administration/imports/{run}/stop: while nothing is written."""

import asyncio
from contextvars import copy_context

import pytest

from app.history.models import Event
from app.imports import actions, applying
from app.imports.models import ImportRun, State
from jobs.imports import Imports
from tests.factories import Cast
from tests.imports.books import DIRTY, workbook
from tests.imports.conftest import DOOR, Shelf, applied, begin, fields_of, previewed, standing, terms
from tests.site import Browser
from tests.users import make_user


@pytest.mark.parametrize("htmx", [False, True])
async def test_before_it_is_read(anna: Browser, worker: Imports, shelf: Shelf, htmx: bool) -> None:
    at = await begin(anna, workbook(("Прайс", DIRTY)))
    fields = fields_of((await anna.get(f"{at}/columns")).text)
    await anna.post(f"{at}/columns", {**fields, **terms(shelf), "do": "preview"})
    page = (await anna.get(at)).text
    assert "Прайс читается" in page and "Остановить" in page
    answer = await (anna.hx_post if htmx else anna.post)(f"{at}/stop")
    assert answer.status_code == (200 if htmx else 303)
    assert await worker.do_all() == 0 and (await ImportRun.get()).state is State.CHOOSING


async def test_before_it_is_written(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await previewed(anna, worker, shelf)
    stood = await standing()
    await anna.post(f"{DOOR}/{run.id}/application")
    for _ in range(2):
        assert (await anna.post(f"{DOOR}/{run.id}/stop")).status_code == 303
    assert await worker.do_all() == 0 and await standing() == stood
    assert (await ImportRun.get()).state is State.READY and await Event.filter(name="import.stopped").count() == 1


async def test_while_it_is_written(
    anna: Browser, cast: Cast, worker: Imports, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, database: str
) -> None:
    """All of it is taken back. (On SQLite who stops waits for the lock, and then it is too late.)"""
    if database.startswith("sqlite"):
        return
    run = await previewed(anna, worker, shelf)
    stood, by, outside = await standing(), await make_user(cast.anna), copy_context()
    await anna.post(f"{DOOR}/{run.id}/application")
    tell = applying._tell

    async def stopped(plan: applying.Plan) -> None:
        await asyncio.create_task(actions.stop(run.id, by=by), context=outside)
        await tell(plan)

    monkeypatch.setattr(applying, "_tell", stopped)
    await worker.do_all()
    assert (await ImportRun.get(id=run.id)).state is State.READY and await standing() == stood
    assert not await Event.filter(name="import.applied").exists()


async def test_too_late(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await applied(anna, worker, shelf)
    stood = await standing()
    for post in (anna.post, anna.hx_post):
        answer = await post(f"{DOOR}/{run.id}/stop")
        assert answer.status_code == 409 and "Его можно отменить" in answer.text
    assert await standing() == stood
