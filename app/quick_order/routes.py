"""Doors of the quick order: a list is pasted or taken from a file, settled row by row, and put into the cart."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import tokens
from app.catalogue import lists
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.i18n import ngettext
from app.order_templates import actions as templates
from app.quick_order import actions, queries
from app.quick_order.forms import QuickFileForm, QuickForm, fixed
from app.quick_order.lines import Kept
from app.repeat.forms import address
from app.repeat.queries import Origin
from app.web.access import BUYER, allow
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader, site


@allow(BUYER)
async def show(request: Request) -> Response:
    """The list as it was left."""
    rows = await queries.kept(reader(request))
    return await page(request, "quick_order/show.html", **await _values(request, rows))


@allow(BUYER, deputies=True)
async def use(request: Request) -> Response:
    """Keeps the list, and does what was pressed: adds the pasted rows, mends quantities, fills the cart, saves."""
    # long: a line for each thing to do
    form = await QuickForm.read(request)
    key = form.one_time_key()
    by, settings = reader(request), site(request)
    try:
        if form.do == "cart":
            return await _fill(request, form, key)
        await actions.keep(form.rows, by=by)
        if form.do == "save":
            return await _save(request, form, key)
        if form.do == "fix":
            form.rows = fixed(await queries.answered(form.rows, by, settings))
        if form.typed["list"].strip() or not (form.rows or form.typed["removed"]):
            await _add(form)
    except RuleBroken as problem:
        return await _refuse(request, form, problem)
    if not form.valid:
        return await _refuse(request, form, form)
    await actions.keep(form.rows, by=by)
    return await _changed(request, form)


@allow(BUYER, deputies=True, files=True)
async def upload(request: Request) -> Response:
    """Adds the list that stands in a file."""
    form = await QuickFileForm.read(request)
    key, by = form.one_time_key(), reader(request)
    if form.valid:
        try:
            await actions.take(await queries.of_rows(form.rows), key=key, by=by)
            return redirected(request, "/quick-order", say=_told(len(form.rows)))
        except RuleBroken as problem:
            form.errors["files"] = explain(problem)
    values = {**await _values(request, await queries.kept(by)), "file_form": form}
    return await page(request, "quick_order/show.html", status=422, **values)


async def _add(form: QuickForm) -> None:
    """Adds the pasted rows, or says at the field why not."""
    rows = lists.parse(form.typed["list"])
    try:
        actions.must_hold(len(form.rows) + len(rows))
    except RuleBroken as problem:
        form.errors["list"] = explain(problem)
        return
    if not rows:
        form.errors["list"] = _("Paste a list: an article and a quantity in each row")
        return
    form.rows += await queries.of_rows(rows)
    form.typed["list"] = ""


async def _fill(request: Request, form: QuickForm, key: str) -> Response:
    by, settings = reader(request), site(request)
    count = await actions.fill_cart(form.rows, key=key, seen=form.seen, by=by, settings=settings)
    say = ngettext("%(num)s line is put into the cart", "%(num)s lines are put into the cart", count) % {"num": count}
    left = len(await queries.kept(by)) if count else 0
    if left:
        say += ". " + ngettext("%(num)s row waits in the quick order", "%(num)s rows wait in the quick order", left) % {
            "num": left
        }
    return redirected(request, "/cart", say=say if count else _("It is in the cart already"))


async def _save(request: Request, form: QuickForm, key: str) -> Response:
    name, by = form.list_name(), reader(request)
    if form.valid:
        quick = await queries.answered(form.rows, by, site(request))
        try:
            template = await templates.save(name, quick.chosen, key=key, by=by)
        except templates.NameTaken as taken:
            form.errors["name"] = explain(taken)
        else:
            say = _("The template is saved: %(name)s") % {"name": template.name}
            return redirected(request, address(Origin(template=template.id)), say=say)
    return await _refuse(request, form, form)


async def _changed(request: Request, form: QuickForm) -> Response:
    say = _("Quantities are mended") if form.do == "fix" else _("Recalculated")
    values = await _values(request, form.rows, form)
    return await changed(request, ("quick_order/_quick.html", "quick"), back_to="/quick-order", say=say, **values)


async def _refuse(request: Request, form: QuickForm, problem: QuickForm | RuleBroken) -> Response:
    """The list as it was typed, and why nothing was done."""
    await actions.keep(form.rows, by=reader(request))
    values = {**await _values(request, form.rows, form), "key": form.typed["key"]}
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: page(request, "quick_order/show.html", problem=notice, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, ("quick_order/_quick.html", "quick"), whole=whole, **values)


async def _values(request: Request, rows: list[Kept], form: QuickForm | None = None) -> dict[str, Any]:
    near = form.near if form else 0
    quick = await queries.answered(rows, reader(request), site(request), near=near)
    form = form or QuickForm()
    return {"quick": quick, "form": form, "key": tokens.new_secret(), "file_form": QuickFileForm()}


def _told(count: int) -> str:
    return ngettext("%(num)s row is taken from the file", "%(num)s rows are taken from the file", count) % {
        "num": count
    }


routes = [
    Route("/", show),
    Route("/", use, methods=["POST"]),
    Route("/file", upload, methods=["POST"]),
]
