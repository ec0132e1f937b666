"""transaction() and on_commit(): all or nothing, and what follows a commit."""

import asyncio
import logging
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError, TransactionManagementError
from tortoise.transactions import in_transaction

from app.database import Sql, on_commit, transaction
from tests.database.things import Thing


class Refused(Exception):
    """A rule's refusal, as an action raises it."""


async def names() -> list[str]:
    return [thing.name for thing in await Thing.all().order_by("name")]


async def test_a_block_that_ends_well_is_committed(client: Any) -> None:
    async with transaction():
        await Thing.create(name="a")
        await Sql("UPDATE thing SET count = 5").run()
        assert await Sql("SELECT count FROM thing").value() == 5
    assert await Thing.get(name="a").values_list("count", flat=True) == 5


async def test_a_block_that_fails_leaves_nothing(client: Any) -> None:
    with pytest.raises(Refused):
        async with transaction():
            await Thing.create(name="a")
            raise Refused
    assert await names() == []
    await Thing.create(name="b")
    assert await names() == ["b"]


async def test_an_inner_block_joins_the_outer_one(client: Any) -> None:
    with pytest.raises(Refused):
        async with transaction():
            async with transaction():
                await Thing.create(name="a")
            raise Refused
    assert await names() == []


async def test_an_inner_failure_spoils_the_whole_though_it_be_caught(client: Any) -> None:
    called: list[str] = []
    with pytest.raises(TransactionManagementError) as refusal:
        async with transaction():
            on_commit(lambda: called.append("outer"))
            await Thing.create(name="a")
            try:
                async with transaction():
                    await Thing.create(name="half of it")
                    raise Refused
            except Refused:
                pass
    assert isinstance(refusal.value.__cause__, Refused)
    assert await names() == []
    assert called == []


async def test_a_failed_statement_spoils_the_whole_on_both_databases(client: Any) -> None:
    called: list[str] = []
    await Thing.create(name="a")
    with pytest.raises(TransactionManagementError):
        async with transaction():
            on_commit(lambda: called.append("never"))
            await Thing.create(name="b")
            with pytest.raises(IntegrityError):
                await Thing.create(name="a")
    assert await names() == ["a"]
    assert called == []


async def test_the_orms_own_nested_transactions_are_savepoints(client: Any) -> None:
    async with transaction():
        await Thing.create(name="a")
        with pytest.raises(IntegrityError):
            async with in_transaction():
                await Thing.create(name="b")
                await Thing.create(name="a")
        assert await Thing.get_or_create(name="a") == (await Thing.get(name="a"), False)
        _, created = await Thing.get_or_create(name="c")
        assert created
        await Thing.bulk_create([Thing(name="d"), Thing(name="e")])
    assert await names() == ["a", "c", "d", "e"]


async def test_bulk_create_is_all_or_nothing(client: Any) -> None:
    await Thing.create(name="c")
    with pytest.raises(IntegrityError):
        await Thing.bulk_create([Thing(name="a"), Thing(name="b"), Thing(name="c")])
    assert await names() == ["c"]


async def test_callbacks_run_after_the_commit_of_the_outermost(client: Any) -> None:
    called: list[str] = []

    def note_outside() -> None:
        called.append("inner")
        on_commit(lambda: called.append("at once: no transaction is open here"))

    async with transaction():
        async with transaction():
            on_commit(note_outside)
        on_commit(lambda: called.append("outer"))
        assert called == []
    assert called == ["inner", "at once: no transaction is open here", "outer"]


async def test_callbacks_do_not_run_after_a_rollback(client: Any) -> None:
    called: list[str] = []
    with pytest.raises(Refused):
        async with transaction():
            on_commit(lambda: called.append("never"))
            raise Refused
    async with transaction():
        await Thing.create(name="a")
    assert called == []


async def test_outside_of_a_transaction_a_callback_runs_at_once(client: Any) -> None:
    called: list[str] = []
    on_commit(lambda: called.append("now"))
    assert called == ["now"]


async def test_a_failing_callback_harms_nobody(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    called: list[str] = []
    with caplog.at_level(logging.ERROR):
        async with transaction():
            await Thing.create(name="a")
            on_commit(lambda: 1 // 0)
            on_commit(lambda: called.append("after it"))
    assert called == ["after it"]
    assert "ZeroDivisionError" in caplog.text
    assert await names() == ["a"]


async def test_tasks_of_one_transaction_take_turns(client: Any) -> None:
    async with transaction():
        await asyncio.gather(*(Thing.create(name=f"{number:02}") for number in range(20)))
    assert len(await names()) == 20


async def test_a_task_that_outlives_its_transaction_is_refused(client: Any) -> None:
    ended = asyncio.Event()

    async def straggler() -> None:
        await ended.wait()
        await Thing.create(name="too late")

    async with transaction():
        task = asyncio.create_task(straggler())
        await Thing.create(name="a")
    ended.set()
    with pytest.raises(TransactionManagementError):
        await task
    assert await names() == ["a"]


async def test_a_statement_still_running_at_the_end_is_waited_for(client: Any) -> None:
    async with transaction():
        task = asyncio.create_task(Thing.create(name="a"))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await asyncio.wait({task})
    assert await names() == ([] if task.exception() else ["a"])
    async with transaction():
        await Thing.create(name="b")


async def test_other_tasks_do_not_see_what_is_not_committed(client: Any) -> None:
    written, seen = asyncio.Event(), asyncio.Event()

    async def reader() -> int:
        await written.wait()
        counting = asyncio.ensure_future(Thing.all().count())
        await asyncio.sleep(0.02)
        seen.set()
        return await counting

    task = asyncio.create_task(reader())
    with pytest.raises(Refused):
        async with transaction():
            await Thing.create(name="a")
            written.set()
            await seen.wait()
            raise Refused
    assert await task == 0


async def test_what_was_written_is_read_next(client: Any) -> None:
    """SQLite reads by another connection than it writes by: it must see each commit at once."""
    for number in range(200):
        if number % 2:
            await Thing.create(name=f"{number}")
        else:
            async with transaction():
                await Thing.create(name=f"{number}")
        assert await Thing.all().count() == number + 1
        assert await Sql("SELECT COUNT(*) FROM thing").value() == number + 1
