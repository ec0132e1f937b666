"""The processes of `kabinet dev` beside its own: started together, ended together."""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from app import devmail
from app.errors import Refused
from app.settings import ROOT, Settings

HOST = "127.0.0.1"
GRACE = 10.0  # seconds that a process has to end by itself
READY = 30.0  # seconds until the site must answer
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be started: the settings, and the environment that makes them in a child process."""

    settings: Settings
    environment: Mapping[str, str]
    port: int
    smtp_port: int

    @property
    def origin(self) -> str:
        """The site's address."""
        return f"http://{HOST}:{self.port}"


class Household:
    """The mail server and the two child processes."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.children: dict[str, asyncio.subprocess.Process] = {}
        self.mail: asyncio.Server | None = None

    async def start(self) -> None:
        """Starts them."""
        mailbox = self.plan.settings.mailbox
        if mailbox:
            self.mail = await devmail.listen(mailbox, self.plan.smtp_port)
        await self._child("web", "--port", str(self.plan.port))
        await self._child("worker")

    async def _child(self, command: str, *arguments: str) -> None:
        # In a session of its own: a Ctrl-C in the terminal reaches this process, which ends the others in order.
        self.children[command] = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "app.cli", command, *arguments),
            cwd=ROOT,
            env=dict(self.plan.environment),
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    async def ready(self) -> None:
        """Waits until the site answers; raises Refused when a process ended first or 30 s have passed."""
        try:
            async with asyncio.timeout(READY):
                while not await _answers(self.plan.port):
                    for name, child in self.children.items():
                        if child.returncode is not None:
                            raise Refused(_ended(name, child.returncode))
                    await asyncio.sleep(0.05)
        except TimeoutError as late:
            raise Refused(f"The site did not answer within {READY:.0f} s; what it said stands above.") from late

    async def one_ended(self) -> str:
        """Waits until one of the processes ends; which, and how."""
        waits = {asyncio.create_task(child.wait()): name for name, child in self.children.items()}
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            first = next(iter(done))
            return _ended(waits[first], first.result())
        finally:
            for wait in waits:
                wait.cancel()

    async def stop(self) -> None:
        """Ends whatever still runs, with all that it started."""
        for child in self.children.values():
            _signal(child, signal.SIGTERM)
        waits = [asyncio.create_task(child.wait()) for child in self.children.values()]
        try:
            if waits:
                await asyncio.wait(waits, timeout=GRACE)
        finally:  # also when Ctrl-C was pressed once more
            for child in self.children.values():
                _signal(child, signal.SIGKILL)
            if self.mail:
                self.mail.close()


async def _answers(port: int) -> bool:
    """Whether the site is ready."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(f"GET /readyz HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
        status = await reader.readline()
        writer.close()
    except OSError:
        return False
    return b" 200 " in status


def _ended(name: str, code: int) -> str:
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return f"The {name} process has ended ({how}); ending the rest. What it said stands above."


def _signal(child: asyncio.subprocess.Process, number: int) -> None:
    """To the child and whatever it started: its process group bears its number."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _end_with_parent() -> None:
    """Runs in the child before its program: Linux ends it when this process is killed without a chance to do so."""
    if _LIBC:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
