"""POST /desk/presentations/{number}/schedule and recall: sent at its time with all checks made again, or not at all."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.accounts.models import Assignment, Person
from app.catalogue.models import Product
from app.history.models import Email, Event
from app.presentations.models import Version
from app.settings import Settings
from jobs.presentations import Timed
from jobs.relay import Relay
from tests.desk.conftest import Draft
from tests.factories import Cast
from tests.site import Browser

ZONE = ZoneInfo("Europe/Moscow")


def form(moment: datetime) -> dict[str, str]:
    """The form for a moment, by Maria's clock."""
    there = moment.astimezone(ZONE)
    return {"day": there.date().isoformat(), "time": f"{there:%H:%M}"}


@pytest.fixture
async def scheduled(maria: Browser, draft: Draft) -> Draft:
    """A draft that is to be sent tomorrow."""
    answer = await maria.post(f"{draft.path}/schedule", form(clock.now() + timedelta(days=1)))
    assert answer.status_code == 303 and answer.headers["location"] == draft.path, answer.text
    return draft


async def tomorrow(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker looks when the moment has come."""
    later = clock.now() + timedelta(days=1, minutes=5)
    with monkeypatch.context() as then:
        then.setattr(clock, "now", lambda: later)
        await asyncio.gather(*(Timed(settings).do_due() for _ in range(3)))


async def test_it_waits_and_is_sent_at_its_time(
    maria: Browser, scheduled: Draft, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (await maria.get(scheduled.path)).text
    assert "Будет отправлена" in page and f'action="{scheduled.path}/recall"' in page
    assert (await maria.post(f"{scheduled.path}/sending", scheduled.fields())).status_code == 409
    assert (await maria.post(f"{scheduled.path}/schedule", form(clock.now() + timedelta(days=2)))).status_code == 409
    assert "ждёт отправки" in (await maria.get("/desk/presentations?state=scheduled")).text
    assert await Timed(settings).do_due() == 0
    await tomorrow(settings, monkeypatch)
    version = await Version.get(id=scheduled.version.id)
    assert version.sent_at is not None and version.send_at is None
    assert [one.name for one in await Event.all().order_by("id")] == ["presentation.scheduled", "presentation.sent"]


async def test_with_htmx(maria: Browser, draft: Draft) -> None:
    answer = await maria.hx_post(f"{draft.path}/schedule", form(clock.now() + timedelta(hours=3)))
    assert answer.headers["hx-redirect"] == draft.path
    assert (await maria.hx_post(f"{draft.path}/recall")).headers["hx-redirect"] == draft.path


async def test_taken_back_it_is_a_draft(
    maria: Browser, scheduled: Draft, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        assert (await maria.post(f"{scheduled.path}/recall")).status_code == 303
    assert await Event.filter(name="presentation.recalled").count() == 1
    await tomorrow(settings, monkeypatch)
    assert (await Version.get(id=scheduled.version.id)).sent_at is None
    assert 'id="draft"' in (await maria.get(scheduled.path)).text


@pytest.mark.parametrize("what", ["price", "blocked", "reassigned"])
async def test_what_cannot_be_sent_then_is_not_sent_by_half(
    maria: Browser,
    cast: Cast,
    scheduled: Draft,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    if what == "price":
        await Product.filter(id=scheduled.camera.product_id).update(retail=9_999_900)
    elif what == "blocked":
        await Person.filter(company=cast.company).update(blocked_at=clock.now())
    else:
        await Assignment.filter(company=cast.company).update(manager=cast.oleg)
    await tomorrow(settings, monkeypatch)
    version = await Version.get(id=scheduled.version.id)
    assert (version.sent_at, version.send_at) == (None, None) and version.not_sent
    assert not await Event.filter(name="presentation.sent").exists()
    await Relay(settings).run()
    letter = await Email.get(template="presentation_not_sent")
    assert letter.recipient == cast.maria.email and version.not_sent in letter.text
    assert await Event.filter(name="presentation.sending_failed").count() == 1, "it is told of once"
    if what != "reassigned":
        assert version.not_sent in (await maria.get(scheduled.path)).text


async def test_wrong_moments(maria: Browser, draft: Draft) -> None:
    wrong = {"day": "вчера", "time": "25:99"}
    answer = await maria.post(f"{draft.path}/schedule", wrong)
    assert answer.status_code == 422 and 'id="day-e"' in answer.text and 'id="time-e"' in answer.text
    assert 'value="25:99"' in answer.text
    for moment in (clock.now() - timedelta(minutes=5), clock.now() + timedelta(days=300)):
        answer = await maria.post(f"{draft.path}/schedule", form(moment))
        assert answer.status_code == 409 and 'role="alert"' in answer.text
    assert (await Version.get(id=draft.version.id)).send_at is None and not await Event.all().exists()


async def test_a_stranger_finds_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    for door in ("schedule", "recall"):
        assert (await oleg.post(f"{draft.path}/{door}", form(clock.now() + timedelta(days=1)))).status_code == 404
        assert (await alice.post(f"{draft.path}/{door}")).status_code == 403
