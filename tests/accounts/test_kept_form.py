"""A form that is sent after its session ended: its sender signs in and finds the text again."""

from datetime import timedelta

import pytest

from app import clock
from app.accounts import passwords
from app.accounts.models import KeptForm, Session
from app.threads.models import Comment
from app.web.kept import LONGEST
from tests.factories import Cast, make_order
from tests.site import Browser

KEY = "a-key-that-a-form-was-given"
TEXT = "Можно ли отгрузить\nдо пятницы?"
PASSWORD = "за-три-моря 1469"


@pytest.fixture
async def door(alice: Browser, cast: Cast) -> str:
    """Where Alice comments on her order; her session ends before she sends."""
    cast.alice.password_hash = passwords.hash_password(PASSWORD)
    await cast.alice.save(update_fields=["password_hash"])
    order = await make_order(person=cast.alice, manager=cast.maria)
    await Session.filter(person=cast.alice).update(ended_at=clock.now())
    return f"/orders/{order.number}/comments"


async def test_without_javascript(alice: Browser, door: str, cast: Cast) -> None:
    sent = await alice.post(door, {"key": KEY, "text": TEXT}, headers={"referer": "http://kabinet.test/orders/1"})
    to = sent.headers["location"]
    entered = await alice.post("/sign-in", {"login": "alice", "password": PASSWORD, "next": to.partition("next=")[2]})
    page = await alice.get(entered.headers["location"])

    assert sent.status_code == 303
    assert page.status_code == 200
    assert "Можно ли отгрузить<br>до пятницы?" in page.text
    assert f'action="{door}"' in page.text
    assert 'href="/orders/1"' in page.text
    again = await alice.post(door, {"key": KEY, "text": TEXT})
    assert again.status_code == 303
    assert (await Comment.get()).text == TEXT


async def test_with_htmx(alice: Browser, door: str) -> None:
    sent = await alice.hx_post(door, {"key": KEY, "text": TEXT})

    assert sent.status_code == 401
    assert sent.headers["hx-redirect"].startswith("/sign-in?next=/kept/")
    assert (await KeptForm.get()).texts == {"key": KEY, "text": TEXT}


async def test_somebody_else_does_not_find_it(alice: Browser, bob: Browser, door: str) -> None:
    await alice.post(door, {"key": KEY, "text": TEXT})
    kept = await KeptForm.get()

    assert (await bob.get(f"/kept/{kept.id}")).status_code == 404


async def test_it_is_kept_for_a_day(alice: Browser, door: str, cast: Cast) -> None:
    await alice.post(door, {"key": KEY, "text": TEXT})
    kept = await KeptForm.get()
    await alice.enter(cast.alice)

    assert (await alice.get(f"/kept/{kept.id}")).status_code == 200
    await KeptForm.all().update(at=clock.now() - timedelta(hours=25))
    assert (await alice.get(f"/kept/{kept.id}")).status_code == 404


async def test_few_are_kept(alice: Browser, door: str) -> None:
    for number in range(8):
        await alice.post(door, {"key": KEY, "text": f"{TEXT} {number}"})

    kept = await KeptForm.all().order_by("id")
    assert [one.texts["text"][-1] for one in kept] == ["3", "4", "5", "6", "7"]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"csrf": "x"},
        {"password": "за-три-моря"},
        {"current": "за-три-моря", "code": "123456"},
        {"text": "x" * (LONGEST + 1)},
        {"text": "\ufffd"},
    ],
    ids=["empty", "token", "password", "both factors", "long", "broken"],
)
async def test_what_is_not_kept(alice: Browser, door: str, form: dict[str, str]) -> None:
    sent = await alice.post(door, form)

    assert sent.headers["location"].startswith("/sign-in?next=/")
    assert not await KeptForm.exists()


async def test_strangers_cannot_fill_the_table(guest: Browser, alice: Browser, door: str) -> None:
    await guest.post(door, {"key": KEY, "text": TEXT})
    await alice.post(door, {"key": KEY, "text": TEXT}, headers={"sec-fetch-site": "cross-site"})

    assert not await KeptForm.exists()
