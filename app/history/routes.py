"""Doors of history."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import NotFound
from app.history import queries
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.replies import page
from app.web.requests import reader, site


@allow(ANYONE_SIGNED_IN)
async def index(request: Request) -> Response:
    """What happened, newest first: with `before`, what happened before that entry."""
    key = request.query_params.get("before", str(queries.LATEST))
    if not (key.isascii() and key.isdigit() and len(key) < 20 and 0 < int(key) <= queries.LATEST):
        raise NotFound
    entries, older = await queries.entries(reader(request), site(request), before=int(key))
    return await page(
        request, "history/index.html", entries=entries, older=older, latest="before" not in request.query_params
    )


routes = [
    Route("/", index),
]
