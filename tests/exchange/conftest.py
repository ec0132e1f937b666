"""A connection of 1C, and 1C itself at the door."""

from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from app.catalogue.models import Product
from app.exchange import protocol
from app.exchange.models import Connection
from app.orders.models import Order, OrderLine, Status
from tests.exchange.one_c import OneC, make_connection
from tests.exchange.shop import Shop, wares
from tests.factories import Cast, make_order


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


@pytest.fixture
async def order(one_c: OneC, cast: Cast) -> Order:
    """An order of Alice's, of two products that came from 1C, taken by Maria."""
    await one_c.exchange(Shop(wares(3)))
    products = list(await Product.all().order_by("article").limit(2))
    placed = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK, products=products)
    await OrderLine.filter(order_id=placed.id).update(price=1000_00, retail=1499_90)
    await Order.filter(id=placed.id).update(total=4000_00, comment="Позвоните & привезите ☎")
    return await Order.get(id=placed.id)
