"""POST /presentations/7/comments, and the pencils that open its forms."""

from app.history.models import Event
from app.threads.models import Comment, Thread
from tests.factories import Cast
from tests.presentations.conftest import Offer
from tests.site import Browser


async def test_a_note_about_a_line_with_htmx(alice: Browser, cast: Cast, offer: Offer) -> None:
    opened = await alice.hx_get(f"{offer.line(offer.camera)}/note")
    assert opened.status_code == 200 and 'form="noting"' in opened.text
    form = {"text": "Нужен белый корпус", "line": str(offer.camera.id), "key": "one-time-key-of-a-form-1"}
    answer = await alice.hx_post(f"{offer.path}/comments", form)
    assert answer.status_code == 200
    assert answer.text.startswith(f'<tbody role="rowgroup" id="line-{offer.camera.id}"')
    assert 'hx-target="#thread"' in answer.text and "Нужен белый корпус" in answer.text
    comment = await Comment.get()
    assert (comment.author_id, comment.line_id, comment.number) == (cast.alice.id, offer.camera.id, 1)  # type: ignore[attr-defined]
    assert (await Thread.get()).awaits == "staff"
    assert (await Event.get(name="comment.added")).data["position"] == 1


async def test_without_javascript(alice: Browser, offer: Offer) -> None:
    page = (await alice.get(f"{offer.line(offer.camera)}/note")).text
    assert page.startswith("<!doctype html>") and '<textarea id="note"' in page
    answer = await alice.post(f"{offer.path}/comments", {"text": "Добрый день", "key": "one-time-key-of-a-form-1"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{offer.path}#comment-1")
    assert "Добрый день" in (await alice.get(offer.path)).text
    assert (await alice.get(f"{offer.path}/comments/1/answer")).text.count('name="answers" value="1"') == 1


async def test_the_manager_answers(alice: Browser, maria: Browser, offer: Offer) -> None:
    await alice.post(f"{offer.path}/comments", {"text": "Можно белый?", "key": "one-time-key-of-a-form-1"})
    answer = await maria.hx_post(
        f"{offer.path}/comments", {"text": "Можно", "answers": "1", "key": "one-time-key-of-a-form-2"}
    )
    assert answer.status_code == 200 and (await Thread.get()).awaits == "partner"
    inner = await maria.post(
        f"{offer.path}/comments", {"text": "Склад не знает", "internal": "1", "key": "one-time-key-of-a-form-3"}
    )
    assert inner.status_code == 303
    page = (await alice.get(offer.path)).text
    assert "Можно</p>" in page and "Склад не знает" not in page
    assert "Склад не знает" in (await maria.get(offer.path)).text


async def test_sent_twice_is_one(alice: Browser, offer: Offer) -> None:
    form = {"text": "Срок?", "key": "one-time-key-of-a-form-1", "line": str(offer.camera.id)}
    for _ in range(2):
        await alice.post(f"{offer.path}/comments", form)
    assert await Comment.all().count() == 1
    await alice.post(f"{offer.path}/comments", {**form, "line": str(offer.cable.id)})
    assert await Comment.all().count() == 2, "the same words about another line are another note"


async def test_by_a_stranger_and_by_those_who_may_not(
    charlie: Browser, oleg: Browser, vera: Browser, offer: Offer
) -> None:
    form = {"text": "Подсмотрел", "key": "one-time-key-of-a-form-1"}
    assert (await charlie.post(f"{offer.path}/comments", form)).status_code == 404
    assert (await oleg.post(f"{offer.path}/comments", form)).status_code == 404
    assert (await vera.post(f"{offer.path}/comments", form)).status_code == 403
    assert (await charlie.get(f"{offer.line(offer.camera)}/note")).status_code == 404
    assert await Comment.all().count() == 0


async def test_an_empty_note_is_refused_and_a_long_one_kept(alice: Browser, offer: Offer) -> None:
    form = {"text": "   ", "line": str(offer.camera.id), "key": "one-time-key-of-a-form-1"}
    fragment = await alice.hx_post(f"{offer.path}/comments", form)
    assert fragment.status_code == 422 and 'aria-describedby="note-e"' in fragment.text
    whole = await alice.post(f"{offer.path}/comments", {**form, "text": "ы" * 5001})
    assert whole.status_code == 422 and "ы" * 5001 in whole.text
    assert await Comment.all().count() == 0


async def test_wrong_lines_and_comments_are_not_found(alice: Browser, offer: Offer) -> None:
    for line in ("999999", "x", "-1", "99999999999999999999"):
        form = {"text": "А", "key": "one-time-key-of-a-form-1", "line": line}
        assert (await alice.post(f"{offer.path}/comments", form)).status_code == 404
    assert (
        await alice.post(f"{offer.path}/comments", {"text": "А", "key": "one-time-key-of-a-form-", "answers": "7"})
    ).status_code == 404
    assert (await alice.get(f"{offer.path}/comments/7/answer")).status_code == 404
    assert await Comment.all().count() == 0
