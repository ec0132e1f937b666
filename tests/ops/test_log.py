"""One structured line for each request; its id stands on the error page too."""

import json
import logging
import re
import sys
from io import StringIO

import pytest
from starlette.routing import Route

from app.web.access import public
from app.web.operation import log_as_json


@public("breaks, to be seen in the log")
async def broken(request):
    raise ZeroDivisionError("of all things")


@pytest.fixture
def lines(settings):
    """The log as an operator has it: a JSON object a line."""
    root, written = logging.getLogger(), StringIO()
    level, handlers, root.handlers = root.level, root.handlers, []  # those of pytest would be closed
    log_as_json(settings)
    (handler,) = root.handlers
    assert handler.setStream(written) is sys.stderr

    def read():
        return [line for line in map(json.loads, written.getvalue().splitlines()) if line["name"] != "httpx2"]

    yield read
    root.handlers = handlers
    root.setLevel(level)


async def test_a_line_for_each_request(lines, guest):
    answer = await guest.get("/sign-in?next=/orders")
    (line,) = lines()
    assert line["id"] == answer.headers["x-request-id"]
    expected = {
        "name": "kabinet.requests",
        "level": "INFO",
        "method": "GET",
        "path": "/sign-in",
        "status": 200,
        "ip": "198.51.100.24",
        "person": None,
        "htmx": False,
    }
    assert {name: line[name] for name in expected} == expected
    assert line["bytes"] > 500 and line["ms"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line["time"])


async def test_a_line_names_the_reader(lines, alice, cast):
    await alice.get("/help")
    assert lines()[-1]["person"] == cast.alice.id


async def test_no_line_has_what_was_typed(lines, guest):
    await guest.post("/sign-in", {"login": "alice", "password": "hush-hush", "next": "/"})
    said = json.dumps(lines())
    assert "hush-hush" not in said and "alice" not in said


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "fragment"])
async def test_the_error_page_has_the_id_of_its_line(lines, site, guest, htmx):
    site.router.routes.append(Route("/broken", broken))
    answer = await (guest.hx_get if htmx else guest.get)("/broken")
    assert answer.status_code == 500
    failure, line = lines()
    assert failure["id"] == line["id"] == answer.headers["x-request-id"]
    assert line["id"] in answer.text
    assert "ZeroDivisionError" in failure["exc_info"] and "of all things" not in answer.text
    assert line["status"] == 500


async def test_ids_are_their_own(guest):
    ids = {(await guest.get("/healthz")).headers["x-request-id"] for _ in range(20)}
    assert len(ids) == 20


async def test_a_callers_id_is_not_believed(guest):
    answer = await guest.get("/healthz", headers={"x-request-id": "forged"})
    assert answer.headers["x-request-id"] != "forged"


async def test_who_hangs_up_in_the_middle_is_no_error_of_ours(lines, site):
    """A browser that goes on to another page breaks its requests off."""
    scope = {
        **{"type": "http", "method": "POST", "path": "/sign-in", "query_string": b"", "http_version": "1.1"},
        **{"scheme": "http", "server": ("kabinet.test", 80), "client": ("198.51.100.24", 50000)},
        "headers": [(b"host", b"kabinet.test"), (b"content-type", b"application/x-www-form-urlencoded")],
    }
    messages = [{"type": "http.request", "body": b"login=al", "more_body": True}, {"type": "http.disconnect"}]

    async def receive():
        return messages.pop(0)

    async def send(message):
        pass

    await site(scope, receive, send)
    assert [(line["level"], line["status"]) for line in lines()] == [("INFO", 400)]
