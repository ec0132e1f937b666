"""What a database holds, to compare before and after, and how to leave it as it was."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection

from app.database import Sql, transaction

UNSEEN = "seen_at"  # when sessions were last seen: that is noted for whatever is asked


async def contents() -> dict[str, Any]:
    """All rows of each table but their UNSEEN, as one text: it is read for each door, and so by one statement."""
    return await _everything(get_connection("default").capabilities.dialect).one()


@cache
def _everything(dialect: str) -> Sql:
    rows = _sqlite_rows if dialect == "sqlite" else _postgres_rows
    metas = [model._meta for model in (Tortoise.apps or {})["models"].values()]
    tables = (
        rows(meta.db_table, [name for name in meta.fields_db_projection_reverse if name != UNSEEN]) for meta in metas
    )
    return Sql("SELECT " + ", ".join(tables))


def _sqlite_rows(table: str, columns: list[str]) -> str:
    row = " || ',' || ".join(f'quote("{column}")' for column in columns)
    rows = f'SELECT {row} AS one FROM "{table}" ORDER BY 1'
    return f'(SELECT group_concat(one, char(10)) FROM ({rows})) AS "{table}"'


def _postgres_rows(table: str, columns: list[str]) -> str:
    row = ", ".join(f'"{column}"' for column in columns)
    rows = f'SELECT CAST(ROW({row}) AS text) AS one FROM "{table}" ORDER BY 1'
    return f'(SELECT string_agg(one, chr(10)) FROM ({rows}) AS all_rows) AS "{table}"'


class _Undo(Exception):
    """Rolls back."""


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    """Whatever is written within is rolled back at the end."""
    with suppress(_Undo):
        async with transaction():
            yield
            raise _Undo
