"""Real worker processes for tests, and waiting for what they do."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from app.settings import ROOT, Settings

_PROGRAM = """
from datetime import timedelta
from app.settings import load_settings
from jobs import mail, worker
{before}
mail.LEASE, mail.HOLD, worker.SWEEP = timedelta(seconds={lease}), {lease} / 3, {sweep}
worker.main(load_settings())
"""


class WorkerProcess:
    """`kabinet worker` as it runs in production, with shorter pauses. What it logs is kept in `log`.

    `before` is Python that it does first: to hang at a certain place, and be killed there.
    """

    def __init__(
        self, settings: Settings, log: Path, *, lease: float = 30.0, sweep: float = 5.0, before: str = ""
    ) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "KABINET_ENV": "test",
            "KABINET_SECRET": settings.secrets[0],
            "KABINET_ORIGIN": settings.origin,
            "KABINET_DATABASE_URL": settings.database_url,
            "KABINET_QUEUE_URL": settings.queue_url,
            "KABINET_SMTP_PORT": str(settings.smtp_port),
            "KABINET_MAIL_FROM": settings.mail_from,
        }
        self.log = log
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM.format(lease=lease, sweep=sweep, before=before)],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
            )

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait(10)

    async def end(self) -> int:
        """SIGTERM; the exit code."""
        self.process.terminate()
        try:
            return await asyncio.to_thread(self.process.wait, 20)
        finally:
            self.kill()


async def until(condition: Callable[[], Awaitable[Any]], within: float) -> float:
    """Waits until `condition` holds; how many seconds it took. Fails after `within`."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while not await condition():
        assert loop.time() - began < within, f"did not come about within {within} s"
        await asyncio.sleep(0.05)
    return loop.time() - began
