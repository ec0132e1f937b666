"""Web processes as they run in production, partners with full carts, and whoever holds the database up."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx2
from starlette.responses import Response

from app import tokens
from app.accounts.models import Person
from app.cart import queries as cart_queries
from app.settings import ROOT, Settings
from app.web import sessions
from tests.factories import make_cart_line, make_product
from tests.ops.processes import environment
from tests.ports import free_port
from tests.users import make_user

PATIENCE = 60.0  # seconds that a process has to start or to answer: other tests run on the same cores
LINES = 3  # in a cart

# The site as ever, until enough orders are committed: before anybody is told of the last one the process is no more.
_SHORT_LIVED = """
import os, signal, sys
from itertools import count
from app.cli import main
from app.queue import Waker
orders = count(1)
Waker.wake = lambda self: next(orders) == {orders} and os.kill(os.getpid(), signal.SIGKILL)
sys.exit(main(sys.argv[1:]))
"""


class WebProcess:
    """`kabinet web` on a port of its own; what it logs is kept in `log`."""

    def __init__(self, settings: Settings, directory: Path) -> None:
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.log = directory / f"web-{self.port}.log"
        self.environment = environment(
            ENV="test",
            SECRET=settings.secrets[0],
            ORIGIN=self.origin,
            DATABASE_URL=settings.database_url,
            QUEUE_URL=settings.queue_url,
        )
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self, *, dies_after: int = 0) -> None:
        """Starts it, and waits until it answers. After so many orders it dies as of kill -9, the last unanswered."""
        program = ["-c", _SHORT_LIVED.format(orders=dies_after)] if dies_after else ["-m", "app.cli"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *program, "web", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + PATIENCE
        while not await self._answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            await asyncio.sleep(0.02)

    def kill(self) -> None:
        """kill -9."""
        if self.process:
            self.process.kill()
            self.process.wait(PATIENCE)

    def ask_to_end(self) -> None:
        """SIGTERM."""
        assert self.process
        self.process.terminate()

    async def ended(self) -> int:
        """Waits for its end; the exit code."""
        assert self.process
        return await asyncio.to_thread(self.process.wait, PATIENCE)

    async def _answers(self) -> bool:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.close()
            return True
        return False


class Visitor:
    """Somebody's browser: one session at all web processes. Redirects are not followed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.http = httpx2.AsyncClient(headers={"sec-fetch-site": "same-origin"}, timeout=PATIENCE)

    async def enter(self, person: Person) -> None:
        """Signs in, without the form."""
        response, cookies = Response(), sessions.Cookies(self.settings)
        await sessions.begin(response, person.id, stay=False, ip="127.0.0.1", agent="tests", cookies=cookies)
        value = response.headers["set-cookie"].split(";")[0].partition("=")[2]
        self.http.headers["cookie"] = f"{cookies.session}={value}"

    async def get(self, web: WebProcess, path: str, **headers: str) -> httpx2.Response:
        """A page."""
        return await self.http.get(web.origin + path, headers=headers)

    async def post(
        self, web: WebProcess, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> httpx2.Response:
        """A form."""
        return await self.http.post(web.origin + path, data=form or {}, headers=headers)


async def fill_cart(person: Person) -> None:
    """Puts LINES lines into a cart."""
    for quantity in range(1, LINES + 1):
        await make_cart_line(person=person, product=await make_product(), quantity=quantity)


async def checkout_form(person: Person, settings: Settings) -> dict[str, str]:
    """What the checkout page of a full cart sends."""
    cart = await cart_queries.checked(await make_user(person), settings)
    return {
        "key": tokens.new_secret(),
        "seen": cart.fingerprint,
        "name": person.name,
        "phone": "+7 343 000-45-67",
        "email": person.email,
        "payer": "ООО «Монтаж-Сервис»",
        "delivery": "pickup",
    }


@asynccontextmanager
async def nobody_else_orders(database_url: str) -> AsyncIterator[None]:
    """Within it another process holds what the writing of an order needs."""
    if database_url.startswith("sqlite"):
        other = sqlite3.connect(urlsplit(database_url).path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()
    else:
        connection: Any = await asyncpg.connect(database_url)
        try:
            async with connection.transaction():
                await connection.execute("LOCK TABLE orders IN EXCLUSIVE MODE")
                yield
        finally:
            await connection.close()
