"""POST /profile/password: asks for the current one; other sessions end, this one stays."""

import pytest
from starlette.applications import Starlette

from app.accounts import passwords
from app.accounts.joining import OneTimeLink, Purpose
from app.accounts.links import new
from app.history.models import Event
from tests.factories import Cast
from tests.profile.conftest import PASSWORD
from tests.site import Browser

NEW = {"current": PASSWORD, "password": "Афанасий Никитин в Бидаре"}


async def test_without_javascript(site: Starlette, alice: Browser, known: Cast) -> None:
    await new(Purpose.EMAIL, person=known.alice.id, email="a@example.com")
    async with Browser(site) as phone:
        await phone.enter(known.alice)
        assert (await alice.get("/profile/password")).status_code == 200
        answer = await alice.post("/profile/password", NEW)
        assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
        assert (await phone.get("/profile")).status_code == 303, "the other device is signed out"
    assert (await alice.get("/profile")).status_code == 200, "this one is not"
    await known.alice.refresh_from_db()
    assert await passwords.matches(NEW["password"], known.alice.password_hash)
    assert [event.name for event in await Event.all()] == ["person.password_changed"]
    assert await OneTimeLink.filter(used_at=None).count() == 0, (
        "an address that was asked for is not confirmed any more"
    )


async def test_with_htmx(alice: Browser, known: Cast) -> None:
    assert (await alice.hx_get("/profile/password")).text.lstrip().startswith("<section")
    assert (await alice.hx_post("/profile/password", NEW)).headers["hx-redirect"] == "/profile"


@pytest.mark.parametrize("password", ["", "short", "password1", "я" * 129, "Alice in Wonderland 1865"])
async def test_what_cannot_be_the_password(alice: Browser, known: Cast, password: str) -> None:
    for answer in (
        await alice.post("/profile/password", {**NEW, "password": password}),
        await alice.hx_post("/profile/password", {**NEW, "password": password}),
    ):
        assert answer.status_code == 422 and 'id="password-e"' in answer.text
        assert PASSWORD not in answer.text
    assert await Event.all().count() == 0


async def test_a_wrong_current_password(alice: Browser, known: Cast) -> None:
    answer = await alice.post("/profile/password", {**NEW, "current": "a guess"})
    assert answer.status_code == 422 and 'id="current-e"' in answer.text


async def test_a_stranger(guest: Browser, charlie: Browser, known: Cast) -> None:
    assert (await guest.post("/profile/password", NEW)).headers["location"].startswith("/sign-in")
    assert (await charlie.post("/profile/password", NEW)).status_code == 303
    await known.alice.refresh_from_db()
    assert await passwords.matches(PASSWORD, known.alice.password_hash), "everybody has but their own"
