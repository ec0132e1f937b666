"""Doors of lists: pasting one into a draft, taking one from a file or from what was offered and ordered before,

and settling the rows that are doubtful.
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.catalogue import lists, matches
from app.catalogue.list_forms import FileForm
from app.catalogue.lists import MOST_ROWS
from app.desk.presentations import sources
from app.desk.presentations.forms import DraftForm
from app.desk.presentations.list_forms import CopyForm
from app.desk.presentations.routes.editing import WITH_LIST, read, saved
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.i18n import ngettext
from app.presentations import imports
from app.presentations.doubts import doubts
from app.presentations.draft_queries import Draft
from app.presentations.imports import Taken, Wanted
from app.quantities import WrongQuantity
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.quantity_fields import id_of
from app.web.replies import changed, explain, page, redirected
from app.web.requests import reader, site
from app.web.templates import path


@allow(MANAGER, body=WITH_LIST)
async def paste(request: Request) -> Response:
    """Saves the form and takes the pasted list into the draft."""
    # long: what is done with the list stands within, for `saved` to call

    async def take(draft: Draft, form: DraftForm) -> str:
        rows = lists.parse(form.typed["list"])
        if len(rows) > MOST_ROWS:
            words = _("At most %(most)s rows at once, and here are %(count)s: paste it in parts")
            form.errors["list"] = words % {"most": MOST_ROWS, "count": len(rows)}
        elif not rows:
            form.errors["list"] = _("Paste a list: an article and a quantity in each row")
        else:
            say = told(await _take(request, draft, rows))
            form.typed.pop("list")
            return say
        return ""

    return await saved(request, take)


@allow(MANAGER)
async def show(request: Request) -> Response:
    """Where a list may come from: a file, an offer or order of before, a template."""
    return await _page(request, await read(request))


@allow(MANAGER, files=True)
async def upload(request: Request) -> Response:
    """Takes the list that stands in a file."""
    draft = await read(request)
    form = await FileForm.read(request)
    if form.valid:
        try:
            return await _taken(request, draft, await _take(request, draft, form.rows))
        except RuleBroken as problem:
            form.errors["files"] = explain(problem)
    return await _page(request, draft, file_form=form, status=422)


@allow(MANAGER)
async def copy(request: Request) -> Response:
    """Takes the lines of an offer, of an order or of a template, at the partner's own discounts."""
    # long: three ways to be refused, each at the field
    draft = await read(request)
    form = await CopyForm.read(request)
    wanted: list[Wanted] = []
    if form.valid:
        wanted = await sources.wanted(form.source, form.number, draft, by=reader(request))
        if not wanted:
            form.errors[form.source] = _("There is no such number among what you may see")
    if form.valid:
        try:
            taken = await imports.take(draft, wanted, by=reader(request), settings=site(request))
            if form.source == "template":
                await sources.greet(await read(request), form.number, by=reader(request))
            return await _taken(request, draft, taken)
        except RuleBroken as problem:
            form.errors[form.source] = explain(problem)
    return await _page(request, draft, copy_form=form, status=422)


@allow(MANAGER)
async def settle(request: Request) -> Response:
    """Saves the form and turns a waiting row into a line of the chosen product, at the chosen quantity if one was."""
    # long: what is done with the row stands within, for `saved` to call
    doubt = request.path_params["doubt"]

    async def turn(draft: Draft, form: DraftForm) -> str:
        chosen, _colon, quantity = form.typed["settle"].partition(":")
        name = f"w{doubt}"
        form.typed[name] = quantity or form.typed[name] or await sources.least_of(id_of(chosen))
        try:
            article = await imports.settle(
                draft, doubt, id_of(chosen), form.typed[name], by=reader(request), settings=site(request)
            )
        except WrongQuantity as wrong:
            form.errors[name] = wrong.text
            return ""
        return _("Added: %(article)s") % {"article": article}

    return await saved(request, turn)


@allow(MANAGER)
async def dismiss(request: Request) -> Response:
    """Saves the form and lets a waiting row go."""

    async def let_go(draft: Draft, form: DraftForm) -> str:
        await imports.dismiss(draft, request.path_params["doubt"])
        return _("The row is dismissed")

    return await saved(request, let_go)


@allow(MANAGER)
async def ask_dismissal(request: Request) -> Response:
    """Asks once more before all waiting rows go."""
    draft = await read(request)
    values: dict[str, Any] = {"draft": draft, "doubts": await doubts(draft)}
    return await page(request, "desk/presentations/dismissal.html", **values)


@allow(MANAGER)
async def dismiss_all(request: Request) -> Response:
    """Lets all waiting rows go."""
    draft = await read(request)
    await Form.read(request)
    await imports.dismiss(draft)
    return redirected(request, path("desk", "presentations", draft.number), say=_("The rows are dismissed"))


async def _take(request: Request, draft: Draft, rows: list[lists.Row]) -> Taken:
    wanted = [Wanted.of(one) for one in await matches.meant(rows, draft.company_id)]
    return await imports.take(draft, wanted, by=reader(request), settings=site(request))


async def _taken(request: Request, draft: Draft, taken: Taken) -> Response:
    return await changed(request, back_to=path("desk", "presentations", draft.number), say=told(taken))


def told(taken: Taken) -> str:
    """What was taken, in words."""
    said = ngettext("%(num)s line added", "%(num)s lines added", taken.lines) % {"num": taken.lines}
    if taken.doubts:
        words = ngettext("%(num)s row waits for you", "%(num)s rows wait for you", taken.doubts)
        said += ", " + words % {"num": taken.doubts}
    return said


async def _page(
    request: Request,
    draft: Draft,
    *,
    file_form: FileForm | None = None,
    copy_form: CopyForm | None = None,
    status: int = 200,
) -> Response:
    values: dict[str, Any] = {"draft": draft, "offered": await sources.offered(draft, by=reader(request))}
    values |= {"file_form": file_form or FileForm(), "copy_form": copy_form or CopyForm()}
    return await page(request, "desk/presentations/list.html", status=status, **values)


routes = [
    Route("/presentations/{number:id}/list", show),
    Route("/presentations/{number:id}/list", paste, methods=["POST"]),
    Route("/presentations/{number:id}/file", upload, methods=["POST"]),
    Route("/presentations/{number:id}/copy", copy, methods=["POST"]),
    Route("/presentations/{number:id}/doubts/removal", ask_dismissal),
    Route("/presentations/{number:id}/doubts/removal", dismiss_all, methods=["POST"]),
    Route("/presentations/{number:id}/doubts/{doubt:id}/line", settle, methods=["POST"]),
    Route("/presentations/{number:id}/doubts/{doubt:id}/removal", dismiss, methods=["POST"]),
]
