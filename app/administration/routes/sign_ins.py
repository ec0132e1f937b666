"""Doors of the sign-ins: who came in, who was refused, and the sessions of somebody."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.administration import sign_ins as queries
from app.administration.filters import SignInFilter
from app.i18n import gettext as _
from app.i18n import ngettext
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, page
from app.web.requests import reader

HERE = "/administration/sign-ins"
SESSIONS = "administration/_sessions.html"


@allow(ADMINISTRATOR)
async def sign_ins(request: Request) -> Response:
    """Sign-ins and refusals, newest first, filtered as the address says."""
    where = SignInFilter(request.query_params.multi_items())
    where.check(reader(request))
    people = await _choose(where)
    listed, older = await queries.sign_ins(where.wanted, before=where.before) if where.valid else ([], 0)
    values = {"listed": listed, "older": older, "where": where, "people": people, "outcomes": list(queries.OUTCOMES)}
    return await page(request, "administration/sign_ins.html", status=200 if where.valid else 422, **values)


@allow(ADMINISTRATOR)
async def person(request: Request) -> Response:
    """Where somebody is signed in, and how they came in lately."""
    return await page(request, "administration/sign_ins_person.html", **await _person(request))


@allow(ADMINISTRATOR)
async def end_sessions(request: Request) -> Response:
    """Signs them out everywhere."""
    await Form.read(request)
    whose = await queries.person(request.path_params["person"])
    count = await queries.end_sessions(whose, by=reader(request))
    said = ngettext("%(num)s device is signed out", "%(num)s devices are signed out", count) % {"num": count}
    return await changed(request, SESSIONS, back_to=f"{HERE}/people/{whose.id}", say=said, **await _person(request))


async def _choose(where: SignInFilter) -> list[queries.Found]:
    """Who is meant by what was typed: one is taken, of several one must be chosen."""
    text = where.typed["who"]
    if not text or where.person:
        return []
    found = [*await queries.people(text)]
    if len(found) == 1:
        where.person = found[0].id
        where.typed["person"] = str(where.person)
        return []
    where.errors["who"] = _("Several people are like that") if found else _("Nobody is like that")
    return found


async def _person(request: Request) -> dict[str, Any]:
    whose = await queries.person(request.path_params["person"])
    listed, older = await queries.sign_ins(queries.Wanted(person=whose.id))
    return {"person": whose, "sessions": await queries.sessions(whose.id), "listed": listed, "older": older}


routes = [
    Route("/sign-ins", sign_ins),
    Route("/sign-ins/people/{person:id}", person),
    Route("/sign-ins/people/{person:id}/sign-out", end_sessions, methods=["POST"]),
]
