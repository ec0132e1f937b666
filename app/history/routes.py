"""Doors of history."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from app import clock
from app.history import export, letters, queries
from app.history.filters import asked
from app.history.kinds import kinds
from app.i18n import current_language
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.replies import fragment, page
from app.web.requests import is_htmx, reader, site


@allow(ANYONE_SIGNED_IN)
async def index(request: Request) -> Response:
    """What happened, newest first, filtered as the address says: with `before`, what happened before that entry."""
    return await _page(request)


async def _page(request: Request) -> Response:
    user = reader(request)
    where = asked(request.query_params, user)
    chosen = await where.choose(user)
    entries: Sequence[queries.Entry] = []
    older = False
    if where.valid:
        entries, older = await queries.entries(user, site(request), where.wanted, before=where.before)
    values = {"entries": entries, "older": older, "where": where, "chosen": chosen, "kinds": kinds(staff=user.is_staff)}
    return await page(request, "history/index.html", status=200 if where.valid else 422, **values)


@allow(ANYONE_SIGNED_IN)
async def table(request: Request) -> Response:
    """The filtered history as a CSV file; a filter that says nothing shows the page with its mistake."""
    user, settings = reader(request), site(request)
    where = asked(request.query_params, user)
    await where.choose(user)
    if not where.valid:
        return await _page(request)
    name = f"kabinet-history-{clock.today(user.zone):%Y-%m-%d}.csv"
    pieces = export.table(user, settings, where.wanted, language=current_language())
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


@allow(ANYONE_SIGNED_IN)
async def letter(request: Request) -> Response:
    """The text of a letter: in its place for htmx, else a page."""
    written = await letters.letter(reader(request), request.path_params["letter"])
    if is_htmx(request):
        return fragment(request, "history/_text.html", letter=written)
    return await page(request, "history/letter.html", letter=written)


routes = [
    Route("/", index),
    Route("/export.csv", table),
    Route("/letters/{letter:id}", letter),
]
