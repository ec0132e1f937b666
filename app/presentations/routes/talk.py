"""Doors of the talk about a presentation and of notes about its lines."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import unread
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.presentations.models import Line, Presentation
from app.presentations.news import presentation_news
from app.presentations.routes.pages import find_sheet, find_talk, sheet_page
from app.presentations.sheet import Sheet
from app.threads import actions, answering, presence
from app.threads.forms import CommentForm, SettlementForm
from app.threads.queries import Talk
from app.web.access import ANYONE_SIGNED_IN, BUYER, MANAGER, allow
from app.web.news import nothing_new, open_answers, up_to_date, writes
from app.web.replies import Fragment, answer_text, changed, explain, fragment, redirected, refused
from app.web.requests import back_to_desk, is_htmx, reader, site


@allow(BUYER, MANAGER)
async def comment(request: Request) -> Response:
    """Adds a comment, an answer to one, or a note about a line."""
    # long: what is said about a line, in answer to a comment or in general goes through one door
    sheet = await find_sheet(request)
    form = await CommentForm.read(request)
    line = sheet.line(form.line).id if form.line is not None else 0
    talk = await find_talk(request, sheet)
    if form.inserts and not line:
        return await _insert(request, sheet, talk.opened(form.answers), form)
    if not form.valid:
        return await _refuse(request, sheet, talk.opened(form.answers), form, line)
    try:
        added = await actions.add_comment(
            await Presentation.get(id=sheet.id),
            form.comment,
            by=reader(request),
            key=f"{form.key} {line}",  # the page's one key serves the notes about all its lines
            internal=form.internal,
            answers=form.answers,
            seen=form.seen,
            line=await Line.get(id=line) if line else None,
        )
    except actions.AnsweredMeanwhile as problem:
        form.errors["text"] = explain(problem)
        return await _refuse(
            request, sheet, (await find_talk(request, sheet)).opened(form.answers), form, line, problem
        )
    talk = (await find_talk(request, sheet)).with_added(added.number)
    await answering.end(talk, by=reader(request))
    values = _values(sheet, talk, CommentForm(), line)
    back_to, say = f"{talk.base}#comment-{added.number}", _("The comment is sent")
    return await changed(request, *_fragments(line), back_to=back_to, say=say, **values)


@allow(BUYER, MANAGER, deputies=False)
async def answer(request: Request) -> Response:
    """The pencil: a comment with the form of an answer open under it, in place or on the presentation's page."""
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(request.path_params["comment"])
    await answering.note(talk, by=reader(request))
    if not is_htmx(request):
        return await sheet_page(request, sheet, talk=talk)
    return _comment(request, talk)


@allow(ANYONE_SIGNED_IN)
async def show_comment(request: Request) -> Response:
    """One comment with no form under it, or its place on the page."""
    talk = await find_talk(request, await find_sheet(request))
    number = talk.remark(request.path_params["comment"]).number
    return _comment(request, talk) if is_htmx(request) else redirected(request, f"{talk.base}#comment-{number}")


@allow(MANAGER)
async def settle(request: Request) -> Response:
    """«Ответ не нужен»: the thread waits for nobody until the partner writes again."""
    sheet = await find_sheet(request)
    form = await SettlementForm.read(request)
    await actions.settle(await Presentation.get(id=sheet.id), form.seen, by=reader(request))
    talk = await find_talk(request, sheet)
    back_to, say = back_to_desk(request, f"{talk.base}#thread"), _("No answer is needed: it is off the desk")
    return await changed(request, "threads/_thread.html", back_to=back_to, say=say, talk=talk, form=CommentForm())


@allow(BUYER, MANAGER, deputies=False)
async def note(request: Request) -> Response:
    """The pencil of a line: its row with the form of a note, in place or on the presentation's page."""
    sheet = await find_sheet(request)
    line = sheet.line(request.path_params["line"])
    if not is_htmx(request):
        return await sheet_page(request, sheet, noting=line.id)
    values = _values(sheet, await find_talk(request, sheet), CommentForm(), line.id)
    return fragment(request, "presentations/_line.html", noting=line.id, fresh=True, **values)


@allow(ANYONE_SIGNED_IN)
async def show_line(request: Request) -> Response:
    """One line with no form in it, or its place on the page."""
    sheet = await find_sheet(request)
    line = sheet.line(request.path_params["line"])
    if not is_htmx(request):
        return redirected(request, f"/presentations/{sheet.number}#line-{line.id}")
    return fragment(request, "presentations/_line.html", sheet=sheet, line=line, fresh=True)


@allow(ANYONE_SIGNED_IN, quietly=True)
async def show_news(request: Request) -> Response:
    """What has changed since the page of a version was shown: its state and its comments, or nothing."""
    user, number = reader(request), request.path_params["number"]
    now = await presentation_news(user, number, request.path_params["version"], site(request))
    if writes(request):
        await presence.note("presentation", number, by=user)
    if up_to_date(request, now):
        return nothing_new(now)
    if now.since and not user.deputy:
        await unread.seen(user.id, "presentation", number)
    sheet = await find_sheet(request)
    talk = (await find_talk(request, sheet)).opened(*open_answers(request)).seen_since(now.since)
    fragments = ("shared/_news.html", "presentations/_state.html", "threads/_thread.html")
    values: dict[str, Any] = {"news": now, "sheet": sheet, "talk": talk, "form": CommentForm()}
    return await changed(request, *fragments, back_to=f"/presentations/{number}", **values)


async def _insert(request: Request, sheet: Sheet, talk: Talk, form: CommentForm) -> Response:
    await answering.insert(form, talk, by=reader(request))
    if is_htmx(request):
        return answer_text(request, talk, form)
    return await sheet_page(request, sheet, talk=talk, form=form)


async def _refuse(
    request: Request, sheet: Sheet, talk: Talk, form: CommentForm, line: int, problem: RuleBroken | None = None
) -> Response:
    return await refused(
        request,
        problem or form,
        *_fragments(line),
        whole=lambda: sheet_page(request, sheet, talk=talk, form=form, noting=line),
        noting=line,
        **_values(sheet, talk, form, line),
    )


def _fragments(line: int) -> list[Fragment]:
    """What a comment changes: the line that it is about first, for it stands where the hand is."""
    thread: list[Fragment] = ["threads/_thread.html"]
    return [("presentations/_line.html", f"line-{line}"), ("threads/_thread.html", "thread")] if line else thread


def _values(sheet: Sheet, talk: Talk, form: CommentForm, line: int) -> dict[str, Any]:
    return {"sheet": sheet, "talk": talk, "form": form, "line": sheet.line(line) if line else None}


def _comment(request: Request, talk: Talk) -> Response:
    remark = talk.remark(request.path_params["comment"])
    return fragment(request, "threads/_comment.html", talk=talk, remark=remark, form=CommentForm())
