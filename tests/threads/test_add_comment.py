"""POST /orders/{number}/comments: a comment, and an answer with the pencil."""

import asyncio

import pytest

from app.accounts import queries as accounts
from app.accounts.models import Person, Session
from app.accounts.user import User
from app.errors import Forbidden, NotFound
from app.history.models import Event
from app.presentations.models import Line
from app.threads import queries
from app.threads.actions import add_comment
from app.threads.models import Comment, Thread
from app.tokens import new_secret
from tests.conftest import SignIn
from tests.factories import Cast, make_order, make_presentation
from tests.site import Browser


def said(text: str = "Когда отгрузка?", **fields: str) -> dict[str, str]:
    """What the form of a comment sends."""
    return {"text": text, "key": new_secret(), **fields}


async def user_of(person: Person, sign_in: SignIn) -> User:
    """The person as actions know them."""
    await sign_in(person)
    session = await Session.get(person_id=person.id)
    row = await accounts.session(session.digest)
    assert row
    return accounts.user(row, ip="198.51.100.24", request_id="r")


async def test_without_javascript(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)

    answer = await alice.post(f"/orders/{order.number}/comments", said("Когда\r\nотгрузка? <b>"))

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/orders/{order.number}#comment-1"
    comment = await Comment.get()
    assert (comment.number, comment.author_id, comment.text) == (1, cast.alice.id, "Когда\nотгрузка? <b>")
    assert 'id="comment-1"' in (page := (await alice.get(f"/orders/{order.number}")).text)
    assert "Когда<br>отгрузка? &lt;b&gt;" in page
    [event] = await Event.all()
    thread = await Thread.get()
    assert event.name == "comment.added"
    assert event.data == {
        "on": "order",
        "order": order.number,
        "order_id": order.id,
        "thread_id": thread.id,
        "comment_id": comment.id,
        "comment": 1,
        "internal": False,
        "excerpt": "Когда\nотгрузка? <b>",
    }


async def test_with_htmx(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, comment="До пятницы")

    answer = await alice.hx_post(f"/orders/{order.number}/comments", said())

    assert answer.status_code == 200
    assert answer.text.startswith('<section class="part" id="thread"')
    assert 'id="comment-1" class="fresh" tabindex="-1" autofocus' in answer.text
    assert answer.text.index("До пятницы") < answer.text.index("Когда отгрузка?")
    assert 'hx-target="#said"' in answer.text


async def test_the_turn_goes_to_the_other_side(alice: Browser, maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    door = f"/orders/{order.number}/comments"

    await alice.post(door, said())
    thread = await Thread.get()
    assert (thread.awaits, thread.comments, thread.company_id) == ("staff", 1, cast.company.id)
    await maria.post(door, said("Завтра", answers="1"))
    answered = await Thread.get()
    assert (answered.awaits, answered.comments) == ("partner", 2)
    await alice.post(door, said())
    await maria.post(door, said("Проверить склад", internal="1"))

    after = await Thread.get()
    assert (after.awaits, after.comments) == ("staff", 4)
    assert after.last_at == (await Comment.get(number=3)).at
    assert (await Comment.get(number=2).select_related("answers")).answers.number == 1


async def test_internal_notes_are_for_staff(alice: Browser, maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    door = f"/orders/{order.number}/comments"
    await maria.post(door, said("Скидку больше не давать", internal="1"))
    await maria.post(door, said("Отгрузим завтра", answers="1"))

    hers, theirs = (await alice.get(f"/orders/{order.number}")).text, (await maria.get(f"/orders/{order.number}")).text

    assert "Скидку больше не давать" in theirs
    assert 'href="#comment-1"' in theirs
    assert "Скидку больше не давать" not in hers
    assert "#comment-1" not in hers
    assert "Отгрузим завтра" in hers
    assert 'name="internal"' in theirs
    assert 'name="internal"' not in hers
    assert [event.data["internal"] for event in await Event.all().order_by("id")] == [True, False]
    assert (await alice.post(door, said("Почему?", answers="1"))).status_code == 404
    assert (await alice.post(door, said("Тайно", internal="1"))).status_code == 403
    assert await Comment.all().count() == 2


async def test_a_form_sent_twice_is_one_comment(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice)
    form = said()

    answers = await asyncio.gather(*(alice.post(f"/orders/{order.number}/comments", form) for _ in range(10)))

    assert {answer.headers["location"] for answer in answers} == {f"/orders/{order.number}#comment-1"}
    assert await Comment.all().count() == await Event.all().count() == 1


async def test_a_form_sent_again_with_another_text_is_another_comment(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice)
    form = said()

    await alice.post(f"/orders/{order.number}/comments", form)
    await alice.post(f"/orders/{order.number}/comments", {**form, "text": "Иначе"})

    assert [comment.number for comment in await Comment.all().order_by("id")] == [1, 2]


async def test_comments_at_once_have_numbers_of_their_own(
    alice: Browser, bob: Browser, maria: Browser, cast: Cast
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)

    posts = [browser.post(f"/orders/{order.number}/comments", said()) for browser in (alice, bob, maria) * 4]
    answers = await asyncio.gather(*posts)

    assert {answer.status_code for answer in answers} == {303}
    assert sorted(comment.number for comment in await Comment.all()) == list(range(1, 13))
    assert (await Thread.get()).comments == 12


@pytest.mark.parametrize("text", ["", " \r\n ", "я" * 5001])
async def test_what_cannot_be_a_comment_is_kept(alice: Browser, cast: Cast, text: str) -> None:
    order = await make_order(person=cast.alice)
    door = f"/orders/{order.number}/comments"
    await alice.post(door, said())

    for answer in (await alice.post(door, said(text)), await alice.hx_post(door, said(text, answers="1"))):
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        assert f">\n{text.replace(chr(13), '')}</textarea>" in answer.text.replace("\r", "")
    assert await Comment.all().count() == 1


@pytest.mark.parametrize("text", ["я" * 5000, "a\r\n" * 1666])
async def test_a_long_comment(alice: Browser, cast: Cast, text: str) -> None:
    order = await make_order(person=cast.alice)

    assert (await alice.post(f"/orders/{order.number}/comments", said(text))).status_code == 303
    assert len((await Event.get()).data["excerpt"]) == 200


@pytest.mark.parametrize("wrong", [{"answers": "7"}, {"answers": "x"}, {"answers": "0"}, {"answers": "9" * 20}])
async def test_an_answer_to_nothing(alice: Browser, cast: Cast, wrong: dict[str, str]) -> None:
    order = await make_order(person=cast.alice, comment="До пятницы")

    for text in ("Да", ""):
        assert (await alice.post(f"/orders/{order.number}/comments", said(text, **wrong))).status_code == 404
    assert not await Thread.exists()


@pytest.mark.parametrize("broken", [{"key": ""}, {"key": "short"}, {"author": "1"}])
async def test_a_form_that_no_page_made_is_refused(alice: Browser, cast: Cast, broken: dict[str, str]) -> None:
    order = await make_order(person=cast.alice)

    assert (await alice.post(f"/orders/{order.number}/comments", {**said(), **broken})).status_code == 400
    assert not await Comment.exists()


async def test_strangers(
    guest: Browser, vera: Browser, charlie: Browser, oleg: Browser, bob: Browser, cast: Cast
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    door = f"/orders/{order.number}/comments"

    assert (await guest.post(door, said())).headers["location"].startswith("/sign-in")
    assert (await vera.post(door, said())).status_code == 403
    assert (await charlie.post(door, said())).status_code == 404
    assert (await oleg.post(door, said())).status_code == 404
    assert not await Comment.exists()
    assert (await bob.post(door, said())).status_code == 303
    assert 'name="text"' not in (await vera.get(f"/orders/{order.number}")).text


async def test_about_a_line_of_a_presentation(sign_in: SignIn, cast: Cast) -> None:
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    line = await Line.get()
    alice, maria = await user_of(cast.alice, sign_in), await user_of(cast.maria, sign_in)

    added = await add_comment(presentation, "Есть белые?", by=alice, key="k", line=line)
    await add_comment(presentation, "Есть", by=maria, key="k", answers=added.number)

    talk = await queries.of_presentation(presentation.id, base="/presentations/1", reader=alice)
    first, second = talk.remarks
    assert first.line == queries.About(line.id, 1, line.article)
    assert (first.staff, first.company, second.staff, second.answers) == (False, cast.company.name, True, 1)
    assert (await Thread.get()).presentation_id == presentation.id
    event = await Event.all().order_by("id").first()
    assert event and event.data["on"] == "presentation"
    assert (event.data["presentation"], event.data["position"]) == (presentation.number, 1)


async def test_the_actions_own_rules(sign_in: SignIn, cast: Cast) -> None:
    order = await make_order(person=cast.alice)
    alice = await user_of(cast.alice, sign_in)

    with pytest.raises(Forbidden):
        await add_comment(order, "Тайно", by=alice, key="k", internal=True)
    with pytest.raises(NotFound):
        await add_comment(order, "Кому?", by=alice, key="k", answers=3)
    assert not await Thread.exists()
