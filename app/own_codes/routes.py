"""Doors of a company's own codes («Наши коды»): the list, new ones, one that goes."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.i18n import gettext as _
from app.i18n import ngettext
from app.own_codes import actions, queries
from app.own_codes.forms import CodesForm, ListFilter
from app.web.access import BUYER, PARTNER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, refused
from app.web.requests import reader

CODES = ("own_codes/_codes.html", "codes")


@allow(PARTNER)
async def index(request: Request) -> Response:
    """The company's codes."""
    return await page(request, "own_codes/index.html", **await _values(request))


@allow(BUYER, deputies=True)
async def keep(request: Request) -> Response:
    """Adds codes, one or a whole list; rows that mean no product stay in the field."""
    form = await CodesForm.read(request)
    if not form.valid:
        return await _refuse(request, form, form)
    codes, unclear = await queries.meant(form.codes)
    try:
        count = await actions.keep(codes, by=reader(request)) if codes else 0
    except RuleBroken as problem:
        return await _refuse(request, form, problem)
    if unclear:
        form.typed["codes"] = "\n".join(one.row for one in unclear)
        form.errors["codes"] = _("These rows are not clear; the others are kept")
        return await _refuse(request, form, form, unclear=unclear)
    say = ngettext("%(num)s code is kept", "%(num)s codes are kept", count) % {"num": count}
    return await changed(request, CODES, back_to="/own-codes", say=say, **await _values(request))


@allow(BUYER, deputies=True)
async def remove(request: Request) -> Response:
    """Removes a code."""
    code = await queries.code(reader(request), request.path_params["code"])
    await Form.read(request)
    await actions.remove(code, by=reader(request))
    say = _("Removed: %(code)s") % {"code": code.code}
    return await changed(request, CODES, back_to="/own-codes", say=say, **await _values(request))


async def _values(request: Request, form: CodesForm | None = None, unclear: Any = ()) -> dict[str, Any]:
    where = ListFilter(request.query_params.multi_items() if request.method == "GET" else [])
    where.check()
    listed, more = await queries.listed(reader(request), where.q, where.after)
    count = await queries.count(reader(request))
    form = form or CodesForm()
    return {"listed": listed, "more": more, "count": count, "where": where, "form": form, "unclear": unclear}


async def _refuse(request: Request, form: CodesForm, problem: Form | RuleBroken, unclear: Any = ()) -> Response:
    values = await _values(request, form, unclear)
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: page(request, "own_codes/index.html", problem=notice, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, CODES, whole=whole, **values)


routes = [
    Route("/", index),
    Route("/", keep, methods=["POST"]),
    Route("/{code:id}/removal", remove, methods=["POST"]),
]
