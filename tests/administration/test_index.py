"""GET /administration: what there is, and what needs attention."""

from datetime import timedelta

from app.accounts.models import Person
from app.clock import distributor_today, now
from app.database import counting_queries
from app.exchange.models import Exchange, ExchangeFile, FileState
from app.exchange.models import State as ExchangeState
from app.history.models import Event
from app.rates import actions as rates
from app.rates.bank import Quoted
from app.rates.models import Reading
from tests.events import happened
from tests.exchange.one_c import make_connection
from tests.factories import Cast
from tests.site import Browser


async def test_it_counts_what_needs_attention(anna: Browser, cast: Cast) -> None:
    event = await happened("person.signed_in", by=cast.alice)
    await Event.filter(id=event.id).update(error="RuntimeError: no", attempts=1)
    await Person.filter(id=cast.maria.id).update(blocked_at=now())
    page = (await anna.get("/administration")).text
    assert "<b>1</b>событие со сбоем" in page and "<b>1</b>партнёр закрытого менеджера" in page
    assert "Обработчик заданий не работает" in page


async def test_only_administrators_are_led_there(anna: Browser, maria: Browser) -> None:
    assert 'href="/administration"' in (await anna.get("/desk")).text
    assert 'href="/administration"' not in (await maria.get("/desk")).text
    assert (await maria.get("/administration")).status_code == 403


async def test_it_costs_the_same_with_more(anna: Browser, cast: Cast) -> None:
    await anna.get("/administration")
    counts = []
    for more in (1, 20):
        for _ in range(more):
            await happened("person.signed_in", by=cast.alice)
        with counting_queries() as queries:
            await anna.get("/administration")
        counts.append(queries.count)
    assert counts[0] == counts[1]


async def test_it_counts_what_waits_for_a_word(anna: Browser, cast: Cast) -> None:
    """Exchanges that are held back or have unread files, a rate that jumped, and one that is not read."""
    page = (await anna.get("/administration")).text
    for words in ("обменов с 1С задержано", "обменов со сбоями за сутки", "курсов ждут решения"):
        assert f'class="nil"><b>0</b>{words}' in page
    connection = await make_connection(cast.anna)
    moments = {"begun_at": now(), "seen_at": now()}
    held = await Exchange.create(connection=connection, digest="a", state=ExchangeState.HELD, **moments)
    other = await Exchange.create(connection=connection, digest="b", state=ExchangeState.DONE, **moments)
    for exchange, name, age in ((held, "1", 0), (held, "2", 0), (other, "3", 2)):
        about = {"name": name, "state": FileState.FAILED, "done_at": now() - timedelta(days=age)}
        await ExchangeFile.create(exchange=exchange, **about)
    for value in (900_000, 1_900_000):
        await rates.take(Quoted(distributor_today(), value))
    old = now() - timedelta(days=2)
    await Reading.all().update(address="https://bank.example.ru/x", read_at=old)
    page = (await anna.get("/administration")).text
    for to, words in (
        ("exchange", "обмен с 1С задержан"),
        ("exchange", "обмен со сбоем за сутки"),
        ("rates", "курс ждёт решения"),
        ("rates", "курс не читается больше суток"),
    ):
        assert f'<a href="/administration/{to}" class="hot"><b>1</b>{words}</a>' in page
    await Reading.all().update(address="")
    page = (await anna.get("/administration")).text
    assert "<b>0</b>курс не читается больше суток" in page
