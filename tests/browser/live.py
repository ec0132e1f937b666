"""A site in real processes: web, worker, queue, a database of its own, and a mail server in the tests' process."""

import asyncio
import json
import os
import shutil
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tortoise.context import TortoiseContext

from app import clock
from app.accounts.models import Person
from app.accounts.passwords import hash_password
from app.catalogue.indexing import reindex
from app.database import tortoise_config
from app.demo.days import Days
from app.demo.load import load
from app.demo.rows import Rows
from app.demo.shelves import stock_shelves
from app.embedded import embedded_queue, stop_embedded_queue
from app.settings import load_settings
from tests.browser.forks import Fork
from tests.browser.letters import Letters
from tests.factories import Cast, make_cast
from tests.ports import free_port
from tests.servers import Kind, drop_database, fresh_database
from tests.smtp import MailServer

PASSWORD = "за-три-моря 1469"
PASSWORD_KEPT = hash_password(PASSWORD)
READY = 120.0  # seconds until the web process must answer: the machine may be busy, and the first one warms up
GRACE = 30.0  # seconds that a process has to end by itself


class LiveSite:
    """The site from the outside: its address, its people (all with PASSWORD), and the letters that it sent.

    It holds the cast of the tests and the demo goods, or with `demo` all of the demo.
    """

    def __init__(self, kind: Kind, *, demo: bool = False) -> None:
        self.kind = kind
        self.demo = demo
        self.mail = MailServer()
        self.letters = Letters(self.mail)
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.processes: dict[str, Fork] = {}
        self.provoked: list[str] = []  # words of troubles that a test brings about itself
        self.directory = Path(tempfile.mkdtemp(prefix="kabinet-live-"))
        self.database = self.queue_url = ""
        self.cast: Cast

    async def __aenter__(self) -> Self:
        try:
            await self._open()
        except BaseException:
            await self._close()
            raise
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        await self._close()

    @asynccontextmanager
    async def rows(self) -> AsyncIterator[None]:
        """Within it the ORM reads and writes the site's database: what a test finds there was made by factories."""
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(self.database))
            yield

    def troubles(self) -> list[str]:
        """What the processes logged as an error, or said outside of their logs; not what a test `provoked`."""
        lines = [line for name in self.processes for line in self._log(name).read_text().splitlines()]
        return [line for line in lines if _is_bad(line) and not any(words in line for words in self.provoked)]

    async def _open(self) -> None:
        self.database = await fresh_database(self.kind)
        async with self.rows():
            await (load() if self.demo else self._fill())
            await Person.all().update(password_hash=PASSWORD_KEPT)
        self.queue_url = embedded_queue(self.directory / "queue")
        await self.mail.start()
        self._start("web", "--port", str(self.port))
        self._start("worker")
        await self._answers()

    async def _close(self) -> None:
        await asyncio.gather(*(asyncio.to_thread(process.end, GRACE) for process in self.processes.values()))
        stop_embedded_queue(self.directory / "queue")
        await self.mail.stop()
        if self.database:
            await drop_database(self.database)
        shutil.rmtree(self.directory)

    async def _fill(self) -> None:
        self.cast = await make_cast()
        goods = Rows()
        stock_shelves(goods, Days(clock.now(), load_settings({}).timezone), 1)
        await goods.write()
        await reindex()

    def _start(self, command: str, *arguments: str) -> None:
        self.processes[command] = Fork([command, *arguments], self._environment(), self._log(command))

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "KABINET_ENV": "test",
            "KABINET_VAR": str(self.directory),
            "KABINET_SECRET": "of the browser tests: long enough, and varied 0123",
            "KABINET_ORIGIN": self.origin,
            "KABINET_DATABASE_URL": self.database,
            "KABINET_QUEUE_URL": self.queue_url,
            "KABINET_SMTP_HOST": "127.0.0.1",
            "KABINET_SMTP_PORT": str(self.mail.port),
        }

    async def _answers(self) -> None:
        """Waits until the web process does."""
        async with asyncio.timeout(READY):
            while not await asyncio.to_thread(self._listens):
                assert self.processes["web"].runs, self._log("web").read_text()
                await asyncio.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as trial:
            return trial.connect_ex(("127.0.0.1", self.port)) == 0

    def _log(self, name: str) -> Path:
        return self.directory / f"{name}.log"


def _is_bad(line: str) -> bool:
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:
        return bool(line.strip())
    return entry["level"] not in ("DEBUG", "INFO")
