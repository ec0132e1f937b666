"""/administration/jobs: what waits, what failed, who works, and running it again."""

from datetime import timedelta

import pytest

from app import clock
from app.administration.models import WorkerSeen
from app.database import counting_queries
from app.history.models import Event
from jobs import history, signs
from jobs.relay import Relay
from tests.events import happened
from tests.factories import Cast
from tests.site import Browser

JOBS = "/administration/jobs"


async def fail(cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch, times: int = 1) -> list[Event]:
    """Events whose handling fails, for a reason that is gone afterwards."""
    events = [await happened("person.signed_in", by=cast.alice, note="Привет", numbers=[1, 2]) for _ in range(times)]

    async def broken(event: Event, *, partner_sees: bool) -> None:
        raise RuntimeError("no words")

    with monkeypatch.context() as patch:
        patch.setattr(history, "write", broken)
        await relay.run()
    return events


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_failed_event_is_run_again_at_once(
    anna: Browser, cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch, htmx: bool
) -> None:
    (event,) = await fail(cast, relay, monkeypatch)
    page = (await anna.get(JOBS)).text
    for words in ("RuntimeError: no words", "person.signed_in", "Привет", "[1, 2]", "1 попытка"):
        assert words in page
    await relay.run()
    assert (await Event.get(id=event.id)).handled_at is None, "it rests"
    answer = await (anna.hx_post if htmx else anna.post)(f"{JOBS}/{event.id}/running")
    assert answer.status_code == (200 if htmx else 303)
    await relay.run()
    assert (await Event.get(id=event.id)).handled_at is not None
    assert (await Event.get(name="event.run_again")).data["error"] == "RuntimeError: no words"
    assert (await anna.post(f"{JOBS}/{event.id}/running")).status_code == 404, "there is nothing to run"
    assert "Нет: обо всём" in (await anna.get(JOBS)).text


async def test_all_of_them(anna: Browser, cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    await fail(cast, relay, monkeypatch, 3)
    assert (await anna.post(f"{JOBS}/running")).status_code == 303
    await relay.run()
    assert not await Event.filter(handled_at=None).exclude(name="event.all_run_again").exists()
    assert (await Event.get(name="event.all_run_again")).data["count"] == 3


async def test_workers_are_seen_and_missed(anna: Browser, cast: Cast) -> None:
    assert "Обработчик не выходил на связь" in (await anna.get(JOBS)).text
    began = clock.now()
    for _ in range(2):
        await signs.give("host:1", began)
    await WorkerSeen.create(name="host:2", began_at=began, seen_at=clock.now() - timedelta(minutes=5))
    await WorkerSeen.create(name="host:3", began_at=began, seen_at=clock.now() - timedelta(days=2))
    await signs.give("host:1", began)
    assert sorted([one.name for one in await WorkerSeen.all()]) == ["host:1", "host:2"]
    page = (await anna.get(JOBS)).text
    assert page.count(">работает<") == 1 and page.count(">не работает<") == 1


async def test_it_costs_the_same_with_more(
    anna: Browser, cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anna.get(JOBS)
    counts = []
    for more in (2, 60):
        await fail(cast, relay, monkeypatch, more)
        with counting_queries() as queries:
            assert (await anna.hx_get(JOBS)).status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1]
    assert "Дальше" in (await anna.get(JOBS)).text


async def test_strangers_do_not(maria: Browser, cast: Cast, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    (event,) = await fail(cast, relay, monkeypatch)
    for path in ("/running", f"/{event.id}/running"):
        assert (await maria.post(JOBS + path)).status_code == 403
    assert (await Event.get(id=event.id)).attempts == 1
