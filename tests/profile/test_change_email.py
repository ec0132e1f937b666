"""POST /profile/email and /profile/email/{token}: confirmed at the new address, told at the old one."""

import asyncio
import re

import pytest

from app.accounts import links
from app.accounts.joining import OneTimeLink, Purpose
from app.accounts.models import Person
from app.history.models import Email, Event
from app.profile import access
from app.settings import Settings
from jobs.relay import Relay
from tests.accounts.conftest import Clock
from tests.factories import Cast
from tests.profile.conftest import PASSWORD
from tests.site import Browser

NEW = {"email": "alisa@example.com", "current": PASSWORD}


async def letters(settings: Settings) -> dict[str, set[str]]:
    """Who got a letter, by its template."""
    await Relay(settings).run()
    found: dict[str, set[str]] = {}
    for letter in await Email.all():
        found.setdefault(letter.template, set()).add(letter.recipient)
    return found


async def link(settings: Settings) -> str:
    """The path in the letter to the new address."""
    await Relay(settings).run()
    letter = await Email.filter(template="email_change").order_by("-id").first()
    assert letter is not None
    return re.findall(r"http://kabinet\.test(/profile/email/\S+)", letter.text)[0]


async def test_without_javascript(alice: Browser, known: Cast, settings: Settings) -> None:
    assert (await alice.get("/profile/email")).status_code == 200
    answer = await alice.post("/profile/email", NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    assert "alisa@example.com" in (await alice.get("/profile")).text
    assert await letters(settings) == {
        "email_change_asked": {"alice@example.ru"},
        "email_change": {"alisa@example.com"},
    }
    await known.alice.refresh_from_db()
    assert known.alice.email == "alice@example.ru", "nothing changes until it is confirmed"

    there = await link(settings)
    assert "alisa@example.com" in (await alice.get(there)).text
    assert (await alice.get(there)).status_code == 200, "to look uses nothing up"
    answer = await alice.post(there)

    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    await known.alice.refresh_from_db()
    assert (known.alice.email, known.alice.email_key) == ("alisa@example.com", "alisa@example.com")
    assert (await letters(settings))["email_changed"] == {"alice@example.ru", "alisa@example.com"}
    assert [e.name for e in await Event.all().order_by("id")] == [
        "person.email_change_asked",
        "person.email_link_made",
        "person.email_changed",
    ]


async def test_with_htmx(alice: Browser, known: Cast) -> None:
    answer = await alice.hx_post("/profile/email", NEW)
    assert answer.text.startswith('<section class="part fresh" id="access"') and "alisa@example.com" in answer.text


async def test_a_known_address_is_answered_alike(alice: Browser, known: Cast, settings: Settings) -> None:
    new, taken = [
        (await alice.hx_post("/profile/email", {**NEW, "email": email})).text.replace(email, "…")
        for email in ("alisa@example.com", "charlie@example.ru")
    ]
    assert new == taken
    assert (await letters(settings))["email_change"] == {"alisa@example.com"}
    await Relay(settings).run()
    page = (await alice.get("/history")).text
    assert "Ссылка для подтверждения" not in page, "nor does the history tell"


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nobody"), ("email", "ALICE@example.ru"), ("current", ""), ("current", "a guess")]
)
async def test_mistakes(alice: Browser, known: Cast, field: str, value: str) -> None:
    answer = await alice.post("/profile/email", {**NEW, field: value})
    assert answer.status_code == 422 and f'id="{field}-e"' in answer.text
    assert await OneTimeLink.all().count() == 0


async def test_not_too_often(alice: Browser, known: Cast) -> None:
    for number in range(access.ASKED_AT_MOST):
        assert (await alice.post("/profile/email", {**NEW, "email": f"a{number}@example.com"})).status_code == 303
    assert (await alice.post("/profile/email", NEW)).status_code == 422


async def test_only_the_newest_link_works(alice: Browser, known: Cast, settings: Settings) -> None:
    await alice.post("/profile/email", NEW)
    first = await link(settings)
    await alice.post("/profile/email", {**NEW, "email": "other@example.com"})
    assert (await alice.post(first)).status_code == 410
    assert (await alice.post(await link(settings))).status_code == 303
    await known.alice.refresh_from_db()
    assert known.alice.email == "other@example.com"


async def test_links_that_do_nothing(
    alice: Browser, charlie: Browser, guest: Browser, known: Cast, settings: Settings, later: Clock
) -> None:
    await alice.post("/profile/email", NEW)
    there = await link(settings)
    assert (await guest.get(there)).headers["location"].startswith("/sign-in")
    for browser, path in ((charlie, there), (alice, there[:-3]), (alice, "/profile/email/x.y.z")):
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(path)).status_code == 404
    other = await links.new(Purpose.PASSWORD, person=known.alice.id)
    assert (await alice.post(f"/profile/email/{links.token(settings, other.id)}")).status_code == 404
    later.pass_(hours=11)
    await alice.get("/profile")
    later.pass_(hours=11)
    await Person.filter(id=known.alice.id).update(language="ru")
    await OneTimeLink.filter(email=NEW["email"]).update(expires_at=later.now())
    assert (await alice.get(there)).status_code == 410
    assert (await alice.post(there)).status_code == 410


async def test_ten_at_once(alice: Browser, known: Cast, settings: Settings) -> None:
    await alice.post("/profile/email", NEW)
    there = await link(settings)
    codes = [answer.status_code for answer in await asyncio.gather(*(alice.post(there) for _ in range(10)))]
    assert sorted(codes) == [303] + [410] * 9
    assert await Event.filter(name="person.email_changed").count() == 1


async def test_the_address_was_taken_meanwhile(alice: Browser, known: Cast, settings: Settings) -> None:
    await alice.post("/profile/email", NEW)
    there = await link(settings)
    await Person.filter(id=known.charlie.id).update(email=NEW["email"], email_key=NEW["email"])
    answer = await alice.post(there)
    assert answer.status_code == 410 and "уже занят" in answer.text
    await known.alice.refresh_from_db()
    assert known.alice.email == "alice@example.ru"
