"""GET …/news: an open order or presentation asks whether something has changed."""

from datetime import timedelta

import httpx2
import pytest

from app.orders import actions as orders
from app.orders.models import Status
from app.tokens import new_secret
from app.unread import Unread
from app.web import sessions
from tests.factories import Cast, make_order, make_presentation
from tests.site import Browser
from tests.users import make_user


def tag_of(page: str) -> str:
    """The state that a page shows, as it asks for its news."""
    return page.partition('"If-None-Match":"\\"')[2].partition("\\")[0]


async def ask(browser: Browser, path: str, tag: str, **query: int) -> httpx2.Response:
    """Asks as an open page does."""
    headers = {"hx-request": "true", "if-none-match": f'"{tag}"'}
    return await browser.http.get(path, headers=headers, params=query)


async def comment(browser: Browser, base: str, text: str, **fields: str) -> None:
    answer = await browser.post(f"{base}/comments", {"text": text, "key": new_secret(), **fields})
    assert answer.status_code == 303


@pytest.fixture(params=["order", "presentation"])
async def thing(request: pytest.FixtureRequest, cast: Cast) -> tuple[str, str]:
    """The page of an order or a presentation of Alice's, and the door of its news."""
    if request.param == "order":
        base = f"/orders/{(await make_order(person=cast.alice, manager=cast.maria)).number}"
        return base, f"{base}/news"
    base = f"/presentations/{(await make_presentation(company=cast.company, author=cast.maria)).number}"
    return base, f"{base}/versions/1/news"


async def test_nothing_new(alice: Browser, thing: tuple[str, str]) -> None:
    page, door = thing
    answer = await ask(alice, door, tag_of((await alice.get(page)).text))

    assert answer.status_code == 304
    assert answer.content == b""
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
    assert len("HTTP/1.1 304 Not Modified\r\n" + head + "\r\n") + len("date: Tue, 24 Nov 2026 04:00:00 GMT\r\n") < 300


async def test_a_comment_of_the_other_side(alice: Browser, maria: Browser, thing: tuple[str, str]) -> None:
    page, door = thing
    tag = tag_of((await alice.get(page)).text)
    await comment(maria, page, "Отгрузим в пятницу")

    answer = await ask(alice, door, tag)

    assert answer.status_code == 200
    assert answer.text.startswith('<div id="news"')
    assert "Отгрузим в пятницу" in answer.text
    assert '<span class="tag info">новый</span>' in answer.text
    assert (await ask(alice, door, tag_of(answer.text))).status_code == 304


async def test_an_answer_that_is_being_written_stays(alice: Browser, maria: Browser, thing: tuple[str, str]) -> None:
    page, door = thing
    for text in ("Раз", "Два", "Три"):
        await comment(maria, page, text)

    answer = await ask(alice, door, "old", answers=2)
    none = await ask(alice, door, "old")
    foreign = await ask(alice, door, "old", answers=77)

    assert 'id="text-2"' in answer.text
    assert 'id="text-1"' not in answer.text
    assert 'id="text-2"' not in none.text
    assert foreign.status_code == 404


async def test_a_note_among_staff_is_no_news_to_partners(
    alice: Browser, maria: Browser, anna: Browser, thing: tuple[str, str]
) -> None:
    page, door = thing
    partners, staffs = tag_of((await alice.get(page)).text), tag_of((await anna.get(page)).text)
    await comment(maria, page, "Скидки больше не дадим", internal="1")

    assert (await ask(alice, door, partners)).status_code == 304
    told = await ask(anna, door, staffs)
    assert told.status_code == 200
    assert "Скидки больше не дадим" in told.text


async def test_a_new_status(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    tag = tag_of((await alice.get(f"/orders/{order.number}")).text)
    await orders.change_status(order, Status.INVOICED, by=await make_user(cast.maria))

    answer = await ask(alice, f"/orders/{order.number}/news", tag)

    assert "Счёт выставлен" in answer.text
    assert 'hx-target="#state"' in answer.text
    assert 'hx-target="#ordered"' in answer.text


async def test_strangers_and_those_whose_session_ended(
    charlie: Browser, oleg: Browser, alice: Browser, thing: tuple[str, str]
) -> None:
    _, door = thing
    for browser in (charlie, oleg):
        assert (await ask(browser, door, "old")).status_code == 404
    alice.http.cookies.clear()
    ended = await ask(alice, door, "old")
    assert ended.status_code == 401
    assert "hx-redirect" not in ended.headers


async def test_what_is_new_is_counted_until_it_is_seen(
    alice: Browser, bob: Browser, maria: Browser, charlie: Browser, thing: tuple[str, str]
) -> None:
    page, _ = thing
    await alice.get(page)
    await comment(maria, page, "Отгрузим в пятницу")
    await comment(maria, page, "Нет, в субботу")
    own = "1 новый" if page.startswith("/orders") else "1 новая"

    assert own in (await alice.get("/history")).text
    assert own not in (await charlie.get("/history")).text
    seen = await alice.get(page)
    assert seen.text.count('<span class="tag info">новый</span>') == 2
    assert own not in (await alice.get("/history")).text
    assert '<span class="tag info">новый</span>' not in (await alice.get(page)).text
    assert own in (await bob.get("/history")).text


async def test_what_a_partner_says_is_new_to_the_manager(
    alice: Browser, maria: Browser, oleg: Browser, cast: Cast, thing: tuple[str, str]
) -> None:
    page, _ = thing
    await comment(alice, page, "Когда отгрузка?")

    marks = await Unread.all()
    assert {mark.person_id for mark in marks} == {cast.maria.id}
    assert (await maria.get(page)).status_code == 200
    assert not await Unread.exists()


async def test_blocked_people_are_told_nothing(maria: Browser, cast: Cast, thing: tuple[str, str]) -> None:
    cast.bob.blocked_at = sessions.clock.now() - timedelta(days=1)
    await cast.bob.save(update_fields=["blocked_at"])

    await comment(maria, thing[0], "Отгрузим в пятницу")

    assert {mark.person_id for mark in await Unread.all()} == {cast.alice.id, cast.vera.id}
