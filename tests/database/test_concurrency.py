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


async def _alone(url: str) -> None:
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url, MODELS))
        await increment_often(200)


if __name__ == "__main__":
    asyncio.run(_alone(sys.argv[1]))
