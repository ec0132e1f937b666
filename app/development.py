"""`kabinet dev`: the queue, the database, the mail server, the web process and the worker, until Ctrl-C.

One process starts them all and answers for them: whatever ends it ends them, and when one of them ends, all do.
"""

import asyncio
import errno
import fcntl
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tortoise.context import TortoiseContext

from app.database import tortoise_config
from app.demo import logins
from app.demo.load import is_empty, load
from app.embedded import embedded_queue, stop_embedded_queue
from app.errors import Refused
from app.household import HOST, Household, Plan
from app.migrate import migrate
from app.settings import ROOT, BadSettings, Settings, load_settings

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, kill, the terminal closed


def run(*, port: int, smtp_port: int) -> int:
    """Runs everything; returns the exit code: 0 after Ctrl-C, 1 when a process ended by itself.

    Raises Refused when a port is taken or the data is in use, BadSettings in production.
    """
    must_be_free(port, "the site", "--port")
    must_be_free(smtp_port, "its mail server", "--smtp-port")
    environment = _environment(port, smtp_port)
    settings = load_settings(environment)
    if settings.environment != "development":
        raise BadSettings("KABINET_ENV is not development: bin/dev has demo people and a password for all of them")
    with _alone(settings.var):
        try:
            if settings.queue_url == "embedded":
                environment["KABINET_QUEUE_URL"] = embedded_queue(settings.var / "queue")
            return asyncio.run(_run(Plan(settings, environment, port, smtp_port)))
        finally:
            stop_embedded_queue(settings.var / "queue")


def must_be_free(port: int, what: str, option: str) -> None:
    """Raises Refused, with another port to choose, unless something new may listen at `port`."""
    taken = _fault(port)
    if not taken:
        return
    other = next(free for free in range(max(port, 1024) + 1, 65536) if not _fault(free))
    why = "another program listens there" if taken == errno.EADDRINUSE else os.strerror(taken)
    raise Refused(f"Port {port} cannot be had for {what}: {why}. Choose another: bin/dev {option} {other}")


def _fault(port: int) -> int:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def _environment(port: int, smtp_port: int) -> dict[str, str]:
    """What the processes are told; what the developer has set stays."""
    given = dict(os.environ)
    var = Path(given.get("KABINET_VAR", ROOT / "var")).resolve()
    development = {
        "KABINET_ENV": "development",
        "KABINET_DEBUG": "1",
        "KABINET_VAR": str(var),
        "KABINET_ORIGIN": f"http://{HOST}:{port}",
        "KABINET_ALLOWED_HOSTS": f"{HOST},localhost",
        "KABINET_SMTP_HOST": HOST,
        "KABINET_SMTP_PORT": str(smtp_port),
        "KABINET_MAILBOX": str(var / "mailbox"),
    }
    return {**development, **given}


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    """One bin/dev for each set of data: the one that ends takes the queue with it."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "dev.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            raise Refused(
                f"Another bin/dev runs on the data in {var}. End it, or give this one data of its own: "
                "KABINET_VAR=some/directory bin/dev --port … --smtp-port …"
            ) from taken
        yield


async def _run(plan: Plan) -> int:
    """Prepares, starts and watches; a cancellation is how Ctrl-C arrives here."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    for ending in ENDINGS:
        loop.add_signal_handler(ending, task.cancel)  # type: ignore[union-attr]  # a coroutine runs in a task
    household = Household(plan)
    try:
        shown = await _prepare(plan.settings)
        await household.start()
        await household.ready()
        print(welcome(plan, shown), flush=True)
        print(await household.one_ended(), file=sys.stderr, flush=True)
        return 1
    except asyncio.CancelledError:
        print("\nEnding …", file=sys.stderr, flush=True)
        return 0
    finally:
        await household.stop()


async def _prepare(settings: Settings) -> bool:
    """Migrates, and loads the demo data into an empty database; whether the demo people are in it."""
    await migrate(settings.database_url)
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(settings.database_url))
        if await is_empty():
            print("Loading the demo data …", flush=True)
            await load()
        return await logins.are_here()


def welcome(plan: Plan, shown: bool) -> str:
    """What stands on the terminal when everything runs."""
    lines = ["", f"Kabinet      {plan.origin}", f"its mailbox  {plan.origin}/mailbox", ""]
    if shown:
        width = max(len(one.login) for one in logins.LOGINS)
        name = max(len(one.name) for one in logins.LOGINS)
        lines += [f"{one.login:<{width}}  {one.name:<{name}}  {one.who}" for one in logins.LOGINS]
        lines += ["", f"The password of all of them: {logins.PASSWORD}", ""]
    return "\n".join([*lines, "Ctrl-C ends everything; the data stays.", ""])
