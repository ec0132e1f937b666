"""Read, then write: from many tasks and from two processes, nothing is lost and nobody is refused."""

import asyncio
import sys
from typing import Any

import pytest
from tortoise.context import TortoiseContext

from app.database import Sql, tortoise_config, transaction
from tests.database.conftest import MODELS
from tests.database.things import Thing

TASKS = 20
EACH = 15


async def increment() -> None:
    """Reads the count and writes one more, with time for others in between."""
    async with transaction():
        thing = await Thing.select_for_update().get(name="counter")
        await asyncio.sleep(0)
        await Sql("UPDATE thing SET count = :count WHERE id = :id").run(count=thing.count + 1, id=thing.id)


async def increment_often(times: int) -> None:
    for _ in range(times):
        await increment()


async def test_from_many_tasks(client: Any) -> None:
    await Thing.create(name="counter")
    async with asyncio.timeout(60):
        await asyncio.gather(*(increment_often(EACH) for _ in range(TASKS)))
    assert (await Thing.get(name="counter")).count == TASKS * EACH


async def test_from_two_processes(client: Any, url: str) -> None:
    await Thing.create(name="counter")
    async with asyncio.timeout(60):
        others = [
            await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, url, stderr=asyncio.subprocess.PIPE)
            for _ in range(2)
        ]
        await increment_often(200)
        for other in others:
            _, errors = await other.communicate()
            assert (other.returncode, errors.decode()) == (0, "")
    assert (await Thing.get(name="counter")).count == 600


async def test_conditional_updates_have_one_winner(client: Any) -> None:
    await Thing.create(name="order")
    claim = Sql("UPDATE thing SET count = :by WHERE name = 'order' AND count = 0")
    won = await asyncio.gather(*(claim.run(by=number) for number in range(1, 11)))
    assert sum(won) == 1
    assert (await Thing.get(name="order")).count == won.index(1) + 1


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_readers_do_not_wait_for_another_process(client: Any, url: str) -> None:
    """SQLite in WAL mode: what another process has not committed is neither seen nor waited for."""
    await Thing.create(name="counter")
    async with TortoiseContext() as elsewhere:
        await elsewhere.init(config=tortoise_config(url, MODELS))
        async with transaction():
            await Sql("UPDATE thing SET count = 5").run()
            async with asyncio.timeout(1):
                assert (await client.rows("SELECT count FROM thing", []))[0]["count"] == 0
    assert (await client.rows("SELECT count FROM thing", []))[0]["count"] == 5


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
async def test_who_writes_much_lets_others_in(client: Any, url: str) -> None:
    """One process writes transaction after transaction without end: another's writes are not put off for ever."""
    thing = await Thing.create(name="counter")
    busy = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, url, "without end")
    try:
        async with asyncio.timeout(60):
            while not (await Thing.get(name="counter")).count:
                await asyncio.sleep(0.01)
        async with TortoiseContext() as elsewhere:
            await elsewhere.init(config=tortoise_config(f"{url}?busy_timeout=2000", MODELS))
            for number in range(5):
                async with transaction():
                    await Thing.create(name=f"in a transaction {number}")
                await Thing.create(name=f"alone {number}")
        assert busy.returncode is None
    finally:
        busy.kill()
        await busy.wait()
    assert await Thing.exclude(id=thing.id).count() == 10


async def _alone(url: str, *, without_end: bool) -> None:
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url, MODELS))
        if not without_end:
            await increment_often(200)
        while without_end:
            async with transaction():
                await increment()
                await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(_alone(sys.argv[1], without_end=len(sys.argv) > 2))
