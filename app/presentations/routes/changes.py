"""The door of what a version changed."""

from starlette.requests import Request
from starlette.responses import Response

from app.presentations.changes import changes
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.replies import page
from app.web.requests import reader, site


@allow(ANYONE_SIGNED_IN)
async def show_changes(request: Request) -> Response:
    """What a version changed in the one before it, line by line; partner and staff see the same."""
    number, version = request.path_params["number"], request.path_params["version"]
    found = await changes(reader(request), number, version, site(request))
    return await page(request, "presentations/changes.html", changes=found)
