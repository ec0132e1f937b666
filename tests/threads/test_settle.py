"""POST /orders/{number}/comments/settlement and that of presentations: «Ответ не нужен»."""

import asyncio

import pytest

from app.history.models import Event, HistoryEntry
from app.presentations.models import Presentation
from app.settings import Settings
from app.threads.actions import SaidMeanwhile, add_comment, settle
from app.threads.models import Thread
from app.tokens import new_secret
from jobs.relay import Relay
from tests.conftest import SignIn
from tests.factories import Cast, make_order, make_presentation
from tests.site import ORIGIN, Browser
from tests.threads.test_add_comment import said, user_of


async def thank(browser: Browser, path: str, text: str = "Спасибо!") -> None:
    """A partner's last word."""
    assert (await browser.post(f"{path}/comments", said(text))).status_code == 303


@pytest.fixture
async def thanked(alice: Browser, cast: Cast) -> str:
    """The path of Alice's order, under which she has said thanks."""
    order = await make_order(person=cast.alice, manager=cast.maria)
    await thank(alice, f"/orders/{order.number}")
    return f"/orders/{order.number}"


async def waits() -> bool:
    """Whether the answer of staff is due."""
    return (await Thread.get()).awaits == "staff"


async def test_with_htmx(maria: Browser, thanked: str) -> None:
    page = (await maria.get(thanked)).text
    assert f'hx-post="{thanked}/comments/settlement"' in page and "Партнёру об этом не сообщается" in page

    answer = await maria.hx_post(f"{thanked}/comments/settlement", {"seen": "1"})

    assert answer.status_code == 200 and answer.text.startswith('<section class="part" id="thread"')
    assert "settlement" not in answer.text and not await waits()


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    path = f"/presentations/{presentation.number}"
    await thank(alice, path)

    answer = await maria.post(f"{path}/comments/settlement", {"seen": "1"})

    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}#thread")
    assert not await waits()
    assert (await Event.get(name="comment.settled")).data == {
        "on": "presentation",
        "presentation": presentation.number,
        "comment": 1,
    }


async def test_from_the_desk_back_to_it(maria: Browser, thanked: str) -> None:
    for here in ("/desk", "/desk/answers?sort=new"):
        assert f'action="{thanked}/comments/settlement"' in (await maria.get(here)).text
    answer = await maria.post(
        f"{thanked}/comments/settlement", {"seen": "1"}, headers={"referer": f"{ORIGIN}/desk/answers?sort=new"}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/answers?sort=new")
    page = (await maria.get("/desk/answers")).text
    assert "с рабочего стола убрано" in page and thanked not in page


async def test_the_history_says_who_to_staff_alone(
    maria: Browser, alice: Browser, cast: Cast, thanked: str, settings: Settings
) -> None:
    await maria.post(f"{thanked}/comments/settlement", {"seen": "1"})
    await Relay(settings).run()
    entry = await HistoryEntry.get(action="comment.settled")
    assert (entry.actor_id, entry.company_id, entry.affair_id) == (cast.maria.id, None, cast.company.id)
    assert "Ответ не нужен" in (await maria.get(f"/history?company={cast.company.id}")).text
    assert "Ответ не нужен" not in (await alice.get("/history")).text


async def test_twice_is_once_and_the_next_word_waits_again(maria: Browser, alice: Browser, thanked: str) -> None:
    for _ in range(2):
        assert (await maria.post(f"{thanked}/comments/settlement", {"seen": "1"})).status_code == 303
    assert await Event.filter(name="comment.settled").count() == 1
    await thank(alice, thanked, "А когда отгрузка?")
    assert await waits() and "А когда отгрузка?" in (await maria.get("/desk/answers")).text


async def test_a_word_that_was_not_seen_is_not_lost(maria: Browser, alice: Browser, thanked: str) -> None:
    await thank(alice, thanked, "Ещё вопрос")
    for send in (maria.post, maria.hx_post):
        for seen in ("1", "", "x"):
            answer = await send(f"{thanked}/comments/settlement", {"seen": seen})
            assert answer.status_code == 409 and "Партнёр тем временем написал ещё" in answer.text
    assert await waits() and not await Event.exists(name="comment.settled")


async def test_a_note_aside_changes_nothing(maria: Browser, thanked: str) -> None:
    await maria.post(f"{thanked}/comments", said("Проверено", internal="1"))
    assert 'name="seen" value="1"' in (await maria.get(thanked)).text
    assert (await maria.post(f"{thanked}/comments/settlement", {"seen": "1"})).status_code == 303
    assert not await waits()


async def test_by_a_stranger_and_by_partners(oleg: Browser, alice: Browser, charlie: Browser, thanked: str) -> None:
    assert (await oleg.post(f"{thanked}/comments/settlement", {"seen": "1"})).status_code == 404
    for browser in (alice, charlie):
        assert (await browser.post(f"{thanked}/comments/settlement", {"seen": "1"})).status_code == 403
    assert await waits() and "settlement" not in (await alice.get(thanked)).text


async def test_what_waits_for_nobody_has_no_button(maria: Browser, thanked: str) -> None:
    await maria.post(f"{thanked}/comments", said("Всегда рады"))
    assert "settlement" not in (await maria.get(thanked)).text
    assert (await maria.post(f"{thanked}/comments/settlement", {"seen": "1"})).status_code == 303
    assert (await Thread.get()).awaits == "partner"


async def test_at_once_with_the_partners_next_word(cast: Cast, sign_in: SignIn) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    alice, maria = await user_of(cast.alice, sign_in), await user_of(cast.maria, sign_in)
    for number in range(1, 12, 2):
        await add_comment(presentation, f"Спасибо {number}", by=alice, key=new_secret())
        same = await Presentation.get(id=presentation.id)
        results = await asyncio.gather(
            settle(same, number, by=maria),
            add_comment(presentation, f"И ещё {number}", by=alice, key=new_secret()),
            settle(same, number, by=maria),
            return_exceptions=True,
        )
        faults = [one for one in results if isinstance(one, BaseException)]
        assert all(isinstance(one, SaidMeanwhile) for one in faults) and await waits()
