"""Headers that every answer carries, whatever it is."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette

from app.catalogue import queries as catalogue
from app.main import create_app
from app.settings import Settings
from app.web.security import CSP, HEADERS
from app.web.static import static_path
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_errors import breaks
from tests.factories import Cast
from tests.site import Browser

ANSWERS = [
    ("GET", "/catalogue", 200),
    ("GET", "/help", 200),
    ("GET", "/sign-in", 200),
    ("GET", "/", 303),
    ("GET", "/orders", 303),
    ("GET", "/healthz", 200),
    ("GET", "/no-such-page", 404),
    ("POST", "/catalogue", 405),
    ("POST", "/sign-in", 422),
    ("GET", "/static/no-such-file.css", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_on_every_answer(guest: Browser, cast: Cast, method: str, path: str, status: int) -> None:
    for headers in ({}, {"hx-request": "true"}):
        answer = await guest.http.request(method, path, headers=headers)
        assert answer.status_code in (status, 401)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert "server" not in answer.headers and answer.headers["x-request-id"]


async def test_on_static_files_and_failures(guest: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    static = await guest.get(static_path("kabinet.css"))
    assert "immutable" in static.headers["cache-control"] and "set-cookie" not in static.headers
    breaks(monkeypatch, catalogue, "listing", RuntimeError())
    failed, stranger = await guest.get("/catalogue"), await guest.get("/", headers={"host": "elsewhere.test"})
    assert (static.status_code, failed.status_code, stranger.status_code) == (200, 500, 400)
    for answer in (static, failed, stranger):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_unsafe() -> None:
    assert "unsafe" not in CSP and "*" not in CSP and "http" not in CSP
    assert CSP.startswith("default-src 'none'") and "script-src 'self';" in CSP and "form-action 'self'" in CSP


async def test_over_https(settings: Settings, known: Cast) -> None:
    site = create_app(replace(settings, origin="https://kabinet.test"))
    async with Browser(site) as browser:
        answer = await browser.post("https://kabinet.test/sign-in", {"login": "alice", "password": PASSWORD})
        assert answer.status_code == 303
        assert answer.headers["strict-transport-security"].startswith("max-age=31536000")
        cookies = answer.headers.get_list("set-cookie")
        assert any(one.startswith("__Host-session=") for one in cookies)
        assert all("Secure" in one and "HttpOnly" in one and "Domain" not in one for one in cookies)
        assert (await browser.get("https://kabinet.test/orders")).status_code == 200


async def test_plain_http_promises_nothing(site: Starlette, guest: Browser, cast: Cast) -> None:
    assert "strict-transport-security" not in (await guest.get("/catalogue")).headers


async def test_a_guest_gets_one_cookie_for_pages_and_none_for_files(guest: Browser, cast: Cast) -> None:
    first = await guest.get("/catalogue")
    assert first.headers["set-cookie"].startswith("guest=") and "HttpOnly" in first.headers["set-cookie"]
    assert "set-cookie" not in (await guest.get("/catalogue")).headers
