"""Doors of drafting: the list, choosing a partner, the draft's page, sending it. A draft is one form."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.desk import list_queries
from app.desk.forms import PartnerFilter, PresentationFilter
from app.desk.presentations import queries
from app.desk.presentations.forms import DraftForm, StartForm
from app.desk.presentations.keys import SORTS
from app.desk.presentations.routes import approvals, discounts, editing, lists, previews, shelves, templates, unsent
from app.desk.presentations.routes.editing import asked, read, refuse, values_of
from app.desk.presentations.states import STATES
from app.desk.sending.queries import waiting
from app.desk.sending.routes.pages import sent_page
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.presentations import drafts
from app.presentations.drafts import ChangedMeanwhile
from app.presentations.models import AlreadySent
from app.presentations.unsent import beside
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import page, redirected
from app.web.requests import reader, site
from app.web.templates import path


@allow(MANAGER)
async def index(request: Request) -> Response:
    """Drafts and sent versions with their states, as they are searched and sorted."""
    where = PresentationFilter(request.query_params.multi_items())
    where.check()
    user = reader(request)
    listed, older = await queries.listed(user, site(request), where.wanted, before=where.before)
    values: dict[str, Any] = {"listed": listed, "older": older, "where": where, "states": STATES, "sorts": SORTS}
    values["company"] = await list_queries.company_name(user, where.company) if where.company else None
    return await page(request, "desk/presentations/index.html", **values)


@allow(MANAGER)
async def choose(request: Request) -> Response:
    """Whom the new presentation is for."""
    where = PartnerFilter(request.query_params.multi_items())
    where.check()
    listed, more = await list_queries.partners(reader(request), q=where.q, after=where.after, choice=where.chosen)
    return await page(request, "desk/presentations/new.html", partners=listed, more=more, where=where)


@allow(MANAGER)
async def begin(request: Request) -> Response:
    """Begins a draft for a company and leads to its page."""
    user = reader(request)
    form = await StartForm.read(request)
    company = await list_queries.company_name(user, form.company)
    if company is None:
        raise NotFound
    title = (_("Offer for %(company)s") % {"company": company})[:200]
    number = await drafts.begin(form.company, title, by=user, settings=site(request))
    return redirected(request, path("desk", "presentations", number))


@allow(MANAGER)
async def show(request: Request) -> Response:
    """The draft to edit; of what is sent, how it fares; of a draft that somebody left, whose it was."""
    try:
        draft = await read(request)
    except AlreadySent:
        return await sent_page(request)
    except NotFound:
        return await unsent.left_page(request)
    waits = await waiting(draft.version_id)
    if waits.send_at:
        return await page(request, "desk/presentations/scheduled.html", draft=draft, send_at=waits.send_at)
    values = await values_of(request, draft, DraftForm(), asked(request))
    return await page(request, "desk/presentations/draft.html", not_sent=waits.not_sent, **values)


@allow(MANAGER)
async def send(request: Request) -> Response:
    """Saves the form and sends the offer, or says what is missing."""
    user, settings, draft = reader(request), site(request), await read(request)
    form = await DraftForm.read(request, draft, clock.today(settings.timezone))
    if not form.valid:
        return await refuse(request, draft, form)
    try:
        if form.overtaken:  # what another window saved was not looked at yet
            raise ChangedMeanwhile
        await drafts.send(draft, form.changes, by=user, settings=settings)
    except AlreadySent:
        raise
    except RuleBroken as problem:
        return await refuse(request, draft, form, problem)
    say = _("Sent: the partner gets an e-mail with the link")
    return redirected(request, path("desk", "presentations", draft.number), say=say)


@allow(MANAGER)
async def begin_version(request: Request) -> Response:
    """Begins the next version as a copy of the one that holds."""
    user, settings = reader(request), site(request)
    sent = await queries.summary(user, request.path_params["number"], settings)
    if not sent.may_draft:
        raise NotFound
    await Form.read(request)
    left = await beside(user, sent.number)
    if left and left.left and not left.mine:
        say = _("%(author)s has left a draft of the next version here") % {"author": left.author}
        return redirected(request, path("desk", "presentations", sent.number), say=say)
    await drafts.begin_version(sent.id, by=user, settings=settings)
    return redirected(request, path("desk", "presentations", sent.number))


routes = [
    Route("/presentations", index),
    Route("/presentations", begin, methods=["POST"]),
    Route("/presentations/new", choose),
    *approvals.routes,
    *templates.routes,
    Route("/presentations/{number:id}", show),
    *editing.routes,
    *discounts.routes,
    *lists.routes,
    *shelves.routes,
    *previews.routes,
    *unsent.routes,
    Route("/presentations/{number:id}/sending", send, methods=["POST"]),
    Route("/presentations/{number:id}/versions", begin_version, methods=["POST"]),
]
