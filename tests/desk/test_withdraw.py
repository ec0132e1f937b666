"""POST /desk/presentations/{number}/withdrawal, reminders, reminder-day: what is done with a sent offer."""

from datetime import timedelta

import pytest

from app import clock
from app.history.models import Email, Event
from app.presentations.models import Line, Presentation, Reminder, Version
from app.settings import Settings
from jobs.presentations import Timed
from jobs.relay import Relay
from tests.factories import Cast, make_cart_line, make_order, make_presentation
from tests.site import Browser


@pytest.fixture
async def sent(cast: Cast) -> Presentation:
    """An offer of Maria's to Alice's company, valid for ten days."""
    return await make_presentation(company=cast.company, author=cast.maria)


@pytest.fixture
def path(sent: Presentation) -> str:
    """Its page on the desk."""
    return f"/desk/presentations/{sent.number}"


async def order(cast: Cast, sent: Presentation) -> None:
    """Alice orders from it."""
    placed = await make_order(person=cast.alice, manager=cast.maria)
    line = await Line.get(version__presentation=sent)
    await placed.lines.all().update(presentation_line_id=line.id)  # type: ignore[attr-defined]


async def test_withdrawn_it_cannot_be_ordered(
    maria: Browser, alice: Browser, cast: Cast, sent: Presentation, path: str, settings: Settings
) -> None:
    line = await Line.get(version__presentation=sent)
    await make_cart_line(person=cast.alice, line=line)
    await order(cast, sent)
    page = (await maria.get(f"{path}/withdrawal")).text
    assert "Отозвать презентацию" in page and "1 человек положил" in page
    for post in (maria.post, maria.hx_post):
        assert (await post(f"{path}/withdrawal", {"reason": "Ошибка в цене"})).status_code in (200, 303)
    [event] = await Event.all()
    assert event.name == "presentation.withdrawn" and event.data["reason"] == "Ошибка в цене"
    offer = f"/presentations/{sent.number}"
    shown = (await alice.get(offer)).text
    assert "Менеджер отозвал это предложение" in shown and "Ошибка в цене" in shown
    answer = await alice.post(f"{offer}/lines/{line.id}/cart", {f"q{line.id}": "2"})
    assert answer.status_code == 409
    assert f"Презентация № {sent.number} отозвана" in (await alice.get("/cart")).text.replace("\u00a0", " ")
    assert (await alice.get("/orders")).text.count("data-row") == 1
    await Relay(settings).run()
    assert await Email.filter(template="presentation_withdrawn").count() == 2


async def test_a_reason_is_needed(maria: Browser, path: str) -> None:
    answer = await maria.post(f"{path}/withdrawal", {"reason": " "})
    assert answer.status_code == 422 and 'id="reason-e"' in answer.text
    assert (await Version.get()).withdrawn_at is None


async def test_a_stranger_finds_nothing(oleg: Browser, bob: Browser, path: str) -> None:
    for door in ("withdrawal", "reminders", "reminder-day"):
        assert (await oleg.post(f"{path}/{door}")).status_code == 404
        assert (await bob.post(f"{path}/{door}")).status_code == 403


async def test_reminded_once_a_day_who_has_not_ordered(
    maria: Browser, cast: Cast, sent: Presentation, path: str, settings: Settings
) -> None:
    await order(cast, sent)
    assert (await maria.post(f"{path}/reminders")).status_code == 303
    for post in (maria.post, maria.hx_post):
        assert (await post(f"{path}/reminders")).status_code == 409
    await Relay(settings).run()
    letter = await Email.get(template="presentation_reminder")
    assert letter.recipient == cast.bob.email, "Alice has ordered, Vera may not"
    assert "Предложение ещё действует" in letter.text


async def test_nothing_to_remind_of(maria: Browser, cast: Cast, path: str) -> None:
    await Version.all().update(valid_until=clock.distributor_today() - timedelta(days=2))
    assert (await maria.post(f"{path}/reminders")).status_code == 409
    assert not await Reminder.all().exists()


async def test_by_itself_before_the_last_day(
    maria: Browser, cast: Cast, sent: Presentation, path: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await maria.post(f"{path}/reminder-day", {"days": "3"})).status_code == 303
    assert (await maria.post(f"{path}/reminder-day", {"days": "33"})).status_code == 422
    noon = clock.now().astimezone(settings.timezone).replace(hour=12)
    monkeypatch.setattr(clock, "now", lambda: noon)
    assert await Timed(settings).do_due() == 0, "it is early"
    later = noon + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert await Timed(settings).do_due() == 1 and await Timed(settings).do_due() == 0
    monkeypatch.setattr(clock, "now", lambda: later + timedelta(days=1))
    assert await Timed(settings).do_due() == 0, "once is enough"
    assert await Event.filter(name="presentation.reminded", actor_id=None).count() == 1


async def test_nobody_is_reminded_of_what_was_ordered(
    maria: Browser, cast: Cast, sent: Presentation, path: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await maria.post(f"{path}/reminder-day", {"days": "7"})
    await order(cast, sent)
    later = clock.now().astimezone(settings.timezone).replace(hour=12) + timedelta(days=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert await Timed(settings).do_due() == 0
