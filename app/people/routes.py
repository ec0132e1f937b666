"""Doors of a company's people: everybody sees them, the owner invites, decides, and closes the door behind leavers."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.accounts import invitations, registration
from app.accounts.invitations import Newcomer
from app.accounts.models import Person
from app.accounts.user import User
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.people import actions, queries
from app.people.forms import InviteForm, Post, RoleForm
from app.web.access import OWNER, PARTNER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader

LIST, ASKING, INVITE = "people/_people.html", "people/_asking.html", "people/_invite.html"
HERE = "/people"
Deed = Callable[[Person, User], Awaitable[None]]


@allow(PARTNER, deputies=False)
async def index(request: Request) -> Response:
    """Colleagues; for the owner, who waits to be let in, and the form of an invitation."""
    return await _page(request, InviteForm())


@allow(OWNER)
async def invite(request: Request) -> Response:
    """Invites somebody."""
    user, form = reader(request), await InviteForm.read(request)
    if form.valid:
        try:
            newcomer = Newcomer(form.name, form.address, "", form.role)
            await invitations.invite(newcomer, user.company, by=user)
            said = _("The invitation goes to %(address)s") % {"address": form.address}
            return await _changed(request, said, INVITE, LIST, form=InviteForm())
        except RuleBroken as problem:
            form.errors["email"] = explain(problem)
    whole = lambda: _page(request, form)  # noqa: E731 - as every refusal
    return await refused(request, form, INVITE, whole=whole, form=form, posts=list(Post))


@allow(OWNER)
async def resend(request: Request) -> Response:
    """Sends another invitation; the former one dies."""
    said = _("Another invitation is on its way: the former one does not work any more")
    return await _do(request, lambda person, user: invitations.resend(person, by=user), said)


@allow(OWNER, deputies=False)
async def ask_withdrawal(request: Request) -> Response:
    """Asks whether to take an invitation back."""
    return await _ask(request, "people/withdrawal.html")


@allow(OWNER)
async def withdraw(request: Request) -> Response:
    """Takes it back."""
    said = _("The invitation is withdrawn")
    return await _do(request, lambda person, user: invitations.withdraw(person, by=user), said)


@allow(OWNER)
async def change_role(request: Request) -> Response:
    """What a colleague may do from now on."""
    user, form = reader(request), await RoleForm.read(request)
    person = await queries.colleague(user, request.path_params["person"])
    if not form.valid:
        return await _refused(request, RuleBroken("Choose a role"))
    try:
        await actions.change_role(person, form.role, by=user)
    except RuleBroken as problem:
        return await _refused(request, problem)
    return await _changed(request, _("Role changed: %(person)s") % {"person": person.name})


@allow(OWNER, deputies=False)
async def ask_blocking(request: Request) -> Response:
    """Asks whether to close the door to a colleague."""
    return await _ask(request, "people/blocking.html")


@allow(OWNER)
async def block(request: Request) -> Response:
    """Closes it."""
    return await _do(request, lambda person, user: actions.block(person, by=user), _("Access is closed"))


@allow(OWNER)
async def unblock(request: Request) -> Response:
    """Opens it again."""
    return await _do(request, lambda person, user: actions.unblock(person, by=user), _("Access is open again"))


@allow(OWNER)
async def accept(request: Request) -> Response:
    """Lets somebody in who registered for this company."""
    user, form = reader(request), await RoleForm.read(request)
    asking = await queries.registration(user, request.path_params["registration"])
    if not form.valid:
        return await _refused(request, RuleBroken("Choose a role"), ASKING, LIST)
    try:
        await registration.accept(asking, by=user, role=form.role)
    except RuleBroken as problem:
        return await _refused(request, problem, ASKING, LIST)
    return await _changed(request, _("%(person)s works with you now") % {"person": asking.name}, ASKING, LIST)


@allow(OWNER)
async def decline(request: Request) -> Response:
    """Does not."""
    user = reader(request)
    await Form.read(request)
    asking = await queries.registration(user, request.path_params["registration"])
    try:
        await registration.decline(asking, by=user)
    except RuleBroken as problem:
        return await _refused(request, problem, ASKING, LIST)
    return await _changed(request, _("Declined: %(person)s gets a letter") % {"person": asking.name}, ASKING, LIST)


async def _do(request: Request, deed: Deed, said: str) -> Response:
    """A deed that needs no form, and the list after it."""
    user = reader(request)
    await Form.read(request)
    person = await queries.colleague(user, request.path_params["person"])
    try:
        await deed(person, user)
    except RuleBroken as problem:
        return await _refused(request, problem)
    return await _changed(request, said)


async def _ask(request: Request, template: str) -> Response:
    person = await queries.colleague(reader(request), request.path_params["person"])
    return await page(request, template, person=person)


async def _changed(request: Request, said: str, *fragments: str, **values: Any) -> Response:
    parts = fragments or (LIST,)
    return await changed(request, *parts, back_to=HERE, say=said, **await _lists(request), **values)


async def _refused(request: Request, problem: RuleBroken, *fragments: str) -> Response:
    whole = lambda: _page(request, InviteForm(), explain(problem))  # noqa: E731 - as every refusal
    return await refused(request, problem, *(fragments or (LIST,)), whole=whole, **await _lists(request))


async def _page(request: Request, form: InviteForm, problem: str = "") -> Response:
    return await page(request, "people/index.html", form=form, problem=problem, **await _lists(request))


async def _lists(request: Request) -> dict[str, Any]:
    user = reader(request)
    return {"people": await queries.people(user), "asking": await queries.waiting(user), "posts": list(Post)}


routes = [
    Route("/", index),
    Route("/", invite, methods=["POST"]),
    Route("/{person:id}/resending", resend, methods=["POST"]),
    Route("/{person:id}/withdrawal", ask_withdrawal),
    Route("/{person:id}/withdrawal", withdraw, methods=["POST"]),
    Route("/{person:id}/role", change_role, methods=["POST"]),
    Route("/{person:id}/blocking", ask_blocking),
    Route("/{person:id}/blocking", block, methods=["POST"]),
    Route("/{person:id}/unblocking", unblock, methods=["POST"]),
    Route("/registrations/{registration:id}/acceptance", accept, methods=["POST"]),
    Route("/registrations/{registration:id}/declining", decline, methods=["POST"]),
]
