"""Pages of administrators about connections of 1C."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import clock, tokens
from app.errors import RuleBroken, Stale
from app.exchange import actions, queries, statuses
from app.exchange.forms import ConnectionForm, PriceTypesForm, RenewalForm, StatusesForm, blank_form, connection_form
from app.exchange.models import Connection, Encoding
from app.goods.changes import Taken
from app.i18n import gettext as _
from app.orders.models import Status
from app.prices.models import PriceType
from app.web.access import ADMINISTRATOR, allow
from app.web.forms import Form
from app.web.labels import label
from app.web.replies import changed, explain, page, refused
from app.web.requests import is_htmx, reader, site
from app.web.templates import path

FORM, TYPES, STATUSES = "exchange/_connection.html", "exchange/_price_types.html", "exchange/_statuses.html"


@allow(ADMINISTRATOR)
async def new(request: Request) -> Response:
    """The form of a new connection."""
    return await _page(request, blank_form(tokens.new_secret(), reader(request).id, clock.distributor_today()))


@allow(ADMINISTRATOR)
async def create(request: Request) -> Response:
    """Makes a connection; its password is shown in this answer alone."""
    form = await ConnectionForm.read(request, await queries.administrators())
    key = form.one_time_key()
    if not form.valid:
        return await _refuse(request, form, form)
    secret = actions.password(key, by=reader(request), settings=site(request))
    try:
        made = await actions.create(form.values, secret, by=reader(request))
    except Taken:
        form.errors["name"] = _("Another connection has this name or this login")
        return await _refuse(request, form, form)
    return await _tell_password(request, await queries.connection(made), secret)


@allow(ADMINISTRATOR)
async def show(request: Request) -> Response:
    """A connection to change."""
    one = await _connection(request)
    return await _page(request, connection_form(one), one)


@allow(ADMINISTRATOR)
async def change(request: Request) -> Response:
    """Changes it, unless somebody was quicker: then both are shown."""
    # long: a name that is taken and a page that is old are told in ways of their own
    one = await _connection(request)
    form = await ConnectionForm.read(request, await queries.administrators())
    if not form.valid:
        return await _refuse(request, form, form, one)
    try:
        await actions.change(one.id, form.values, form.version, by=reader(request))
    except Taken:
        form.errors["name"] = _("Another connection has this name or this login")
        return await _refuse(request, form, form, one)
    except Stale as stale:
        one = await _connection(request)
        form.compare(connection_form(one))
        return await _refuse(request, form, stale, one)
    return await changed(request, back_to=_path(one), say=_("Saved"))


@allow(ADMINISTRATOR)
async def renewal(request: Request) -> Response:
    """Asks once more before the old password opens nothing."""
    return await page(request, "exchange/renewal.html", one=await _connection(request), key=tokens.new_secret())


@allow(ADMINISTRATOR)
async def renew(request: Request) -> Response:
    """Gives another password; it is shown in this answer alone."""
    one, form = await _connection(request), await RenewalForm.read(request)
    secret = actions.password(form.one_time_key(), by=reader(request), settings=site(request))
    await actions.renew_password(one.id, secret, by=reader(request))
    return await _tell_password(request, one, secret)


@allow(ADMINISTRATOR)
async def set_price_types(request: Request) -> Response:
    """Says which type of prices here each one of 1C is."""
    one = await _connection(request)
    form = await PriceTypesForm.read(request, await queries.price_keys(one.id), await PriceType.all())
    if not form.valid:
        values = await _values(request, connection_form(one), one)
        whole = lambda: _page(request, connection_form(one), one, types_form=form)  # noqa: E731 - as every refusal
        return await refused(request, form, TYPES, whole=whole, **{**values, "types_form": form})
    await actions.set_price_types(one.id, form.chosen, by=reader(request))
    return await changed(request, back_to=f"{_path(one)}#price-types", say=_("Saved"))


@allow(ADMINISTRATOR)
async def set_statuses(request: Request) -> Response:
    """Says what each word of 1C for the state of an order is here."""
    one = await _connection(request)
    form = await StatusesForm.read(request, await queries.status_keys(one.id))
    if not form.valid:
        values = await _values(request, connection_form(one), one)
        whole = lambda: _page(request, connection_form(one), one, statuses_form=form)  # noqa: E731 - as every refusal
        return await refused(request, form, STATUSES, whole=whole, **{**values, "statuses_form": form})
    await actions.set_statuses(one.id, form.chosen, by=reader(request))
    return await changed(request, back_to=f"{_path(one)}#statuses", say=_("Saved"))


async def _tell_password(request: Request, one: Connection, secret: str) -> Response:
    values = await _values(request, connection_form(one), one)
    if is_htmx(request):
        return await changed(request, FORM, back_to="", **{**values, "secret": secret})
    return await page(request, "exchange/connection.html", **{**values, "secret": secret})


async def _refuse(
    request: Request, form: ConnectionForm, problem: Form | RuleBroken, one: Connection | None = None
) -> Response:
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    whole = lambda: _page(request, form, one, problem=notice)  # noqa: E731 - as every refusal
    return await refused(request, problem, FORM, whole=whole, **await _values(request, form, one))


async def _page(request: Request, form: ConnectionForm, one: Connection | None = None, **values: Any) -> Response:
    return await page(request, "exchange/connection.html", **{**await _values(request, form, one), **values})


async def _values(request: Request, form: ConnectionForm, one: Connection | None) -> dict[str, Any]:
    return {
        "form": form,
        "one": one,
        "secret": "",
        "address": f"{site(request).origin}/1c_exchange",
        "encodings": [(code.value, label("encoding", code)) for code in Encoding],
        "people": [(person.id, person.name) for person in await queries.administrators()],
        "keys": await queries.price_keys(one.id) if one else [],
        "types": await PriceType.all().order_by("-base", "position", "name", "id"),
        "types_form": PriceTypesForm(),
        "words": await queries.status_keys(one.id) if one else [],
        "statuses": list(Status),
        "choice_of": statuses.choice_of,
        "statuses_form": StatusesForm(),
    }


async def _connection(request: Request) -> Connection:
    return await queries.connection(request.path_params["connection"])


def _path(one: Connection) -> str:
    return path("administration", "exchange", "connections", one.id)


routes = [
    Route("/connections", create, methods=["POST"]),
    Route("/connections/new", new),
    Route("/connections/{connection:id}", show),
    Route("/connections/{connection:id}", change, methods=["POST"]),
    Route("/connections/{connection:id}/password", renewal),
    Route("/connections/{connection:id}/password", renew, methods=["POST"]),
    Route("/connections/{connection:id}/price-types", set_price_types, methods=["POST"]),
    Route("/connections/{connection:id}/statuses", set_statuses, methods=["POST"]),
]
