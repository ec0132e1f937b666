"""Doors of invitations on the desk: the list with their states, inviting, sending again, withdrawing."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import invitations
from app.accounts.invitations import AddressTaken, CompanyKnown, Newcomer
from app.accounts.user import User
from app.desk import list_queries
from app.desk.invitations import queries
from app.desk.invitations.forms import CompanyFilter, InvitationFilter, InviteForm
from app.desk.invitations.queries import STATES
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.people.forms import Post
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, fragment, page, refused
from app.web.requests import is_htmx, reader

HERE, LIST = "/desk/partners/invitations", "desk/invitations/_invitations.html"


@allow(MANAGER)
async def index(request: Request) -> Response:
    """Invitations by state, or by company, person or address."""
    return await _page(request, _filter(request))


@allow(MANAGER)
async def new(request: Request) -> Response:
    """The form: of a new company, or of one that was found and chosen."""
    where = CompanyFilter(request.query_params.multi_items())
    where.check()
    return await _form_page(request, InviteForm(), where)


@allow(MANAGER)
async def invite(request: Request) -> Response:
    """Invites somebody."""
    # long: a known address and a known company are told at a field each
    user, form = reader(request), await InviteForm.read(request)
    if form.company and await list_queries.company_name(user, form.company) is None:
        raise NotFound
    if form.valid:
        try:
            await _invite(form, user)
            said = _("The invitation goes to %(address)s") % {"address": form.address}
            return await changed(request, back_to=HERE, say=said)
        except AddressTaken as problem:
            form.errors["email"] = explain(problem)
        except CompanyKnown as problem:
            form.errors["inn"] = explain(problem)
    where = CompanyFilter([("company", str(form.company))])
    where.check()
    values = await _form_values(request, form, where)
    whole = lambda: _form_page(request, form, where)  # noqa: E731 - as every refusal
    return await refused(request, form, "desk/invitations/_invite.html", whole=whole, **values)


@allow(MANAGER)
async def resend(request: Request) -> Response:
    """Sends another invitation; the former one dies."""
    await Form.read(request)
    user = reader(request)
    person = await queries.person(user, request.path_params["invitation"])
    try:
        await invitations.resend(person, by=user)
    except RuleBroken as problem:
        return await _refused(request, problem)
    said = _("Another invitation is on its way: the former one does not work any more")
    return await changed(request, LIST, back_to=HERE, say=said, **await _values(request, InvitationFilter()))


@allow(MANAGER)
async def ask_withdrawal(request: Request) -> Response:
    """Asks whether to take an invitation back."""
    number = request.path_params["invitation"]
    person = await queries.person(reader(request), number)
    return await page(request, "desk/invitations/withdrawal.html", person=person, number=number)


@allow(MANAGER)
async def withdraw(request: Request) -> Response:
    """Takes it back."""
    await Form.read(request)
    user = reader(request)
    person = await queries.person(user, request.path_params["invitation"])
    try:
        await invitations.withdraw(person, by=user)
    except RuleBroken as problem:
        return await _refused(request, problem)
    return await changed(request, back_to=HERE, say=_("The invitation is withdrawn"))


async def _invite(form: InviteForm, user: User) -> None:
    newcomer = Newcomer(form.name, form.address, form.number, form.role)
    if form.company:
        await invitations.invite(newcomer, form.company, by=user)
    else:
        await invitations.invite_company(form.company_name, form.tax_number, newcomer, by=user)


def _filter(request: Request) -> InvitationFilter:
    return InvitationFilter(request.query_params.multi_items())


async def _refused(request: Request, problem: RuleBroken) -> Response:
    where = InvitationFilter()
    whole = lambda: _page(request, where, explain(problem))  # noqa: E731 - as every refusal
    return await refused(request, problem, LIST, whole=whole, **await _values(request, where))


async def _page(request: Request, where: InvitationFilter, problem: str = "") -> Response:
    values = await _values(request, where)
    if is_htmx(request):
        return fragment(request, LIST, **values)
    return await page(request, "desk/invitations/index.html", problem=problem, **values)


async def _values(request: Request, where: InvitationFilter) -> dict[str, Any]:
    where.check()
    invited, older = await queries.invitations(reader(request), q=where.q, state=where.state, before=where.before)
    return {"invited": invited, "older": older, "where": where, "states": STATES}


async def _form_page(request: Request, form: InviteForm, where: CompanyFilter) -> Response:
    return await page(request, "desk/invitations/new.html", **await _form_values(request, form, where))


async def _form_values(request: Request, form: InviteForm, where: CompanyFilter) -> dict[str, Any]:
    """The chosen company's name (a new one is asked for when there is none), or companies that were looked for."""
    user = reader(request)
    chosen = await list_queries.company_name(user, where.company) if where.company else None
    found, more = await list_queries.partners(user, q=where.q, after=where.after) if where.q else ([], 0)
    posts = list(Post)
    return {"form": form, "where": where, "chosen": chosen, "found": found, "more": more, "posts": posts}


routes = [
    Route("/partners/invitations", index),
    Route("/partners/invitations", invite, methods=["POST"]),
    Route("/partners/invitations/new", new),
    Route("/partners/invitations/{invitation:id}/resending", resend, methods=["POST"]),
    Route("/partners/invitations/{invitation:id}/withdrawal", ask_withdrawal),
    Route("/partners/invitations/{invitation:id}/withdrawal", withdraw, methods=["POST"]),
]
