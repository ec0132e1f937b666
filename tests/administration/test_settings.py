"""POST /administration/settings: what administrators choose is seen everywhere."""

import asyncio
from datetime import UTC, datetime

import pytest

from app import clock
from app.administration.forms import holidays_text
from app.administration.models import Setting
from app.history.models import Email, Event
from jobs.mail import Post
from jobs.relay import Relay
from tests.events import order_placed
from tests.factories import Cast, make_order
from tests.site import Browser
from tests.smtp import MailServer

HERE = "/administration/settings"
CHOSEN = {
    **{"site_name": "Призма-СБ", "site_phone": "8 495 000-99-00", "requisites": "ООО «Призма»\nИНН 9990004648"},
    **{"sender_name": "Призма, заказы", "mail_signature": "Ваша «Призма»", "sign_in_text": "В субботу сайт закрыт"},
    **{"work_from": "10:00", "work_till": "19:00", "holidays": "01.01.2027 – 03.01.2027\n08.03.2027"},
}


@pytest.mark.parametrize("htmx", [False, True])
async def test_it_is_seen_on_pages(anna: Browser, guest: Browser, nina: Browser, cast: Cast, htmx: bool) -> None:
    answer = await (anna.hx_post if htmx else anna.post)(HERE, CHOSEN)
    assert answer.status_code == (200 if htmx else 303)
    page = (await guest.get("/sign-in")).text
    for words in ("Призма-СБ", "+7\u00a0495\u00a0000-99-00", "ИНН 9990004648", "В субботу сайт закрыт"):
        assert words in page
    assert "у вас 10:00–19:00" in (await nina.get("/presentations")).text
    shown = (await anna.get(HERE)).text
    assert "01.01.2027 – 03.01.2027\n08.03.2027" in shown and "Последним изменил Анна Ветрова" in shown
    changes = {
        one["field"]: (one["was"], one["now"]) for one in (await Event.get(name="setting.changed")).data["changes"]
    }
    assert changes["site_name"] == ("Спектр-СБ", "Призма-СБ") and "second_factor_required" not in changes
    assert await Setting.filter(changed_by_id=cast.anna.id).count() == len(changes)
    await anna.post(HERE, CHOSEN)
    assert await Event.filter(name="setting.changed").count() == 1


async def test_it_is_seen_in_letters(
    anna: Browser, cast: Cast, relay: Relay, post: Post, mail_server: MailServer
) -> None:
    await anna.post(HERE, CHOSEN)
    await order_placed(await make_order(person=cast.alice, manager=cast.maria), by=cast.alice)
    await relay.run()
    letter = await Email.filter(template="order_placed").first()
    assert letter is not None and letter.subject.startswith("Призма-СБ - ")
    assert "Ваша «Призма»" in letter.text and "Ваша «Призма»" in letter.html
    await post.send_due()
    assert {str(one["From"]) for one in mail_server.letters} == {'"Призма, заказы" <robot@example.ru>'}


async def test_on_a_holiday_nobody_is_at_work(
    anna: Browser, alice: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime.now(UTC).replace(hour=9, minute=0)  # noon in Moscow
    while noon.weekday() >= 5:
        noon = noon.replace(day=noon.day - 1)
    monkeypatch.setattr(clock, "now", lambda: noon)
    assert "Сейчас на месте" in (await alice.get("/presentations")).text
    await anna.post(HERE, {**CHOSEN, "holidays": f"{noon:%d.%m.%Y}"})
    page = (await alice.get("/presentations")).text
    assert "Сейчас на месте" not in page and "Сегодня выходной" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("site_name", ""), ("site_name", "x" * 101), ("site_phone", "12"), ("requisites", "x" * 1001)),
        *(("holidays", "завтра"), ("holidays", "31.02.2027"), ("holidays", "03.01.2027 – 01.01.2027")),
        *(("holidays", "01.01.2027 – 01.01.2090"), ("work_from", "9"), ("work_till", "09:00")),
        ("sender_name", "a\nbcc: x@example.ru"),
    ],
)
async def test_wrong_fields_are_told_and_kept(anna: Browser, field: str, value: str) -> None:
    for post in (anna.post, anna.hx_post):
        answer = await post(HERE, {**CHOSEN, field: value})
        assert answer.status_code == 422 and f'id="{field}-e"' in answer.text and "Ваша «Призма»" in answer.text
    assert not await Setting.exists()


async def test_strangers_do_not(maria: Browser, alice: Browser) -> None:
    for browser in (maria, alice):
        assert (await browser.post(HERE, CHOSEN)).status_code == 403
    assert not await Setting.exists()


async def test_the_second_factor_is_asked_when_it_is_chosen(anna: Browser, maria: Browser, alice: Browser) -> None:
    assert (await maria.get("/desk")).status_code == 200
    await anna.post(HERE, {**CHOSEN, "second_factor_required": "1"})

    for staff in (maria, anna):
        assert (await staff.get("/desk")).headers["location"].startswith("/profile/second-factor")
    assert (await alice.get("/orders")).status_code == 200


async def test_two_at_once_are_two_changes_in_a_row(anna: Browser, cast: Cast) -> None:
    names = ["А", "Б", "В"]
    await asyncio.gather(*(anna.post(HERE, {**CHOSEN, "site_name": name}) for name in names))
    events = await Event.filter(name="setting.changed").order_by("id")
    pairs = [one for event in events for one in event.data["changes"] if one["field"] == "site_name"]
    assert pairs[0]["was"] == "Спектр-СБ"
    assert [one["was"] for one in pairs[1:]] == [one["now"] for one in pairs[:-1]]


def test_days_in_a_row_are_one_line() -> None:
    days = ["2027-01-01", "2027-01-02", "2027-02-23", "2027-03-08", "2027-03-09"]
    assert holidays_text(days) == "01.01.2027 – 02.01.2027\n23.02.2027\n08.03.2027 – 09.03.2027"
