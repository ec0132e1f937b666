"""Doors of imports, below /administration: a price list is uploaded, its columns chosen, looked at, applied, undone."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import money
from app.errors import RuleBroken
from app.goods import queries as goods
from app.i18n import gettext as _
from app.imports import actions, obstacles, queries, reasons
from app.imports.forms import KindFilter
from app.imports.models import ImportRun, Kind, State
from app.imports.routes.columns import routes as columns
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader
from app.web.templates import path

RUN = "imports/_run.html"


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """All imports, the last first."""
    where = KindFilter(request.query_params.multi_items())
    where.check()
    listed, more = await queries.listed(where.before)
    return await page(request, "imports/index.html", listed=listed, more=more, where=where)


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


_WORDS: dict[str, Any] = {"value": _value}
_SHOWN = (State.READY, State.APPLYING, State.INDEXING, State.APPLIED, State.UNDOING, State.UNDONE)


async def _undoing_page(request: Request, run: ImportRun, problem: str = "") -> Response:
    try:
        await actions.must_be_last(run)
        found = await obstacles.obstacles(run)
    except RuleBroken as broken:
        problem, found = problem or explain(broken), []
    shown: dict[str, Any] = {"obstacles": found[: obstacles.SHOWN], "count": len(found)}
    return await page(request, "imports/undoing.html", run=run, problem=problem, **shown)


routes = [
    Route("/imports", index),
    *columns,
    Route("/imports/{run:id}", show),
    Route("/imports/{run:id}/application", apply, methods=["POST"]),
    Route("/imports/{run:id}/stop", stop, methods=["POST"]),
    Route("/imports/{run:id}/undoing", ask_undoing),
    Route("/imports/{run:id}/undoing", undo, methods=["POST"]),
    Route("/products/{product:id}/imports", of_product),
]
