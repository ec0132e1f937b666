"""The door of pictures: small files that never change."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from app.errors import NotFound
from app.pictures import store
from app.web.access import public
from app.web.requests import site

_HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
}


@public("pictures of goods are shown to everybody, as the goods are")
async def picture(request: Request) -> Response:
    """A file of a picture."""
    name = request.path_params["name"]
    file = store.place(store.folder(site(request)), name)
    if file is None or not file.is_file():
        raise NotFound
    return FileResponse(file, media_type=store.MEDIA[file.suffix[1:]], headers=_HEADERS)


routes = [
    Route("/{name:str}", picture),
]
