"""Doors of the talk in a ticket."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app.errors import RuleBroken
from app.i18n import N_
from app.i18n import gettext as _
from app.threads import answering
from app.threads.actions import AnsweredMeanwhile
from app.threads.forms import CommentForm
from app.threads.queries import Talk
from app.tickets import actions, queries
from app.tickets.forms import MessageForm
from app.tickets.models import Ticket
from app.tickets.routes.pages import find_sheet, find_talk, number, ticket_page
from app.tickets.turns import AlreadyTaken
from app.web.access import ANYONE_SIGNED_IN, allow
from app.web.formats import when
from app.web.replies import answer_text, changed, explain, fragment, redirected, refused
from app.web.requests import is_htmx, reader, site


@allow(ANYONE_SIGNED_IN, files=True)
async def comment(request: Request) -> Response:
    """Adds a message with files, or an answer to one."""
    # long: a template that is inserted, a refusal and a colleague's answer go through the same door
    try:
        ticket = await queries.ticket_to_answer(reader(request), number(request))
        form = await MessageForm.read(request)
        if form.inserts:
            return await _insert(request, form)
        if not form.valid:
            return await _refuse(request, form, form)
        added = await _add(request, ticket, form)
    except AnsweredMeanwhile as problem:
        form.errors["text"] = explain(problem)
        return await _refuse(request, form, problem)
    except AlreadyTaken as taken:
        raise too_late(request, taken) from None
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).with_added(added)
    await answering.end(talk, by=reader(request))
    values: dict[str, Any] = {"sheet": sheet, "talk": talk, "form": CommentForm()}
    back_to, say = f"{talk.base}#comment-{added}", _("The message is sent")
    return await changed(request, "threads/_thread.html", "tickets/_state.html", back_to=back_to, say=say, **values)


@allow(ANYONE_SIGNED_IN, deputies=False)
async def answer(request: Request) -> Response:
    """The pencil: a message with the form of an answer open under it, in place or on the ticket's page."""
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(request.path_params["comment"])
    await answering.note(talk, by=reader(request))
    return _fragment(request, talk) if is_htmx(request) else await ticket_page(request, sheet, talk=talk)


@allow(ANYONE_SIGNED_IN)
async def show_comment(request: Request) -> Response:
    """One message with no form under it, or its place on the ticket's page."""
    talk = await find_talk(request, await find_sheet(request))
    remark = talk.remark(request.path_params["comment"])
    if is_htmx(request):
        return _fragment(request, talk)
    return redirected(request, f"{talk.base}#comment-{remark.number}")


def too_late(request: Request, taken: AlreadyTaken) -> RuleBroken:
    """Who was quicker, and when, in the reader's time; what was typed stays on the page before."""
    message = N_("The ticket is taken already: %(manager)s, %(when)s. If you need it, ask to hand it over")
    return RuleBroken(message, manager=taken.manager, when=when(taken.at, reader(request).zone))


async def _add(request: Request, ticket: Ticket, form: MessageForm) -> int:
    added = await actions.answer(
        ticket,
        form.comment,
        key=form.key,
        internal=form.internal,
        answers=form.answers,
        files=form.files,
        root=site(request).files,
        by=reader(request),
        seen=form.seen,
    )
    return added.number


async def _insert(request: Request, form: MessageForm) -> Response:
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(form.answers)
    await answering.insert(form, talk, by=reader(request))
    if is_htmx(request):
        return answer_text(request, talk, form)
    return await ticket_page(request, sheet, talk=talk, form=form)


async def _refuse(request: Request, form: MessageForm, problem: MessageForm | RuleBroken) -> Response:
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(form.answers)
    whole = lambda: ticket_page(request, sheet, talk=talk, form=form)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, "threads/_thread.html", whole=whole, talk=talk, form=form)


def _fragment(request: Request, talk: Talk) -> Response:
    remark = talk.remark(request.path_params["comment"])
    return fragment(request, "threads/_comment.html", talk=talk, remark=remark, form=CommentForm())
