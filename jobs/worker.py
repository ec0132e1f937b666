"""The worker process: the relay and the post, woken by the queue when it is there and by the clock in any case.

The database says what is to be done. The queue (arq) only makes it sooner: it may be away at the start, restart, freeze
or lose all it has, for as long as it takes.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from arq.worker import Worker, func
from redis.exceptions import RedisError
from tortoise.context import TortoiseContext

from app import clock
from app.attachments import store
from app.database import DatabaseUnavailable, tortoise_config
from app.documents import store as documents
from app.exchange import store as exchanged
from app.exports import store as price_lists
from app.imports import actions as imports
from app.pictures import store as pictures
from app.prices import retail
from app.queue import deserialize, redis_settings, serialize
from app.settings import Settings
from jobs import signs
from jobs.exchange import Exchanges
from jobs.imports import Imports
from jobs.mail import Post
from jobs.presentations import Timed
from jobs.price_lists import PriceLists
from jobs.promos import Promos
from jobs.rates import Rates
from jobs.relay import Relay

log = logging.getLogger("kabinet.worker")

SWEEP = 5.0  # seconds between two looks when nobody rings
GRACE = 5.0  # seconds that work in hand has to end after SIGTERM; what does not is done again by the next worker
QUEUE_AWAY = (0.5, 1.0, 2.0, 5.0)  # seconds between attempts to listen to the queue again
TIDYING = 3600.0  # seconds between two looks for files that a crash left
DAILY = 86400.0  # the same for pictures, which are looked for in every line that was ever sent
WOKEN = 4  # rounds that the queue wakes besides the relay's
PRICES = 60.0  # seconds after midnight until prices of the new day hold, if nobody reads them before
CALL = 5  # seconds that a job may take: it only rings a bell


def main(settings: Settings) -> None:
    """Works until SIGTERM or Ctrl-C."""
    asyncio.run(run(settings))


async def run(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT; neither the database nor the queue nor the mail server need be there."""
    clock.set_calendar(settings.timezone)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    logging.getLogger("arq").setLevel(logging.WARNING)  # it writes two lines about each wake-up
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(settings.database_url, growing=True))
        events, rounds = _rounds(settings, stop)

        def ring() -> None:
            for work in (events, *rounds[:WOKEN]):
                work.ring()

        tasks = [asyncio.create_task(work.go_on()) for work in (events, *rounds)]
        tasks.append(asyncio.create_task(listen(settings, ring, stop)))
        log.info("the worker is at work")
        await stop.wait()
        log.info("the worker is ending")
        for work in (events, *rounds):
            work.ring()
        await _end(tasks)


def _rounds(settings: Settings, stop: asyncio.Event) -> "tuple[Round, list[Round]]":
    """The relay's round, and the others: first the WOKEN ones, promos, price lists, exchanges and imports."""
    mail = Round("mail", Post(settings, stop).send_due, stop)
    events = Round("relay", Relay(settings, stop).run, stop, then=mail.ring)
    exchanges = Exchanges(settings, stop)
    return events, [
        Round("promos", _at_todays_prices(Promos(settings, stop).make_all), stop, then=events.ring),
        Round("price lists", _at_todays_prices(PriceLists(settings, stop).make_all), stop),
        Round("exchanges", exchanges.work_all, stop, then=events.ring),
        Round("imports", _at_todays_prices(Imports(settings, stop).do_all), stop, then=events.ring),
        mail,
        Round("presentations", _at_todays_prices(Timed(settings, stop).do_due), stop, then=events.ring),
        Round("pictures of exchanges", exchanges.make_pictures, stop),
        Round("life", partial(signs.give, signs.name(), clock.now()), stop, every=signs.EVERY),
        Round("prices", retail.turn_day, stop, every=PRICES),
        Round("rates", Rates(settings).read_due, stop, every=PRICES, then=events.ring),
        *_sweeps(settings, stop),
    ]


def _sweeps(settings: Settings, stop: asyncio.Event) -> "list[Round]":
    """What looks for files that nobody needs any more."""
    return [
        Round("files", partial(store.sweep, settings.files), stop, every=TIDYING),
        Round("pictures", partial(pictures.sweep, pictures.folder(settings)), stop, every=DAILY),
        Round("documents", partial(documents.sweep, documents.folder(settings)), stop, every=DAILY),
        Round("made lists", partial(price_lists.sweep, settings), stop, every=TIDYING),
        Round("old imports", partial(imports.sweep, settings), stop, every=TIDYING),
        Round("files of exchanges", partial(exchanged.sweep, settings), stop, every=TIDYING),
    ]


def _at_todays_prices(work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[object]]:
    """Work that offers at prices: on a new day they are turned first."""

    async def at_prices() -> object:
        await retail.up_to_date()
        return await work()

    return at_prices


class Round:
    """Work that is done whenever its bell rings, and `every` so many seconds anyway; `then` follows each time."""

    def __init__(
        self,
        name: str,
        work: Callable[[], Awaitable[object]],
        stop: asyncio.Event,
        *,
        then: Callable[[], None] = lambda: None,
        every: float = SWEEP,
    ) -> None:
        self.name = name
        self.work = work
        self.stop = stop
        self.then = then
        self.every = every
        self.bell = asyncio.Event()

    def ring(self) -> None:
        """Asks for the work; returns at once."""
        self.bell.set()

    async def go_on(self) -> None:
        """Works until `stop` is set. What fails is logged and tried again at the next round."""
        while not self.stop.is_set():
            self.bell.clear()
            try:
                if await self.work():
                    self.then()
            except DatabaseUnavailable as away:
                log.warning("%s: the database is away: %s", self.name, away)
            except Exception:
                log.exception("%s: a round failed", self.name)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self.every):
                    await self.bell.wait()


async def listen(settings: Settings, ring: Callable[[], None], stop: asyncio.Event) -> None:
    """Rings whenever the queue has a job for us; starts over, with growing pauses, whenever the queue is lost."""
    loop = asyncio.get_running_loop()
    failures = 0
    while not stop.is_set():
        began = loop.time()
        worker = Worker(**worker_settings(settings, ring))
        try:
            await worker.async_run()
        except (RedisError, OSError, TimeoutError) as lost:
            log.warning("the queue is away, the sweep goes on without it: %s", type(lost).__name__)
        except Exception:
            log.exception("listening to the queue failed, the sweep goes on without it")
        finally:
            await _close(worker)
        failures = failures + 1 if loop.time() - began < 60 else 0
        await asyncio.sleep(QUEUE_AWAY[min(failures, len(QUEUE_AWAY) - 1)])


def worker_settings(settings: Settings, ring: Callable[[], None]) -> dict[str, Any]:
    """The arguments of arq's Worker. One job is known, `relay`, and it only rings."""

    async def relay(context: dict[str, Any]) -> None:
        ring()

    return {
        # A ring that the end of a worker cut short comes again to the next one.
        "functions": [func(relay, name="relay", timeout=CALL, keep_result=0, max_tries=10)],  # type: ignore[arg-type]
        "redis_settings": redis_settings(settings),
        "job_serializer": serialize,
        "job_deserializer": deserialize,
        "job_timeout": CALL,
        "keep_result": 0,
        "poll_delay": 0.25,
        "handle_signals": False,  # this process has its own way to end
        "log_results": False,
    }


async def _close(worker: Worker) -> None:
    """Ends arq's worker, whose queue may be gone."""
    with contextlib.suppress(RedisError, OSError, TimeoutError, asyncio.CancelledError):
        async with asyncio.timeout(2):
            await worker.close()


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    """Lets the rounds end what they have in hand; the ear at the queue has nothing in hand."""
    *rounds, ear = tasks
    ear.cancel()
    await asyncio.wait(rounds, timeout=GRACE)
    for task in rounds:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
