"""Doors of drafting: the list, choosing a partner, the draft's page, sending it. A draft is one form."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.accounts.models import Role
from app.catalogue.filters import LONGEST, printable
from app.catalogue.models import Product
from app.desk import list_queries
from app.desk.forms import PartnerFilter, PresentationFilter
from app.desk.presentations import queries
from app.desk.presentations.forms import DraftForm, StartForm
from app.desk.presentations.queries import STATES
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.presentations import draft_queries, drafts
from app.presentations.draft_queries import Draft
from app.presentations.models import AlreadySent
from app.web.access import MANAGER, allow
from app.web.forms import Form, form_data
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader, site
from app.web.templates import path

FRAGMENTS = ("desk/presentations/_draft.html", "desk/presentations/_totals.html")


@allow(MANAGER)
async def index(request: Request) -> Response:
    """Drafts and sent versions with their states, newest first."""
    where = PresentationFilter(request.query_params.multi_items())
    where.check()
    listed, older = await queries.listed(
        reader(request), site(request), state=where.state, before=where.before, manager=where.manager
    )
    values: dict[str, Any] = {"listed": listed, "older": older, "where": where, "states": STATES}
    return await page(request, "desk/presentations/index.html", **values)


@allow(MANAGER)
async def choose(request: Request) -> Response:
    """Whom the new presentation is for."""
    where = PartnerFilter(request.query_params.multi_items())
    where.check()
    listed, more = await list_queries.partners(reader(request), q=where.q, after=where.after)
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
    """The draft to edit; of what is sent, how it fares."""
    try:
        draft = await _draft(request)
    except AlreadySent:
        summary = await queries.summary(reader(request), request.path_params["number"], site(request))
        return await page(request, "desk/presentations/sent.html", sent=summary)
    return await page(request, "desk/presentations/draft.html", **await _values(draft, DraftForm(), _find(request)))


@allow(MANAGER)
async def recalculate(request: Request) -> Response:
    """Saves the whole form; on the way to the preview too."""
    draft = await _draft(request)
    form = await _form(request, draft)
    if not form.valid:
        return await _refuse(request, draft, form)
    await drafts.save(draft, form.changes)
    if form.typed["then"] == "preview":
        return redirected(request, path("desk", "presentations", draft.number, "preview"))
    return await _changed(request, form, _("Saved"))


@allow(MANAGER)
async def find_products(request: Request) -> Response:
    """Products to add, found while one types; without htmx they stand on the draft's page."""
    draft, find = await _draft(request), _find(request)
    if not is_htmx(request):
        return redirected(request, path("desk", "presentations", draft.number, find=find))
    values = await _values(draft, DraftForm(), find)
    return fragment(request, "desk/presentations/_products.html", **values)


@allow(MANAGER)
async def add_line(request: Request) -> Response:
    """Saves the form and adds a found product at the end."""
    draft = await _draft(request)
    product = await _product(request)
    form = await _form(request, draft, product)
    if not form.valid:
        return await _refuse(request, draft, form)
    await drafts.save(draft, form.changes)
    try:
        await drafts.add_line(draft, product, form.quantity, settings=site(request))
    except RuleBroken as problem:
        return await _refuse(request, draft, form, problem)
    return await _changed(request, form, _("Added: %(article)s") % {"article": product.article})


@allow(MANAGER)
async def remove_line(request: Request) -> Response:
    """Saves the rest of the form and takes a line out, whatever stands in its fields."""
    draft = await _draft(request)
    line = draft.line(request.path_params["line"])
    form = await _form(request, draft, without=line.id)
    if not form.valid:
        return await _refuse(request, draft, form)
    await drafts.save(draft, form.changes)
    await drafts.remove_line(draft, line.id)
    return await _changed(request, form, _("Taken out: %(article)s") % {"article": line.article})


@allow(MANAGER)
async def move_line(request: Request) -> Response:
    """Saves the form and moves a line one place up or down."""
    draft = await _draft(request)
    line = draft.line(request.path_params["line"])
    form = await _form(request, draft)
    if not form.valid:
        return await _refuse(request, draft, form)
    await drafts.save(draft, form.changes)
    await drafts.move_line(draft, line.id, form.step)
    return await _changed(request, form, _("Moved: %(article)s") % {"article": line.article})


@allow(MANAGER)
async def preview(request: Request) -> Response:
    """The saved draft as its partner will see it."""
    user = reader(request)
    try:
        sheet = (await _draft(request)).as_sheet()
    except AlreadySent:
        return redirected(request, path("presentations", request.path_params["number"]))
    values: dict[str, Any] = {"sheet": sheet, "lines": sheet.lines, "brand": "", "order": ""}
    values["brands"] = Counter(line.brand for line in sheet.lines)
    values["kinds"] = sorted({line.picture for line in sheet.lines})
    values["partner"] = replace(user, role=Role.BUYER)
    return await page(request, "desk/presentations/preview.html", **values)


@allow(MANAGER)
async def send(request: Request) -> Response:
    """Saves the form and sends the offer, or says what is missing."""
    user, draft = reader(request), await _draft(request)
    form = await _form(request, draft)
    if not form.valid:
        return await _refuse(request, draft, form)
    try:
        await drafts.send(draft, form.changes, by=user, settings=site(request))
    except AlreadySent:
        raise
    except RuleBroken as problem:
        return await _refuse(request, draft, form, problem)
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
    await drafts.begin_version(sent.id, by=user, settings=settings)
    return redirected(request, path("desk", "presentations", sent.number))


async def _draft(request: Request) -> Draft:
    return await draft_queries.draft(reader(request), request.path_params["number"], site(request))


async def _form(request: Request, draft: Draft, product: Product | None = None, without: int = 0) -> DraftForm:
    return await DraftForm.read(request, draft, clock.today(site(request).timezone), product, without)


def _find(request: Request) -> str:
    return printable(request.query_params.get("find", "")).strip()[:LONGEST]


async def _product(request: Request) -> Product:
    """The product whose «Add» was pressed; NotFound when there is none."""
    typed = (await form_data(request)).get("product")
    if not isinstance(typed, str) or not re.fullmatch("[1-9][0-9]{0,8}", typed, re.ASCII):
        raise NotFound
    return await queries.product(int(typed))


async def _values(draft: Draft, form: DraftForm, find: str) -> dict[str, Any]:
    found = await queries.found(find, draft.company_id)
    kinds = sorted({line.picture for line in draft.lines})
    return {"draft": draft, "form": form, "find": find, "found": found, "kinds": kinds}


async def _changed(request: Request, form: DraftForm, say: str) -> Response:
    """The draft as it is now."""
    draft = await _draft(request)
    back_to = path("desk", "presentations", draft.number, find=form.find)
    values = await _values(draft, DraftForm(), form.find) if is_htmx(request) else {}
    return await changed(request, *FRAGMENTS, back_to=back_to, say=say, **values)


async def _refuse(request: Request, draft: Draft, form: DraftForm, problem: RuleBroken | None = None) -> Response:
    """The draft as it was typed; what is wrong stands at its fields, a broken rule above."""
    values = await _values(draft.with_terms(form.terms), form, form.find)
    words = explain(problem) if problem else ""
    template = "desk/presentations/draft.html"
    whole = lambda: page(request, template, problem=words, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem or form, *FRAGMENTS, whole=whole, **values)


routes = [
    Route("/presentations", index),
    Route("/presentations", begin, methods=["POST"]),
    Route("/presentations/new", choose),
    Route("/presentations/{number:id}", show),
    Route("/presentations/{number:id}/recalculation", recalculate, methods=["POST"]),
    Route("/presentations/{number:id}/products", find_products),
    Route("/presentations/{number:id}/lines", add_line, methods=["POST"]),
    Route("/presentations/{number:id}/lines/{line:id}/removal", remove_line, methods=["POST"]),
    Route("/presentations/{number:id}/lines/{line:id}/move", move_line, methods=["POST"]),
    Route("/presentations/{number:id}/preview", preview),
    Route("/presentations/{number:id}/sending", send, methods=["POST"]),
    Route("/presentations/{number:id}/versions", begin_version, methods=["POST"]),
]
