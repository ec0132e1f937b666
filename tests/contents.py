"""What a database holds, to compare before and after."""

from typing import Any

from tortoise import Tortoise


async def contents() -> dict[str, list[Any]]:
    """All rows of all tables."""
    models = (Tortoise.apps or {})["models"].values()
    return {model._meta.db_table: sorted(await model.all().values_list(), key=repr) for model in models}
