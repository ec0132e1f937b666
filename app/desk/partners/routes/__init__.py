"""Doors of a partner: the card, who takes care of it, notes, access. Discounts: discounts.py."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import tokens
from app.desk import list_queries
from app.desk.order_keys import WantedOrders
from app.desk.partners import actions, queries
from app.desk.partners.forms import NoteForm, ReasonForm, TransferForm
from app.desk.partners.queries import Head
from app.desk.partners.routes.discounts import card_values
from app.desk.partners.routes.discounts import routes as discounts
from app.desk.partners.routes.heads import head_of, ours
from app.desk.partners.routes.price_types import routes as price_types
from app.desk.partners.routes.price_types import type_values
from app.desk.partners.routes.requisites import routes as requisites
from app.desk.presentations import queries as presentations
from app.desk.presentations.keys import WantedVersions
from app.errors import NotFound, RuleBroken
from app.history import queries as history
from app.history.keys import Wanted
from app.i18n import N_
from app.i18n import gettext as _
from app.tickets import queries as tickets
from app.web.access import MANAGER, allow
from app.web.formats import when
from app.web.forms import Form
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader, site
from app.web.templates import path

SHOWN = 5  # rows of a short list on the card
NOTES = "desk/partners/_notes.html"


@allow(MANAGER)
async def show(request: Request) -> Response:
    """All that is known of a partner."""
    return await _card(request, await head_of(request), NoteForm())


@allow(MANAGER)
async def take(request: Request) -> Response:
    """Takes a partner of nobody: one manager wins, the others are told who and when."""
    user, company = reader(request), request.path_params["company"]
    await Form.read(request)
    try:
        head = await queries.head(user, company)
        await actions.take(head.company, by=user)
    except (NotFound, actions.AlreadyTaken):
        taken = await queries.just_taken(company)
        if taken is None:
            raise NotFound from None
        message = N_("The partner is taken already: %(manager)s, %(when)s")
        raise RuleBroken(message, manager=taken[0], when=when(taken[1], user.zone)) from None
    return redirected(request, _path(head), say=_("The partner is yours now"))


@allow(MANAGER)
async def ask_transfer(request: Request) -> Response:
    """To whom a partner is handed."""
    return await _transfer_page(request, await head_of(request), TransferForm())


@allow(MANAGER)
async def transfer(request: Request) -> Response:
    """Hands it over."""
    user, head = reader(request), await head_of(request)
    colleagues = {one.id: one for one in await queries.managers()}
    form = await TransferForm.read(request, set(colleagues))
    if form.valid:
        try:
            await actions.transfer(head.company, colleagues[form.manager], form.word, by=user)
            to = _path(head) if user.is_administrator else "/desk/partners"
            return redirected(request, to, say=_("Handed over: %(company)s") % {"company": head.company.name})
        except RuleBroken as problem:
            form.errors["manager"] = explain(problem)
    response = await _transfer_page(request, head, form)
    response.status_code = 422
    return response


@allow(MANAGER)
async def note(request: Request) -> Response:
    """Keeps a remark for staff."""
    head, form = await head_of(request), await NoteForm.read(request)
    if not form.valid:
        values = await _note_values(head, form)
        return await refused(request, form, NOTES, whole=lambda: _card(request, head, form), **values)
    await actions.note(head.company, form.text_, key=form.key, by=reader(request))
    values = await _note_values(head, NoteForm())
    return await changed(request, NOTES, back_to=_path(head), say=_("The note is kept"), **values)


@allow(MANAGER)
async def ask_blocking(request: Request) -> Response:
    """Asks whether to close the access of a company, and why."""
    return await page(request, "desk/partners/blocking.html", head=await head_of(request), form=ReasonForm())


@allow(MANAGER)
async def block(request: Request) -> Response:
    """Closes it."""
    head, form = await ours(request), await ReasonForm.read(request)
    if not form.valid:
        return await page(request, "desk/partners/blocking.html", status=422, head=head, form=form)
    await actions.block(head.company, form.reason, by=reader(request))
    return redirected(request, _path(head), say=_("Access is closed"))


@allow(MANAGER)
async def unblock(request: Request) -> Response:
    """Opens it again."""
    head = await ours(request)
    await Form.read(request)
    await actions.unblock(head.company, by=reader(request))
    return redirected(request, _path(head), say=_("Access is open again"))


@allow(MANAGER)
async def ask_person_blocking(request: Request) -> Response:
    """Asks whether to close the door to one person."""
    head = await ours(request)
    return await page(request, "desk/partners/person_blocking.html", head=head, person=await _person(request))


@allow(MANAGER)
async def block_person(request: Request) -> Response:
    """Closes it."""
    head, person = await ours(request), await _person(request)
    await Form.read(request)
    await actions.block_person(person, by=reader(request))
    return redirected(request, _path(head), say=_("Access is closed"))


@allow(MANAGER)
async def unblock_person(request: Request) -> Response:
    """Opens it again."""
    head, person = await ours(request), await _person(request)
    await Form.read(request)
    await actions.unblock_person(person, by=reader(request))
    return redirected(request, _path(head), say=_("Access is open again"))


async def _person(request: Request) -> Any:
    return await queries.person(reader(request), request.path_params["company"], request.path_params["person"])


async def _transfer_page(request: Request, head: Head, form: TransferForm) -> Response:
    managers = [one for one in await queries.managers() if one.name != head.manager]
    return await page(request, "desk/partners/transfer.html", head=head, form=form, managers=managers)


async def _card(request: Request, head: Head, form: NoteForm) -> Response:
    user, settings = reader(request), site(request)
    orders, _more = await list_queries.orders(user, WantedOrders(company=head.id), before=0)
    offers, _more = await presentations.listed(user, settings, WantedVersions(company=head.id), before=0)
    talks, _more = await tickets.listed(user, company=head.id)
    entries, _older = await history.entries(user, settings, Wanted(company=head.id), limit=SHOWN)
    values: dict[str, Any] = {
        "orders": orders[:SHOWN],
        "offers": offers[:SHOWN],
        "talks": talks[:SHOWN],
        "entries": entries,
    }
    values |= {"people": await queries.people(head.id), **await _note_values(head, form)}
    return await page(
        request, "desk/partners/show.html", **values | await card_values(request, head) | await type_values(head)
    )


async def _note_values(head: Head, form: NoteForm) -> dict[str, Any]:
    key = form.typed["key"] or tokens.new_secret()
    return {"head": head, "notes": await queries.notes(head.id), "note_form": form, "key": key}


def _path(head: Head) -> str:
    return path("desk", "partners", head.id)


routes = [
    Route("/partners/{company:id}", show),
    Route("/partners/{company:id}/taking", take, methods=["POST"]),
    Route("/partners/{company:id}/transfer", ask_transfer),
    Route("/partners/{company:id}/transfer", transfer, methods=["POST"]),
    Route("/partners/{company:id}/notes", note, methods=["POST"]),
    Route("/partners/{company:id}/blocking", ask_blocking),
    Route("/partners/{company:id}/blocking", block, methods=["POST"]),
    Route("/partners/{company:id}/unblocking", unblock, methods=["POST"]),
    Route("/partners/{company:id}/people/{person:id}/blocking", ask_person_blocking),
    Route("/partners/{company:id}/people/{person:id}/blocking", block_person, methods=["POST"]),
    Route("/partners/{company:id}/people/{person:id}/unblocking", unblock_person, methods=["POST"]),
    *discounts,
    *requisites,
    *price_types,
]
