"""A connection of 1C, and 1C itself at the door."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from app.exchange import protocol
from app.exchange.models import Connection
from tests.exchange.one_c import OneC, make_connection
from tests.factories import Cast


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a worker that the test is itself."""
    monkeypatch.setattr(protocol, "PATIENCE", 0.0)


@pytest.fixture
async def connection(cast: Cast) -> Connection:
    """A connection for everything, in Anna's name."""
    return await make_connection(cast.anna)


@pytest.fixture
async def one_c(site: Starlette, connection: Connection) -> AsyncIterator[OneC]:
    """1C, which has not said who it is yet."""
    async with OneC(site) as client:
        yield client
