"""Sessions: new at sign-in, ended by sign-out, and not for ever."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from app import clock, tokens
from app.accounts.models import Person, Session
from app.history.models import Event
from app.settings import Settings
from tests.accounts.conftest import Clock
from tests.accounts.test_sign_in import enter
from tests.factories import Cast
from tests.site import HOST, Browser


async def is_in(browser: Browser) -> bool:
    answer = await browser.get("/orders")
    assert answer.status_code in (200, 303)
    return answer.status_code == 200


def cookie(browser: Browser) -> str:
    return str(browser.http.cookies.get("session"))


async def test_a_session_is_new_at_each_sign_in(guest: Browser, known: Cast) -> None:
    await enter(guest, "alice")
    first = cookie(guest)
    await enter(guest, "bob")
    assert cookie(guest) != first
    assert known.bob.name in (await guest.get("/orders")).text
    guest.http.cookies.set("session", first, domain=HOST)
    assert not await is_in(guest), "the one before it is ended"
    assert await Session.filter(ended_at=None).count() == 1


async def test_nobody_can_choose_a_session_for_another(guest: Browser, known: Cast, settings: Settings) -> None:
    planted = tokens.sign(settings, "session", "planted")
    guest.http.cookies.set("session", planted, domain=HOST)
    await enter(guest, "alice")
    assert cookie(guest) != planted


async def test_sign_out(alice: Browser, cast: Cast) -> None:
    old = cookie(alice)
    answer = await alice.post("/sign-out")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert "session" not in alice.http.cookies
    assert not await is_in(alice)
    alice.http.cookies.set("session", old, domain=HOST)
    assert not await is_in(alice), "the old cookie is dead"
    assert await Event.filter(name="person.signed_out", actor_id=cast.alice.id).count() == 1
    assert "Вы вышли" in (await alice.get("/sign-in")).text


async def test_sign_out_ends_this_session_alone(site: Starlette, alice: Browser, cast: Cast) -> None:
    async with Browser(site) as phone:
        await phone.enter(cast.alice)
        await alice.post("/sign-out")
        assert await is_in(phone)


async def test_signing_out_is_a_post(alice: Browser, guest: Browser) -> None:
    assert (await alice.get("/sign-out")).status_code == 405
    assert await is_in(alice)
    assert (await guest.post("/sign-out")).headers["location"].startswith("/sign-in")


async def test_a_session_left_alone_ends(alice: Browser, settings: Settings, later: Clock) -> None:
    later.pass_(seconds=settings.session_idle - 5)
    assert await is_in(alice), "and is used again"
    later.pass_(seconds=settings.session_idle - 5)
    assert await is_in(alice)
    later.pass_(seconds=settings.session_idle + 1)
    assert not await is_in(alice)


async def test_a_session_in_use_ends_too(alice: Browser, settings: Settings, later: Clock) -> None:
    step = timedelta(seconds=settings.session_absolute) / 8
    for _ in range(7):
        later.pass_(seconds=step.total_seconds())
        assert await is_in(alice)
    later.pass_(seconds=step.total_seconds())
    assert not await is_in(alice)


async def test_one_that_stays_ends_after_its_days(
    guest: Browser, known: Cast, settings: Settings, later: Clock
) -> None:
    await enter(guest, "alice", stay="1")
    later.pass_(seconds=settings.session_stay - 60)
    assert await is_in(guest)
    later.pass_(seconds=61)
    assert not await is_in(guest)


async def test_it_is_noted_when_a_session_was_used(alice: Browser, cast: Cast, later: Clock) -> None:
    seen = (await Session.get(person=cast.alice)).seen_at
    await alice.get("/orders")
    assert (await Session.get(person=cast.alice)).seen_at == seen, "not for each page: a write costs more than a read"
    later.pass_(seconds=61)
    await alice.get("/orders")
    assert (await Session.get(person=cast.alice)).seen_at > seen


async def test_a_blocked_person_is_out_at_once(alice: Browser, cast: Cast) -> None:
    await Person.filter(id=cast.alice.id).update(blocked_at=clock.now())
    assert not await is_in(alice)


@pytest.mark.parametrize("value", ["", "x", "a.b.c", "ImFsaWNlIg.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb", "%00", "я" * 9])
async def test_cookies_that_we_did_not_give(guest: Browser, cast: Cast, value: str) -> None:
    answer = await guest.get("/orders", headers={"cookie": f"session={value}".encode()})
    assert answer.status_code == 303


async def test_a_cookie_signed_for_another_purpose(
    guest: Browser, alice: Browser, settings: Settings, cast: Cast
) -> None:
    secret = "a secret that a session has"
    await Session.create(digest=tokens.digest(secret), person=cast.alice, seen_at=clock.now())
    guest.http.cookies.set("session", tokens.sign(settings, "device", secret), domain=HOST)
    assert not await is_in(guest)
    guest.http.cookies.set("session", tokens.sign(settings, "session", secret), domain=HOST)
    assert await is_in(guest)


async def test_signed_in_pages_are_kept_by_nobody(alice: Browser, guest: Browser) -> None:
    for path in ("/orders", "/catalogue", "/help", "/no-such-page"):
        assert (await alice.get(path)).headers["cache-control"] == "no-store"
    assert (await guest.get("/catalogue")).headers["cache-control"] == "private, no-cache"
