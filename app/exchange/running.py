"""Files are worked off one after the other, in steps: some hundreds of products are read, compared, and written in one
short transaction.

Whatever is done may be done again: a worker that died leaves a file half read, and the next one begins it anew.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from app import clock
from app.catalogue.indexing import index_new, write_stale_shelves
from app.database import DatabaseUnavailable, Sql, transaction
from app.exchange import goods, items, offers, orders_in, store
from app.exchange.models import Exchange, ExchangeFile, FileState
from app.exchange.reading import Reader
from app.exchange.telling import Refusal
from app.exchange.work import Work
from app.i18n import N_
from app.settings import Settings

log = logging.getLogger("kabinet.exchange")

STEP = 250  # products in a transaction: nobody else writes to SQLite meanwhile, for a quarter of a second at the most
NEW = 5000  # new products that are listed at once: their words go into the index in its order
BEAT = 2.0  # seconds between two notes of how far it is
LEASE = timedelta(seconds=90)  # without a note, after which another worker begins anew
TRIES = 3
_NEXT = """
    UPDATE exchange_file SET state = 'working', beat_at = :now, attempts = attempts + 1
    WHERE id = (SELECT f.id FROM exchange_file f
                WHERE (f.state = 'waiting' OR (f.state = 'working' AND f.beat_at < :lost)) AND f.attempts < :tries
                AND NOT EXISTS (SELECT 1 FROM exchange_file w WHERE w.state = 'working' AND w.beat_at >= :lost
                                AND w.exchange_id = f.exchange_id)
                ORDER BY f.id LIMIT 1 {lock})
    RETURNING id
"""
_CLAIM = Sql(_NEXT.format(lock=""), postgres=_NEXT.format(lock="FOR UPDATE SKIP LOCKED"))
_LOST = Sql(
    "SELECT f.id FROM exchange_file f WHERE f.state = 'working' AND f.attempts >= :tries AND f.beat_at < :lost LIMIT 20"
)


class Stopped(Exception):
    """The worker is ending: the file is given back."""


async def work_off(settings: Settings, stop: asyncio.Event) -> int:
    """Works off all files that wait, until `stop` is set; how many. Raises DatabaseUnavailable: call again."""
    done = 0
    await _give_up_lost()
    while not stop.is_set() and (file := await _claim()):
        try:
            await _work_off(file, settings, stop)
        except (DatabaseUnavailable, asyncio.CancelledError, Stopped):
            await asyncio.shield(_give_back(file))
            raise
        done += 1
    return done


async def _claim() -> ExchangeFile | None:
    now = clock.now()
    async with transaction():
        found = await _CLAIM.value(now=now, lost=now - LEASE, tries=TRIES)
    return await ExchangeFile.get(id=found) if found else None


async def _give_back(file: ExchangeFile) -> None:
    await ExchangeFile.filter(id=file.id, state=FileState.WORKING).update(
        state=FileState.WAITING, attempts=file.attempts - 1
    )


async def _give_up_lost() -> None:
    for row in await _LOST.all(tries=TRIES, lost=clock.now() - LEASE):
        failure = [0, N_("The site broke off while it read this file, %(tries)s times"), {"tries": TRIES}]
        await _end(row["id"], FileState.FAILED, failure=failure)


async def _work_off(file: ExchangeFile, settings: Settings, stop: asyncio.Event) -> None:
    exchange = await Exchange.get(id=file.exchange_id).select_related("connection__person")
    path = store.path_of(settings, exchange.id, file.name)
    try:
        if not path.is_file():
            raise Refusal(N_("The file %(name)s was not sent"), name=file.name)
        if file.name.casefold().endswith(".zip"):
            names = await store.unpack(path)
            await _end(file.id, FileState.DONE)
            await _have_read(file, names)
            return
        work = await Work.begin(exchange.connection, exchange, file, settings)
        await _read(work, Reader(path), stop)
    except Refusal as refusal:
        await _end(file.id, FileState.FAILED, failure=refusal.trouble)
    except (DatabaseUnavailable, Stopped):
        raise
    except Exception:
        log.exception("file %d of an exchange was not read", file.id)
        await _end(file.id, FileState.FAILED, failure=[0, N_("Something broke on our side: we know about it"), {}])
    else:
        await _end(file.id, FileState.DONE, work=work)


async def _have_read(archive: ExchangeFile, names: Sequence[str]) -> None:
    """Has the files of an archive of orders read: many send them and never ask for it."""
    for name in names if archive.orders else ():
        if name.casefold().endswith(".xml"):
            fresh = {"orders": True, "parts": 1, "state": FileState.WAITING}
            await ExchangeFile.get_or_create(exchange_id=archive.exchange_id, name=name, defaults=fresh)


async def _read(work: Work, reader: Reader, stop: asyncio.Event) -> None:
    """Goes through a file. Raises Refusal, Stopped."""
    loop = asyncio.get_running_loop()
    batches, beat, listed = _batches(reader), loop.time(), 0
    while batch := next(batches, None):  # here and in no other thread: the parser keeps its names by thread
        for kind, group in groupby(batch, type):
            await _take(work, kind, list(group))
        if loop.time() - beat > BEAT:
            beat = loop.time()
            await _note(work, reader.percent)
        if stop.is_set():
            raise Stopped
        if work.counts["added"] - listed >= NEW:
            listed = await _list_new(work, reader.percent)
    await work.settle_words()
    await _list_new(work, reader.percent)
    await write_stale_shelves()
    if work.counts["offers"] and work.unknown == work.counts["offers"]:
        raise Refusal(N_("The site has no product of this file: send the catalogue (import.xml) first"))


async def _list_new(work: Work, percent: int) -> int:
    """Has new products listed and found, those too that a worker that died has left; how many the file has so far."""
    await _note(work, percent)
    left = await index_new()
    while left:
        left = await index_new()
    return work.counts["added"]


def _batches(reader: Reader) -> Iterator[list[items.Item]]:
    batch: list[items.Item] = []
    for item in reader:
        batch.append(item)
        if len(batch) == STEP:
            yield batch
            batch = []
    if batch:
        yield batch


async def _take(work: Work, kind: type, batch: Sequence[items.Item]) -> None:
    """Does what things of one kind say. Raises Refusal: the connection is not for it."""
    papers = kind in (items.Document, items.Container)
    allowed = work.connection.orders if papers else work.connection.catalogue
    if not allowed:
        raise Refusal(N_("This connection does not exchange that: it is set up on the site"))
    for one in batch:
        if isinstance(one, items.Document):
            await orders_in.apply(work, one)
        elif isinstance(one, items.Container):
            work.container = set()
        elif isinstance(one, items.Package):
            await work.take_package(one)
        elif isinstance(one, items.Group):
            work.categories.take(one)
        elif isinstance(one, items.Word):
            work.word_of(one)
        elif isinstance(one, items.PriceKind):
            await work.take_price_kind(one)
        elif isinstance(one, items.Place):
            await work.take_place(one)
    if products := [one for one in batch if isinstance(one, items.Good)]:
        await goods.apply(work, products)
    if sold := [one for one in batch if isinstance(one, items.Offer)]:
        await offers.apply(work, sold)


async def _note(work: Work, percent: int) -> None:
    counts = {name: count for name, count in work.counts.items() if count}
    await ExchangeFile.filter(id=work.file.id).update(beat_at=clock.now(), progress=percent, counts=counts)


async def _end(
    file_id: int, state: FileState, *, failure: list[object] | None = None, work: Work | None = None
) -> None:
    async with transaction():
        file = await ExchangeFile.select_for_update().get(id=file_id)
        file.state, file.done_at, file.failure = state, clock.now(), failure or []
        if work:
            file.counts = {name: count for name, count in work.counts.items() if count}
            file.troubles, file.progress = work.troubles, 100
            file.complete, file.complete_offers = work.complete, work.has_complete_offers
        await file.save()
