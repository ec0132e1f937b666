"""Letters to administrators about what waits for their word."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import Person, Role
from app.exchange.models import Exchange, State
from app.history.models import Email, Event
from app.rates import actions, bank
from app.rates.bank import Quoted, Unreadable
from app.rates.models import Reading
from app.settings import Settings
from jobs.relay import Relay
from tests.events import happened
from tests.exchange.one_c import make_connection
from tests.factories import Cast
from tests.users import make_user

RATE = 900_000


async def held(cast: Cast, relay: Relay, *, login: str = "1c", **fields: Any) -> Exchange:
    """An exchange that is held back, and its event handled; the one before is out of date."""
    connection = await make_connection(cast.anna, login=login)
    return await held_again(connection.id, relay, **fields)


async def held_again(connection: int, relay: Relay, **fields: Any) -> Exchange:
    await Exchange.filter(connection_id=connection, state=State.HELD).update(state=State.STOPPED)
    now, digest = clock.now(), f"{connection}-{await Exchange.all().count()}"
    about: dict[str, Any] = {"begun_at": now, "seen_at": now, "ended_at": now, "hiding": 3, "on_sale": 10, **fields}
    one = await Exchange.create(connection_id=connection, digest=digest, state=State.HELD, **about)
    name = (await one.connection).name
    await happened("exchange.held", by=None, exchange=one.id, connection=name, hiding=3, on_sale=10)
    await relay.run()
    return one


async def test_an_exchange_that_is_held_back(cast: Cast, relay: Relay) -> None:
    one = await held(cast, relay)
    letter = await Email.get()
    assert (letter.recipient, letter.template) == (cast.anna.email, "exchange_held")
    assert letter.subject == "Спектр-СБ - УТ 11 (1c) - обмен с 1С ждёт вашего решения"
    for body in (letter.text, letter.html):
        assert f"http://kabinet.test/administration/exchange/{one.id}" in body and "3 из 10" in body


async def test_in_english_and_to_all_who_are_not_blocked(cast: Cast, relay: Relay) -> None:
    await Person.filter(id=cast.anna.id).update(language="en")
    await Person.filter(id=cast.oleg.id).update(role=Role.ADMINISTRATOR)
    await Person.filter(id=cast.maria.id).update(role=Role.ADMINISTRATOR, blocked_at=clock.now())
    await held(cast, relay)
    letters = {one.recipient: one.text for one in await Email.all()}
    assert set(letters) == {cast.anna.email, cast.oleg.email}
    assert "An exchange with 1C is held back" in letters[cast.anna.email] and "задержан" in letters[cast.oleg.email]


async def test_1c_comes_every_hour(cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    """One letter in a day of what nobody has decided; a decision, another connection make it another matter."""
    first = await held(cast, relay)
    now = clock.now()
    for hours in range(1, 24):
        monkeypatch.setattr(clock, "now", lambda hours=hours: now + timedelta(hours=hours))
        last = await held_again(first.connection_id, relay)
    assert await Email.all().count() == 1
    await held(cast, relay, login="other")
    assert await Email.all().count() == 2
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))
    last = await held_again(first.connection_id, relay)
    assert await Email.all().count() == 3
    await Exchange.filter(id=last.id).update(state=State.REFUSED, decided_by_id=cast.anna.id)
    await held_again(first.connection_id, relay)
    assert await Email.all().count() == 4


async def test_a_rate_that_jumped(cast: Cast, relay: Relay) -> None:
    today = clock.distributor_today()
    await actions.take(Quoted(today, RATE))
    await relay.run()
    assert not await Email.exists()
    for _ in range(2):
        await actions.take(Quoted(today, RATE * 2))
    await relay.run()
    letter = await Email.get()
    assert (letter.recipient, letter.template) == (cast.anna.email, "rate_held")
    assert letter.subject == "Спектр-СБ - курс банка резко изменился и ждёт вашего решения"
    for body in (letter.text, letter.html):
        assert "90,0000 → 180,0000" in body and "http://kabinet.test/administration/rates" in body


@pytest.mark.parametrize("handled", [True, False])
async def test_a_rate_that_is_not_read_for_a_day(
    cast: Cast, relay: Relay, settings: Settings, monkeypatch: pytest.MonkeyPatch, handled: bool
) -> None:
    """One letter a day, whether the one before has left already or not."""

    async def away(address: str) -> Quoted:
        raise Unreadable("away")

    await actions.take(Quoted(clock.distributor_today(), RATE))
    await actions.change_terms("https://bank.example.ru/x", 0, settings, by=await make_user(cast.anna))
    monkeypatch.setattr(bank, "read", away)
    now = clock.now()
    told = []
    for hours in (0, 1, 23, 24, 25, 40, 47, 49, 60, 73):
        monkeypatch.setattr(clock, "now", lambda hours=hours: now + timedelta(hours=hours))
        assert await actions.read_now(settings) == "away"
        if handled:
            await relay.run()
        told.append(await Event.filter(name="currency_rate.missed").count())
    assert told == [0, 0, 0, 1, 1, 1, 1, 2, 2, 3] if handled else [0, 0, 0, *[1] * 7]
    await relay.run()
    letters = await Email.all().order_by("id")
    assert len(letters) == told[-1] and {one.recipient for one in letters} == {cast.anna.email}
    assert letters[0].subject == "Спектр-СБ - не читается курс банка"
    for body in (letters[0].text, letters[0].html):
        assert "Банк не отвечает: 1 день." in body and "90,0000" in body
        assert "http://kabinet.test/administration/rates" in body
    assert await Event.filter(name="currency_rate.failed").count() == 1


async def test_read_again_it_is_told_of_no_more(
    cast: Cast, relay: Relay, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = clock.now() - timedelta(days=3)
    await actions.reading()
    await Reading.all().update(address="https://bank.example.ru/x", failed_since=old, failure="away")
    assert actions.is_stale(await actions.reading(), settings)
    await actions.take(Quoted(clock.distributor_today(), RATE))
    assert not actions.is_stale(await actions.reading(), settings)

    async def away(address: str) -> Quoted:
        raise Unreadable("away")

    monkeypatch.setattr(bank, "read", away)
    await actions.read_now(settings)
    await relay.run()
    assert not await Email.exists()
