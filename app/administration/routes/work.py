"""Doors of the jobs: what waits, what failed, who works."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.administration import work
from app.desk.forms import ListFilter
from app.i18n import gettext as _
from app.i18n import ngettext
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, fragment, page
from app.web.requests import is_htmx, reader

HERE = "/administration/jobs"
STATE = "administration/_jobs.html"


@allow(ADMINISTRATOR)
async def jobs(request: Request) -> Response:
    """What waits and what failed; htmx gets it anew while the page is open."""
    where = ListFilter(request.query_params.multi_items())
    where.check()
    values = await _state(where.after)
    if is_htmx(request):
        return fragment(request, STATE, **values)
    return await page(request, "administration/jobs.html", **values)


@allow(ADMINISTRATOR)
async def run_again(request: Request) -> Response:
    """Has a failed event tried at once."""
    await Form.read(request)
    await work.run_again(await work.event(request.path_params["event"]), by=reader(request))
    return await changed(request, STATE, back_to=HERE, say=_("It is tried again"), **await _state())


@allow(ADMINISTRATOR)
async def run_all_again(request: Request) -> Response:
    """The same for all of them."""
    await Form.read(request)
    count = await work.run_all_again(by=reader(request))
    said = ngettext("%(num)s event is tried again", "%(num)s events are tried again", count) % {"num": count}
    return await changed(request, STATE, back_to=HERE, say=said, **await _state())


async def _state(after: int = 0) -> dict[str, Any]:
    failed, more = await work.failed(after=after)
    found = {"waiting": await work.waiting(), "workers": await work.workers()}
    return {**found, "failed": failed, "more": more, "after": after}


routes = [
    Route("/jobs", jobs),
    Route("/jobs/running", run_all_again, methods=["POST"]),
    Route("/jobs/{event:id}/running", run_again, methods=["POST"]),
]
