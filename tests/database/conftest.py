"""A database with the small model, on each of the two engines."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext

from app.database import tortoise_config
from tests.servers import Kind, bare_database, drop_database

MODELS = ("tests.database.things",)


@pytest.fixture(params=["sqlite", "postgres"])
def kind(request: pytest.FixtureRequest) -> Kind:
    value: Kind = request.param
    return value


@pytest.fixture
async def url(kind: Kind) -> AsyncIterator[str]:
    """A database without tables; at most four connections on PostgreSQL."""
    made = await bare_database(kind)
    yield made if kind == "sqlite" else f"{made}&maxsize=4" if "?" in made else f"{made}?maxsize=4"
    await drop_database(made)


@pytest.fixture
async def client(url: str) -> AsyncIterator[Any]:
    """The client of a database that has the table of Thing."""
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url, MODELS))
        await context.generate_schemas()
        yield get_connection("default")
