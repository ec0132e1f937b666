"""Doors of acting for a partner. The banner of every page (templates/acting) has the button that ends it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.acting import actions, queries
from app.errors import Forbidden
from app.i18n import gettext as _
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.forms import Form
from app.web.replies import redirected
from app.web.requests import reader

FIRST = "/presentations"


@allow(ANYONE_SIGNED_IN, deputies=True)
async def begin(request: Request) -> Response:
    """Begins, for managers. The button pressed twice begins once; acting for one, nobody acts for another one."""
    user, wanted = reader(request), request.path_params["person"]
    await Form.read(request)
    if user.deputy and user.id == wanted:
        return redirected(request, FIRST)
    if not user.is_staff:
        raise Forbidden
    await actions.begin(await queries.partner(user, wanted), by=user)
    return redirected(request, FIRST)


@allow(ANYONE_SIGNED_IN, deputies=True)
async def end(request: Request) -> Response:
    """Ends it, and leads back to the partners; who does not act (any more) goes home."""
    user = reader(request)
    await Form.read(request)
    if user.deputy is None:
        return redirected(request, "/")
    await actions.end(by=user)
    return redirected(request, "/desk/partners", say=_("You act for yourself again"))


routes = [
    Route("/desk/people/{person:id}/acting", begin, methods=["POST"]),
    Route("/acting/ending", end, methods=["POST"]),
]
