"""A database that is away, locked or out of connections has one name, and the next statement finds its way again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tortoise.context import TortoiseContext
from tortoise.exceptions import IntegrityError, OperationalError

from app.database import DatabaseUnavailable, Sql, postgres, tortoise_config, transaction
from app.database.sqlite import LOOKS
from tests.database.conftest import MODELS
from tests.database.things import Thing
from tests.servers import Kind

only_sqlite = pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("kind", ["postgres"], indirect=True)
one = Sql("SELECT 1 AS one")


@pytest.fixture(params=["sqlite:///nowhere/at/all.db", "postgres://nobody@127.0.0.1:1/nothing"])
async def nowhere(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """A database that cannot be reached."""
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(request.param, MODELS))
        yield


async def test_no_database_at_all(nowhere: None) -> None:
    for _ in range(2):  # nothing stays locked by the first failure
        async with asyncio.timeout(10):
            with pytest.raises(DatabaseUnavailable):
                await one.all()
            with pytest.raises(DatabaseUnavailable):
                await Thing.all()
            with pytest.raises(DatabaseUnavailable):
                async with transaction():
                    await one.all()


async def test_a_wrong_statement_is_not_an_absent_database(client: Any, kind: Kind) -> None:
    with pytest.raises(OperationalError) as wrong:
        await Sql("SELECT nothing FROM nowhere").all()
    await Thing.create(name="a")
    with pytest.raises(IntegrityError) as twice:
        await Thing.create(name="a")
    for error in (wrong, twice):
        assert not isinstance(error.value, DatabaseUnavailable)


@pytest.fixture
async def impatient(url: str) -> AsyncIterator[None]:
    """A SQLite database with a short patience."""
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(f"{url}?busy_timeout=150", MODELS))
        await context.generate_schemas()
        yield


@only_sqlite
async def test_locked_by_another_process(impatient: None, url: str) -> None:
    other = sqlite3.connect(urlsplit(url).path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable, match="locked"):
        async with transaction():
            await Thing.create(name="a")
    with pytest.raises(DatabaseUnavailable, match="locked"):
        await Thing.create(name="b")
    with pytest.raises(DatabaseUnavailable, match="locked"):
        await Sql("DELETE FROM thing").run()
    waiting = asyncio.create_task(Sql("DELETE FROM thing").run())
    await asyncio.sleep(0)
    async with asyncio.timeout(0.04):  # reading goes on meanwhile
        assert await Thing.all().count() == 0
        assert await Sql("SELECT COUNT(*) FROM thing").value() == 0
    assert not waiting.done()
    with pytest.raises(DatabaseUnavailable, match="locked"):
        await waiting
    other.close()
    async with transaction():
        await Thing.create(name="c")
    assert await Thing.all().count() == 1


@only_postgres
async def test_no_connection_to_spare(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "WAIT_FOR_CONNECTION", 0.1)
    enough = asyncio.Event()

    async def occupy() -> None:
        async with transaction():
            await one.all()
            await enough.wait()

    tasks = [asyncio.create_task(occupy()) for _ in range(4)]
    await asyncio.sleep(0.3)
    with pytest.raises(DatabaseUnavailable):
        await one.all()
    with pytest.raises(DatabaseUnavailable):
        async with transaction():
            await one.all()
    enough.set()
    await asyncio.gather(*tasks)
    assert await one.value() == 1
    assert client._pool.get_idle_size() == client._pool.get_size()


@only_postgres
async def test_the_server_hangs_up(client: Any) -> None:
    """In the middle of a transaction, and on an idle connection: told as unavailable, or made good at once."""
    pid = Sql("SELECT pg_backend_pid()")
    hang_up = "SELECT pg_terminate_backend($1)"
    with pytest.raises(DatabaseUnavailable):
        async with transaction():
            await Thing.create(name="a")
            await client.rows(hang_up, [await pid.value()])
            await asyncio.sleep(0.05)
            await Thing.create(name="b")
    with pytest.raises(DatabaseUnavailable):
        async with transaction():
            await Thing.create(name="a")
            await client.rows(hang_up, [await pid.value()])
            await asyncio.sleep(0.05)  # and then the commit
    assert await Thing.all().count() == 0
    async with transaction():
        await Thing.create(name="c")
    assert await Thing.all().count() == 1


@only_postgres
async def test_a_deadlock_has_one_loser_who_may_try_again(client: Any) -> None:
    await Thing.create(name="a")
    await Thing.create(name="b")
    both = asyncio.Barrier(2)
    touch = Sql("UPDATE thing SET count = count + 1 WHERE name = :name")

    async def cross(first: str, second: str) -> None:
        async with transaction():
            await touch.run(name=first)
            await both.wait()
            await touch.run(name=second)

    results = await asyncio.gather(cross("a", "b"), cross("b", "a"), return_exceptions=True)
    assert sorted(type(result) for result in results if result) == [DatabaseUnavailable]
    assert await Thing.filter(count=1).count() == 2


@only_sqlite
async def test_other_kinds_of_database_are_refused(kind: Kind, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not mysql"):
        tortoise_config("mysql://root@localhost/kabinet")


def test_what_the_url_says_prevails() -> None:
    def credentials(url: str) -> dict[str, Any]:
        found: dict[str, Any] = tortoise_config(url)["connections"]["default"]["credentials"]
        return found

    assert credentials("sqlite://var/kabinet.db") == {
        "file_path": "var/kabinet.db",
        "journal_mode": "WAL",
        "journal_size_limit": 16384,
        "busy_timeout": 10000,
        "synchronous": "NORMAL",
        "foreign_keys": "ON",
    }
    assert credentials("sqlite:///var/x.db?busy_timeout=7&synchronous=FULL")["busy_timeout"] == "7"
    assert credentials("sqlite:///var/x.db?busy_timeout=7&synchronous=FULL")["synchronous"] == "FULL"
    found = credentials("postgres://kabinet:secret@db.example.ru:6432/site?maxsize=3&command_timeout=9")
    assert (found["maxsize"], found["minsize"], found["command_timeout"]) == ("3", 1, 9.0)
    assert (found["host"], found["port"], found["user"], found["password"], found["database"]) == (
        "db.example.ru",
        6432,
        "kabinet",
        "secret",
        "site",
    )


async def test_the_settings_reach_the_database(client: Any, kind: Kind) -> None:
    if kind == "sqlite":
        wanted = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 1, "busy_timeout": LOOKS}
        for pragma, value in wanted.items():
            assert list((await client.rows(f"PRAGMA {pragma}", []))[0].values()) == [value]
    else:
        assert await Sql("SHOW timezone").value() == "UTC"
