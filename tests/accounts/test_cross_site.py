"""Writes that another site caused: told by Fetch-Metadata, by Origin, or by the token of the form."""

import re
import time
from dataclasses import replace

import httpx2
import pytest
from starlette.applications import Starlette

from app import tokens
from app.accounts.models import Person, Session
from app.settings import Settings
from app.web.security import FORM_LIFETIME
from tests.accounts.test_sign_in import enter
from tests.factories import Cast
from tests.site import ORIGIN, Browser


def silent(browser: Browser) -> Browser:
    """The browser as an old one: it says nothing of where a request comes from."""
    browser.http.headers.pop("sec-fetch-site", None)
    return browser


async def sign_out(browser: Browser, csrf: str | None = None, **headers: str) -> httpx2.Response:
    spelt = {name.replace("_", "-"): value for name, value in headers.items()}
    return await browser.post("/sign-out", {"csrf": csrf} if csrf is not None else {}, headers=spelt)


async def token(browser: Browser) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', (await browser.get("/catalogue")).text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("site_", "status"), [("same-origin", 303), ("none", 303), ("same-site", 403), ("cross-site", 403), ("x", 403)]
)
async def test_fetch_metadata(alice: Browser, cast: Cast, site_: str, status: int) -> None:
    csrf = await token(alice)
    assert (await sign_out(alice, csrf, sec_fetch_site=site_)).status_code == status, "no token opens a closed door"
    assert await Session.filter(ended_at=None).exists() is (status == 403)


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (ORIGIN, 303),
        ("null", 403),
        ("https://elsewhere.test", 403),
        ("https://kabinet.test", 403),
        (f"{ORIGIN}:81", 403),
    ],
)
async def test_origin(alice: Browser, origin: str, status: int) -> None:
    silent(alice)
    assert (await sign_out(alice, await token(alice), origin=origin)).status_code == status


async def test_fetch_metadata_goes_before_origin(alice: Browser) -> None:
    assert (await sign_out(alice, sec_fetch_site="cross-site", origin=ORIGIN)).status_code == 403


async def test_neither(alice: Browser, bob: Browser, guest: Browser) -> None:
    silent(alice)
    assert (await sign_out(alice)).status_code == 403
    for wrong in ("", "x", await token(bob), await token(guest)):
        assert (await sign_out(alice, wrong)).status_code == 403, "a token is one browser's own"
    assert (await sign_out(alice, await token(alice))).status_code == 303


async def test_a_token_grows_old(alice: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    silent(alice)
    csrf = await token(alice)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + FORM_LIFETIME + 5)
    assert (await sign_out(alice, csrf)).status_code == 403


async def test_a_guest_signs_in_with_a_token(guest: Browser, known: Cast) -> None:
    silent(guest)
    assert (await enter(guest, "alice")).status_code == 403
    assert (await enter(guest, "alice", csrf=await token(guest))).status_code == 303


async def test_a_sign_in_from_elsewhere(guest: Browser, known: Cast) -> None:
    """Nobody is signed in as somebody else behind their back."""
    guest.http.headers["sec-fetch-site"] = "cross-site"
    assert (await enter(guest, "alice")).status_code == 403
    assert (await guest.post("/language", {"language": "en"})).status_code == 403
    assert await Session.all().count() == 0 and (await Person.get(id=known.alice.id)).language == "ru"


async def test_a_token_of_another_secret(alice: Browser, cast: Cast, settings: Settings) -> None:
    silent(alice)
    session = await Session.get(person=cast.alice)
    forged = tokens.sign(
        replace(settings, secrets=("another secret, just as long as ours is",)),
        "form",
        tokens.digest(session.digest)[:20],
    )
    assert (await sign_out(alice, forged)).status_code == 403


async def test_reading_is_open_to_links_from_elsewhere(alice: Browser) -> None:
    assert (await alice.get("/orders", headers={"sec-fetch-site": "cross-site"})).status_code == 200


async def test_other_bodies_are_no_forms(alice: Browser) -> None:
    silent(alice)
    answer = await alice.http.post("/sign-out", json={"csrf": await token(alice)})
    assert answer.status_code == 400


async def test_hosts_that_are_not_ours(site: Starlette) -> None:
    async with Browser(site) as browser:
        assert (await browser.get("/catalogue", headers={"host": "elsewhere.test"})).status_code == 400
