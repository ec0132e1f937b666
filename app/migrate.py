"""Brings a database to the schema of this release: all of its new migrations, or none."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.schema_editor import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State
from tortoise.transactions import in_transaction

from app.catalogue.indexing import reindex
from app.database import MODELS, tortoise_config
from app.migration_states import LazyState

log = logging.getLogger(__name__)
FILLS_INDEX = "0013_catalogue"  # the migration after which what searches and lists read is made of the products anew
ADVISORY_LOCK = 5_270_133  # any number that is ours: one release step at a time


class BrokenReferences(Exception):
    """The migrations would leave rows that refer to nothing; they were rolled back."""


class _OneTransaction(MigrationExecutor):
    """Runs in the transaction that its connection is in, and opens none for each migration."""

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        # Its own «atomic» way also cuts statements at every semicolon, those in comments and texts among them.
        return super()._schema_editor(atomic=False, collect_sql=collect_sql)

    async def _project_state(self, applied: set[MigrationKey], *, upto: MigrationKey | None = None) -> State:
        state = LazyState({})
        for key in self._full_plan():
            if key in applied and (migration := self.loader.graph.nodes[key]):
                await migration.apply(state, dry_run=True)
        return state


async def migrate(
    url: str,
    *,
    target: str = "__latest__",
    models: Sequence[str] = MODELS,
    migrations: str = "migrations",
) -> list[str]:
    """Applies the migrations that the database lacks, up to `target`. A SQLite file is created if need be.

    They run in one transaction, together with the record of what was applied; a second process that migrates at the
    same time waits and finds nothing to do. SQLite rebuilds a table to change it, and with foreign keys on that deletes
    the rows of its children: they are off here, and checked before the commit.

    :return: the names of the migrations applied.
    :raises BrokenReferences: see there. DatabaseUnavailable: no database.
    """
    config = _config(url, models, migrations)
    done: list[str] = []
    async with TortoiseContext() as context:
        await context.init(config=config)
        async with in_transaction("default") as client:
            if client.capabilities.dialect == "postgres":
                await client.execute_query(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            executor = _OneTransaction(client, config["apps"])
            # It reads its table before making it, and a failed statement would spoil the transaction.
            await executor.recorder.ensure_schema(executor._schema_editor())
            await executor.migrate(
                [MigrationTarget("models", target)],
                direction="forward",
                progress=lambda step, _, name: done.append(name) if step == "apply_done" else None,
            )
            await _finish(client, done)
    log.info("applied migrations: %s", ", ".join(done) or "none")
    return done


async def _finish(client: BaseDBAsyncClient, done: Sequence[str]) -> None:
    """What searches read is made here: a migration itself would need columns that only later ones make."""
    if FILLS_INDEX in done:
        await reindex()
    await _check_references(client)


def _config(url: str, models: Sequence[str], migrations: str) -> dict[str, Any]:
    config = tortoise_config(url, models, migrations)
    credentials = config["connections"]["default"]["credentials"]
    if "file_path" in credentials:
        Path(credentials["file_path"]).parent.mkdir(parents=True, exist_ok=True)
        credentials.update(foreign_keys="OFF", busy_timeout=60_000)
    else:
        credentials.update(command_timeout=None, minsize=1, maxsize=1)
    return config


async def _check_references(client: BaseDBAsyncClient) -> None:
    if client.capabilities.dialect == "sqlite":
        _, broken = await client.execute_query("PRAGMA foreign_key_check")
        if broken:
            raise BrokenReferences(", ".join(sorted({f"{row['table']} → {row['parent']}" for row in broken})))
