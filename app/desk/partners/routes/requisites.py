"""Doors of what a partner is known by: its manager and administrators change it, by the form that its owner has."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.desk.partners import queries
from app.desk.partners.queries import Head
from app.desk.partners.routes.heads import ours
from app.errors import RuleBroken, Stale
from app.i18n import gettext as _
from app.profile import companies
from app.profile.forms import CompanyForm
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader
from app.web.templates import path

CARD, FORM = "desk/partners/_requisites.html", "desk/partners/_requisites_form.html"
IN_THE_TITLE = frozenset({"name", "city"})  # the card shows these above as well


@allow(MANAGER)
async def edit(request: Request) -> Response:
    """The form: in its place for htmx, else a page."""
    head = await ours(request)
    form = CompanyForm.of(head.company)
    if is_htmx(request):
        return fragment(request, FORM, head=head, form=form)
    return await _page(request, head, form)


@allow(MANAGER)
async def change(request: Request) -> Response:
    """Keeps the data, unless somebody was quicker: then both are shown."""
    # long: a tax number that is taken and a page that is old are told in ways of their own
    head = await ours(request)
    form = await CompanyForm.read(request, head.company, True)
    problem: Form | RuleBroken = form
    if form.valid:
        try:
            fields = await companies.change(head.id, form.values, form.version, by=reader(request))
            return await _saved(request, fields)
        except Stale as stale:
            problem, head = stale, await ours(request)
            form.compare(CompanyForm.of(head.company))
        except RuleBroken as broken:
            form.errors["inn"] = explain(broken)
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _page(request, head, form, problem=notice)  # noqa: E731 - as every refusal
    return await refused(request, problem, FORM, whole=whole, head=head, form=form)


async def _saved(request: Request, fields: list[str]) -> Response:
    """The requisites, or the whole card again when more of it shows what was changed."""
    head = await queries.head(reader(request), request.path_params["company"])
    to = path("desk", "partners", head.id)
    if IN_THE_TITLE & {*fields}:
        return redirected(request, to, say=_("Saved"))
    return await changed(request, CARD, back_to=to, say=_("Saved"), head=head)


async def _page(request: Request, head: Head, form: CompanyForm, **values: Any) -> Response:
    return await page(request, "desk/partners/requisites.html", head=head, form=form, **values)


routes = [
    Route("/partners/{company:id}/requisites", edit),
    Route("/partners/{company:id}/requisites", change, methods=["POST"]),
]
