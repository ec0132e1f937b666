"""Migrations make the schema of the models, keep the rows, and are applied wholly or not at all."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException
from tortoise.migrations.autodetector import MigrationAutodetector

from app.database import MODELS, Sql, tortoise_config
from app.migrate import BrokenReferences, migrate
from tests.database.schema import counts, describe, populate
from tests.servers import Kind, bare_database, drop_database, fresh_database

SAMPLES = {"models": ("tests.database.samples",), "migrations": "tests.database.migrations"}
ALL = sorted(path.stem for path in Path("migrations").glob("0*.py"))

# The ORM forgets, when it replays a migration, that a one-to-one relation is the primary key; nothing changes by it.
PHANTOMS = [f"Alter options for {model}" for model in ("Acting", "Assignment", "QuickOrder", "SecondFactor")]

# What is made of the products anew, with the last of them.
DERIVED = {
    *("product_entry", "product_token", "search_word", "shelf_count"),
    *("product_codes", "property_value", "category_shelf"),
}


@asynccontextmanager
async def opened(url: str, models: tuple[str, ...] = MODELS) -> AsyncIterator[Any]:
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url, models))
        yield get_connection("default")


@pytest.fixture
async def samples(url: str) -> str:
    """A database at the second of the sample migrations, with two parents that have a child each."""
    await migrate(url, target="0002_longer_name", **SAMPLES)
    async with opened(url, SAMPLES["models"]):
        await Sql("INSERT INTO parent (name) VALUES ('a'), ('b')").run()
        await Sql("INSERT INTO child (parent_id) SELECT id FROM parent").run()
    return url


async def test_they_are_applied_once(url: str) -> None:
    assert await migrate(url) == ALL
    assert await migrate(url) == []


async def test_a_directory_that_is_missing_is_made(tmp_path: Path) -> None:
    await migrate(f"sqlite://{tmp_path}/var/data/kabinet.db")
    assert (tmp_path / "var/data/kabinet.db").exists()


async def test_they_make_the_schema_of_the_models(url: str, kind: Kind) -> None:
    await migrate(url)
    async with opened(url) as client:
        migrated = await describe(client)
    generated = await bare_database(kind)
    async with opened(generated) as client:
        await Tortoise.generate_schemas()
        assert migrated == await describe(client)
    await drop_database(generated)
    assert len(migrated) > 20


async def test_no_change_of_a_model_lacks_its_migration() -> None:
    config = tortoise_config("sqlite://:memory:")
    async with TortoiseContext() as context:
        await context.init(config=config, init_connections=False)
        assert context.apps is not None
        writers = await MigrationAutodetector(context.apps, config["apps"]).changes()
    assert [operation.describe() for writer in writers for operation in writer.operations] == PHANTOMS


async def test_rows_of_each_earlier_release_survive(kind: Kind) -> None:
    """From every migration on: fill all tables, migrate to the last, and find every row and the same schema."""
    fresh = await fresh_database(kind)
    async with opened(fresh) as client:
        expected = await describe(client)
    for start in ALL:
        url = await bare_database(kind)
        await migrate(url, target=start)
        async with opened(url) as client:
            before = await populate(client)
        await migrate(url)
        async with opened(url) as client:
            assert await describe(client) == expected
            kept = before.keys() - DERIVED
            after = await counts(expected)
            assert {before[name] for name in kept} == {after[name] for name in kept} == {2}
        await drop_database(url)
    await drop_database(fresh)


async def test_a_rebuilt_table_keeps_its_children(url: str) -> None:
    await migrate(url, target="0001_initial", **SAMPLES)
    async with opened(url, SAMPLES["models"]):
        await Sql("INSERT INTO parent (name) VALUES ('a'), ('b')").run()
        await Sql("INSERT INTO child (parent_id) SELECT id FROM parent").run()
    assert await migrate(url, target="0002_longer_name", **SAMPLES) == ["0002_longer_name"]
    async with opened(url, SAMPLES["models"]) as client:
        assert await Sql("SELECT COUNT(*) FROM child JOIN parent ON parent.id = parent_id").value() == 2
        assert "200" in (await describe(client))["parent"].columns["name"][0]


async def test_a_failing_one_leaves_everything_as_it_was(samples: str, kind: Kind) -> None:
    refusal = BrokenReferences if kind == "sqlite" else BaseORMException
    with pytest.raises(refusal):
        await migrate(samples, **SAMPLES)
    async with opened(samples, SAMPLES["models"]):
        assert await Sql("SELECT COUNT(*) FROM parent").value() == 2
        assert await Sql("SELECT COUNT(*) FROM child").value() == 2
        assert await Sql("SELECT COUNT(*) FROM tortoise_migrations").value() == 2


async def test_broken_references_are_named(samples: str, kind: Kind) -> None:
    if kind == "sqlite":
        with pytest.raises(BrokenReferences, match="child → parent"):
            await migrate(samples, **SAMPLES)
        with sqlite3.connect(urlsplit(samples).path) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        file.close()
    else:
        with pytest.raises(BaseORMException, match="foreign key"):
            await migrate(samples, **SAMPLES)


async def test_two_at_once_apply_them_once(url: str) -> None:
    command = f"import asyncio; from app.migrate import migrate; print(asyncio.run(migrate({url!r})))"
    others = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", command, stdout=asyncio.subprocess.PIPE)
        for _ in range(3)
    ]
    said = sorted([(await other.communicate())[0].decode().strip() for other in others])
    assert said == sorted([str(ALL), "[]", "[]"])
