"""The door of secret addresses: the price list of today for programs, without a session or a cookie."""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from app import chosen
from app.exports import feeds
from app.exports.making import NotMade
from app.exports.models import Format
from app.web.access import public
from app.web.downloads import XLSX
from app.web.requests import site

MEDIA = {
    Format.XLSX: XLSX,
    Format.CSV: "text/csv; charset=utf-8",
    Format.YML: "application/xml; charset=utf-8",
}


@public("the secret in the address opens it: programs of partners have no session")
async def feed(request: Request) -> Response:
    """The file, or 304 when the asker has it already."""
    # long: three ways to get no file
    await chosen.refresh()
    try:
        asked = await feeds.asked(**request.path_params)
        kept = await request.app.state.feeds.current(asked, site(request))
    except feeds.TooOften:
        return Response("Too often\n", 429, {"retry-after": str(feeds.WINDOW)}, "text/plain")
    except NotMade:
        return Response("The price list cannot be made now\n", 503, {"retry-after": "60"}, "text/plain")
    headers = {
        "etag": f'W/"{kept.version[:32]}-{asked.format}"',
        "last-modified": format_datetime(kept.since, usegmt=True),
        "cache-control": "private, no-cache",
        "x-robots-tag": "noindex",
    }
    if _has(request, headers["etag"], kept.since):
        return Response(status_code=304, headers=headers)
    headers["content-disposition"] = f'attachment; filename="price-list.{asked.format}"'
    return FileResponse(kept.path, media_type=MEDIA[asked.format], headers=headers)


def _has(request: Request, tag: str, since: datetime) -> bool:
    """Whether the asker has this version (RFC 9110: a tag goes before a date)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or tag.removeprefix("W/") in {
            one.strip().removeprefix("W/") for one in tags.split(",")
        }
    try:
        said = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return since <= (said if said.tzinfo else said.replace(tzinfo=UTC))
