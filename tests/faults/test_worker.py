"""The worker among the ruins: killed, without a queue, without a mail server.

Nothing is lost, and nothing stands in the history twice.
"""

import asyncio
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import outbox
from app.embedded import embedded_queue, stop_embedded_queue
from app.history.models import Email, EmailState, Event, HistoryEntry
from app.orders.models import Order
from app.queue import Waker, connect
from app.settings import Settings
from tests.events import status_changed
from tests.factories import Cast, make_order
from tests.processes import WorkerProcess, until
from tests.smtp import MailServer

OUTAGE = 6.0  # seconds; long enough for the first steps of the post's back-off to have been taken
CLEARED = 60.0  # seconds after the return of what was away
Start = Callable[..., WorkerProcess]


@pytest.fixture
async def mail_server() -> AsyncIterator[MailServer]:
    server = MailServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Path]:
    """The directory of an embedded queue; whatever a test leaves running is stopped."""
    yield tmp_path / "queue"
    if (tmp_path / "queue").exists():
        stop_embedded_queue(tmp_path / "queue")


@pytest.fixture
def start(settings: Settings, mail_server: MailServer, tmp_path: Path) -> Iterator[Start]:
    """Starts a worker: `start(queue_url=…, sweep=…, lease=…)`."""
    started: list[WorkerProcess] = []

    def begin(queue_url: str = "", **pauses: float) -> WorkerProcess:
        ready = replace(settings, smtp_port=mail_server.port, mail_from="robot@example.ru")
        if queue_url:
            ready = replace(ready, queue_url=queue_url)
        started.append(WorkerProcess(ready, tmp_path / f"worker-{len(started)}.log", **pauses))
        return started[-1]

    yield begin
    for worker in started:
        worker.kill()


@pytest.fixture
async def order(cast: Cast) -> Order:
    return await make_order(person=cast.alice, manager=cast.maria)


async def all_handled() -> bool:
    return not await Event.filter(handled_at=None).exists()


async def all_sent() -> bool:
    return await all_handled() and not await Email.exclude(state=EmailState.SENT).exists()


async def told_once(mail_server: MailServer, events: int) -> None:
    """Each event has one entry, and one letter that arrived once."""
    assert await HistoryEntry.all().count() == await Email.all().count() == events
    arrived = [str(letter["Message-ID"]) for letter in mail_server.letters]
    assert sorted(arrived) == sorted([letter.message_id for letter in await Email.all()])


async def test_killed_in_the_middle_of_a_letter(
    cast: Cast, order: Order, start: Start, mail_server: MailServer
) -> None:
    mail_server.breath.clear()
    await status_changed(order, by=cast.maria)
    worker = start(lease=3.0, sweep=0.5)
    async with asyncio.timeout(30):
        await mail_server.asked.wait()
    worker.kill()
    letter = await Email.get()
    assert letter.state is EmailState.SENDING
    mail_server.breath.set()
    start(lease=3.0, sweep=0.5)
    await until(all_sent, 30)
    assert {str(one["Message-ID"]) for one in mail_server.letters} == {letter.message_id}
    assert (await Email.get()).attempts == 2
    assert await HistoryEntry.all().count() == 1


async def test_asked_to_end_it_ends_the_letter_in_hand(
    cast: Cast, order: Order, start: Start, mail_server: MailServer
) -> None:
    mail_server.breath.clear()
    for _ in range(3):
        await status_changed(order, by=cast.maria)
    worker = start(sweep=0.5)
    async with asyncio.timeout(30):
        await mail_server.asked.wait()
    ending = asyncio.create_task(worker.end())
    await asyncio.sleep(0.5)
    mail_server.breath.set()
    assert await ending == 0
    states = [letter.state for letter in await Email.all().order_by("id")]
    assert states == [EmailState.SENT, EmailState.QUEUED, EmailState.QUEUED]
    assert len(mail_server.letters) == 1


async def test_two_workers_tell_everything_once(
    cast: Cast, order: Order, start: Start, mail_server: MailServer
) -> None:
    workers = [start(sweep=0.2), start(sweep=0.2)]
    for _ in range(60):
        await status_changed(order, by=cast.maria)
    await until(all_sent, 30)
    await told_once(mail_server, 60)
    assert [await worker.end() for worker in workers] == [0, 0]


async def test_it_starts_without_a_queue(cast: Cast, order: Order, start: Start, mail_server: MailServer) -> None:
    worker = start("unix:///nowhere/queue.sock")
    await status_changed(order, by=cast.maria)
    await until(all_sent, 20)
    assert worker.alive
    assert await worker.end() == 0


async def test_a_healthy_queue_wakes_it_also_after_a_restart(
    cast: Cast, order: Order, start: Start, queue: Path, settings: Settings
) -> None:
    address = await asyncio.to_thread(embedded_queue, queue)
    worker = start(address, sweep=300.0)
    waker = Waker(connect(replace(settings, queue_url=address)))
    await asyncio.sleep(2)  # its first round is over: from here on only the queue can wake it in time

    async def told() -> bool:
        waker.wake()
        return await all_handled()

    await status_changed(order, by=cast.maria)
    await until(told, 10)
    await asyncio.to_thread(stop_embedded_queue, queue)
    shutil.rmtree(queue)
    await asyncio.sleep(2)
    await asyncio.to_thread(embedded_queue, queue)
    await status_changed(order, by=cast.maria)
    await until(told, 30)
    assert worker.alive
    await waker.close()
    await waker.queue.aclose()


async def test_a_frozen_queue_holds_nobody_up(
    cast: Cast, order: Order, start: Start, queue: Path, settings: Settings, mail_server: MailServer
) -> None:
    address = await asyncio.to_thread(embedded_queue, queue)
    worker = start(address, sweep=1.0)
    waker = Waker(connect(replace(settings, queue_url=address)))
    outbox.set_nudge(waker.wake)
    await status_changed(order, by=cast.maria)
    await until(all_sent, 20)
    pid = (await waker.queue.info("server"))["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        began = time.perf_counter()
        for _ in range(5):
            await status_changed(order, by=cast.maria)
        assert time.perf_counter() - began < 2
        await until(all_sent, 15)
        await told_once(mail_server, 6)
        assert await worker.end() == 0
    finally:
        os.kill(pid, signal.SIGCONT)
        outbox.set_nudge(lambda: None)
        await waker.close()
        await waker.queue.aclose()


async def test_without_queue_and_mail_server_nothing_is_refused_and_all_is_told_at_their_return(
    cast: Cast, order: Order, start: Start, queue: Path, settings: Settings, mail_server: MailServer
) -> None:
    address = await asyncio.to_thread(embedded_queue, queue)
    worker = start(address)
    waker = Waker(connect(replace(settings, queue_url=address)))
    outbox.set_nudge(waker.wake)
    try:
        await status_changed(order, by=cast.maria)
        await until(all_sent, 20)

        await asyncio.to_thread(stop_embedded_queue, queue)
        shutil.rmtree(queue)
        await mail_server.stop()
        slowest = 0.0
        for _ in range(20):
            began = time.perf_counter()
            await status_changed(order, by=cast.maria)
            slowest = max(slowest, time.perf_counter() - began)
            await asyncio.sleep(OUTAGE / 20)
        assert slowest < 2  # nobody waits for what is away
        await until(all_handled, 15)  # the history does without the queue
        assert len(mail_server.letters) == 1

        await asyncio.to_thread(embedded_queue, queue)
        await mail_server.start()
        await until(all_sent, CLEARED)
        await told_once(mail_server, 21)
        assert worker.alive
    finally:
        outbox.set_nudge(lambda: None)
        await waker.close()
        await waker.queue.aclose()
