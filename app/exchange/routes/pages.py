"""Pages of administrators about the exchange with 1C: the log, one exchange, and what is held back."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.errors import RuleBroken
from app.exchange import finishing, queries
from app.exchange.forms import DecisionForm
from app.i18n import gettext as _
from app.web.access import ADMINISTRATOR, allow
from app.web.quantity_fields import id_of
from app.web.replies import explain, page, redirected, refused
from app.web.requests import reader, site
from app.web.templates import path


@allow(ADMINISTRATOR)
async def index(request: Request) -> Response:
    """Connections, what is held back, and the last exchanges."""
    listed, older = await queries.log(id_of(request.query_params.get("before", "")))
    values: dict[str, Any] = {"listed": listed, "older": older, "held": await queries.held()}
    address = f"{site(request).origin}/1c_exchange"
    return await page(
        request, "exchange/index.html", connections=await queries.connections(), address=address, **values
    )


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """An exchange: its files, what came of them, and what it would hide."""
    return await _show(request)


@allow(ADMINISTRATOR)
async def decide(request: Request) -> Response:
    """Lets a held exchange hide what it would, or leaves all of it on sale."""
    one = await queries.exchange(request.path_params["exchange"])
    form = await DecisionForm.read(request)
    if not form.valid:
        return await refused(request, form, whole=lambda: _show(request, problem=form.errors["decision"]))
    try:
        await finishing.decide(one.id, agreed=form.agreed, by=reader(request))
    except RuleBroken as problem:
        words = explain(problem)
        return await refused(request, problem, whole=lambda: _show(request, problem=words))
    said = _("These products leave the site now") if form.agreed else _("Everything stays on sale")
    return redirected(request, path("administration", "exchange", one.id), say=said)


async def _show(request: Request, problem: str = "") -> Response:
    one = await queries.exchange(request.path_params["exchange"])
    values: dict[str, Any] = {"files": await queries.files(one.id), "leaving": await queries.leaving(one)}
    return await page(request, "exchange/exchange.html", one=one, problem=problem, **values)


routes = [
    Route("/", index),
    Route("/{exchange:id}", show),
    Route("/{exchange:id}/decision", decide, methods=["POST"]),
]
