"""Doors of a draft as a whole: discarding it, and taking over one that was left by whoever had the partner before."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import NotFound
from app.i18n import gettext as _
from app.presentations import unsent
from app.presentations.models import AlreadySent
from app.presentations.unsent import Unsent
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import page, redirected
from app.web.requests import reader
from app.web.templates import path


@allow(MANAGER)
async def ask_removal(request: Request) -> Response:
    """Asks once more before a draft is discarded; one that waits for its time or is sent stays."""
    try:
        draft = await _disposable(request)
    except AlreadySent:
        return redirected(request, _desk(request))
    return await page(request, "desk/presentations/removal.html", draft=draft)


@allow(MANAGER)
async def discard(request: Request) -> Response:
    """Deletes it."""
    draft = await _disposable(request)
    await Form.read(request)
    await unsent.discard(draft, by=reader(request))
    back_to = "/desk/presentations" if draft.version == 1 else _desk(request)
    return redirected(request, back_to, say=_("The draft is discarded"))


@allow(MANAGER)
async def claim(request: Request) -> Response:
    """Makes a draft that was left the reader's."""
    draft = await _disposable(request)
    await Form.read(request)
    if not draft.left:
        return redirected(request, _desk(request))
    await unsent.claim(draft, by=reader(request))
    return redirected(request, _desk(request), say=_("The draft is yours now"))


async def left_page(request: Request) -> Response:
    """A draft of a first version that was left: what it is, and what can be done. Raises NotFound for any other."""
    draft = await unsent.beside(reader(request), request.path_params["number"])
    if draft is None or not draft.left:
        raise NotFound
    return await page(request, "desk/presentations/left.html", draft=draft)


async def _disposable(request: Request) -> Unsent:
    return await unsent.disposable(reader(request), request.path_params["number"])


def _desk(request: Request) -> str:
    return path("desk", "presentations", request.path_params["number"])


routes = [
    Route("/presentations/{number:id}/removal", ask_removal),
    Route("/presentations/{number:id}/removal", discard, methods=["POST"]),
    Route("/presentations/{number:id}/claim", claim, methods=["POST"]),
]
