"""Doors of the draft's one form: each saves all of it, and then does what it is about."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock, tokens
from app.catalogue.filters import LONGEST, printable
from app.catalogue.models import Product
from app.desk.presentations import products
from app.desk.presentations.forms import DraftForm
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.presentations import checks, doubts, draft_queries, drafts, imports
from app.presentations.draft_queries import Draft
from app.presentations.drafts import ChangedMeanwhile
from app.presentations.models import AlreadySent
from app.web.access import MANAGER, allow
from app.web.forms import form_data
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader, site
from app.web.templates import path

FRAGMENTS = ("desk/presentations/_draft.html", "desk/presentations/_totals.html")
AFTERWARDS = (
    "preview",
    "list",
    "products",
    "shelf",
    "template",
    "sending",
)  # pages that the form leads to once it is saved

WITH_LIST = 4_000_000  # bytes of a draft with a pasted list: as many rows as it takes, each of the longest, in Cyrillic

Then = Callable[[Draft, DraftForm], Awaitable[str]]


@allow(MANAGER, body=WITH_LIST)
async def recalculate(request: Request) -> Response:
    """Saves the whole form; on the way to another page of the draft too."""
    return await saved(request, _nothing_more)


@allow(MANAGER)
async def find_products(request: Request) -> Response:
    """Products to add, found while one types; without htmx they stand on the draft's page."""
    draft, find = await read(request), asked(request)
    if not is_htmx(request):
        return redirected(request, path("desk", "presentations", draft.number, find=find))
    found = await products.found(find, draft.company_id)
    values: dict[str, Any] = {"draft": draft, "form": DraftForm(), "find": find, "found": found}
    return fragment(request, "desk/presentations/_products.html", **values)


@allow(MANAGER)
async def add_line(request: Request) -> Response:
    """Saves the form and adds a found product at the end."""
    product = await _product(request)

    async def add(draft: Draft, form: DraftForm) -> str:
        await drafts.add_line(draft, product, form.quantity, settings=site(request), by=reader(request))
        return _("Added: %(article)s") % {"article": product.article}

    return await saved(request, add, product=product)


@allow(MANAGER)
async def remove_line(request: Request) -> Response:
    """Saves the rest of the form and takes a line out, whatever stands in its fields."""
    line = (await read(request)).line(request.path_params["line"])

    async def remove(draft: Draft, form: DraftForm) -> str:
        await drafts.remove_line(draft, line.id, by=reader(request))
        return _("Taken out: %(article)s") % {"article": line.article}

    return await saved(request, remove, without=line.id)


@allow(MANAGER)
async def move_line(request: Request) -> Response:
    """Saves the form and moves a line one place up or down."""
    line = (await read(request)).line(request.path_params["line"])

    async def move(draft: Draft, form: DraftForm) -> str:
        await drafts.move_line(draft, line.id, form.step, by=reader(request))
        return _("Moved: %(article)s") % {"article": line.article}

    return await saved(request, move)


async def saved(request: Request, then: Then, *, product: Product | None = None, without: int = 0) -> Response:
    """Saves the form and does what is asked `then`; what it says stands on the page. Refuses what is wrong."""
    while True:
        draft = await read(request)
        form = await DraftForm.read(request, draft, clock.today(site(request).timezone), product, without)
        if not form.valid:
            return await refuse(request, draft, form)
        try:
            await drafts.save(draft, form.changes, by=reader(request), window=form.typed["window"][:20])
            break
        except ChangedMeanwhile:  # a moment ago: what was typed is compared with it
            continue
    await imports.keep_typed(draft, form.doubts)
    try:
        say = await then(await read(request), form)
    except AlreadySent:
        raise
    except RuleBroken as problem:
        return await refuse(request, await read(request), form, problem)
    if not form.valid:
        return await refuse(request, await read(request), form)
    if form.typed["then"] in AFTERWARDS:
        return redirected(request, path("desk", "presentations", draft.number, form.typed["then"]))
    return await _changed(request, form, say)


async def read(request: Request) -> Draft:
    """The draft of the address."""
    return await draft_queries.draft(reader(request), request.path_params["number"], site(request))


def asked(request: Request) -> str:
    """What products are searched for by the address."""
    return printable(request.query_params.get("find", "")).strip()[:LONGEST]


async def values_of(request: Request, draft: Draft, form: DraftForm, find: str) -> dict[str, Any]:
    """What the page of a draft shows."""
    problems = await checks.problems(draft.version_id, by=reader(request), settings=site(request))
    return {
        "draft": draft,
        "form": form,
        "find": find,
        "found": await products.found(find, draft.company_id),
        "kinds": sorted({line.picture for line in draft.lines}),
        "doubts": await doubts.doubts(draft, form.doubts),
        "window": form.typed["window"][:20] or tokens.new_secret()[:16],
        "problems": [(one, explain(one.rule)) for one in problems if one.code != "empty"],
        "approval": await checks.last_request(draft.version_id) if "limit" in {one.code for one in problems} else None,
    }


async def refuse(request: Request, draft: Draft, form: DraftForm, problem: RuleBroken | None = None) -> Response:
    """The draft as it was typed; what is wrong stands at its fields, a broken rule above."""
    values = await values_of(request, draft.with_terms(form.terms), form, form.find)
    words = explain(problem) if problem else ""
    template = "desk/presentations/draft.html"
    whole = lambda: page(request, template, problem=words, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem or form, *FRAGMENTS, whole=whole, **values)


async def _nothing_more(draft: Draft, form: DraftForm) -> str:
    return _("Saved")


async def _product(request: Request) -> Product:
    """The product whose «Add» was pressed; NotFound when there is none."""
    typed = (await form_data(request)).get("product")
    if not isinstance(typed, str) or not re.fullmatch("[1-9][0-9]{0,8}", typed, re.ASCII):
        raise NotFound
    return await products.product(int(typed))


async def _changed(request: Request, form: DraftForm, say: str) -> Response:
    """The draft as it is now; a list that was pasted and not taken yet stays."""
    draft = await read(request)
    back_to = path("desk", "presentations", draft.number, find=form.find)
    left = DraftForm([("list", form.typed["list"]), ("window", form.typed["window"])])
    values = await values_of(request, draft, left, form.find) if is_htmx(request) else {}
    return await changed(request, *FRAGMENTS, back_to=back_to, say=say, **values)


routes = [
    Route("/presentations/{number:id}/recalculation", recalculate, methods=["POST"]),
    Route("/presentations/{number:id}/products", find_products),
    Route("/presentations/{number:id}/lines", add_line, methods=["POST"]),
    Route("/presentations/{number:id}/lines/{line:id}/removal", remove_line, methods=["POST"]),
    Route("/presentations/{number:id}/lines/{line:id}/move", move_line, methods=["POST"]),
]
