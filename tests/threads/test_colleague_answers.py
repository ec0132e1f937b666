"""Two managers at one talk: the second is told of the first, and warned when an answer came meanwhile."""

from datetime import timedelta

import pytest

from app import clock
from app.history.models import Event
from app.threads.models import Comment
from app.threads.presence import Writing
from tests.factories import Cast, make_ticket
from tests.site import Browser
from tests.threads.test_insert_template import KEY, make_talk


@pytest.mark.parametrize("kind", ["orders", "presentations", "tickets"])
async def test_the_second_sees_the_first(kind: str, maria: Browser, anna: Browser, alice: Browser, cast: Cast) -> None:
    base = await make_talk(kind, cast)
    quiet = await maria.get(base)
    assert "отвечает с" not in quiet.text

    await anna.get(f"{base}/comments/1/answer")

    assert f"{cast.anna.name} отвечает с" in (await maria.get(base)).text
    assert "отвечает с" not in (await anna.get(base)).text, "not one of oneself"
    assert "отвечает с" not in (await alice.get(base)).text, "nor a partner"
    assert not await Event.filter(name__contains="writ").exists()
    await Writing.all().update(at=clock.now() - timedelta(seconds=70))
    assert "отвечает с" not in (await maria.get(base)).text, "over by the clock"


async def test_an_open_page_renews_and_learns_it(maria: Browser, anna: Browser, cast: Cast) -> None:
    base = await make_talk("orders", cast)
    page = (await maria.get(base)).text
    tag = page.split('"If-None-Match":"\\"')[1].split('\\"')[0]
    headers = {"hx-request": "true", "if-none-match": f'"{tag}"'}
    assert (await maria.get(f"{base}/news", headers=headers)).status_code == 304

    await anna.hx_get(f"{base}/news?seen=0")

    told = await maria.get(f"{base}/news", headers=headers)
    assert told.status_code == 200 and f"{cast.anna.name} отвечает с" in told.text
    since = (await Writing.get()).since
    await anna.hx_get(f"{base}/news?answers=1")
    assert (await Writing.get()).since == since, "renewed, not begun anew"


async def test_strangers_and_partners_leave_no_trace(oleg: Browser, alice: Browser, cast: Cast) -> None:
    base = await make_talk("orders", cast)
    assert (await oleg.hx_get(f"{base}/news?seen=0")).status_code == 404
    await alice.hx_get(f"{base}/news?answers=1")
    await alice.get(f"{base}/comments/1/answer")
    assert not await Writing.all().count()


@pytest.mark.parametrize("kind", ["orders", "presentations", "tickets"])
async def test_a_colleagues_answer_warns_first(kind: str, maria: Browser, anna: Browser, cast: Cast) -> None:
    base = await make_talk(kind, cast)
    await anna.post(f"{base}/comments", {"key": KEY, "text": "Отгрузим завтра", "seen": "0"})
    late = {"key": KEY, "text": "Отгрузим сегодня", "seen": "0", "answers": "1"}

    quick = await maria.hx_post(f"{base}/comments", late)
    without = await maria.post(f"{base}/comments", late)

    for answer in (quick, without):
        assert answer.status_code == 409
        assert "Отгрузим завтра" in answer.text and "Отгрузим сегодня" in answer.text
        assert cast.anna.name in answer.text and "Всё равно отправить" in answer.text
    assert not await Comment.filter(text="Отгрузим сегодня").exists()
    seen = without.text.split('name="seen" value="')[1].split('"')[0]
    assert (await maria.post(f"{base}/comments", {**late, "seen": seen})).status_code == 303
    assert await Comment.filter(text="Отгрузим сегодня").count() == 1


async def test_ones_own_answer_and_notes_do_not_warn(maria: Browser, anna: Browser, cast: Cast) -> None:
    base = await make_talk("orders", cast)
    for text in ("Первое", "Второе"):
        assert (await maria.post(f"{base}/comments", {"key": KEY, "text": text, "seen": "0"})).status_code == 303
    note = {"key": KEY, "text": "Для себя", "seen": "0", "internal": "1"}
    assert (await anna.post(f"{base}/comments", note)).status_code == 303
    assert (await maria.post(f"{base}/comments", {"key": KEY, "text": "Третье", "seen": "1"})).status_code == 303


async def test_what_is_sent_is_written_no_more(maria: Browser, anna: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    await maria.get(f"/tickets/{ticket.number}/comments/1/answer")
    assert await Writing.all().count() == 1
    await maria.post(f"/tickets/{ticket.number}/comments", {"key": KEY, "text": "Сделано", "seen": "0"})
    assert not await Writing.all().count()
