"""What a database holds, to compare before and after, and how to leave it as it was."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from tortoise import Tortoise

from app.database import transaction


async def contents() -> dict[str, list[Any]]:
    """All rows of all tables, but when sessions were last seen: that is noted for whatever is asked."""
    found = {}
    for model in (Tortoise.apps or {})["models"].values():
        fields = [name for name in model._meta.fields_db_projection if name != "seen_at"]
        found[model._meta.db_table] = sorted(await model.all().values_list(*fields), key=repr)
    return found


class _Undo(Exception):
    """Rolls back."""


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    """Whatever is written within is rolled back at the end."""
    with suppress(_Undo):
        async with transaction():
            yield
            raise _Undo
