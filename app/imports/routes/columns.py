"""Doors of the first two steps: whose list it is, and the file; then its columns, and what the list is of."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock, tokens
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.imports import actions, files, queries
from app.imports.columns import FIELDS, letters
from app.imports.files import Sheet
from app.imports.forms import ColumnsForm, FileForm, columns_form
from app.imports.models import ImportRun
from app.imports.queries import Choices
from app.money import Currency
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, page, redirected, refused
from app.web.requests import is_htmx, reader, site
from app.web.templates import path

COLUMNS = "imports/_columns.html"
SAMPLE = 12  # rows that are shown to choose columns by


@allow(ADMINISTRATOR)
async def new(request: Request) -> Response:
    """Whose list, and the file."""
    return await _file_page(request, FileForm(), tokens.new_secret())


@allow(ADMINISTRATOR, files=True)
async def create(request: Request) -> Response:
    """Takes a file in."""
    form = await FileForm.read(request, [one.id for one in await queries.suppliers()])
    key = form.one_time_key()
    if not form.valid:
        return await _file_page(request, form, key, status=422)
    try:
        run = await actions.begin(form.chosen, key=key, by=reader(request))
        if run.stored != form.chosen.stored:  # the form came twice
            await files.drop(site(request), form.chosen.stored)
    except RuleBroken as problem:
        form.errors["supplier"] = explain(problem)
        return await _file_page(request, form, key, status=422)
    return redirected(request, path("administration", "imports", run.id, "columns"))


@allow(ADMINISTRATOR)
async def columns(request: Request) -> Response:
    """The columns as they were chosen, remembered or guessed."""
    run = await _run(request)
    sheets = files.sheets_of(run.sample)
    kept = (run.layout, run.terms) if run.layout else (run.supplier.layout, run.supplier.terms)
    choices = await queries.choices()
    form = columns_form(sheets, *kept, choices, chosen=bool(run.layout))
    return await page(request, "imports/columns.html", **_columns(run, form, sheets, choices))


@allow(ADMINISTRATOR)
async def choose(request: Request) -> Response:
    """Looks anew by another heading or sheet, or has the preview made."""
    # long: it is looked at anew, has a preview made, or is refused
    run = await _run(request)
    sheets, choices = files.sheets_of(run.sample), await queries.choices()
    form = await ColumnsForm.read(request, sheets, choices, clock.distributor_today())
    problem: Form | RuleBroken = form
    if form.valid and form.looks:
        return await _looked(request, run, form, sheets, choices)
    if form.valid:
        try:
            await actions.choose(run.id, form.layout, form.terms, by=reader(request))
            return redirected(request, path("administration", "imports", run.id))
        except RuleBroken as broken:
            problem = broken
    values = _columns(run, form, sheets, choices)
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: page(request, "imports/columns.html", problem=notice, **values)  # noqa: E731 - as every refusal
    return await refused(request, problem, COLUMNS, whole=whole, **values)


async def _run(request: Request) -> ImportRun:
    return await queries.run(request.path_params["run"])


async def _file_page(request: Request, form: FileForm, key: str, *, status: int = 200) -> Response:
    most = files.most_size(site(request))
    values: dict[str, Any] = {"form": form, "key": key, "suppliers": await queries.suppliers(), "most": most}
    return await page(request, "imports/new.html", status=status, **values)


async def _looked(
    request: Request, run: ImportRun, form: ColumnsForm, sheets: list[Sheet], choices: Choices
) -> Response:
    """The form with another heading: nothing is kept of it."""
    values = _columns(run, form, sheets, choices)
    if is_htmx(request):
        return await changed(request, COLUMNS, back_to="", **values)
    return await page(request, "imports/columns.html", **values)


def _columns(run: ImportRun, form: ColumnsForm, sheets: list[Sheet], choices: Choices) -> dict[str, Any]:
    heading = next((cells for number, cells in form.sheet.rows if number == form.layout.header), [])
    rows = [(number, cells) for number, cells in form.sheet.rows if number > form.layout.header - 4][:SAMPLE]
    width = max((len(cells) for _number, cells in form.sheet.rows), default=0)
    first = next((cells for number, cells in rows if number > form.layout.header and len(cells) > 1), [])
    told = [(at, letters(at), _cell(heading, at), _cell(first, at)) for at in range(width)]
    values = {"run": run, "form": form, "sheets": sheets, "sample": rows, "width": width, "fields": FIELDS}
    return {**values, "options": _options(choices, told), "letters": [letter for _at, letter, *_rest in told]}


def _cell(cells: Any, at: int) -> str:
    return str(cells[at])[:40] if at < len(cells) else ""


def _options(choices: Choices, told: list[tuple[int, str, str, str]]) -> dict[str, list[tuple[object, str]]]:
    """What can be chosen at each field: pairs of a value and its words."""
    shown = [(at, ": ".join(filter(None, (letter, name or example)))) for at, letter, name, example in told]
    warehouses: list[tuple[object, str]] = [(one.id, one.name) for one in choices.warehouses]
    if not warehouses:
        warehouses = [("own", _("of the products: there are no warehouses"))]
    return {
        "columns": [("", _("none")), *shown],
        "type": [("", _("prices are not read")), *((one.id, one.name) for one in choices.types)],
        "vat": [
            ("", _("as their heading says")),
            ("with", _("with VAT")),
            ("without", _("without VAT")),
        ],
        "currency": [(one.value, label("currency", one)) for one in Currency],
        "warehouse": [("", _("stock is not read")), *warehouses],
        "brand": [("", _("only as the list says")), *((one.id, one.name) for one in choices.brands)],
        "category": [("", _("only as the list says")), *((one.id, one.name) for one in choices.categories)],
    }


routes = [
    Route("/imports", create, methods=["POST"]),
    Route("/imports/new", new),
    Route("/imports/{run:id}/columns", columns),
    Route("/imports/{run:id}/columns", choose, methods=["POST"]),
]
