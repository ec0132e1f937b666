"""What 1C asks for, command by command: `type=catalog|sale` and `mode=…`. Answers are lines of plain text.

The first line of an answer is success, progress (ask again) or failure; then come words for the log of 1C.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from tortoise.expressions import F

from app import clock, outbox
from app.exchange import orders_out, store
from app.exchange.finishing import totals
from app.exchange.models import Exchange, ExchangeFile, FileState, State
from app.exchange.telling import Refusal, summed, told
from app.i18n import N_, gettext
from app.settings import Settings

T = TypeVar("T")
PATIENCE = 5.0  # seconds that an answer waits for the worker, so that 1C asks less often
LOOK = 0.2  # seconds between two looks meanwhile
READ = (".xml", ".zip")  # what is read; other files are pictures
ENDINGS = tuple("</КоммерческаяИнформация>".encode(one) for one in ("utf-8", "windows-1251", "utf-16-le", "utf-16-be"))
BUSY = (FileState.WAITING, FileState.WORKING)


def init(version: str) -> str:
    """What the site takes: archives, and parts of so many bytes."""
    return f"zip=yes\nfile_limit={store.PART}\n" + ("version=3.1\n" if version.startswith("3") else "")


async def take_file(
    exchange: Exchange, name: str, pieces: AsyncIterator[bytes], settings: Settings, *, orders: bool
) -> str:
    """A file, or a part of one. Raises Refusal."""
    await _reopen(exchange)
    name, path = store.safe(name), store.path_of(settings, exchange.id, name)
    if exchange.size > store.MOST:
        raise Refusal(N_("The files of this exchange are larger than %(most)s MB"), most=store.MOST >> 20)
    if not name.casefold().endswith(READ):
        size = await store.append(path, pieces, after=0)
        await Exchange.filter(id=exchange.id).update(size=F("size") + size)
        return "success"
    file = await _file(exchange, name, orders=orders)
    before, parts = (file.size, file.parts) if file.state is FileState.ARRIVING else (0, 0)
    size = await store.append(path, pieces, after=before)
    await Exchange.filter(id=exchange.id).update(size=F("size") + (size - before))
    ready = orders and await asyncio.to_thread(_is_whole, path)  # many send orders and never ask to read them
    fresh = {"counts": {}, "troubles": [], "failure": [], "progress": 0, "attempts": 0, "done_at": None}
    state = FileState.WAITING if ready else FileState.ARRIVING
    await ExchangeFile.filter(id=file.id).update(size=size, parts=parts + 1, state=state, **fresh)
    if ready:
        outbox.nudge()
    return "success"


async def read_file(exchange: Exchange, name: str, settings: Settings, *, orders: bool) -> str:
    """Has a file read that came before; how far it is, or what came of it. Raises Refusal."""
    name = store.safe(name)
    file = await ExchangeFile.get_or_none(exchange_id=exchange.id, name=name)
    if file is None:
        waiting = await _unpacking(exchange)
        if waiting:
            return waiting
        file = await _unpacked(exchange, name, settings, orders=orders)
    if file.state is FileState.ARRIVING:
        await ExchangeFile.filter(id=file.id, state=FileState.ARRIVING).update(state=FileState.WAITING)
        outbox.nudge()
    file = await _after(file)
    if file.state is FileState.FAILED:
        return f"failure\n{told(file.failure)}"
    if file.state in BUSY:
        done = summed(file.counts) if file.counts else gettext("reading")
        return _progress(gettext("%(percent)s %% read: %(done)s") % {"percent": file.progress, "done": done})
    return f"success\n{summed(file.counts)}"


async def end(exchange: Exchange) -> str:
    """The end of a catalogue: what it takes off sale is counted, and hidden or held back."""
    if exchange.state is State.OPEN:
        await Exchange.filter(id=exchange.id, state=State.OPEN).update(state=State.CLOSING)
        outbox.nudge()
    one = await _wait(
        lambda: Exchange.get(id=exchange.id),
        lambda one: one.state is not State.CLOSING,
    )
    if one.state is State.CLOSING:
        return _progress(gettext("The exchange is being ended"))
    if one.state is State.HELD:
        words = gettext("%(hiding)s of %(on_sale)s products would leave the site: it waits for an administrator's word")
        return f"success\n{words % {'hiding': one.hiding, 'on_sale': one.on_sale}}"
    return f"success\n{summed(await totals(one.id))}"


async def query(exchange: Exchange, settings: Settings) -> bytes:
    """The orders that 1C has not taken yet."""
    sent = await orders_out.query(exchange.connection, exchange, settings)
    if sent.count:
        await Exchange.filter(id=exchange.id).update(orders_sent=F("orders_sent") + sent.count)
    return sent.content


async def success(exchange: Exchange) -> str:
    """1C has the orders that it asked for."""
    await orders_out.take(exchange.connection, exchange)
    return "success"


async def _reopen(exchange: Exchange) -> None:
    """Files come into an exchange that is under way, or has just ended well and no other has begun."""
    if exchange.state is State.OPEN:
        return
    later = await Exchange.filter(connection_id=exchange.connection_id, id__gt=exchange.id).exists()
    if exchange.state is not State.DONE or later:
        raise Refusal(N_("This exchange has ended: begin another one"))
    again = {"state": State.OPEN, "ended_at": None, "seen_at": clock.now()}
    await Exchange.filter(id=exchange.id, state=State.DONE).update(**again)


async def _file(exchange: Exchange, name: str, *, orders: bool) -> ExchangeFile:
    file, _made = await ExchangeFile.get_or_create(exchange_id=exchange.id, name=name, defaults={"orders": orders})
    if file.state in BUSY:
        raise Refusal(N_("The file %(name)s is being read: it cannot be sent again now"), name=name)
    return file


async def _unpacking(exchange: Exchange) -> str:
    """Has archives unpacked first; what to answer meanwhile, or nothing when all are. Raises Refusal."""
    archives = ExchangeFile.filter(exchange_id=exchange.id, name__iendswith=".zip")
    if await archives.filter(state=FileState.ARRIVING).update(state=FileState.WAITING):
        outbox.nudge()
    for archive in await archives.order_by("id"):
        archive = await _after(archive)
        if archive.state is FileState.FAILED:
            return f"failure\n{told(archive.failure)}"
        if archive.state in BUSY:
            return _progress(gettext("The archive is being unpacked"))
    return ""


async def _unpacked(exchange: Exchange, name: str, settings: Settings, *, orders: bool) -> ExchangeFile:
    """A file that came in an archive. Raises Refusal: it did not."""
    path = store.path_of(settings, exchange.id, name)
    if not await asyncio.to_thread(path.is_file):
        raise Refusal(N_("The file %(name)s was not sent"), name=name)
    size = (await asyncio.to_thread(path.stat)).st_size
    file, _made = await ExchangeFile.get_or_create(
        exchange_id=exchange.id, name=name, defaults={"orders": orders, "size": size, "parts": 1}
    )
    return file


async def _after(file: ExchangeFile) -> ExchangeFile:
    """A file, once the worker is through with it, or after a while."""
    return await _wait(lambda: ExchangeFile.get(id=file.id), lambda one: one.state not in BUSY)


async def _wait(load: Callable[[], Awaitable[T]], ended: Callable[[T], bool]) -> T:
    until = clock.now() + timedelta(seconds=PATIENCE)
    while True:
        one = await load()
        if ended(one) or clock.now() >= until:
            return one
        await asyncio.sleep(LOOK)


def _progress(words: str) -> str:
    return f"progress\n{words}"


def _is_whole(path: Path) -> bool:
    """Whether a file of orders ends as such a file does, or is an archive with its directory at the end."""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 200))
        end = file.read().rstrip(b"\x00\r\n\t ")
    return end.endswith(ENDINGS) or b"PK\x05\x06" in end
