"""The door of documents of products: always a download, of a file that never changes under its address."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from app.attachments.kinds import MEDIA
from app.attachments.names import disposition
from app.documents import queries, store
from app.errors import NotFound
from app.web.access import public
from app.web.requests import site


@public("documents of goods are for everybody, as the goods are")
async def download(request: Request) -> Response:
    """The file of a document."""
    document = await queries.stored(request.path_params["stored"])
    file = store.place(store.folder(site(request)), document.stored)
    if file is None or not file.is_file():
        raise NotFound
    headers = {
        "content-disposition": disposition(document.name),
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "public, max-age=31536000, immutable",
    }
    return FileResponse(file, media_type=MEDIA[document.kind], headers=headers)


routes = [
    Route("/{stored:str}", download),
]
