"""Doors of the draft of a repeated order: looking at it, and the one form on it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import tokens
from app.cart import queries as cart_queries
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.i18n import ngettext
from app.order_templates import actions as templates
from app.repeat import actions, queries
from app.repeat.draft import Draft
from app.repeat.forms import MERGE, REPLACE, SAVE, RepeatForm, address
from app.repeat.queries import Origin
from app.web.access import BUYER, allow
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader, site


@allow(BUYER)
async def show(request: Request) -> Response:
    """Old orders (?order=65&order=66) or a template (?template=3) as an editable draft at today's prices."""
    if not request.query_params:
        return redirected(request, "/orders", say=_("Choose the orders to repeat"))
    form = RepeatForm.of_address(request.query_params.multi_items())
    draft = await _draft(request, form)
    return await page(request, "repeat/show.html", **_values(draft, form, tokens.new_secret()))


@allow(BUYER, deputies=True)
async def use(request: Request) -> Response:
    """«Пересчитать», into the cart in one of two ways, or into a template: whatever was pressed in the form."""
    form = await RepeatForm.read(request)
    key = form.one_time_key()
    draft = await _draft(request, form)
    try:
        if form.do == SAVE:
            return await _save(request, form, draft, key)
        if form.do in (MERGE, REPLACE) and form.valid:
            return await _fill(request, form, key)
    except RuleBroken as problem:
        return await _refuse(request, form, problem)
    return await _recalculated(request, form, draft) if form.valid else await _refuse(request, form, form)


async def _fill(request: Request, form: RepeatForm, key: str) -> Response:
    replacing = form.confirmed if form.do == REPLACE else None
    by, settings, seen = reader(request), site(request), form.typed["seen"]
    count = await actions.fill_cart(
        form.origin, form, key=key, seen=seen, replacing=replacing, by=by, settings=settings
    )
    say = ngettext("%(num)s line is put into the cart", "%(num)s lines are put into the cart", count) % {"num": count}
    return redirected(request, "/cart", say=say if count else _("It is in the cart already"))


async def _save(request: Request, form: RepeatForm, draft: Draft, key: str) -> Response:
    name = form.template_name()
    if form.valid:
        try:
            template = await templates.save(name, draft.chosen, key=key, by=reader(request))
        except templates.NameTaken as taken:
            form.errors["name"] = explain(taken)
        else:
            say = _("The template is saved: %(name)s") % {"name": template.name}
            return redirected(request, address(Origin(template=template.id)), say=say)
    return await _refuse(request, form, form)


async def _recalculated(request: Request, form: RepeatForm, draft: Draft) -> Response:
    say = _("Recalculated")
    if draft.fingerprint != form.typed["seen"]:
        say = _("Recalculated. Products or prices have changed meanwhile")
    shown = await queries.draft(reader(request), form.origin, site(request))
    values = _values(draft, form, form.typed["key"])
    return await changed(
        request, ("repeat/_draft.html", "repeat"), back_to=form.address(shown.lines), say=say, **values
    )


async def _refuse(request: Request, form: RepeatForm, problem: RepeatForm | RuleBroken) -> Response:
    """The draft as it was typed, on today's products and prices, and why nothing was done."""
    values = _values(await _draft(request, form), form, form.typed["key"])
    if isinstance(problem, actions.CartNotEmpty):
        values["doomed"] = await cart_queries.checked(reader(request), site(request))
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: page(request, "repeat/show.html", problem=notice, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, ("repeat/_draft.html", "repeat"), whole=whole, **values)


async def _draft(request: Request, form: RepeatForm) -> Draft:
    """The draft with what was typed."""
    draft = await queries.draft(reader(request), form.origin, site(request))
    form.read_lines(draft.lines)
    return draft.with_typed(form)


def _values(draft: Draft, form: RepeatForm, key: str) -> dict[str, Any]:
    return {"draft": draft, "form": form, "key": key, "kinds": draft.kinds, "doomed": None}


routes = [Route("/", show), Route("/", use, methods=["POST"])]
