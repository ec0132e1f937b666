"""Doors of sending: when, taking back, withdrawing, reminding. Sending at once: app/desk/presentations."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock
from app.desk.presentations.queries import Summary
from app.desk.sending import queries
from app.desk.sending.forms import ReminderForm, ScheduleForm, WithdrawalForm
from app.desk.sending.routes.pages import find_sent, sent_page
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.presentations import draft_queries, following, sending
from app.presentations.draft_queries import Draft
from app.presentations.models import AlreadySent, Scheduled
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader, site
from app.web.templates import path


@allow(MANAGER)
async def options(request: Request) -> Response:
    """When a draft is to be sent, and to how many."""
    try:
        draft = await _draft(request)
    except AlreadySent:
        return redirected(request, _desk(request))
    if (await queries.waiting(draft.version_id)).send_at:
        return redirected(request, _desk(request))
    return await _options_page(request, draft, ScheduleForm())


@allow(MANAGER)
async def schedule(request: Request) -> Response:
    """Leaves the draft to be sent at a moment, or says what is missing."""
    user, draft = reader(request), await _draft(request)
    form = await ScheduleForm.read(request, user.zone)
    if not form.valid:
        return await refused(request, form, whole=lambda: _options_page(request, draft, form))
    try:
        await sending.schedule(draft, form.at, by=user, settings=site(request))
    except (AlreadySent, Scheduled):
        raise
    except RuleBroken as problem:
        words = explain(problem)
        return await refused(request, problem, whole=lambda: _options_page(request, draft, form, words))
    return redirected(request, _desk(request), say=_("It will be sent at its time"))


@allow(MANAGER)
async def recall(request: Request) -> Response:
    """Makes it a draft again."""
    draft = await _draft(request)
    await Form.read(request)
    await sending.recall(draft, by=reader(request))
    return redirected(request, _desk(request), say=_("It is a draft again"))


@allow(MANAGER)
async def show_version(request: Request) -> Response:
    """How a sent version fares: the one in force beside a draft of the next, or one that was replaced."""
    return await sent_page(request)


@allow(MANAGER)
async def ask_withdrawal(request: Request) -> Response:
    """Asks why an offer is to be withdrawn."""
    return await _withdrawal_page(request, WithdrawalForm())


@allow(MANAGER)
async def withdraw(request: Request) -> Response:
    """Withdraws it."""
    sent = await find_sent(request)
    form = await WithdrawalForm.read(request)
    if not form.valid:
        return await refused(request, form, whole=lambda: _withdrawal_page(request, form))
    await following.withdraw(sent.version_id, form.reason, by=reader(request))
    return redirected(request, _version(sent), say=_("Withdrawn: its prices hold no more"))


@allow(MANAGER)
async def remind(request: Request) -> Response:
    """Writes once more to those who have not ordered."""
    sent = await find_sent(request)
    await Form.read(request)
    try:
        await following.remind(sent.version_id, by=reader(request), settings=site(request))
    except RuleBroken as problem:
        words = explain(problem)
        return await refused(request, problem, whole=lambda: sent_page(request, problem=words))
    return await changed(request, back_to=_version(sent), say=_("A reminder goes to those who have not ordered"))


@allow(MANAGER)
async def choose_reminder(request: Request) -> Response:
    """A reminder goes out by itself before the last day, or none does."""
    sent = await find_sent(request)
    form = await ReminderForm.read(request)
    if not form.valid:
        return await refused(request, form, whole=lambda: sent_page(request, form))
    await following.choose_reminder(sent.version_id, form.days, by=reader(request))
    return await changed(request, back_to=_version(sent), say=_("Saved"))


async def _draft(request: Request) -> Draft:
    return await draft_queries.draft(reader(request), request.path_params["number"], site(request))


def _desk(request: Request) -> str:
    return path("desk", "presentations", request.path_params["number"])


def _version(sent: Summary) -> str:
    """The page of a sent version: the presentation's own is its draft's when there is one."""
    return path("desk", "presentations", sent.number, "versions", sent.version)


async def _options_page(request: Request, draft: Draft, form: ScheduleForm, problem: str = "") -> Response:
    values: dict[str, Any] = {"draft": draft, "form": form, "problem": problem}
    values["today"] = clock.now().astimezone(reader(request).zone).date()
    return await page(request, "desk/sending/options.html", **values)


async def _withdrawal_page(request: Request, form: WithdrawalForm) -> Response:
    sent = await find_sent(request)
    came = await queries.came(sent.version_id, sent.company_id, sent.recipient_id)
    return await page(request, "desk/sending/withdrawal.html", sent=sent, came=came, form=form)


routes = [
    Route("/presentations/{number:id}/sending", options),
    Route("/presentations/{number:id}/schedule", schedule, methods=["POST"]),
    Route("/presentations/{number:id}/recall", recall, methods=["POST"]),
    Route("/presentations/{number:id}/versions/{version:id}", show_version),
    Route("/presentations/{number:id}/withdrawal", ask_withdrawal),
    Route("/presentations/{number:id}/withdrawal", withdraw, methods=["POST"]),
    Route("/presentations/{number:id}/reminders", remind, methods=["POST"]),
    Route("/presentations/{number:id}/reminder-day", choose_reminder, methods=["POST"]),
]
