"""Errors as pages in the frame and as fragments, in both languages, with a way on."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx2
import pytest

from app import clock
from app.accounts import queries as accounts
from app.accounts.models import Person
from app.catalogue import queries as catalogue
from app.database import DatabaseUnavailable
from app.i18n import gettext, speaking
from app.main import create_app
from app.settings import Settings
from app.web import frame
from app.web.errors import ADVICE, TITLES
from tests.accounts.test_sign_in import enter
from tests.factories import Cast, make_product
from tests.site import HOST, Browser

HX = {"hx-request": "true"}
Way = Callable[[Browser, dict[str, str]], Awaitable[httpx2.Response]]


async def forbidden(browser: Browser, headers: dict[str, str]) -> httpx2.Response:
    return await browser.post("/orders/7/claim", headers=headers)


async def forged(browser: Browser, headers: dict[str, str]) -> httpx2.Response:
    return await browser.post("/language", headers={**headers, "sec-fetch-site": "cross-site"})


async def missing(browser: Browser, headers: dict[str, str]) -> httpx2.Response:
    return await browser.get("/no-such-page", headers=headers)


async def not_a_post(browser: Browser, headers: dict[str, str]) -> httpx2.Response:
    return await browser.post("/catalogue", headers=headers)


async def unreadable(browser: Browser, headers: dict[str, str]) -> httpx2.Response:
    return await browser.post("/language", {"language": "\x00"}, headers=headers)


async def too_large(browser: Browser, headers: dict[str, str]) -> httpx2.Response:
    return await browser.post("/language", {"language": "x" * 1_000_001}, headers=headers)


async def against_a_rule(browser: Browser, headers: dict[str, str]) -> httpx2.Response:
    product = await make_product(discontinued_at=clock.now())
    return await browser.post(f"/catalogue/products/{product.id}/cart", headers=headers)


WAYS = [
    (forbidden, 403),
    (forged, 403),
    (missing, 404),
    (not_a_post, 405),
    (unreadable, 400),
    (too_large, 413),
    (against_a_rule, 409),
]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("way", "status"), WAYS)
async def test_pages_and_fragments(alice: Browser, cast: Cast, way: Way, status: int, language: str) -> None:
    await Person.filter(id=cast.alice.id).update(language=language)
    page = await way(alice, {})
    assert page.status_code == status
    with speaking(language):
        title, advice = gettext(TITLES[status]), gettext(ADVICE[status])
    assert f'<html lang="{language}">' in page.text and f"<h1>{title}</h1>" in page.text
    assert (advice in page.text) is (status != 409), "a broken rule speaks for itself"
    assert 'id="q"' in page.text and cast.alice.name in page.text, "it stands in the frame of its reader"
    assert 'href="/"' in page.text and page.headers["x-request-id"] in page.text
    fragment = await way(alice, HX)
    assert fragment.status_code == status and fragment.text.startswith('<div id="problem">')
    assert title in fragment.text and 'role="alert"' in fragment.text and "<html" not in fragment.text
    assert fragment.headers["hx-retarget"] == "#problem", "what the hand was on stays as it was"


@pytest.mark.parametrize("reader", ["guest", "vera", "maria"])
async def test_every_reader_gets_an_own_frame(guest: Browser, vera: Browser, maria: Browser, reader: str) -> None:
    browser: Browser = {"guest": guest, "vera": vera, "maria": maria}[reader]
    page = await browser.get("/no-such-page")
    assert page.status_code == 404
    assert ('href="/sign-in?next=/no-such-page"' in page.text or "sign-in" in page.text) is (reader == "guest")
    assert ('href="/desk"' in page.text) is (reader == "maria")


async def test_too_many_attempts(guest: Browser, known: Cast, settings: Settings) -> None:
    for language, words in (("ru", "Слишком много"), ("en", "Too many attempts to sign in")):
        guest.http.cookies.set("language", language, domain=HOST)
        for _ in range(settings.signin_account_limit):
            await enter(guest, language, "wrong")
        page = await enter(guest, language)
        assert page.status_code == 429 and words in page.text and page.headers["retry-after"]
        assert f'value="{language}"' in page.text, "what was typed is still there"


def breaks(monkeypatch: pytest.MonkeyPatch, module: object, name: str, error: Exception) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(module, name, broken)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("the secret cause"), 500), (DatabaseUnavailable("no route"), 503)]
)
async def test_what_breaks_on_our_side(
    guest: Browser,
    alice: Browser,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    language: str,
) -> None:
    breaks(monkeypatch, catalogue, "listing", error)
    await Person.filter(id=cast.alice.id).update(language=language)
    guest.http.cookies.set("language", language, domain=HOST)
    with speaking(language):
        title = gettext(TITLES[status])
    for reader in (guest, alice):
        page = await reader.get("/catalogue")
        assert page.status_code == status and f"<h1>{title}</h1>" in page.text
        assert f"<code>{page.headers['x-request-id']}</code>" in page.text, "by it the log is searched"
        fragment = await reader.get("/catalogue", headers=HX)
        assert (
            fragment.status_code == status
            and title in fragment.text
            and fragment.headers["x-request-id"] in fragment.text
        )
        for answer in (page, fragment):
            assert "the secret cause" not in answer.text and "no route" not in answer.text
            assert answer.headers.get("retry-after") == ("30" if status == 503 else None)
    failures = [record for record in caplog.records if record.name == "kabinet.web"]
    assert len(failures) == 4 and all(record.levelno == logging.ERROR and record.exc_info for record in failures)


async def test_the_database_is_away_before_the_reader_is_known(
    alice: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    breaks(monkeypatch, accounts, "session", DatabaseUnavailable("no route"))
    for path in ("/orders", "/catalogue"):
        page = await alice.get(path)
        assert page.status_code == 503 and page.headers["retry-after"] == "30" and "<h1>" in page.text
        assert "set-cookie" not in page.headers or "session=" not in page.headers["set-cookie"], "nobody is signed out"
    fragment = await alice.hx_get("/orders")
    assert fragment.status_code == 503 and fragment.headers["hx-retarget"] == "#problem"
    monkeypatch.undo()
    assert (await alice.get("/orders")).status_code == 200


async def test_the_database_is_away_when_an_error_is_shown(
    guest: Browser, alice: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, frame, "load", DatabaseUnavailable("no route"))
    for reader in (guest, alice):
        for path in ("/no-such-page", "/catalogue/products/999"):
            page = await reader.get(path)
            assert page.status_code == 404 and "<h1>" in page.text


async def test_bodies_over_the_limit(settings: Settings, cast: Cast) -> None:
    async def slowly(size: int):  # type: ignore[no-untyped-def]  # chunks, and no length said beforehand
        yield b"language=en&next=%2F"
        for _ in range(size // 1000):
            yield b"a" * 1000

    async with Browser(create_app(replace(settings, max_body=10_000))) as browser:
        form = {"content-type": "application/x-www-form-urlencoded"}
        for size, status in ((5_000, 303), (20_000, 413)):
            answer = await browser.http.post("/language", content=slowly(size), headers=form)
            assert answer.status_code == status
        lying = await browser.http.post(
            "/language", content=b"language=en", headers={**form, "content-length": "99999999"}
        )
        assert lying.status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
async def test_other_methods(guest: Browser, cast: Cast, method: str) -> None:
    answer = await guest.http.request(method, "/catalogue")
    assert answer.status_code == 405 and "GET" in answer.headers["allow"] and "<h1>" in answer.text


async def test_head_is_a_get_without_a_body(guest: Browser, alice: Browser, cast: Cast) -> None:
    for reader, path in ((guest, "/catalogue"), (alice, "/orders"), (guest, "/sign-in")):
        answer = await reader.http.head(path)
        assert answer.status_code == 200 and answer.content == b""
