"""Doors of answer templates: the list, and making, changing and deleting one."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import tokens
from app.answer_templates import actions, queries
from app.answer_templates.forms import TemplateForm
from app.answer_templates.models import AnswerTemplate
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.web.access import MANAGER, allow
from app.web.forms import Form
from app.web.replies import explain, page, redirected, refused
from app.web.requests import reader

HOME = "/desk/answer-templates"


@allow(MANAGER)
async def index(request: Request) -> Response:
    """The reader's own templates, and those that all share."""
    own, shared = await queries.listed(reader(request))
    return await page(request, "answer_templates/index.html", own=own, shared=shared)


@allow(MANAGER)
async def new(request: Request) -> Response:
    """The form of a new template."""
    return await _form_page(request, TemplateForm([("key", tokens.new_secret())]), None)


@allow(MANAGER)
async def make(request: Request) -> Response:
    """Keeps a new template."""
    form = await TemplateForm.read(request)
    if not form.valid:
        return await _refuse(request, form, None, form)
    try:
        await actions.make(form.name, form.body, shared=form.shared, key=form.key, by=reader(request))
    except RuleBroken as problem:
        return await _refuse(request, form, None, problem)
    return redirected(request, HOME, say=_("The template is saved"))


@allow(MANAGER)
async def show(request: Request) -> Response:
    """A template to edit."""
    template = await _find(request)
    typed = {"key": tokens.new_secret(), "name": template.name, "text": template.text}
    return await _form_page(request, TemplateForm(typed.items()), template)


@allow(MANAGER)
async def change(request: Request) -> Response:
    """Changes a template."""
    template = await _find(request)
    form = await TemplateForm.read(request)
    if not form.valid:
        return await _refuse(request, form, template, form)
    await actions.change(template, form.name, form.body, by=reader(request))
    return redirected(request, HOME, say=_("The template is saved"))


@allow(MANAGER)
async def removal(request: Request) -> Response:
    """Asks once more before a template is deleted."""
    return await page(request, "answer_templates/removal.html", edited=await _find(request))


@allow(MANAGER)
async def delete(request: Request) -> Response:
    """Deletes a template."""
    template = await _find(request)
    await Form.read(request)
    await actions.delete(template, by=reader(request))
    return redirected(request, HOME, say=_("The template is deleted"))


async def _find(request: Request) -> AnswerTemplate:
    return await queries.to_edit(reader(request), request.path_params["template"])


async def _form_page(
    request: Request, form: TemplateForm, template: AnswerTemplate | None, problem: str = ""
) -> Response:
    return await page(request, "answer_templates/form.html", form=form, edited=template, problem=problem)


async def _refuse(
    request: Request, form: TemplateForm, template: AnswerTemplate | None, problem: TemplateForm | RuleBroken
) -> Response:
    words = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _form_page(request, form, template, words)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, "answer_templates/_form.html", whole=whole, form=form, edited=template)


routes = [
    Route("/", index),
    Route("/", make, methods=["POST"]),
    Route("/new", new),
    Route("/{template:id}", show),
    Route("/{template:id}", change, methods=["POST"]),
    Route("/{template:id}/removal", removal),
    Route("/{template:id}/removal", delete, methods=["POST"]),
]
