"""Doors of the talk about an order."""

from starlette.requests import Request
from starlette.responses import Response

from app.errors import RuleBroken
from app.i18n import gettext as _
from app.orders import queries
from app.orders.routes.pages import find_sheet, find_talk, order_page
from app.orders.rows import Sheet
from app.threads import actions, answering
from app.threads.forms import CommentForm, SettlementForm
from app.threads.queries import Talk
from app.web.access import ANYONE_SIGNED_IN, BUYER, MANAGER, allow
from app.web.replies import answer_text, changed, explain, fragment, redirected, refused
from app.web.requests import back_to_desk, is_htmx, reader


@allow(BUYER, MANAGER)
async def comment(request: Request) -> Response:
    """Adds a comment, or an answer to one."""
    # long: a template that is inserted, a refusal and a colleague's answer go through the same door
    user, sheet = reader(request), await find_sheet(request)
    form = await CommentForm.read(request)
    if form.inserts:
        return await _insert(request, sheet, form)
    if not form.valid:
        return await _refuse(request, sheet, form, form)
    order = await queries.order(user, sheet.number)
    try:
        added = await actions.add_comment(
            order,
            form.comment,
            by=user,
            key=form.key,
            internal=form.internal,
            answers=form.answers,
            seen=form.seen,
        )
    except actions.AnsweredMeanwhile as problem:
        form.errors["text"] = explain(problem)
        return await _refuse(request, sheet, form, problem)
    talk = (await find_talk(request, sheet)).with_added(added.number)
    await answering.end(talk, by=user)
    back_to, say = f"{talk.base}#comment-{added.number}", _("The comment is sent")
    return await changed(request, "threads/_thread.html", back_to=back_to, say=say, talk=talk, form=CommentForm())


@allow(BUYER, MANAGER, deputies=False)
async def answer(request: Request) -> Response:
    """The pencil: a comment with the form of an answer open under it, in place or on the order's page."""
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(request.path_params["comment"])
    await answering.note(talk, by=reader(request))
    return _fragment(request, talk) if is_htmx(request) else await order_page(request, sheet, talk=talk)


@allow(ANYONE_SIGNED_IN)
async def show_comment(request: Request) -> Response:
    """One comment with no form under it, or its place on the order's page."""
    talk = await find_talk(request, await find_sheet(request))
    remark = talk.remark(request.path_params["comment"])
    if is_htmx(request):
        return _fragment(request, talk)
    return redirected(request, f"{talk.base}#comment-{remark.number}")


@allow(MANAGER)
async def settle(request: Request) -> Response:
    """«Ответ не нужен»: the thread waits for nobody until the partner writes again."""
    user, sheet = reader(request), await find_sheet(request)
    form = await SettlementForm.read(request)
    await actions.settle(await queries.order(user, sheet.number), form.seen, by=user)
    talk = await find_talk(request, sheet)
    back_to, say = back_to_desk(request, f"{talk.base}#thread"), _("No answer is needed: it is off the desk")
    return await changed(request, "threads/_thread.html", back_to=back_to, say=say, talk=talk, form=CommentForm())


async def _insert(request: Request, sheet: Sheet, form: CommentForm) -> Response:
    talk = (await find_talk(request, sheet)).opened(form.answers)
    await answering.insert(form, talk, by=reader(request))
    if is_htmx(request):
        return answer_text(request, talk, form)
    return await order_page(request, sheet, talk=talk, form=form)


async def _refuse(request: Request, sheet: Sheet, form: CommentForm, problem: CommentForm | RuleBroken) -> Response:
    talk = (await find_talk(request, sheet)).opened(form.answers)
    whole = lambda: order_page(request, sheet, talk=talk, form=form)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, "threads/_thread.html", whole=whole, talk=talk, form=form)


def _fragment(request: Request, talk: Talk) -> Response:
    remark = talk.remark(request.path_params["comment"])
    return fragment(request, "threads/_comment.html", talk=talk, remark=remark, form=CommentForm())
