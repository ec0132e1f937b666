"""counting_queries(): what was sent within the block, by whom it may."""

import asyncio
from typing import Any

from app.database import Sql, counting_queries, transaction
from tests.database.things import Thing


async def test_statements_of_the_orm_and_of_sql_are_counted(client: Any) -> None:
    with counting_queries() as queries:
        await Thing.create(name="a")
        await Thing.filter(name="a").update(count=2)
        await Thing.bulk_create([Thing(name="b"), Thing(name="c")])
        assert queries.count == 3
        assert await Sql("SELECT COUNT(*) FROM thing").value() == 3
        assert await Sql("UPDATE thing SET count = 3").run() == 3
        await client.execute_script("DELETE FROM thing")
        await client.execute_query_dict("SELECT 1")
    assert queries.count == 7
    assert queries.statements[3:5] == ["SELECT COUNT(*) FROM thing", "UPDATE thing SET count = 3"]
    await Thing.all()
    assert queries.count == 7


async def test_the_commands_of_a_transaction_are_not(client: Any) -> None:
    with counting_queries() as queries:
        async with transaction():
            await Thing.create(name="a")
            await Thing.get_or_create(name="b")
    assert queries.count == 3
    assert not [statement for statement in queries.statements if "SAVEPOINT" in statement or "BEGIN" in statement]


async def test_tasks_started_within_are_counted_and_others_are_not(client: Any) -> None:
    async def read(times: int) -> None:
        for _ in range(times):
            await Thing.all()

    started = asyncio.Event()

    async def stranger() -> None:
        await started.wait()
        await read(5)

    task = asyncio.create_task(stranger())
    with counting_queries() as queries:
        started.set()
        await asyncio.gather(read(1), read(2), task)
    assert queries.count == 3


async def test_counts_within_counts(client: Any) -> None:
    with counting_queries() as outer:
        await Thing.all()
        with counting_queries() as inner:
            await Thing.all()
        assert (inner.count, outer.count) == (1, 2)
