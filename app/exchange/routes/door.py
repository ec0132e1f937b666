"""The door of 1C: plain text in the old custom of its exchange with sites, without sessions of people."""

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app import chosen, clock
from app.database import DatabaseUnavailable
from app.errors import RuleBroken
from app.exchange import entering, protocol, store
from app.exchange.models import Connection, Exchange
from app.exchange.telling import Refusal
from app.i18n import N_, speaking
from app.i18n import gettext as _
from app.web.access import public
from app.web.requests import client_ip, site

COOKIE = "kabinet_1c"
MODES = ("init", "file", "import", "query", "success", "deactivate", "complete")
KINDS = {"catalog": "catalogue", "sale": "orders"}


@public(
    "the login and password of a connection open it, then the cookie of its exchange", by_token=True, body=store.PART
)
async def door(request: Request) -> Response:
    """One command of 1C. Whatever goes wrong is said in its own words: it shows them to whoever looks after it."""
    await chosen.refresh()
    with speaking("ru"):
        try:
            return await _answer(request)
        except entering.WrongPassword:
            headers = {"www-authenticate": 'Basic realm="1C", charset="UTF-8"'}
            return _failed(_("The login or the password is wrong, or the exchange has ended"), 401, headers)
        except entering.TooMany as many:
            wait = _("Too many wrong passwords: wait %(minutes)s min") % {"minutes": many.seconds // 60}
            return _failed(wait, 429, {"retry-after": str(many.seconds)})
        except (Refusal, RuleBroken) as refusal:
            return _failed(str(refusal))
        except DatabaseUnavailable:
            return _failed(_("The database of the site is busy: repeat the exchange"), 503)


async def _answer(request: Request) -> Response:
    kind, mode = request.query_params.get("type", ""), request.query_params.get("mode", "")
    if kind not in KINDS or mode not in ("checkauth", *MODES):
        await _exchange(request)  # who may not come in is not told what there is
        raise Refusal(N_("There is no such command: type=%(type)s, mode=%(mode)s"), type=kind[:20], mode=mode[:20])
    if mode == "checkauth":
        return await _enter(request, kind)
    exchange = await _exchange(request)
    _must_do(exchange.connection, kind)
    if mode == "query":
        return _document(exchange.connection, await protocol.query(exchange, site(request)))
    return _said(await _do(request, exchange, mode, orders=kind == "sale"))


async def _do(request: Request, exchange: Exchange, mode: str, *, orders: bool) -> str:
    name = request.query_params.get("filename", "")
    if mode == "init":
        return protocol.init(request.query_params.get("version", ""))
    if mode == "file":
        return await protocol.take_file(exchange, name, _pieces(request), site(request), orders=orders)
    if mode == "import":
        return await protocol.read_file(exchange, name, site(request), orders=orders)
    return await (protocol.success(exchange) if mode == "success" else protocol.end(exchange))


async def _enter(request: Request, kind: str) -> Response:
    """Login and password; the answer names the cookie that the other commands come with."""
    said = entering.credentials(request.headers.get("authorization", ""))
    if said is None:
        raise entering.WrongPassword
    ip = client_ip(request)
    request_id = request.scope["request_id"]
    connection = await entering.connection_of(said, ip=ip, request_id=request_id, settings=site(request))
    _must_do(connection, kind)
    secret = await entering.begin(connection, ip=ip)
    answer = _said(f"success\n{COOKIE}\n{secret}\nsessid=1\ntimestamp={int(clock.now().timestamp())}")
    secure = site(request).secure
    answer.set_cookie(COOKIE, secret, path="/", secure=secure, httponly=True, samesite="strict")
    return answer


async def _exchange(request: Request) -> Exchange:
    return await entering.exchange_of(request.cookies.get(COOKIE, ""))


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    """The body in pieces that are worth writing."""
    kept = bytearray()
    async for piece in request.stream():
        kept += piece
        if len(kept) >= store.PIECE:
            yield bytes(kept)
            kept.clear()
    if kept:
        yield bytes(kept)


def _must_do(connection: Connection, kind: str) -> None:
    if not getattr(connection, KINDS[kind]):
        raise Refusal(N_("This connection does not exchange that: it is set up on the site"))


def _failed(words: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return _said(f"failure\n{words}", status, headers)


def _said(text: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(text.rstrip("\n") + "\n", status, headers, "text/plain; charset=utf-8")


def _document(connection: Connection, content: bytes) -> Response:
    charset = connection.encoding.value.removesuffix("-bom")
    return Response(content, media_type=f"application/xml; charset={charset}")


routes = [Route("/", door, methods=["GET", "POST"])]
