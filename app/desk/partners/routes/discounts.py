"""Doors of a partner's discounts, and of those that wait for an administrator."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue.models import Brand, Category, Discount
from app.desk.partners import discounts, queries
from app.desk.partners.discounts import Terms
from app.desk.partners.forms import DecisionForm, DiscountForm
from app.desk.partners.queries import Head
from app.desk.partners.routes.heads import ours
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, MANAGER, allow
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader
from app.web.templates import path

LIST = "desk/partners/_discounts.html"
APPROVALS = "/desk/discounts/approvals"


@allow(MANAGER)
async def new(request: Request) -> Response:
    """The form of another discount: in its place for htmx, else a page. `what=default` asks for the default one."""
    head = await ours(request)
    form = DiscountForm()
    if request.query_params.get("what") == "default":
        form = DiscountForm.of(Terms(None, None, head.company.default_discount, None, None))
    return await _form(request, head, form)


@allow(MANAGER)
async def add(request: Request) -> Response:
    """Gives it."""
    return await _give(request, None)


@allow(MANAGER)
async def edit(request: Request) -> Response:
    """The form of a discount that there is."""
    head = await ours(request)
    found = await queries.discount(head.id, request.path_params["discount"])
    terms = Terms(found.brand_id, found.category_id, found.percent, found.valid_from, found.valid_until)
    return await _form(request, head, DiscountForm.of(terms), found)


@allow(MANAGER)
async def change(request: Request) -> Response:
    """Changes it, or takes it away."""
    head = await ours(request)
    return await _give(request, await queries.discount(head.id, request.path_params["discount"]))


@allow(ADMINISTRATOR)
async def approvals(request: Request) -> Response:
    """Discounts past their managers' limits."""
    return await _approvals(request, DecisionForm(), 0)


@allow(ADMINISTRATOR)
async def decide(request: Request) -> Response:
    """Approves or declines one of them."""
    asked = await queries.request(request.path_params["request"])
    form = await DecisionForm.read(request)
    if form.valid:
        try:
            deed = discounts.approve if form.approved else discounts.decline
            await deed(asked, form.word, by=reader(request))
            said = _("Approved: the manager is told") if form.approved else _("Declined: the manager is told")
            return redirected(request, APPROVALS, say=said)
        except RuleBroken as problem:
            form.errors["word"] = explain(problem)
    return await _approvals(request, form, asked.id, status=422)


async def card_values(
    request: Request, head: Head, form: DiscountForm | None = None, edited: Discount | None = None
) -> dict[str, Any]:
    """What the discounts of a card need; with a form what can be chosen in it."""
    brands, categories = await queries.choices() if form else ([], [])
    return {
        "head": head,
        "given": await queries.discounts(head.id),
        "asked": await queries.asked_for(head.id),
        "form": form,
        "edited": edited,
        "brands": brands,
        "categories": categories,
    }


async def _give(request: Request, edited: Discount | None) -> Response:
    head = await ours(request)
    brands, categories = await queries.choices()
    form = await DiscountForm.read(request, _codes(list(brands), list(categories)))
    if edited and form.removed:
        await discounts.remove(head.id, edited.id, by=reader(request))
        return await _changed(request, head, _("The discount is taken away"))
    if not form.valid:
        values = await card_values(request, head, form, edited)
        return await refused(request, form, LIST, whole=lambda: _form_page(request, values), **values)
    try:
        holds = await discounts.give(head.id, form.terms, by=reader(request), replaces=edited.id if edited else None)
    except NotFound:
        raise RuleBroken("The discount was removed meanwhile") from None
    waits = _("Past your limit: it waits for an administrator, until then nothing changes")
    said = _("The discount is kept") if holds else waits
    return await _changed(request, head, said)


async def _form(request: Request, head: Head, form: DiscountForm, edited: Discount | None = None) -> Response:
    values = await card_values(request, head, form, edited)
    return fragment(request, LIST, **values) if is_htmx(request) else await _form_page(request, values)


async def _form_page(request: Request, values: dict[str, Any]) -> Response:
    return await page(request, "desk/partners/discount.html", **values)


async def _changed(request: Request, head: Head, said: str) -> Response:
    head = await queries.head(reader(request), head.id)
    values = await card_values(request, head)
    return await changed(request, LIST, back_to=path("desk", "partners", head.id), say=said, **values)


async def _approvals(request: Request, form: DecisionForm, answered: int, status: int = 200) -> Response:
    values = {"asked": await queries.approvals(), "form": form, "answered": answered}
    return await page(request, "desk/partners/approvals.html", status=status, **values)


def _codes(brands: list[Brand], categories: list[Category]) -> set[str]:
    return {"default", *(f"brand:{one.id}" for one in brands), *(f"category:{one.id}" for one in categories)}


routes = [
    Route("/partners/{company:id}/discounts/new", new),
    Route("/partners/{company:id}/discounts", add, methods=["POST"]),
    Route("/partners/{company:id}/discounts/{discount:id}", edit),
    Route("/partners/{company:id}/discounts/{discount:id}", change, methods=["POST"]),
    Route("/discounts/approvals", approvals),
    Route("/discounts/approvals/{request:id}", decide, methods=["POST"]),
]
