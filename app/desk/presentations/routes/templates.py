"""Doors of templates of presentations: the list, keeping a presentation as one, renaming, deleting."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.desk.presentations.list_forms import TemplateForm
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.presentations import template_actions as actions
from app.presentations.models import Version
from app.presentations.templates import PresentationTemplate
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import explain, page, redirected
from app.web.requests import reader

LIST = "/desk/presentations/templates"


@allow(MANAGER)
async def index(request: Request) -> Response:
    """The manager's templates, and those that are shared."""
    return await page(request, "desk/presentations/templates.html", listed=await actions.listed(reader(request)))


@allow(MANAGER)
async def name(request: Request) -> Response:
    """Asks for the name of the template that a presentation shall be kept as."""
    version = await actions.source(reader(request), request.path_params["number"])
    return await _page(request, TemplateForm([("name", version.title[:100])]), version=version)


@allow(MANAGER)
async def keep(request: Request) -> Response:
    """Keeps a draft, or what was sent, as a template."""
    version = await actions.source(reader(request), request.path_params["number"])
    form = await TemplateForm.read(request)
    if form.valid:
        try:
            await actions.save(version, form.name, shared=form.shared, by=reader(request))
        except RuleBroken as problem:
            form.errors["name"] = explain(problem)
    if not form.valid:
        return await _page(request, form, version=version, status=422)
    return redirected(request, LIST, say=_("The template is saved: %(name)s") % {"name": form.name})


@allow(MANAGER)
async def edit(request: Request) -> Response:
    """A template's name, and whether all may use it."""
    template = await _own(request)
    form = TemplateForm([("name", template.name), ("shared", "1" if template.shared else "")])
    return await _page(request, form, kept=template)


@allow(MANAGER)
async def change(request: Request) -> Response:
    """Keeps the name, and whether all may use it."""
    template = await _own(request)
    form = await TemplateForm.read(request)
    if form.valid:
        try:
            await actions.change(template, form.name, shared=form.shared, by=reader(request))
        except RuleBroken as problem:
            form.errors["name"] = explain(problem)
    if not form.valid:
        return await _page(request, form, kept=template, status=422)
    return redirected(request, LIST, say=_("Saved"))


@allow(MANAGER)
async def removal(request: Request) -> Response:
    """Asks once more before a template is deleted."""
    return await page(request, "desk/presentations/template_removal.html", kept=await _own(request))


@allow(MANAGER)
async def delete(request: Request) -> Response:
    """Deletes it."""
    template = await _own(request)
    await Form.read(request)
    await actions.delete(template, by=reader(request))
    return redirected(request, LIST, say=_("The template is deleted: %(name)s") % {"name": template.name})


async def _own(request: Request) -> PresentationTemplate:
    return await actions.own(reader(request), request.path_params["template"])


async def _page(
    request: Request,
    form: TemplateForm,
    *,
    version: Version | None = None,
    kept: PresentationTemplate | None = None,
    status: int = 200,
) -> Response:
    values: dict[str, Any] = {"form": form, "version": version, "kept": kept}
    return await page(request, "desk/presentations/template.html", status=status, **values)


routes = [
    Route("/presentations/templates", index),
    Route("/presentations/templates/{template:id}", edit),
    Route("/presentations/templates/{template:id}", change, methods=["POST"]),
    Route("/presentations/templates/{template:id}/removal", removal),
    Route("/presentations/templates/{template:id}/removal", delete, methods=["POST"]),
    Route("/presentations/{number:id}/template", name),
    Route("/presentations/{number:id}/template", keep, methods=["POST"]),
]
