"""Doors of orders that change hands: back to the queue, to a colleague, and asking for one."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.i18n import gettext as _
from app.orders import handing, queries
from app.orders.colleagues import colleagues, handover_of, with_others
from app.orders.forms import AnswerForm, OfferForm, WordForm
from app.orders.routes.pages import find_sheet, number
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import explain, page, redirected, refused
from app.web.requests import reader
from app.web.templates import path


@allow(MANAGER)
async def release_form(request: Request) -> Response:
    """Asks for the reason."""
    await queries.kept_order(reader(request), number(request))
    return await _page(request, "orders/release.html", WordForm())


@allow(MANAGER)
async def release(request: Request) -> Response:
    """«Вернуть в очередь»: anybody may take the order then."""
    user = reader(request)
    order = await queries.kept_order(user, number(request))
    form = await WordForm.read(request, _("Write why: whoever takes the order next will read it"))
    if not form.valid:
        return await _refuse(request, "orders/release.html", form, form)
    try:
        await handing.release(order, form.word, by=user)
    except RuleBroken as problem:
        return await _refuse(request, "orders/release.html", form, problem)
    return redirected(request, path("orders", order.number), say=_("The order is back in the common queue"))


@allow(MANAGER)
async def offer_form(request: Request) -> Response:
    """To whom, and a word to go with it."""
    await queries.kept_order(reader(request), number(request))
    return await _page(request, "orders/handover.html", OfferForm())


@allow(MANAGER)
async def offer(request: Request) -> Response:
    """«Передать»: the colleague accepts or declines."""
    user = reader(request)
    order = await queries.kept_order(user, number(request))
    form = await OfferForm.read(request)
    if not form.valid:
        return await _refuse(request, "orders/handover.html", form, form)
    try:
        await handing.offer(order, form.colleague, form.word, by=user)
    except RuleBroken as problem:
        return await _refuse(request, "orders/handover.html", form, problem)
    return redirected(
        request, path("orders", order.number), say=_("The order is offered: your colleague gets an e-mail")
    )


@allow(MANAGER)
async def request_form(request: Request) -> Response:
    """The form to ask for somebody else's order; or that it was asked for already."""
    return await _request_page(request, WordForm())


@allow(MANAGER)
async def ask(request: Request) -> Response:
    """«Попросить передать»: who has the order agrees or not."""
    user = reader(request)
    order = await queries.queued_order(user, number(request))
    form = await WordForm.read(request)
    if not form.valid:
        return await _refuse_request(request, form, form)
    try:
        await handing.ask(order, form.word, by=user)
    except RuleBroken as problem:
        return await _refuse_request(request, form, problem)
    back = path("orders", order.number, "request")
    return redirected(request, back, say=_("Asked: your colleague gets an e-mail"))


@allow(MANAGER)
async def answer(request: Request) -> Response:
    """Accepts, declines or takes back a hand-over."""
    user, asked_about = reader(request), number(request)
    form = await AnswerForm.read(request)
    if form.answer not in ("accept", "decline", "withdraw"):
        raise HTTPException(400, "no answer")
    handover = await handover_of(asked_about, form.handover)
    if form.answer == "withdraw":
        await handing.withdraw(handover, by=user)
        said = _("The hand-over is taken back")
    elif await handing.answer(handover, form.answer == "accept", by=user):
        said = _("The order has changed hands")
    else:
        said = _("Declined: your colleague gets an e-mail")
    back = path("orders", asked_about) if await queries.sees(user, asked_about) else "/desk/orders"
    return redirected(request, back, say=said)


async def _page(request: Request, template: str, form: Form, problem: str = "") -> Response:
    values: dict[str, Any] = {"sheet": await find_sheet(request), "form": form, "problem": problem}
    values["colleagues"] = await colleagues(without=values["sheet"].manager_id)
    return await page(request, template, **values)


async def _refuse(request: Request, template: str, form: Form, problem: Form | RuleBroken) -> Response:
    words = explain(problem) if isinstance(problem, RuleBroken) else ""
    return await refused(request, problem, whole=lambda: _page(request, template, form, words))


async def _request_page(request: Request, form: Form, problem: str = "") -> Response:
    user = reader(request)
    order = await queries.queued_order(user, number(request))
    held = await with_others(order, user)
    return await page(request, "orders/request.html", held=held, form=form, problem=problem)


async def _refuse_request(request: Request, form: Form, problem: Form | RuleBroken) -> Response:
    words = explain(problem) if isinstance(problem, RuleBroken) else ""
    return await refused(request, problem, whole=lambda: _request_page(request, form, words))


routes = [
    Route("/{number:id}/release", release_form),
    Route("/{number:id}/release", release, methods=["POST"]),
    Route("/{number:id}/handover", offer_form),
    Route("/{number:id}/handover", offer, methods=["POST"]),
    Route("/{number:id}/handover/answer", answer, methods=["POST"]),
    Route("/{number:id}/request", request_form),
    Route("/{number:id}/request", ask, methods=["POST"]),
]
