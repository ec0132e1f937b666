"""Doors of feedback: the lists, a new ticket, a ticket and its states. The talk in it: app/tickets/routes/talk.py."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import tokens
from app.accounts.models import Person
from app.catalogue.models import Product
from app.i18n import gettext as _
from app.tickets import actions, desk_queries, queries
from app.tickets.forms import AssignForm, TicketFilter, TicketForm
from app.tickets.models import TicketState, Topic
from app.tickets.routes.pages import find_sheet, number, show_news, ticket_page
from app.tickets.routes.talk import answer, comment, show_comment, too_late
from app.tickets.turns import AlreadyTaken
from app.web.access import ANYONE_SIGNED_IN, MANAGER, PARTNER, allow
from app.web.forms import Form
from app.web.quantity_fields import id_of
from app.web.replies import changed, page, redirected, refused
from app.web.requests import reader, site
from app.web.templates import path


@allow(ANYONE_SIGNED_IN)
async def index(request: Request) -> Response:
    """The company's tickets; staff have theirs on the desk."""
    if reader(request).is_staff:
        return redirected(request, "/desk/tickets")
    return await _list(request, "tickets/index.html")


@allow(MANAGER)
async def desk_index(request: Request) -> Response:
    """The tickets of the reader's partners, those that they took, and those that nobody has."""
    # long: a line a filter
    user, where = reader(request), TicketFilter(request.query_params.multi_items())
    where.check()
    listed, more = await desk_queries.listed(
        user,
        q=where.q,
        state=where.state,
        topic=where.topic,
        whose=where.whose,
        late=where.late,
        key=where.before,
        manager=where.manager,
        company=where.company,
    )
    values: dict[str, Any] = {"states": list(TicketState), "topics": list(Topic), "where": where}
    return await page(request, "tickets/desk.html", listed=listed, older=more, **values)


@allow(PARTNER, deputies=False)
async def new(request: Request) -> Response:
    """The form of a ticket; about a product of the catalogue when the address names one."""
    form = await _about(id_of(request.query_params.get("product", "")))
    return await page(request, "tickets/new.html", form=form, topics=list(Topic))


@allow(PARTNER, files=True)
async def open_ticket(request: Request) -> Response:
    """Opens a ticket: one for one form, however often it is sent."""
    form = await TicketForm.read(request)
    if not form.valid:
        return await _refuse(request, form)
    ticket = await actions.open_ticket(
        form.topic,
        form.subject,
        form.message,
        key=form.key,
        files=form.files,
        root=site(request).files,
        by=reader(request),
    )
    say = _("The ticket is sent, the answer will come here and by e-mail")
    return redirected(request, path("tickets", ticket.number), say=say)


@allow(ANYONE_SIGNED_IN)
async def show(request: Request) -> Response:
    """A ticket with its messages."""
    return await ticket_page(request, await find_sheet(request))


@allow(ANYONE_SIGNED_IN)
async def close(request: Request) -> Response:
    """Either side closes a ticket; a message opens it again."""
    user = reader(request)
    ticket = await queries.ticket(user, number(request))
    await Form.read(request)
    await actions.close(ticket, by=user)
    return await _changed(request, _("The ticket is closed. A new message opens it again"))


@allow(MANAGER)
async def take(request: Request) -> Response:
    """One of staff makes a ticket theirs."""
    user = reader(request)
    try:
        ticket = await queries.ticket_to_answer(user, number(request))
        await Form.read(request)
        await actions.take_over(ticket, by=user)
    except AlreadyTaken as taken:
        raise too_late(request, taken) from None
    return await _changed(request, _("The ticket is yours now"))


@allow(MANAGER)
async def choose_colleague(request: Request) -> Response:
    """To whom the ticket goes."""
    sheet = await find_sheet(request)
    colleagues = await desk_queries.colleagues(sheet.manager_id or 0)
    form = AssignForm([("key", tokens.new_secret())])
    return await page(request, "tickets/assignment.html", sheet=sheet, colleagues=colleagues, form=form)


@allow(MANAGER)
async def assign(request: Request) -> Response:
    """One of staff gives a ticket to a colleague, with a word."""
    user, ticket = reader(request), await queries.ticket(reader(request), number(request))
    colleagues = await desk_queries.colleagues(0)
    form = await AssignForm.read(request, colleagues)
    if not form.valid:
        values: dict[str, Any] = {"sheet": await find_sheet(request), "colleagues": colleagues, "form": form}
        whole = lambda: page(request, "tickets/assignment.html", **values)  # noqa: E731 - as `refused` takes it
        return await refused(request, form, "tickets/_assign.html", whole=whole, **values)
    to = await Person.get(id=form.to)
    try:
        await actions.assign(ticket, to, form.word, key=form.key, by=user)
    except AlreadyTaken as taken:
        raise too_late(request, taken) from None
    # It may be the reader's no more: the list is where they go on.
    return redirected(request, "/desk/tickets", say=_("The ticket is with %(manager)s now") % {"manager": to.name})


async def _list(request: Request, template: str) -> Response:
    where = TicketFilter(request.query_params.multi_items())
    where.check()
    listed, older = await queries.listed(
        reader(request),
        q=where.q,
        state=where.state,
        topic=where.topic,
        whose=where.whose,
        before=where.before,
        company=where.company,
    )
    values: dict[str, Any] = {"states": list(TicketState), "topics": list(Topic)}
    return await page(request, template, listed=listed, older=older, where=where, **values)


async def _changed(request: Request, say: str) -> Response:
    sheet = await find_sheet(request)
    return await changed(request, "tickets/_state.html", back_to=path("tickets", sheet.number), say=say, sheet=sheet)


async def _refuse(request: Request, form: TicketForm) -> Response:
    values: dict[str, Any] = {"form": form, "topics": list(Topic)}
    whole = lambda: page(request, "tickets/new.html", **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, form, "tickets/_form.html", whole=whole, **values)


async def _about(product_id: int) -> TicketForm:
    """A blank form, or one that asks for the price of a product."""
    product = await Product.get_or_none(id=product_id) if product_id else None
    if product is None:
        return TicketForm([("key", tokens.new_secret())])
    subject = _("The price of %(article)s") % {"article": product.article}
    text = _("Please tell me the price and the time of delivery: %(article)s, %(name)s. I need: ")
    text %= {"article": product.article, "name": product.name}
    written = {"topic": Topic.QUESTION.value, "subject": subject, "text": text}
    return TicketForm([("key", tokens.new_secret()), *written.items()])


routes = [
    Route("/", index),
    Route("/", open_ticket, methods=["POST"]),
    Route("/new", new),
    Route("/{number:id}", show),
    Route("/{number:id}/news", show_news),
    Route("/{number:id}/closing", close, methods=["POST"]),
    Route("/{number:id}/taking", take, methods=["POST"]),
    Route("/{number:id}/assignment", choose_colleague),
    Route("/{number:id}/assignment", assign, methods=["POST"]),
    Route("/{number:id}/comments", comment, methods=["POST"]),
    Route("/{number:id}/comments/{comment:id}", show_comment),
    Route("/{number:id}/comments/{comment:id}/answer", answer),
]
desk_routes = [Route("/", desk_index)]
