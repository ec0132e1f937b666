"""Doors where an administrator takes away the second factor of a colleague who has lost it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import second_factor
from app.accounts.models import STAFF, Person
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import explain, page, redirected
from app.web.requests import reader


@allow(ADMINISTRATOR)
async def confirmation(request: Request) -> Response:
    """What is about to be done, and to whom."""
    return await _page(request, await _colleague(request))


@allow(ADMINISTRATOR)
async def reset(request: Request) -> Response:
    """Takes it away; the colleague is told by letter."""
    person = await _colleague(request)
    await Form.read(request)
    try:
        await second_factor.reset(person, by=reader(request))
    except RuleBroken as broken:
        return await _page(request, person, 409, problem=explain(broken))
    say = _("%(name)s signs in with the password alone, until they set up a second factor anew") % {"name": person.name}
    return redirected(request, f"/administration/staff/{person.id}/second-factor", say=say)


async def _colleague(request: Request) -> Person:
    person = await Person.get_or_none(id=request.path_params["person"], role__in=list(STAFF))
    if person is None:
        raise NotFound
    return person


async def _page(request: Request, person: Person, status: int = 200, *, problem: str = "") -> Response:
    values = {"person": person, "on": await second_factor.has(person.id), "own": person.id == reader(request).id}
    return await page(request, "accounts/reset_second_factor.html", status=status, problem=problem, **values)


routes = [
    Route("/administration/staff/{person:id}/second-factor", confirmation),
    Route("/administration/staff/{person:id}/second-factor", reset, methods=["POST"]),
]
