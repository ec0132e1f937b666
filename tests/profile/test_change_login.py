"""POST /profile/login: asks for the current password; no look-alikes; told by letter."""

import pytest

from app.accounts import logins
from app.accounts.models import Person, SignInFailure
from app.history.models import Email, Event
from app.settings import Settings
from jobs.relay import Relay
from tests.accounts.conftest import Clock
from tests.factories import Cast
from tests.profile.conftest import PASSWORD
from tests.site import Browser

NEW = {"login": "Alisa.S", "current": PASSWORD}


async def test_without_javascript(alice: Browser, known: Cast, settings: Settings) -> None:
    assert (await alice.get("/profile/login")).status_code == 200
    answer = await alice.post("/profile/login", NEW)
    assert (answer.status_code, answer.headers["location"]) == (303, "/profile")
    await known.alice.refresh_from_db()
    assert (known.alice.login, known.alice.login_key) == ("Alisa.S", "alisa.s")
    assert known.alice.login_look == logins.login_look("Alisa.S")
    [event] = await Event.all()
    assert (event.name, event.data) == ("person.login_changed", {"was": "alice", "login": "Alisa.S"})
    await Relay(settings).run()
    [letter] = await Email.all()
    assert (letter.recipient, letter.template) == ("alice@example.ru", "login_changed")
    assert "Alisa.S" in letter.text


async def test_with_htmx(alice: Browser, known: Cast) -> None:
    answer = await alice.hx_post("/profile/login", NEW)
    assert answer.text.startswith('<section class="part fresh" id="access"') and "Alisa.S" in answer.text


@pytest.mark.parametrize("login", ["bob", "BOB", "b0b", "вob", "al", "a@example.ru", "", "correct"])
async def test_what_cannot_be_the_login(alice: Browser, known: Cast, login: str) -> None:
    await Person.filter(id=known.bob.id).update(login_look=logins.login_look("bob"))
    for answer in (
        await alice.post("/profile/login", {**NEW, "login": login}),
        await alice.hx_post("/profile/login", {**NEW, "login": login}),
    ):
        assert answer.status_code == 422 and 'id="login-e"' in answer.text
        assert PASSWORD not in answer.text, "a password is not sent back"
    assert await Event.all().count() == 0


async def test_somebody_was_quicker(alice: Browser, known: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def free(login: str, *, besides: int | None = None) -> bool:
        return True

    monkeypatch.setattr(logins, "free", free)
    answer = await alice.post("/profile/login", {**NEW, "login": "BOB"})
    assert answer.status_code == 422 and 'id="login-e"' in answer.text
    assert await Event.all().count() == 0


async def test_a_wrong_password_is_counted(alice: Browser, known: Cast, settings: Settings, later: Clock) -> None:
    for _ in range(settings.signin_account_limit):
        answer = await alice.post("/profile/login", {**NEW, "current": "a guess"})
        assert answer.status_code == 422 and "не ваш текущий пароль" in answer.text
        assert 'value="Alisa.S"' in answer.text, "what was typed is still there"
    assert "Слишком много" in (await alice.post("/profile/login", NEW)).text
    assert await SignInFailure.filter(key=f"current:{known.alice.id}").count() == settings.signin_account_limit
    later.pass_(seconds=settings.signin_window + 1)
    assert (await alice.post("/profile/login", NEW)).status_code == 303


async def test_a_stranger(guest: Browser, charlie: Browser, known: Cast) -> None:
    assert (await guest.post("/profile/login", NEW)).headers["location"].startswith("/sign-in")
    assert (await charlie.post("/profile/login", {**NEW, "login": "alice"})).status_code == 422
    await known.alice.refresh_from_db()
    assert known.alice.login == "alice"
