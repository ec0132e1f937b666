"""News of a page that stands open: asked for while its tab is seen, and answered in a few bytes when there are none."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from app.database import as_datetime


@dataclass(frozen=True, slots=True)
class News:
    """Where a page asks for its news, and the tag of the state that it shows: an entity tag without its quotes.

    `since` is the moment of the first change that the reader has not seen (app.unread), None when there is none.
    """

    path: str
    tag: str
    since: datetime | None


def news(path: str, *state: object, since: datetime | str | None) -> News:
    """The News of a page; `state` is short and without quotes: statuses, counts. `since` is as the database has it."""
    tag = ".".join("" if part is None else str(part) for part in state)
    return News(path, tag, as_datetime(since))


def up_to_date(request: Request, now: News) -> bool:
    """Whether the asking page shows the present state."""
    return request.headers.get("if-none-match") == f'"{now.tag}"'


def nothing_new(now: News) -> Response:
    """The empty answer."""
    return Response(status_code=304, headers={"etag": f'"{now.tag}"'})


def open_answers(request: Request) -> frozenset[int]:
    """The comments whose answers are being written on the asking page: what is typed there must not go."""
    asked = request.query_params.getlist("answers")
    return frozenset(int(one) for one in asked[:50] if one.isascii() and one.isdigit() and len(one) < 10)


def writes(request: Request) -> bool:
    """Whether somebody is writing an answer on the asking page: one is open, or something is typed (`seen`)."""
    return bool(open_answers(request)) or "seen" in request.query_params
