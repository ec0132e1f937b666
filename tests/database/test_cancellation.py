"""Whichever await a cancellation hits, the lock and the pool stay sound, and a transfer is made whole or not at all."""

import asyncio
import random
from contextlib import suppress
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from app.database import Sql, on_commit, transaction
from app.database.engine import to_the_end
from tests.database.things import Thing
from tests.servers import Kind

TIMES = 300
move = Sql("UPDATE thing SET count = count + :by WHERE name = :name")
total = Sql("SELECT SUM(count) FROM thing")


async def transfer(nested: bool = False) -> None:
    """Moves one from a to b, in several statements."""
    async with transaction():
        await move.run(by=-1, name="a")
        await asyncio.sleep(0)
        if nested:
            async with in_transaction():
                await Thing.create(name=f"{random.random()}")
        await move.run(by=1, name="b")


async def purse() -> None:
    await Thing.create(name="a", count=1000)
    await Thing.create(name="b", count=0)


async def assert_sound(client: Any, kind: Kind) -> None:
    """Nothing is held any more, and the next ones get through at once."""
    async with asyncio.timeout(5):
        await asyncio.gather(*(transfer() for _ in range(8)))
        assert await total.value() == 1000
        await asyncio.sleep(0.05)  # a released connection is put back in a task of the pool's own
    if kind == "sqlite":
        assert not client._lock.locked()
        assert not client._connection.in_transaction
    else:
        assert client._pool.get_idle_size() == client._pool.get_size()
        open_ones = Sql("SELECT COUNT(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'")
        assert await open_ones.value() == 0


async def test_cancelled_at_any_step(client: Any, kind: Kind) -> None:
    await purse()
    chance = random.Random(7)
    async with asyncio.timeout(100):
        for _ in range(TIMES):
            task = asyncio.create_task(transfer(nested=chance.random() < 0.3))
            for _ in range(chance.randrange(40)):
                await asyncio.sleep(0)
            if chance.random() < 0.5:
                await asyncio.sleep(chance.random() * 0.002)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    await assert_sound(client, kind)


async def test_cancelled_in_a_crowd(client: Any, kind: Kind) -> None:
    await purse()
    chance = random.Random(11)
    async with asyncio.timeout(100):
        for _ in range(TIMES // 10):
            tasks = [asyncio.create_task(transfer(nested=chance.random() < 0.3)) for _ in range(10)]
            for task in tasks:
                await asyncio.sleep(chance.random() * 0.002)
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
    await assert_sound(client, kind)


async def test_cancelled_outside_of_a_transaction(client: Any, kind: Kind) -> None:
    await purse()
    chance = random.Random(13)
    async with asyncio.timeout(100):
        for number in range(TIMES // 3):
            crowd = [Thing(name=f"{number}-{place}") for place in range(50)]
            task = asyncio.ensure_future(Thing.bulk_create(crowd) if number % 2 else total.all())
            await asyncio.sleep(chance.random() * 0.002)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    assert await Thing.all().count() % 50 == 2  # each crowd wholly, or not at all
    await assert_sound(client, kind)


async def test_cancelled_twice_and_by_timeouts(client: Any, kind: Kind) -> None:
    await purse()
    async with asyncio.timeout(60):
        for number in range(TIMES // 3):
            with suppress(TimeoutError):
                async with asyncio.timeout(number % 30 * 0.0001):
                    await transfer()
            task = asyncio.create_task(transfer())
            for _ in range(number % 30):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.sleep(0)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
    await assert_sound(client, kind)


async def test_a_commit_that_was_reached_is_told(client: Any) -> None:
    """Callbacks run exactly for those transactions whose rows are there, cancelled or not."""
    told: list[str] = []

    async def create(name: str) -> None:
        async with transaction():
            await Thing.create(name=name)
            on_commit(lambda: told.append(name))

    cancelled = 0
    for number in range(TIMES):
        task = asyncio.create_task(create(f"{number:03}"))
        for _ in range(number % 25):
            await asyncio.sleep(0)
        await asyncio.sleep(number % 7 * 0.0002)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        cancelled += task.cancelled()
    assert cancelled
    assert [thing.name for thing in await Thing.all().order_by("name")] == told


async def test_to_the_end_ends_the_work_and_then_cancels() -> None:
    steps: list[str] = []

    async def work() -> None:
        steps.append("begun")
        await asyncio.sleep(0.05)
        steps.append("ended")

    task = asyncio.create_task(to_the_end(work()))
    await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert steps == ["begun", "ended"]
