"""The relay: each event once, in order, none held up by another."""

import asyncio
from typing import Any

import pytest

from app.database import transaction
from app.history.models import Email, Event, HistoryEntry
from app.history.words import WORDS
from app.settings import Settings
from jobs import history
from jobs import relay as relay_module
from jobs.relay import Relay
from jobs.subscriptions import INTERNALLY, SUBSCRIPTIONS
from tests.events import commented, happened, order_placed, status_changed
from tests.factories import Cast, make_comment, make_order


async def test_an_event_becomes_an_entry_and_letters(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    event = await order_placed(order, by=cast.alice)
    assert await relay.run() == 1
    entry = await HistoryEntry.get(event_id=event.id)
    assert (entry.action, entry.company_id, entry.ip) == ("order.placed", cast.company.id, "198.51.100.24")
    assert entry.at == event.at and entry.data["order"] == order.number
    assert {letter.template for letter in await Email.filter(event_id=event.id)} == {"order_placed", "order_arrived"}
    await event.refresh_from_db()
    assert event.handled_at is not None
    assert await relay.run() == 0


async def test_relays_that_race_handle_each_event_once(cast: Cast, posting: Settings) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    for _ in range(30):
        await status_changed(order, by=cast.maria)
    handled = await asyncio.gather(*(Relay(posting).run() for _ in range(4)))
    assert sum(handled) == 30
    assert await HistoryEntry.all().count() == 30
    assert await Email.all().count() == 30
    assert await Event.filter(handled_at=None).count() == 0


async def test_a_failing_event_holds_up_no_other(cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    bad = await happened("order.status_changed", by=cast.maria, company=cast.company.id, order=999_999)
    good = await status_changed(order, by=cast.maria)
    assert await relay.run() == 1
    await bad.refresh_from_db()
    assert bad.handled_at is None and bad.attempts == 1 and "DoesNotExist" in bad.error
    assert [entry.event_id for entry in await HistoryEntry.all()] == [good.id]
    assert await relay.run() == 0  # it rests
    await bad.refresh_from_db()
    assert bad.attempts == 1
    monkeypatch.setattr(relay_module, "_now", lambda: 1e12)
    await relay.run()
    await bad.refresh_from_db()
    assert bad.attempts == 2


async def test_what_failed_leaves_nothing_and_is_done_when_it_can_be(
    cast: Cast, posting: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    event = await order_placed(order, by=cast.alice)
    write = history.write

    async def fail_afterwards(*args: Any, **kwargs: Any) -> None:
        await write(*args, **kwargs)
        raise RuntimeError("the lamp went out")

    with monkeypatch.context() as broken:
        broken.setattr(history, "write", fail_afterwards)
        assert await Relay(posting).run() == 0
    assert await HistoryEntry.all().count() == 0 and await Email.all().count() == 0
    assert await Relay(posting).run() == 1
    await event.refresh_from_db()
    assert (event.attempts, event.error) == (1, "")
    assert await HistoryEntry.all().count() == 1


async def test_an_event_that_nobody_knows_waits_for_who_does(cast: Cast, relay: Relay) -> None:
    event = await happened("order.gift_wrapped", by=cast.alice, order=1)
    assert await relay.run() == 0
    await event.refresh_from_db()
    assert event.handled_at is None and "order.gift_wrapped" in event.error


async def test_what_was_rolled_back_never_happened(cast: Cast, relay: Relay) -> None:
    with pytest.raises(RuntimeError):
        async with transaction():
            await happened("person.signed_in", by=cast.alice)
            raise RuntimeError
    assert await relay.run() == 0


async def test_what_is_for_staff_only_has_no_company(cast: Cast, relay: Relay) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    note = await make_comment(on=order, author=cast.maria, internal=True)
    await commented(note, on=order, by=cast.maria)
    await happened("order.called", by=cast.maria, company=order.company_id, order=order.number, order_id=order.id)
    await happened("person.signed_in", by=cast.maria)
    await relay.run()
    assert [entry.company_id for entry in await HistoryEntry.all()] == [None, None, None]


async def test_entries_keep_the_order_of_events(cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    first = await happened("order.called", by=cast.maria, company=cast.company.id)
    await Event.filter(id=first.id).update(name="order.unheard_of")
    second = await status_changed(order, by=cast.maria)
    await relay.run()
    await Event.filter(id=first.id).update(name="order.called")
    monkeypatch.setattr(relay_module, "_now", lambda: 1e12)
    await relay.run()
    assert [entry.event_id for entry in await HistoryEntry.all().order_by("id")] == [first.id, second.id]


async def test_a_long_backlog_is_read_in_batches(cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay_module, "BATCH", 3)
    for _ in range(8):
        await happened("person.signed_in", by=cast.alice)
    assert await relay.run() == 8


def test_whatever_is_heard_of_has_words() -> None:
    assert {name.removesuffix(INTERNALLY) for name in SUBSCRIPTIONS} == set(WORDS)
