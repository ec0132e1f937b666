"""The demo in a database, loaded once for each kind of database and file of tests: these tests only read."""

import pytest
from tortoise import Tortoise
from tortoise.context import TortoiseContext

from app.database import tortoise_config
from app.demo.load import load
from tests.servers import drop_database, fresh_database


async def filled(kind, scale=1):
    url = await fresh_database(kind)
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(url))
        await load(scale)
    return url


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
async def loaded(request):
    """The address of a database that holds the demo."""
    url = await filled(request.param)
    yield url
    await drop_database(url)


@pytest.fixture
async def demo(loaded):
    """The ORM, connected to it."""
    await Tortoise.init(config=tortoise_config(loaded), _enable_global_fallback=True)
    yield loaded
    await Tortoise.close_connections()
