"""Doors of approvals: a manager asks for terms beyond the limit, an administrator decides."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.desk.forms import ListFilter
from app.desk.presentations.forms import DecisionForm, DraftForm
from app.desk.presentations.routes.editing import saved
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.presentations import approvals
from app.presentations.draft_queries import Draft
from app.web.access import ADMINISTRATOR, MANAGER, allow
from app.web.replies import explain, page, redirected
from app.web.requests import reader


@allow(MANAGER)
async def ask(request: Request) -> Response:
    """Saves the form and asks an administrator to allow its terms."""

    async def asking(draft: Draft, form: DraftForm) -> str:
        word = form.text("word", limit=500)
        if form.valid:
            await approvals.ask(draft.id, draft.version_id, word, by=reader(request))
        return _("Asked: the answer comes by e-mail and stands here")

    return await saved(request, asking)


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """Requests that wait for a decision."""
    where = ListFilter(request.query_params.multi_items())
    where.check()
    waiting, more = await approvals.waiting(after=where.after)
    return await page(request, "desk/presentations/approvals.html", waiting=waiting, more=more)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """One request with the terms that it is about."""
    return await _page(request, DecisionForm())


@allow(ADMINISTRATOR)
async def decide(request: Request) -> Response:
    """Allows or declines."""
    form = await DecisionForm.read(request)
    if not form.valid:
        return await _page(request, form, status=422)
    number, terms = request.path_params["approval"], form.typed["terms"]
    try:
        await approvals.decide(number, terms, form.answer, approved=form.approved, by=reader(request))
    except NotFound:
        raise
    except RuleBroken as problem:
        return await _page(request, form, problem=explain(problem), status=409)
    say = _("Approved: the manager may send it") if form.approved else _("Declined: the manager is told")
    return redirected(request, "/desk/presentations/approvals", say=say)


async def _page(request: Request, form: DecisionForm, *, problem: str = "", status: int = 200) -> Response:
    asked = await approvals.asked(request.path_params["approval"])
    values = {"asked": asked, "form": form, "problem": problem}
    return await page(request, "desk/presentations/approval.html", status=status, **values)


routes = [
    Route("/presentations/approvals", index),
    Route("/presentations/approvals/{approval:id}", show),
    Route("/presentations/approvals/{approval:id}", decide, methods=["POST"]),
    Route("/presentations/{number:id}/approval", ask, methods=["POST"]),
]
