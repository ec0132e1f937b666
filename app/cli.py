"""The command line: kabinet dev | web | worker | migrate | release | reindex | administrator | password |
second-factor | demo | 1c-replay.

It stands above everything else: what a command needs is imported when the command is given.
"""

import argparse
import asyncio
import getpass
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import NoReturn

from app.cli_people import administrator, connected, password, second_factor
from app.errors import Refused
from app.settings import BadSettings, Settings, load_settings

GRACE = 20  # seconds that requests under way have when the site stops; supervisors wait 30 by custom
BAD_SETTINGS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Carries out a command. :return: the exit code: 0, 1 when it failed, 2 when the settings are wrong."""
    options = _parser().parse_args(arguments)
    from app.embedded import QueueNotStarted

    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except BadSettings as bad:
        print(bad, file=sys.stderr)
        return BAD_SETTINGS
    except (Refused, QueueNotStarted) as refusal:
        print(refusal, file=sys.stderr)
        return 1


def dev(options: argparse.Namespace) -> int:
    """Everything on this machine, until Ctrl-C."""
    from app.development import run

    return run(port=options.port, smtp_port=options.smtp_port)


def web(options: argparse.Namespace) -> int:
    """The web process. SIGTERM and Ctrl-C let requests under way end."""
    # long: one line for each thing that the server is told
    import uvicorn

    from app.main import create_app
    from app.web.operation import log_as_json

    settings = load_settings()
    log_as_json(settings)
    with _queue_at_hand(settings) as ready:
        config = uvicorn.Config(
            create_app(ready),
            host=options.host,
            port=options.port,
            loop="uvloop",
            http="httptools",
            ws="none",
            lifespan="on",
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            access_log=False,  # app.web.errors.RequestLog writes the line
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
        uvicorn.Server(config).run()
    return 0


def worker(options: argparse.Namespace) -> int:
    """The worker: history, letters and the sweep."""
    from app.web.operation import log_as_json
    from jobs.worker import main as work

    settings = load_settings()
    log_as_json(settings)
    with _queue_at_hand(settings) as ready:
        work(ready)
    return 0


def migrate(options: argparse.Namespace) -> int:
    """The database to the schema of this release."""
    from app.migrate import migrate as apply

    done = asyncio.run(apply(load_settings().database_url))
    print("applied: " + ", ".join(done) if done else "the database is up to date")
    return 0


def demo(options: argparse.Namespace) -> int:
    """Demo data into an empty database, never into a live one."""
    from app.migrate import migrate as apply

    settings = load_settings()
    if settings.production:
        raise Refused("Demo data has a password that everybody knows: not in production.")
    asyncio.run(apply(settings.database_url))
    asyncio.run(connected(settings, lambda: _load_demo(options.scale)))
    print(
        f"the demo data is loaded, {options.scale} times as many partners"
        if options.scale > 1
        else "the demo data is loaded"
    )
    return 0


def release(options: argparse.Namespace) -> int:
    """Once for each release, before its processes start: the schema, and the static files."""
    from app.demo.logins import are_here
    from app.web import static

    settings = load_settings()
    migrate(options)
    static.build()
    if settings.production and asyncio.run(connected(settings, are_here)):
        raise Refused("This database holds demo people, whose password everybody knows: not in production.")
    return 0


def reindex(options: argparse.Namespace) -> int:
    """What searches and lists of products read, anew: after products were written past the site."""
    from app.catalogue.indexing import reindex as write

    counts: list[int] = []

    async def all_products() -> None:
        counts.append(await write())

    asyncio.run(connected(load_settings(), all_products))
    print(f"{counts[0]} products are indexed")
    return 0


def replay(options: argparse.Namespace) -> int:
    """Plays 1C against an address: sends the files of a folder and says what was answered."""
    from app.exchange.replay import Play, play, said

    secret = options.password or getpass.getpass("Password: ")
    sent = Play(options.folder, options.to, options.login, secret, options.zip, options.part, options.orders)
    play(sent, said)
    return 0


async def _load_demo(scale: int) -> None:
    from app.demo.load import NotEmpty, load

    try:
        await load(scale)
    except NotEmpty as refusal:
        raise Refused(str(refusal)) from refusal


@contextmanager
def _queue_at_hand(settings: Settings) -> Iterator[Settings]:
    """The settings with the queue's real address: the embedded one is started, or joined, and stopped by its starter.

    A SIGTERM or Ctrl-C that nobody else handles ends the block in order.
    """
    from app.embedded import embedded_queue, stop_embedded_queue

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    if settings.queue_url != "embedded":
        yield settings
        return
    directory = settings.var / "queue"
    try:
        yield replace(settings, queue_url=embedded_queue(directory))
    finally:
        stop_embedded_queue(directory)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kabinet", description="Kabinet: a portal for business partners.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(run: Callable[[argparse.Namespace], int], name: str = "") -> argparse.ArgumentParser:
        added = commands.add_parser(name or run.__name__.replace("_", "-"), help=run.__doc__, description=run.__doc__)
        added.set_defaults(run=run)
        return added

    development = command(dev)
    development.add_argument("--port", type=int, default=8000, help="where the site listens (%(default)s)")
    development.add_argument("--smtp-port", type=int, default=8025, help="where its mail server does (%(default)s)")
    site = command(web)
    site.add_argument("--host", default="127.0.0.1", help="which address to listen at (%(default)s)")
    site.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="which port (%(default)s)")
    for simple in (worker, migrate, release, reindex):
        command(simple)
    command(password).add_argument("login", help="the login or the e-mail address")
    command(second_factor).add_argument("login", help="the login or the e-mail address")
    first = command(administrator)
    for name, what in (("login", "to sign in with"), ("name", "as others read it"), ("email", "where letters go")):
        first.add_argument(name, help=what)
    command(demo).add_argument("--scale", type=_scale, default=1, help="times as many partners (%(default)s)")
    _replay_options(command(replay, "1c-replay"))
    return parser


def _replay_options(one_c: argparse.ArgumentParser) -> None:
    one_c.add_argument("folder", type=Path, help="where the files lie: import0_1.xml, offers0_1.xml, orders.xml…")
    one_c.add_argument("--to", required=True, help="the address: https://partner.example.ru/1c_exchange")
    one_c.add_argument("--login", required=True, help="of the connection")
    one_c.add_argument("--password", default="", help="asked for when it is not given")
    one_c.add_argument("--zip", action="store_true", help="send an archive")
    one_c.add_argument("--part", type=int, default=0, help="bytes at once (as the site says)")
    one_c.add_argument("--orders", type=Path, metavar="FILE", help="fetch orders into this file, and take them")


def _scale(typed: str) -> int:
    scale = int(typed)
    if not 1 <= scale <= 1000:
        raise argparse.ArgumentTypeError("from 1 to 1000")
    return scale


if __name__ == "__main__":
    sys.exit(main())
