"""GET and POST /sign-in/code: the second step of a sign-in."""

import asyncio
import sys
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from app import clock
from app.accounts import second_factor
from app.accounts.models import KeptForm, Person, Session, SignInFailure
from app.accounts.second_factor_models import RecoveryCode, SecondFactor
from app.history.models import Email, Event
from app.outbox import Knock
from app.settings import Settings
from jobs.relay import Relay
from tests.accounts.authenticator import RECOVERY, code, with_second_factor
from tests.accounts.conftest import PASSWORD, Clock
from tests.accounts.test_sign_in import enter, without_tokens
from tests.factories import Cast
from tests.site import Browser

WRONG = "Этот код не подходит"


@pytest.fixture
async def guarded(known: Cast) -> Cast:
    """The cast; Maria has a second factor."""
    await with_second_factor(known.maria)
    return known


async def test_password_then_code(guest: Browser, guarded: Cast, settings: Settings) -> None:
    answer = await enter(guest, "maria", next="/orders/7?q=1", stay="1")
    assert answer.headers["location"] == "/sign-in/code?next=%2Forders%2F7%3Fq%3D1"
    assert await Session.all().count() == 0
    page = (await guest.get(answer.headers["location"])).text
    assert 'autocomplete="one-time-code"' in page and 'inputmode="numeric"' in page
    assert 'name="next" value="/orders/7?q=1"' in page
    shown = await code(guarded.maria, settings)
    entered = await guest.post("/sign-in/code", {"code": f" {shown[:3]} {shown[3:]} ", "next": "/orders/7?q=1"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/orders/7?q=1")
    assert (await Session.get(person=guarded.maria)).stay is True
    assert (await guest.get("/desk")).status_code == 200
    assert [one.name for one in await Event.all()] == ["person.signed_in"]


async def test_with_htmx(guest: Browser, guarded: Cast, settings: Settings) -> None:
    await enter(guest, "maria")
    answer = await guest.hx_post("/sign-in/code", {"code": await code(guarded.maria, settings)})
    assert answer.headers["hx-redirect"] == "/desk"


async def test_half_way_in_is_not_in(guest: Browser, guarded: Cast) -> None:
    await enter(guest, "maria")
    for path in ("/desk", "/profile", "/profile/second-factor", "/history"):
        assert (await guest.get(path)).headers["location"].startswith("/sign-in?next=")


async def test_a_wrong_password_tells_nothing(guest: Browser, guarded: Cast) -> None:
    """Whether there is a second factor is told to nobody who does not know the password."""
    refusals = set()
    for login in ("maria", "oleg", "nobody"):
        answer = await enter(guest, login, "wrong")
        refusals.add((answer.status_code, without_tokens(answer.text).replace(f'value="{login}"', "")))
        assert "halfway" not in answer.headers.get("set-cookie", "")
    assert len(refusals) == 1


@pytest.mark.parametrize("typed", ["000000", "12345", "1234567", "абвгде", "١٢٣٤٥٦", "4821-9057-1139", "x" * 40])
async def test_a_wrong_code(guest: Browser, guarded: Cast, typed: str) -> None:
    await enter(guest, "maria", next="/orders")
    answer = await guest.post("/sign-in/code", {"code": typed, "next": "/orders"})
    assert answer.status_code == 422 and WRONG in answer.text
    assert 'name="next" value="/orders"' in answer.text and f'value="{typed}"' not in answer.text
    assert await Session.all().count() == 0
    [event] = await Event.all()
    assert (event.name, event.data, event.actor_id) == ("person.sign_in_failed", {"step": "code"}, guarded.maria.id)


@pytest.mark.parametrize("typed", ["", " ", "1" * 41])
async def test_forms_filled_in_wrongly(guest: Browser, guarded: Cast, typed: str) -> None:
    await enter(guest, "maria")
    answer = await guest.post("/sign-in/code", {"code": typed})
    assert answer.status_code == 422 and 'id="code-e"' in answer.text
    assert await SignInFailure.all().count() == 0


async def test_the_clock_of_a_phone_may_be_half_a_minute_off(guest: Browser, guarded: Cast, settings: Settings) -> None:
    for steps, status in ((-2, 422), (2, 422), (-1, 303)):
        await enter(guest, "maria")
        typed = await code(guarded.maria, settings, steps=steps)
        assert (await guest.post("/sign-in/code", {"code": typed})).status_code == status


async def test_a_code_is_used_once(site: Starlette, guarded: Cast, settings: Settings) -> None:
    typed = await code(guarded.maria, settings)
    for status in (303, 422):
        async with Browser(site) as browser:
            await enter(browser, "maria")
            assert (await browser.post("/sign-in/code", {"code": typed})).status_code == status


@pytest.mark.parametrize("kind", ["code", "recovery"])
async def test_ten_at_once(guarded: Cast, settings: Settings, kind: str) -> None:
    typed = RECOVERY if kind == "recovery" else await code(guarded.maria, settings)
    by = Knock(guarded.maria.id, None, "198.51.100.24", "test")
    tries = [second_factor.check(guarded.maria, typed, by=by, settings=settings) for _ in range(10)]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert [type(one) for one in ended].count(type(None)) == 1, "one goes on"
    assert all(one is None or isinstance(one, second_factor.WrongCode) for one in ended)


async def test_a_recovery_code(guest: Browser, guarded: Cast, settings: Settings) -> None:
    for status in (303, 422):
        await enter(guest, "maria")
        assert (await guest.post("/sign-in/code", {"code": "4821 90571138"})).status_code == status
    event = await Event.get(name="person.recovery_code_used")
    assert event.data == {"person": "Мария Орлова", "left": 0}
    await Relay(settings).run()
    letter = await Email.get(template="second_factor")
    assert letter.recipient == "maria@example.ru" and "Осталось 0 запасных кодов" in letter.text


async def test_somebody_elses_recovery_code(guest: Browser, guarded: Cast) -> None:
    await with_second_factor(guarded.oleg)
    await RecoveryCode.filter(person=guarded.maria).delete()
    await enter(guest, "maria")
    assert (await guest.post("/sign-in/code", {"code": RECOVERY})).status_code == 422


async def test_many_wrong_codes(guest: Browser, guarded: Cast, settings: Settings, later: Clock) -> None:
    await enter(guest, "maria")
    for _ in range(settings.signin_account_limit):
        assert (await guest.post("/sign-in/code", {"code": "000000"})).status_code == 422
    answer = await guest.post("/sign-in/code", {"code": await code(guarded.maria, settings)})
    assert answer.status_code == 429 and answer.headers["retry-after"] == str(settings.signin_window)
    later.pass_(seconds=settings.signin_window + 1)
    await enter(guest, "maria")
    assert (await guest.post("/sign-in/code", {"code": await code(guarded.maria, settings)})).status_code == 303


async def test_guesses_elsewhere_do_not_lock_the_owner_out(
    site: Starlette, guest: Browser, guarded: Cast, settings: Settings, later: Clock
) -> None:
    await enter(guest, "maria")
    await guest.post("/sign-in/code", {"code": await code(guarded.maria, settings)})
    async with Browser(site) as stranger:
        await enter(stranger, "maria")
        for _ in range(settings.signin_account_limit + 1):
            await stranger.post("/sign-in/code", {"code": "000000"})
    later.pass_(seconds=60)
    await enter(guest, "maria")
    assert (await guest.post("/sign-in/code", {"code": await code(guarded.maria, settings)})).status_code == 303


@pytest.mark.parametrize("what", ["late", "blocked", "password", "browser", "forged", "none"])
async def test_half_way_in_ends(
    guest: Browser, guarded: Cast, settings: Settings, later: Clock, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    await enter(guest, "maria")
    headers = {}
    if what == "late":
        monkeypatch.setattr(sys.modules["app.accounts.routes.halfway"], "LASTS", -1)
    elif what == "blocked":
        await Person.filter(id=guarded.maria.id).update(blocked_at=clock.now())
    elif what == "password":
        await Person.filter(id=guarded.maria.id).update(password_hash="another")
    elif what == "browser":
        headers = {"user-agent": "another"}
    elif what == "forged":
        guest.http.cookies.set("halfway", "x.y.z", domain="kabinet.test")
    else:
        guest.http.cookies.delete("halfway")
    typed = await code(guarded.maria, settings)
    answer = await guest.post("/sign-in/code", {"code": typed, "next": "/orders"}, headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Forders")
    assert (await guest.get("/sign-in/code", headers=headers)).headers["location"] == "/sign-in"
    assert await Session.all().count() == 0


async def test_a_form_that_was_kept_is_found_afterwards(guest: Browser, guarded: Cast, settings: Settings) -> None:
    texts = {"text": "Отвечу до обеда"}
    kept = await KeptForm.create(
        person=guarded.maria, door="/orders/1/comments", page="/orders/1", texts=texts, at=clock.now()
    )
    led = await enter(guest, "maria", next=f"/kept/{kept.id}")
    await guest.get(led.headers["location"])
    entered = await guest.post(
        "/sign-in/code", {"code": await code(guarded.maria, settings), "next": f"/kept/{kept.id}"}
    )
    assert "Отвечу до обеда" in (await guest.get(entered.headers["location"])).text


async def test_next_is_never_outside(guest: Browser, guarded: Cast, settings: Settings) -> None:
    await enter(guest, "maria")
    typed = await code(guarded.maria, settings)
    answer = await guest.post("/sign-in/code", {"code": typed, "next": "https://elsewhere.test/"})
    assert answer.headers["location"] == "/desk"


async def test_a_secret_of_the_site_that_is_rotated(guest: Browser, guarded: Cast, settings: Settings) -> None:
    rotated = replace(settings, secrets=("another long and varied secret of the site", *settings.secrets))
    by = Knock(guarded.maria.id, None, "", "")
    await second_factor.check(guarded.maria, await code(guarded.maria, settings), by=by, settings=rotated)
    await SecondFactor.all().update(last_step=0)
    gone = replace(settings, secrets=rotated.secrets[:1])
    with pytest.raises(second_factor.WrongCode):
        await second_factor.check(guarded.maria, await code(guarded.maria, settings), by=by, settings=gone)
    await second_factor.check(guarded.maria, RECOVERY, by=by, settings=gone)


async def test_partners_are_asked_for_nothing_more(guest: Browser, guarded: Cast) -> None:
    assert (await enter(guest, "alice", PASSWORD)).headers["location"] == "/presentations"
