"""GET and POST /desk/extensions/{request}/settlement: a request to prolong that gets no new version."""

from app import clock
from app.history.models import Event
from app.presentations.models import ExtensionRequest, Version
from app.settings import Settings
from app.threads.models import Comment
from app.tokens import new_secret
from jobs.relay import Relay
from tests.desk.test_extensions import ask
from tests.factories import Cast
from tests.jobs.test_readers import recipients
from tests.site import Browser


def form(text: str = "", key: str = "") -> dict[str, str]:
    """What the page sends."""
    return {"text": text, "key": key or new_secret()}


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast, settings: Settings) -> None:
    request = await ask(cast.alice, author=cast.maria)
    door = f"/desk/extensions/{request.id}/settlement"
    assert f'href="{door}"' in (await maria.get("/desk/extensions")).text
    page = (await maria.get(door)).text
    assert "Просьба разобрана?" in page and "Без комментария партнёру ничего не сообщается" in page

    answer = await maria.post(door, form())

    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/extensions")
    assert "Никто не просит" in (await maria.get("/desk/extensions")).text
    [event] = await Event.filter(name="presentation.extension_settled")
    assert (event.actor_id, event.company_id) == (cast.maria.id, cast.company.id)
    await Relay(settings).run()
    assert "Просьба продлить разобрана" in (await maria.get(f"/history?company={cast.company.id}")).text
    assert "Просьба продлить разобрана" not in (await alice.get("/history")).text
    assert await recipients(Relay(settings), "comment_added") == set() and await Comment.all().count() == 0


async def test_with_htmx_and_a_comment_that_the_partner_reads(
    maria: Browser, alice: Browser, cast: Cast, settings: Settings
) -> None:
    request = await ask(cast.alice, author=cast.maria)
    sent = form("Цены выросли, продлить не можем")
    for _ in range(2):
        answer = await maria.hx_post(f"/desk/extensions/{request.id}/settlement", sent)
        assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/desk/extensions")
    assert (await Comment.get()).text == "Цены выросли, продлить не можем"
    assert await Event.filter(name="presentation.extension_settled").count() == 1
    assert await recipients(Relay(settings), "comment_added") == {"alice", "bob"}


async def test_what_a_second_one_says_is_not_lost(maria: Browser, anna: Browser, cast: Cast) -> None:
    request = await ask(cast.alice, author=cast.maria)
    for browser, text in ((maria, ""), (anna, "Позвоните мне")):
        answer = await browser.post(f"/desk/extensions/{request.id}/settlement", form(text))
        assert answer.status_code == 303
    assert (await Comment.get()).author_id == cast.anna.id  # type: ignore[attr-defined]
    assert await Event.filter(name="presentation.extension_settled").count() == 1


async def test_by_a_stranger(oleg: Browser, alice: Browser, cast: Cast) -> None:
    request = await ask(cast.alice, author=cast.maria)
    door = f"/desk/extensions/{request.id}/settlement"
    assert (await oleg.get(door)).status_code == (await oleg.post(door, form())).status_code == 404
    assert (await alice.get(door)).status_code == (await alice.post(door, form())).status_code == 403
    assert (await oleg.get("/desk/extensions/999/settlement")).status_code == 404
    assert (await ExtensionRequest.get()).settled_at is None


async def test_one_that_is_answered_already(maria: Browser, cast: Cast) -> None:
    request = await ask(cast.alice, author=cast.maria)
    await Version.all().update(replaced_at=clock.now())
    answer = await maria.post(f"/desk/extensions/{request.id}/settlement", form("Не можем"))
    assert (
        answer.status_code == 409 and "На просьбу уже ответили" in answer.text and "Не можем</textarea>" in answer.text
    )
    assert await Comment.all().count() == 0 and not await Event.exists(name="presentation.extension_settled")


async def test_a_comment_that_is_too_long_stays(maria: Browser, cast: Cast) -> None:
    request = await ask(cast.alice, author=cast.maria)
    answer = await maria.post(f"/desk/extensions/{request.id}/settlement", form("я" * 5001))
    assert answer.status_code == 422 and "я" * 5001 in answer.text and 'id="text-e"' in answer.text
    assert (await ExtensionRequest.get()).settled_at is None
