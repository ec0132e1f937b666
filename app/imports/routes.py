"""Doors of imports, below /administration: a price list is uploaded, its columns chosen, looked at, applied, undone."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock, money, tokens
from app.errors import RuleBroken
from app.goods import queries as goods
from app.i18n import gettext as _
from app.imports import actions, files, queries, reasons, undoing
from app.imports.columns import FIELDS, letters
from app.imports.files import Sheet
from app.imports.forms import ColumnsForm, FileForm, KindFilter, columns_form
from app.imports.models import ImportRun, Kind, State
from app.imports.queries import Choices
from app.money import Currency
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader, site
from app.web.templates import path

COLUMNS, RUN = "imports/_columns.html", "imports/_run.html"
SAMPLE = 12  # rows that are shown to choose columns by


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """All imports, the last first."""
    where = KindFilter(request.query_params.multi_items())
    where.check()
    listed, more = await queries.listed(where.before)
    return await page(request, "imports/index.html", listed=listed, more=more, where=where)


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
    form = columns_form(sheets, *kept, chosen=bool(run.layout))
    return await page(request, "imports/columns.html", **_columns(run, form, sheets, await queries.choices()))


@allow(ADMINISTRATOR)
async def choose(request: Request) -> Response:
    """Looks anew by another heading or sheet, or has the preview made."""
    run = await _run(request)
    sheets, choices = files.sheets_of(run.sample), await queries.choices()
    form = await ColumnsForm.read(request, sheets, choices, clock.distributor_today())
    problem: Form | RuleBroken = form
    if form.valid and form.typed["do"] != "preview":
        return await _looked(request, run, form, sheets, choices)
    if form.valid:
        try:
            await actions.choose(run.id, form.layout, form.terms, by=reader(request))
            return redirected(request, _at(run))
        except RuleBroken as broken:
            problem = broken
    values = _columns(run, form, sheets, choices)
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: page(request, "imports/columns.html", problem=notice, **values)  # noqa: E731 - as every refusal
    return await refused(request, problem, COLUMNS, whole=whole, **values)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """How far it is, what it would change, or what it changed."""
    run = await _run(request)
    if run.state is State.CHOOSING and not is_htmx(request):
        return redirected(request, f"{_at(run)}/columns")
    if is_htmx(request):
        return fragment(request, RUN, **await _values(request, run))
    return await page(request, "imports/show.html", **await _values(request, run))


@allow(ADMINISTRATOR)
async def apply(request: Request) -> Response:
    """Has it applied."""
    return await _do(request, actions.ask_application)


@allow(ADMINISTRATOR)
async def stop(request: Request) -> Response:
    """Stops it, if nothing is written yet."""
    return await _do(request, actions.stop)


@allow(ADMINISTRATOR)
async def ask_undoing(request: Request) -> Response:
    """Asks whether to undo it, or says what keeps it from being undone."""
    return await _undoing_page(request, await _run(request))


@allow(ADMINISTRATOR)
async def undo(request: Request) -> Response:
    """Has it undone."""
    run = await _run(request)
    await Form.read(request)
    try:
        await actions.ask_undoing(run.id, by=reader(request))
    except RuleBroken as problem:
        notice = explain(problem)
        return await refused(request, problem, whole=lambda: _undoing_page(request, run, notice))
    return redirected(request, _at(run))


@allow(ADMINISTRATOR)
async def of_product(request: Request) -> Response:
    """What imports did to a product."""
    product = await goods.product(request.path_params["product"])
    told = await queries.happened(product.id)
    return await page(request, "imports/product.html", product=product, happened=told, **_WORDS)


async def _run(request: Request) -> ImportRun:
    return await queries.run(request.path_params["run"])


def _at(run: ImportRun) -> str:
    return path("administration", "imports", run.id)


async def _do(request: Request, action: Any) -> Response:
    """What a button on the page of an import does, and what stands there then."""
    run = await _run(request)
    await Form.read(request)
    problem: RuleBroken | None = None
    try:
        await action(run.id, by=reader(request))
    except RuleBroken as broken:
        problem = broken
    values = await _values(request, await queries.run(run.id))
    if problem is None:
        return await changed(request, RUN, back_to=_at(run), **values)
    notice = explain(problem)
    whole = lambda: page(request, "imports/show.html", problem=notice, **values)  # noqa: E731 - as every refusal
    return await refused(request, problem, RUN, whole=whole, **values)


async def _values(request: Request, run: ImportRun) -> dict[str, Any]:
    """The page of an import: of a preview the rows of the chosen kind, or of the first that there are any of."""
    where = KindFilter(request.query_params.multi_items() if request.method == "GET" else [])
    where.check()
    kinds = [kind for kind in Kind if run.counts.get(kind)]
    kind = where.kind or next(iter(kinds), None)
    shown = await queries.rows(run.id, kind) if kind and run.state in _SHOWN else []
    problem = reasons.of_run(run.problem, run.about) if run.problem and run.problem != "hindered" else ""
    last = run.state is State.APPLIED and await actions.is_last(run)
    return {
        "run": run,
        "kind": kind,
        "rows": shown,
        "kinds_of_rows": list(Kind),
        "why": problem,
        "last": last,
        "reason": reasons.of_row,
        **_WORDS,
    }


def _value(field: str, value: Any) -> str:
    """What stands in a field of a product, in words."""
    if field == "price":
        if value is None or not value[0]:
            return _("none") if value is None else _("on request")
        amount, currency = value
        return f"{money.amount(amount)}{money.NBSP}{label('currency', currency)}"
    return "—" if value in (None, "") else str(value)


_WORDS = {"value": _value}
_SHOWN = (State.READY, State.APPLYING, State.INDEXING, State.APPLIED, State.UNDOING, State.UNDONE)


async def _looked(
    request: Request, run: ImportRun, form: ColumnsForm, sheets: list[Sheet], choices: Choices
) -> Response:
    """The form with another heading: nothing is kept of it."""
    values = _columns(run, form, sheets, choices)
    if is_htmx(request):
        return await changed(request, COLUMNS, back_to="", **values)
    return await page(request, "imports/columns.html", **values)


async def _file_page(request: Request, form: FileForm, key: str, *, status: int = 200) -> Response:
    most = files.most_size(site(request))
    values = {"form": form, "key": key, "suppliers": await queries.suppliers(), "most": most}
    return await page(request, "imports/new.html", status=status, **values)


def _columns(run: ImportRun, form: ColumnsForm, sheets: list[Sheet], choices: Choices) -> dict[str, Any]:
    heading = next((cells for number, cells in form.sheet.rows if number == form.layout.header), [])
    rows = [(number, cells) for number, cells in form.sheet.rows if number >= form.layout.header][:SAMPLE]
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
        "currency": [(one.value, label("currency", one)) for one in Currency],
        "warehouse": [("", _("stock is not read")), *warehouses],
        "brand": [("", _("only as the list says")), *((one.id, one.name) for one in choices.brands)],
        "category": [("", _("only as the list says")), *((one.id, one.name) for one in choices.categories)],
    }


async def _undoing_page(request: Request, run: ImportRun, problem: str = "") -> Response:
    try:
        await actions.must_be_last(run)
        found = await undoing.obstacles(run)
    except RuleBroken as broken:
        problem, found = problem or explain(broken), []
    values = {"run": run, "obstacles": found[: undoing.SHOWN], "count": len(found), "problem": problem}
    return await page(request, "imports/undoing.html", **values)


routes = [
    Route("/imports", index),
    Route("/imports", create, methods=["POST"]),
    Route("/imports/new", new),
    Route("/imports/{run:id}", show),
    Route("/imports/{run:id}/columns", columns),
    Route("/imports/{run:id}/columns", choose, methods=["POST"]),
    Route("/imports/{run:id}/application", apply, methods=["POST"]),
    Route("/imports/{run:id}/stop", stop, methods=["POST"]),
    Route("/imports/{run:id}/undoing", ask_undoing),
    Route("/imports/{run:id}/undoing", undo, methods=["POST"]),
    Route("/products/{product:id}/imports", of_product),
]
