"""The throttle of the sign-in: by account and by address, and never against the owner."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette

from app.main import create_app
from app.settings import Settings
from tests.accounts.conftest import Clock
from tests.accounts.test_sign_in import enter
from tests.factories import Cast
from tests.site import HOST, Browser

OWNER, ATTACKER = "203.0.113.7", "192.0.2.66"


async def guess(browser: Browser, login: str, times: int) -> None:
    for _ in range(times):
        assert (await enter(browser, login, "a guess")).status_code == 422


async def test_by_account(site: Starlette, known: Cast, settings: Settings, later: Clock) -> None:
    limit = settings.signin_account_limit
    for number in range(limit):
        async with Browser(site, ip=f"192.0.2.{number}") as another:
            await guess(another, ("alice", "alice@example.ru", " ALICE")[number % 3], 1)
    async with Browser(site, ip=ATTACKER) as browser:
        refused = await enter(browser, "alice")
        assert refused.status_code == 429 and int(refused.headers["retry-after"]) == settings.signin_window
        assert 'role="alert"' in refused.text and 'value="alice"' in refused.text
        assert (await enter(browser, "bob")).status_code == 303, "others are not shut out"
        later.pass_(seconds=settings.signin_window + 1)
        assert (await enter(browser, "alice")).status_code == 303


async def test_a_login_that_nobody_has_is_shut_as_well(guest: Browser, known: Cast, settings: Settings) -> None:
    await guess(guest, "nobody", settings.signin_account_limit)
    assert (await enter(guest, "nobody")).status_code == 429


async def test_by_address(site: Starlette, known: Cast, settings: Settings) -> None:
    async with Browser(site, ip=ATTACKER) as attacker, Browser(site, ip=OWNER) as owner:
        for number in range(settings.signin_address_limit):
            await guess(attacker, f"login{number}", 1)
        assert (await enter(attacker, "alice")).status_code == 429
        assert (await enter(owner, "alice")).status_code == 303


async def test_a_known_browser_is_not_locked_out(site: Starlette, known: Cast, settings: Settings) -> None:
    async with Browser(site, ip=OWNER) as owner, Browser(site, ip=ATTACKER) as attacker:
        await enter(owner, "alice")
        await owner.post("/sign-out")
        await guess(attacker, "alice", settings.signin_account_limit)
        assert (await enter(attacker, "alice")).status_code == 429
        assert (await enter(owner, "alice")).status_code == 303
        await owner.post("/sign-out")
        assert (await enter(owner, "alice@example.ru")).status_code == 303, "the address is the same account"


async def test_a_known_browser_has_a_limit_too(guest: Browser, known: Cast, settings: Settings) -> None:
    await enter(guest, "alice")
    await guest.post("/sign-out")
    await guess(guest, "alice", settings.signin_account_limit)
    assert (await enter(guest, "alice")).status_code == 429
    for login in ("bob", "charlie"):
        assert (await enter(guest, login)).status_code == 303
        await guest.post("/sign-out")


@pytest.mark.parametrize("cookie", ["", "x", "YWxpY2U.x.y", "alice alice@example.ru"])
async def test_a_forged_device_is_a_stranger(guest: Browser, known: Cast, settings: Settings, cookie: str) -> None:
    await guess(guest, "alice", settings.signin_account_limit)
    guest.http.cookies.set("device", cookie, domain=HOST)
    assert (await enter(guest, "alice")).status_code == 429


async def test_the_limits_are_settings(database: str, settings: Settings, known: Cast) -> None:
    site = create_app(replace(settings, signin_account_limit=2))
    async with Browser(site) as browser:
        await guess(browser, "alice", 2)
        assert (await enter(browser, "alice")).status_code == 429
