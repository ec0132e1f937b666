"""What no browser of ours sends, to every door: never an error of ours, and nothing changes by what is refused."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from app.web.forms import MOST_FIELDS
from tests.architecture.doors import Row, table
from tests.architecture.things import Things
from tests.contents import contents, undone
from tests.site import ORIGIN, Browser

FORM = "application/x-www-form-urlencoded"
ODD_IDS = ("0", "-1", "2147483648", "9223372036854775808", "x", "1.0", "01", "%D9%A1", "1%00", "%FF", "999999999")
ODD_SLUGS = ("%00", "%FF", "-", "..%2F..%2Fetc", "hikvision%00", "'%20OR%201=1", "%F0%9F%93%B7", "x" * 3000)
BROKEN_BODIES = (
    (FORM, b"text=%FF%FE"),
    (FORM, b"text=%00"),
    (FORM, b"text=%ED%A0%80"),
    (FORM, b"te%FFxt=1"),
    (FORM, "text=привет".encode()),
    (FORM, "text=привет".encode("cp1251")),
    (FORM, b"\x00\x01\x02\xff"),
    (FORM + "; charset=utf-16", "text=1".encode("utf-16")),
    (FORM, b"&".join(b"q%d" % number for number in range(1, MOST_FIELDS + 100))),
    ("multipart/form-data", b"--x\r\n\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\r\n--x--\r\n'),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"; filename="a.txt"\r\n\r\n1\r\n--x--\r\n',
    ),
    (
        "multipart/form-data; boundary=x; charset=idna",
        b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\r\n',
    ),
    ("application/json", b'{"text": "1"}'),
    ("text/plain", b"text=1"),
    ("", b"text=1"),
    ("nonsense", b"\xff"),
)
FOREIGN: tuple[dict[str, str], ...] = (
    {},  # as of a browser that says nothing, and a form without its token
    {"origin": "https://kabinet.test.example.com"},
    {"origin": "null"},
    {"origin": "http://kabinet.test:8080"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "nonsense"},
    {"sec-fetch-site": "cross-site", "origin": ORIGIN},
)
ODD_HEADERS: tuple[dict[str, str | bytes], ...] = (
    {"hx-request": "maybe"},
    {"hx-request": "true", "hx-current-url": "http://["},
    {"hx-request": "true", "hx-current-url": "javascript:alert(1)"},
    {"hx-request": "true", "hx-current-url": f"{ORIGIN}/\\evil.example.com"},
    {"referer": "http://[::1"},
    {"referer": f"{ORIGIN}//evil.example.com/%0d%0aset-cookie:x"},
    {"cookie": 'session=x; guest="; said=..; language=../../etc/passwd; device=%00; =; ;;'},
    {"cookie": "session=" + "x" * 8000},
    {"accept-encoding": "br;q=x, *;q=-1, zip\u00e9".encode("latin-1")},
    {"accept-language": "xx-" * 500, "accept": "*", "range": "bytes=9-1", "if-none-match": "*"},
    {"user-agent": "x" * 8000, "x-forwarded-for": "'; --", "x-request-id": "x" * 8000},
    {"content-type": "multipart/form-data", "content-length": "0"},
    {"sec-purpose": "prefetch;" * 100, "te": "x", "expect": "100-continue", "upgrade": "h2c"},
)
# The signed token in the address says that it was meant, whoever sends it and whatever else is sent.
BY_TOKEN = ("POST /unsubscribe/{token}",)
OTHER_METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "x")
# These take a pasted list of 2,000 rows, too: tests/desk/test_paste_list.py.
LARGER = ("/desk/presentations/{number}/recalculation", "/desk/presentations/{number}/list")
only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def opened(method: str = "") -> Iterator[tuple[Row, str]]:
    """Each door, on what it opens for, with somebody that it opens to (a guest only where nobody else)."""
    doors: dict[str, tuple[Row, str]] = {}
    for row in table():
        people = [name for name, outcome in row.outcomes.items() if outcome in ("200", "303")]
        if people and row.method.startswith(method):
            doors.setdefault(row.door, (row, "alice" if "alice" in people else people[-1]))
    return iter(doors.values())


class Trial:
    """Sends odd requests and keeps what was wrong with the answers."""

    def __init__(self, people: dict[str, Browser], things: Things) -> None:
        self.people, self.things = people, things
        self.wrong: list[str] = []

    async def send(self, row: Row, name: str, odd: object, *expected: int, path: str = "", **request: Any) -> None:
        """A request to a row's door. `odd` says what is odd about it; one of `expected` is the right answer."""
        path = path or self.things.path(row)
        browser = self.people[name]
        kept = dict(browser.http.cookies)
        try:
            answer = await browser.http.request(request.pop("method", row.method), path, **request)
        finally:
            browser.http.cookies = kept
        if answer.status_code not in expected:
            self.wrong.append(f"{row.door} ({odd!r:.100}): {answer.status_code}, not {expected}")

    def must_be_right(self) -> None:
        """Fails with everything that was wrong."""
        if self.wrong:
            pytest.fail("\n".join(self.wrong), pytrace=False)


@pytest.fixture
def trial(people: dict[str, Browser], things: Things) -> Trial:
    return Trial(people, things)


async def test_odd_ids_are_not_there(trial: Trial) -> None:
    before = await contents()
    for row, name in opened():
        right = trial.things.ids[row.thing]
        for parameter in re.findall(r"{(\w+)}", row.path):
            for odd in ODD_SLUGS if parameter == "slug" else ODD_IDS:
                path = row.path.format(**{**right, parameter: odd})
                # A waiting row that is settled already, or a picture, price, document or analogue that is removed, is
                # no mistake: the page is shown without it.
                gone = ("doubt", "picture", "price", "document", "analogue")
                right_ones = (303, 404) if parameter in gone else (404,)
                await trial.send(row, name, odd, *right_ones, path=path, data=trial.things.forms.get(row.door, {}))
    trial.must_be_right()
    assert await contents() == before


async def test_unknown_and_doubled_fields_are_refused(trial: Trial) -> None:
    before = await contents()
    for row, name in opened("POST"):
        form = list(trial.things.forms.get(row.door, {}).items())
        # What mail programs add to the form of a one-click door is theirs.
        for odd in [("utm_source", "1"), ("q0", "1"), ("id", "7"), *form] if row.door not in BY_TOKEN else ():
            body = urlencode([*form, odd])
            await trial.send(row, name, odd, 400, content=body, headers={"content-type": FORM})
    trial.must_be_right()
    assert await contents() == before


async def test_broken_bodies_are_refused(trial: Trial) -> None:
    before = await contents()
    for row, name in opened("POST"):
        for kind, body in BROKEN_BODIES if row.door not in BY_TOKEN else ():
            await trial.send(row, name, (kind, body), 400, content=body, headers={"content-type": kind})
    trial.must_be_right()
    assert await contents() == before


@only_sqlite
async def test_too_much_is_refused(trial: Trial) -> None:
    async def endless() -> Any:
        for _ in range(100):
            yield b"x" * 1000

    before = await contents()
    for row, name in opened("POST"):
        if row.path in LARGER:
            continue
        for htmx in ({}, {"hx-request": "true"}):
            headers = {"content-type": FORM, **htmx}
            await trial.send(row, name, "a long body", 413, content=b"text=" + b"x" * 100_000, headers=headers)
            await trial.send(row, name, "a body without end", 413, content=endless(), headers=headers)
    trial.must_be_right()
    assert await contents() == before


@only_sqlite
async def test_other_methods_are_refused(trial: Trial) -> None:
    before = await contents()
    for row, name in opened():
        for method in OTHER_METHODS:
            await trial.send(row, name, method, 405, method=method, data=trial.things.forms.get(row.door, {}))
    trial.must_be_right()
    assert await contents() == before


@only_sqlite
async def test_a_question_about_a_page_changes_nothing(trial: Trial) -> None:
    """HEAD answers as GET does, and is no visit; but the address of a price list, for programs, counts every knock."""
    before = await contents()
    for row, name in opened("GET"):
        await trial.send(row, name, "HEAD", int(row.outcomes[name]), method="HEAD")
    trial.must_be_right()
    assert {**await contents(), "price_list_token": ""} == {**before, "price_list_token": ""}


async def test_what_another_site_sends_is_refused(trial: Trial) -> None:
    before = await contents()
    for browser in trial.people.values():
        del browser.http.headers["sec-fetch-site"]
    for row, name in opened("POST"):
        for headers in FOREIGN if row.door not in BY_TOKEN else ():
            await trial.send(row, name, headers, 403, data=trial.things.forms.get(row.door, {}), headers=headers)
    trial.must_be_right()
    assert await contents() == before


async def test_a_form_token_is_good_for_its_own_browser_only(people: dict[str, Browser]) -> None:
    for browser in people.values():
        del browser.http.headers["sec-fetch-site"]
    tokens = {}
    for name in ("guest", "alice", "bob"):
        page = await people[name].get("/catalogue")
        [tokens[name]] = set(re.findall(r'name="csrf" value="([^"]+)"', page.text))
    for name in tokens:
        for whose, token in tokens.items():
            answer = await people[name].post("/language", {"language": "ru", "next": "/", "csrf": token})
            assert answer.status_code == (303 if whose == name else 403), (name, whose)
        for token in ("", "x", tokens[name] + "x", tokens[name][:-1]):
            answer = await people[name].post("/language", {"language": "ru", "next": "/", "csrf": token})
            assert answer.status_code == 403, (name, token)


@only_sqlite
async def test_absurd_headers_are_borne(trial: Trial) -> None:
    # 304: whoever names "*" has the price list; 416: no file has the bytes "9-1"
    borne = (200, 303, 304, 400, 401, 403, 409, 416, 422)
    for row, name in opened():
        for headers in ODD_HEADERS:
            form = trial.things.forms.get(row.door, {})
            async with undone():
                await trial.send(row, name, headers, *borne, data=form, headers=headers)
    trial.must_be_right()


@only_sqlite
async def test_other_hosts_are_not_served(trial: Trial) -> None:
    before = await contents()
    for row, name in opened():
        for host in ("evil.example.com", "", "kabinet.test.evil.example.com", "kabinet.test@evil", "[", "127.0.0.1"):
            await trial.send(row, name, host, 400, data=trial.things.forms.get(row.door, {}), headers={"host": host})
    trial.must_be_right()
    assert await contents() == before
