"""The door of attachments: always a download, never a page of ours."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from app.attachments import queries
from app.attachments.names import disposition
from app.attachments.store import place
from app.errors import NotFound
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.requests import reader, site


@allow(ANYONE_SIGNED_IN)
async def download(request: Request) -> Response:
    """A file of a comment that the reader sees."""
    kept = await queries.attachment(reader(request), request.path_params["number"])
    file = place(site(request).files, kept.stored)
    if not file.is_file():
        raise NotFound
    headers = {
        "content-disposition": disposition(kept.name),
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-cache",
    }
    return FileResponse(file, media_type=kept.media_type, headers=headers)


routes = [
    Route("/{number:id}", download),
]
