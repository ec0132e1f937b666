"""Doors of the staff: who works here, invitations, data, absence, and the door that closes behind leavers."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import invitations
from app.accounts.invitations import AddressTaken, Newcomer
from app.accounts.models import Person
from app.accounts.user import User
from app.administration import staff_absence, staff_invitations
from app.administration import staff_actions as actions
from app.administration import staff_queries as queries
from app.administration.staff_actions import NobodyTakesOver
from app.administration.staff_forms import AbsenceForm, BlockingForm, InviteForm, MemberForm, StaffFilter, StaffRole
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader

HERE = "/administration/staff"
LIST, INVITE = "administration/_staff.html", "administration/_invite.html"
DATA, ABSENCE = "administration/_member.html", "administration/_absence.html"
Deed = Callable[[Person, User], Awaitable[None]]


@allow(ADMINISTRATOR)
async def staff(request: Request) -> Response:
    """Who works here, and the form of an invitation; htmx gets the list as it is searched."""
    where = StaffFilter(request.query_params.multi_items())
    where.check()
    if is_htmx(request):
        return fragment(request, LIST, staff=await queries.staff(where.q), q=where.q)
    return await _list_page(request, InviteForm(), where.q)


@allow(ADMINISTRATOR)
async def invite(request: Request) -> Response:
    """Invites a manager or an administrator."""
    form = await InviteForm.read(request)
    if form.valid:
        try:
            newcomer = Newcomer(form.name, form.address, "", form.role)
            await staff_invitations.invite(newcomer, by=reader(request))
            return await _invited(request, form.address)
        except AddressTaken as problem:
            form.errors["email"] = explain(problem)
    whole = lambda: _list_page(request, form)  # noqa: E731 - as every refusal
    return await refused(request, form, INVITE, whole=whole, form=form, posts=list(StaffRole))


@allow(ADMINISTRATOR)
async def member(request: Request) -> Response:
    """One of them: data, absence, and what can be done."""
    return await _member_page(request, await _member(request))


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Keeps their data."""
    person = await _member(request)
    form = await MemberForm.read(request)
    if form.valid:
        try:
            await actions.change(person, form.values, by=reader(request))
            values: dict[str, Any] = {"form": form, "person": person, "posts": list(StaffRole)}
            return await changed(request, DATA, back_to=f"{HERE}/{person.id}", say=_("Saved"), **values)
        except RuleBroken as problem:
            form.errors["role"] = explain(problem)
    whole = lambda: _member_page(request, person, form=form)  # noqa: E731 - as every refusal
    return await refused(request, form, DATA, whole=whole, form=form, person=person, posts=list(StaffRole))


@allow(ADMINISTRATOR)
async def set_absence(request: Request) -> Response:
    """Keeps when they are away."""
    person = await _member(request)
    colleagues = await queries.colleagues(person.id)
    form = await AbsenceForm.read(request, person, colleagues)
    values: dict[str, Any] = {"form": form, "person": person, "colleagues": colleagues, "to": request.url.path}
    if await staff_absence.keep(person, form, by=reader(request)):
        return await changed(request, ABSENCE, back_to=f"{HERE}/{person.id}", say=_("Saved"), **values)
    whole = lambda: _member_page(request, person, absence=form)  # noqa: E731 - as every refusal
    return await refused(request, form, ABSENCE, whole=whole, **values)


@allow(ADMINISTRATOR)
async def ask_blocking(request: Request) -> Response:
    """Shows what they have in hand, and asks who takes over."""
    return await _blocking_page(request, await _member(request), BlockingForm())


@allow(ADMINISTRATOR)
async def block(request: Request) -> Response:
    """Closes the door behind them."""
    person = await _member(request)
    has, colleagues = await queries.owned(person.id), await queries.colleagues(person.id)
    form = await BlockingForm.read(request, colleagues, has.anything)
    try:
        if form.valid:
            await actions.block(person, form.to, by=reader(request))
            return redirected(request, HERE, say=_("Access is closed: %(person)s") % {"person": person.name})
    except NobodyTakesOver as problem:
        form.errors["to"] = explain(problem)
    except RuleBroken as problem:
        return await _refused(request, person, problem)
    return await _blocking_refused(request, person, form)


@allow(ADMINISTRATOR)
async def unblock(request: Request) -> Response:
    """Opens it again."""
    return await _do(request, lambda person, user: actions.unblock(person, by=user), _("Access is open again"))


@allow(ADMINISTRATOR)
async def resend(request: Request) -> Response:
    """Sends another invitation; the former one dies."""
    said = _("Another invitation is on its way: the former one does not work any more")
    return await _do(request, lambda person, user: invitations.resend(person, by=user), said)


@allow(ADMINISTRATOR)
async def ask_withdrawal(request: Request) -> Response:
    """Asks whether to take an invitation back."""
    return await page(request, "administration/withdrawal.html", person=await _member(request))


@allow(ADMINISTRATOR)
async def withdraw(request: Request) -> Response:
    """Takes it back: then they are not among the staff any more."""
    person = await _member(request)
    await Form.read(request)
    try:
        await invitations.withdraw(person, by=reader(request))
    except RuleBroken as problem:
        return await _refused(request, person, problem)
    return redirected(request, HERE, say=_("The invitation is withdrawn"))


async def _invited(request: Request, address: str) -> Response:
    """The list with the newcomer, and an empty form."""
    said = _("The invitation goes to %(address)s") % {"address": address}
    values: dict[str, Any] = {"form": InviteForm(), "posts": list(StaffRole), "staff": await queries.staff(), "q": ""}
    return await changed(request, INVITE, LIST, back_to=HERE, say=said, **values)


async def _member(request: Request) -> Person:
    return await queries.member(request.path_params["person"])


async def _do(request: Request, deed: Deed, said: str) -> Response:
    """A deed that needs no form."""
    person = await _member(request)
    await Form.read(request)
    try:
        await deed(person, reader(request))
    except RuleBroken as problem:
        return await _refused(request, person, problem)
    return redirected(request, f"{HERE}/{person.id}", say=said)


async def _refused(request: Request, person: Person, problem: RuleBroken) -> Response:
    whole = lambda: _member_page(request, person, problem=explain(problem))  # noqa: E731 - as every refusal
    return await refused(request, problem, whole=whole)


async def _list_page(request: Request, form: InviteForm, q: str = "") -> Response:
    values: dict[str, Any] = {"form": form, "posts": list(StaffRole), "staff": await queries.staff(q), "q": q}
    return await page(request, "administration/staff.html", **values)


async def _member_page(
    request: Request,
    person: Person,
    form: MemberForm | None = None,
    absence: AbsenceForm | None = None,
    problem: str = "",
) -> Response:
    person = await queries.member(person.id)
    values: dict[str, Any] = {
        "person": person,
        "form": form or MemberForm.of(person),
        "absence": absence or AbsenceForm.of(person),
        "posts": list(StaffRole),
        "colleagues": await queries.colleagues(person.id),
        "has": await queries.owned(person.id),
        "problem": problem,
    }
    return await page(request, "administration/member.html", **values)


async def _blocking_page(request: Request, person: Person, form: BlockingForm) -> Response:
    return await page(request, "administration/blocking.html", **await _taking_over(person, form))


async def _blocking_refused(request: Request, person: Person, form: BlockingForm) -> Response:
    whole = lambda: _blocking_page(request, person, form)  # noqa: E731 - as every refusal
    return await refused(
        request, form, "administration/_blocking.html", whole=whole, **await _taking_over(person, form)
    )


async def _taking_over(person: Person, form: BlockingForm) -> dict[str, Any]:
    colleagues, has = await queries.colleagues(person.id), await queries.owned(person.id)
    return {"person": person, "form": form, "colleagues": colleagues, "has": has}


routes = [
    Route("/staff", staff),
    Route("/staff", invite, methods=["POST"]),
    Route("/staff/{person:id}", member),
    Route("/staff/{person:id}", change, methods=["POST"]),
    Route("/staff/{person:id}/absence", set_absence, methods=["POST"]),
    Route("/staff/{person:id}/blocking", ask_blocking),
    Route("/staff/{person:id}/blocking", block, methods=["POST"]),
    Route("/staff/{person:id}/unblocking", unblock, methods=["POST"]),
    Route("/staff/{person:id}/resending", resend, methods=["POST"]),
    Route("/staff/{person:id}/withdrawal", ask_withdrawal),
    Route("/staff/{person:id}/withdrawal", withdraw, methods=["POST"]),
]
