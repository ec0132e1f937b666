"""PostgreSQL stopped under a running site, and started again."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tortoise import Tortoise

from app.database import tortoise_config
from app.migrate import migrate
from app.orders.models import Order
from app.settings import Settings
from tests.factories import Cast
from tests.faults.conftest import Enter, NewWeb
from tests.faults.test_database import is_away
from tests.faults.web import checkout_form, fill_cart
from tests.processes import until
from tests.servers import start_postgres


class Server:
    """A PostgreSQL server that can be stopped."""

    def __init__(self) -> None:
        self.server: Any = start_postgres()
        self.url: str = self.server.get_uri()

    async def stop(self) -> None:
        """As its administrator does: whoever is connected is told so and cut off."""
        pid = self.server.get_pid()
        os.kill(pid, signal.SIGINT)

        async def gone() -> bool:
            try:
                os.kill(pid, 0)
            except ProcessLookupError:
                return True
            return False

        await until(gone, 30)

    async def start(self) -> None:
        """At the same address."""
        await asyncio.to_thread(self.server.ensure_postgres_running)
        assert self.server.get_uri() == self.url


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def database(server: Server) -> AsyncIterator[str]:
    """In place of the one that all tests share."""
    await migrate(server.url)
    await Tortoise.init(config=tortoise_config(server.url), _enable_global_fallback=True)
    yield server.url
    await Tortoise.close_connections()


async def test_stopped_and_started_again(
    server: Server, cast: Cast, enter: Enter, new_web: NewWeb, settings: Settings
) -> None:
    web, alice, guest = new_web(), await enter(cast.alice), await enter(None)
    await web.start()
    await fill_cart(cast.alice)
    form = await checkout_form(cast.alice, settings)
    assert (await alice.get(web, "/cart")).status_code == 200

    await server.stop()
    for _ in range(2):
        assert is_away(await alice.get(web, "/cart"))
        assert is_away(await alice.get(web, "/cart", **{"hx-request": "true"}))
        assert is_away(await alice.post(web, "/orders", form))
        assert is_away(await alice.get(web, "/no/such/page"))
        assert [(await guest.get(web, path)).status_code for path in ("/readyz", "/healthz")] == [503, 200]

    await server.start()
    assert (await guest.get(web, "/readyz")).status_code == 200
    assert (await alice.get(web, "/cart")).status_code == 200
    answers = [await alice.post(web, "/orders", form) for _ in range(2)]
    order = await Order.get()
    assert {answer.headers["location"] for answer in answers} == {f"/orders/{order.number}/confirmation"}
