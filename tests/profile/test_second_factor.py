"""The second factor in the profile: /profile/second-factor, its confirmation, codes and removal."""

import asyncio
import re
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from app.accounts import second_factor
from app.accounts.models import Session
from app.accounts.second_factor_models import RecoveryCode, SecondFactor
from app.history.models import Email, Event, HistoryEntry
from app.main import create_app
from app.settings import Settings
from jobs.relay import Relay
from tests.accounts.authenticator import RECOVERY, code, with_second_factor
from tests.accounts.conftest import Clock
from tests.factories import Cast
from tests.profile.conftest import PASSWORD
from tests.site import Browser
from tests.users import make_user

DOOR = "/profile/second-factor"
CONFIRMATION = f"{DOOR}/confirmation"
SHOWN = re.compile(r"<li><code>(\d{4}-\d{4}-\d{4})</code>")


async def begin(browser: Browser) -> str:
    """The password is given; the page with the QR code."""
    answer = await browser.post(DOOR, {"current": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, CONFIRMATION)
    return (await browser.get(CONFIRMATION)).text


async def test_set_up(maria: Browser, known: Cast, settings: Settings) -> None:
    assert DOOR in (await maria.get("/profile")).text
    page = await begin(maria)
    assert 'class="qr"' in page and re.search(r'class="key">(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}<', page)
    answer = await maria.post(CONFIRMATION, {"code": await code(known.maria, settings)})
    shown = SHOWN.findall(answer.text)
    assert answer.status_code == 200 and len(set(shown)) == 10 and answer.headers["cache-control"] == "no-store"
    kept = await RecoveryCode.all()
    assert len(kept) == 10 and not {one.digest for one in kept} & {*shown}, "their digests are kept"
    assert "осталось 10 запасных кодов" in (await maria.get(DOOR)).text.lower()
    [event] = await Event.all()
    assert (event.name, event.data) == ("person.second_factor_turned_on", {"person": "Мария Орлова"})
    await Relay(settings).run()
    assert (await Email.get()).recipient == "maria@example.ru"
    assert (await HistoryEntry.get()).company_id is None, "for staff only"


async def test_sent_twice_it_is_on_once(maria: Browser, known: Cast, settings: Settings) -> None:
    await begin(maria)
    typed = await code(known.maria, settings)
    assert (await maria.post(CONFIRMATION, {"code": typed})).status_code == 200
    assert (await maria.post(CONFIRMATION, {"code": typed})).status_code == 422
    assert (await maria.post(DOOR, {"current": PASSWORD})).status_code == 409
    assert await Event.all().count() == 1 and await RecoveryCode.all().count() == 10


async def test_ten_at_once(known: Cast, settings: Settings) -> None:
    user = await make_user(known.maria)
    await second_factor.begin(by=user)
    typed = await code(known.maria, settings)
    tries = [second_factor.turn_on(typed, by=user, settings=settings) for _ in range(10)]
    ended = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, list) for one in ended) == 1
    assert await RecoveryCode.all().count() == 10 and await Event.all().count() == 1


async def test_other_sessions_are_ended(site: Starlette, maria: Browser, known: Cast, settings: Settings) -> None:
    """They were opened by the password alone."""
    async with Browser(site) as phone:
        await phone.enter(known.maria)
        await begin(maria)
        await maria.post(CONFIRMATION, {"code": await code(known.maria, settings)})
        assert (await phone.get("/desk")).status_code == 303
    assert (await maria.get("/desk")).status_code == 200


async def test_a_wrong_password_or_code(maria: Browser, known: Cast, settings: Settings) -> None:
    answer = await maria.post(DOOR, {"current": "a guess"})
    assert answer.status_code == 422 and 'id="current-e"' in answer.text and "a guess" not in answer.text
    await begin(maria)
    answer = await maria.post(CONFIRMATION, {"code": "000000"})
    assert answer.status_code == 422 and 'id="code-e"' in answer.text and 'class="qr"' in answer.text
    for _ in range(settings.signin_account_limit):
        await maria.post(CONFIRMATION, {"code": "000000"})
    answer = await maria.post(CONFIRMATION, {"code": await code(known.maria, settings)})
    assert answer.status_code == 422 and not await second_factor.has(known.maria.id)


async def test_the_secret_is_shown_where_it_was_begun(
    site: Starlette, maria: Browser, known: Cast, settings: Settings, later: Clock
) -> None:
    await begin(maria)
    async with Browser(site) as phone:
        await phone.enter(known.maria)
        assert (await phone.get(CONFIRMATION)).headers["location"] == DOOR
        assert (await phone.post(CONFIRMATION, {"code": await code(known.maria, settings)})).status_code == 422
    later.pass_(minutes=16)
    assert (await maria.get(CONFIRMATION)).headers["location"] == DOOR
    answer = await maria.post(CONFIRMATION, {"code": await code(known.maria, settings)})
    assert answer.status_code == 422 and "начните заново" in answer.text


async def test_strangers(guest: Browser, alice: Browser, oleg: Browser, known: Cast) -> None:
    await with_second_factor(known.maria)
    for path in (DOOR, CONFIRMATION, f"{DOOR}/codes", f"{DOOR}/removal"):
        assert (await guest.post(path)).headers["location"].startswith("/sign-in")
        assert (await alice.post(path)).status_code == 403, "partners have none"
    for path in ("codes", "removal"):
        answer = await oleg.post(f"{DOOR}/{path}", {"current": PASSWORD, "code": RECOVERY})
        assert answer.headers["location"] == DOOR
    assert await second_factor.codes_left(known.maria.id) == 1


async def test_renew_the_recovery_codes(maria: Browser, known: Cast, settings: Settings) -> None:
    await with_second_factor(known.maria)
    assert (await maria.get(f"{DOOR}/codes")).status_code == 200
    answer = await maria.post(f"{DOOR}/codes", {"current": PASSWORD, "code": await code(known.maria, settings)})
    assert answer.status_code == 200 and len(SHOWN.findall(answer.text)) == 10
    assert await second_factor.codes_left(known.maria.id) == 10
    assert (await maria.post(f"{DOOR}/removal", {"current": PASSWORD, "code": RECOVERY})).status_code == 422, "old"
    assert [one.name for one in await Event.all()] == ["person.recovery_codes_renewed"]


async def test_turn_off(maria: Browser, known: Cast, settings: Settings) -> None:
    await with_second_factor(known.maria)
    assert (await maria.get(f"{DOOR}/removal")).status_code == 200
    for form in ({"current": "a guess", "code": RECOVERY}, {"current": PASSWORD, "code": "000000"}, {}):
        assert (await maria.post(f"{DOOR}/removal", form)).status_code == 422
    assert await second_factor.has(known.maria.id)
    answer = await maria.post(f"{DOOR}/removal", {"current": PASSWORD, "code": await code(known.maria, settings)})
    assert answer.headers["location"] == DOOR
    assert await SecondFactor.all().count() == await RecoveryCode.all().count() == 0
    assert [one.name for one in await Event.all()] == ["person.second_factor_turned_off"]
    assert (await maria.hx_post(f"{DOOR}/removal", {"current": PASSWORD, "code": RECOVERY})).status_code == 200
    assert await Event.all().count() == 1, "a repeat changes nothing"
    await Relay(settings).run()
    assert "отключён" in (await Email.get()).text


@pytest.fixture
async def strict(settings: Settings) -> Settings:
    return replace(settings, second_factor="required")


async def test_required_of_all_staff(strict: Settings, known: Cast) -> None:
    async with Browser(create_app(strict)) as browser:
        await browser.enter(known.maria)
        for path in ("/desk", "/profile", "/orders?q=1"):
            answer = await browser.get(path)
            assert answer.headers["location"].startswith(f"{DOOR}?next=/"), path
        assert (await browser.hx_get("/desk")).headers["hx-redirect"] == f"{DOOR}?next=/"
        assert (await browser.post("/desk/presentations", {"company": "1"})).status_code == 303
        assert "Сначала настройте" in (await browser.get(f"{DOOR}?next=/orders")).text
        led = await browser.post(DOOR, {"current": PASSWORD, "next": "/orders"})
        assert 'name="next" value="/orders"' in (await browser.get(led.headers["location"])).text
        done = await browser.post(CONFIRMATION, {"code": await code(known.maria, strict), "next": "/orders"})
        assert 'href="/orders"' in done.text
        assert (await browser.get("/desk")).status_code == 200
        removal = await browser.post(f"{DOOR}/removal", {"current": PASSWORD, "code": "000000"})
        assert removal.status_code == 409 and await second_factor.has(known.maria.id)
        assert (await browser.post("/sign-out")).status_code == 303


async def test_partners_need_none_where_it_is_required(strict: Settings, known: Cast) -> None:
    async with Browser(create_app(strict)) as browser:
        await browser.enter(known.alice)
        assert (await browser.get("/presentations")).status_code == 200
    assert await Session.filter(ended_at=None).count() == 1
