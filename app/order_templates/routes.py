"""Doors of order templates («Шаблоны заказов»): the list, one of them to edit, its end."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.i18n import gettext as _
from app.order_templates import actions, queries
from app.order_templates.forms import FindForm, SearchForm, TemplateForm
from app.orders.templates import OrderTemplate
from app.web.access import BUYER, PARTNER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import reader
from app.web.templates import path


@allow(PARTNER)
async def index(request: Request) -> Response:
    """The company's templates."""
    search = SearchForm(request.query_params.multi_items())
    search.check()
    listed = await queries.listed(reader(request), search.q)
    return await page(request, "order_templates/index.html", listed=listed, search=search)


@allow(PARTNER)
async def show(request: Request) -> Response:
    """One template: to edit, or for a viewer to look at."""
    find = FindForm(request.query_params.multi_items())
    find.check()
    return await page(
        request, "order_templates/show.html", **await _values(request, await _template(request), find=find.find)
    )


@allow(BUYER, deputies=True)
async def change(request: Request) -> Response:
    """Keeps name and quantities; then adds or takes out a product, or looks for some, as was pressed."""
    template = await _template(request)
    form = await TemplateForm.read(request, await queries.lines(template))
    try:
        if not form.valid:
            return await _refuse(request, template, form, form)
        await actions.change(template, form.name, form.quantities, by=reader(request))
        say = await _pressed(request, template, form)
    except actions.NameTaken as taken:
        form.errors["name"] = explain(taken)
        return await _refuse(request, template, form, form)
    except RuleBroken as problem:
        return await _refuse(request, template, form, problem)
    return await _changed(request, form, say)


@allow(BUYER)
async def removal(request: Request) -> Response:
    """Asks once more before a template is deleted."""
    return await page(request, "order_templates/removal.html", edited=await _template(request))


@allow(BUYER, deputies=True)
async def delete(request: Request) -> Response:
    """Deletes it, for the whole company."""
    template = await _template(request)
    await Form.read(request)
    await actions.delete(template, by=reader(request))
    say = _("The template is deleted: %(name)s") % {"name": template.name}
    return redirected(request, "/order-templates", say=say)


async def _pressed(request: Request, template: OrderTemplate, form: TemplateForm) -> str:
    """Does what was pressed; what to say of it."""
    if form.removed:
        await actions.remove_line(template, form.removed, by=reader(request))
        return _("Taken out")
    if form.added:
        product = await actions.add_line(template, form.added, by=reader(request))
        form.find = ""
        return _("Added: %(article)s") % {"article": product.article}
    return "" if form.find else _("Saved")


async def _changed(request: Request, form: TemplateForm, say: str) -> Response:
    template = await _template(request)
    values = await _values(request, template, find=form.find)
    back_to = path("order-templates", template.id, find=form.find)
    return await changed(request, ("order_templates/_template.html", "template"), back_to=back_to, say=say, **values)


async def _refuse(
    request: Request, template: OrderTemplate, form: TemplateForm, problem: TemplateForm | RuleBroken
) -> Response:
    """The template as it was typed, and what is wrong with it."""
    values = await _values(request, template, form, form.find)
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: page(request, "order_templates/show.html", problem=notice, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, ("order_templates/_template.html", "template"), whole=whole, **values)


async def _template(request: Request) -> OrderTemplate:
    return await queries.template(reader(request), request.path_params["template"])


async def _values(
    request: Request, template: OrderTemplate, form: TemplateForm | None = None, find: str = ""
) -> dict[str, Any]:
    lines = await queries.lines(template)
    form = form or TemplateForm([("name", template.name)])
    lines = form.shown(lines)
    kinds = sorted({line.picture for line in lines})
    found = await queries.found_products(find, reader(request))
    return {"edited": template, "lines": lines, "form": form, "find": find, "found": found, "kinds": kinds}


routes = [
    Route("/", index),
    Route("/{template:id}", show),
    Route("/{template:id}", change, methods=["POST"]),
    Route("/{template:id}/removal", removal),
    Route("/{template:id}/removal", delete, methods=["POST"]),
]
