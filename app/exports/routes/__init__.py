"""Doors of price lists («Прайс-листы»): asking for one, seeing it made, the file; and their addresses for programs."""

from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from app import clock, tokens
from app.attachments.names import cleaned, disposition
from app.errors import NotFound, RuleBroken
from app.exports import actions, queries, store
from app.exports.forms import AskForm, TokenForm
from app.exports.models import Format, PriceList
from app.exports.routes.feeds import MEDIA, feed
from app.i18n import gettext as _
from app.web.access import OWNER, PARTNER, allow
from app.web.forms import Form
from app.web.replies import changed, explain, fragment, page, redirected, refused
from app.web.requests import is_htmx, reader, site


@allow(PARTNER)
async def index(request: Request) -> Response:
    """What was asked for, what can be asked for, and the addresses."""
    return await page(request, "exports/index.html", **await _values(request))


@allow(PARTNER, deputies=True)
async def ask(request: Request) -> Response:
    """Has a price list made."""
    # long: what is told a line each
    form = await AskForm.read(request, await queries.offered())
    key = form.one_time_key()
    if not form.valid:
        return await _refuse(request, form, form)
    try:
        asked = await actions.ask(form.wanted, key=key, by=reader(request))
    except RuleBroken as problem:
        return await _refuse(request, form, problem)
    say = _("The price list is being made: it will be here in a moment")
    return await changed(
        request,
        "exports/_ask.html",
        "exports/_lists.html",
        back_to=f"/price-lists#list-{asked.id}",
        say=say,
        **await _values(request),
    )


@allow(PARTNER, quietly=True)
async def show(request: Request) -> Response:
    """How far one is: its row for htmx, else the page that it stands on."""
    one = await _price_list(request)
    if is_htmx(request):
        return fragment(request, "exports/_price_list.html", one=one)
    return redirected(request, f"/price-lists#list-{one.id}")


@allow(PARTNER)
async def download(request: Request) -> Response:
    """The file, once it was made."""
    one = await _price_list(request)
    file = store.place(site(request), one)
    if one.made_at is None or not file.is_file():
        raise NotFound
    day = one.made_at.astimezone(reader(request).zone)
    title = _("Price list")
    name = cleaned(f"{title} {site(request).site_name} {day:%d.%m.%Y}.{one.format}")
    headers = {"content-disposition": disposition(name), "cache-control": "private, no-cache"}
    return FileResponse(file, media_type=MEDIA[one.format], headers=headers)


@allow(OWNER)
async def create_token(request: Request) -> Response:
    """A new address: shown in this answer alone."""
    form = await TokenForm.read(request)
    key = form.one_time_key()
    if not form.valid:
        return await _refuse_token(request, form, form)
    try:
        token = await actions.create_token(form.name, key=key, by=reader(request), settings=site(request))
    except RuleBroken as problem:
        return await _refuse_token(request, form, problem)
    values = await _values(request)
    values["created"] = [f"{site(request).origin}/price-lists/{token}.{form}" for form in Format]
    if is_htmx(request):
        return await changed(request, "exports/_tokens.html", back_to="", **values)
    return await page(request, "exports/index.html", **values)


@allow(OWNER)
async def revocation(request: Request) -> Response:
    """Asks once more before an address ends."""
    token = await queries.token(reader(request), request.path_params["token"])
    return await page(request, "exports/revocation.html", token=token)


@allow(OWNER)
async def revoke_token(request: Request) -> Response:
    """Ends an address; pressed twice it has ended once."""
    await Form.read(request)
    name = await actions.revoke_token(request.path_params["token"], by=reader(request))
    return redirected(request, "/price-lists#tokens", say=_("The address is revoked: %(name)s") % {"name": name})


async def _refuse(request: Request, form: AskForm, problem: AskForm | RuleBroken) -> Response:
    """The form as it was ticked, and why nothing was asked for."""
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    values = {**await _values(request), "form": form, "key": form.typed["key"]}
    whole = lambda: page(request, "exports/index.html", problem=notice, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, "exports/_ask.html", whole=whole, **values)


async def _refuse_token(request: Request, form: TokenForm, problem: TokenForm | RuleBroken) -> Response:
    notice = explain(problem) if isinstance(problem, RuleBroken) else ""
    values = {**await _values(request), "token_form": form, "token_key": form.typed["key"]}
    whole = lambda: page(request, "exports/index.html", problem=notice, **values)  # noqa: E731 - as `refused` takes it
    return await refused(request, problem, "exports/_tokens.html", whole=whole, **values)


async def _price_list(request: Request) -> PriceList:
    return await queries.price_list(reader(request), request.path_params["number"])


async def _values(request: Request) -> dict[str, Any]:
    user = reader(request)
    offered = await queries.offered()
    return {
        "lists": await queries.listed(user),
        "offered": offered,
        "form": AskForm([("format", Format.XLSX.value)]),
        "key": tokens.new_secret(),
        "tokens": await queries.live_tokens(user),
        "token_form": TokenForm(),
        "token_key": tokens.new_secret(),
        "created": [],
        "now": clock.now(),
    }


routes = [
    Route("/", index),
    Route("/", ask, methods=["POST"]),
    Route("/{number:id}", show),
    Route("/{number:id}/file", download),
    Route("/tokens", create_token, methods=["POST"]),
    Route("/tokens/{token:id}/revocation", revocation),
    Route("/tokens/{token:id}/revocation", revoke_token, methods=["POST"]),
    Route("/{token:str}.{form:str}", feed),
]
