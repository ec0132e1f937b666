"""Errors as pages in the frame and as fragments, with a way on; and one log line for each request."""

import logging
import time
import uuid
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.database import DatabaseUnavailable
from app.errors import Forbidden, NotForDeputies, NotFound, RuleBroken
from app.i18n import N_, gettext
from app.web import frame, replies
from app.web.requests import is_htmx, signed_in

log = logging.getLogger("kabinet.web")
requests_log = logging.getLogger("kabinet.requests")

TITLES = {
    400: N_("The request cannot be read"),
    403: N_("This is not for you"),
    404: N_("There is no such page"),
    405: N_("This cannot be done here"),
    409: N_("This cannot be done now"),
    413: N_("Too much at once"),
    422: N_("Something is not filled in rightly"),
    429: N_("Too many attempts"),
    500: N_("Something broke on our side"),
    503: N_("The site is resting for a minute"),
}
ADVICE = {
    400: N_("The browser sent something that we could not make out. Open the page again and repeat."),
    403: N_("You are signed in, but this section is open to others. If you need it, ask your manager."),
    404: N_("The address is mistyped, or this belongs to another company."),
    405: N_("Open the page again and use its buttons."),
    409: N_("Somebody was quicker. Open the page again to see how things stand."),
    413: N_("What was sent is larger than this form takes. Send less, or in parts."),
    422: N_("Go back and check the fields."),
    429: N_("Wait a little and try again. Nothing is lost."),
    500: N_("We know about it already. Your data is safe; try again in a minute."),
    503: N_("The database does not answer. Your data is safe; try again in a minute."),
}
RETRY_AFTER = 30  # seconds


class RequestLog:
    """ASGI middleware: gives each request an id and writes one structured line about it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # long: a field of the log a line
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = uuid.uuid4().hex[:16]
        began = time.perf_counter()
        sent = {"status": 0, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent["status"] = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", scope["request_id"].encode())]
            else:
                sent["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            user = scope.get("user")
            requests_log.info(
                "request",
                extra={
                    "id": scope["request_id"],
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": sent["status"],
                    "bytes": sent["bytes"],
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                    "ip": scope["client"][0] if scope.get("client") else "",
                    "person": user.id if user else None,
                    "htmx": (b"hx-request", b"true") in scope["headers"],
                },
            )


class ErrorPages:
    """ASGI middleware: turns what handlers raise into the error's page or fragment, never a bare 500."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            if failed := scope["state"].get("failed"):  # before the reader was known, in app.web.sessions
                raise failed
            await self.app(scope, receive, sending)
        except Exception as error:
            request = Request(scope, receive)
            response = await error_response(request, error)
            if started:
                raise
            await response(scope, receive, send)


async def error_response(request: Request, error: Exception) -> Response:
    """The answer to what a handler raised."""
    status, detail, headers = _status(error)
    way = error.way if isinstance(error, RuleBroken) else ("", "")
    if status >= 500:
        log.error("request failed", exc_info=error, extra={"id": request.scope.get("request_id")})
    return await error_page(request, status, detail=detail, headers=headers, way=way)


async def error_page(
    request: Request,
    status: int,
    *,
    detail: str = "",
    headers: dict[str, str] | None = None,
    way: tuple[str, str] = ("", ""),
) -> Response:
    """An error as a page in the frame, or for htmx as a note that takes nothing away from the page."""
    values = {
        **{"status": status, "said": "", "way": way},
        "title": gettext(TITLES.get(status, HTTPStatus(status).phrase)),
        "advice": detail or gettext(ADVICE.get(status, "")),
        "request_id": request.scope.get("request_id", ""),
    }
    if status == 503:
        headers = {"retry-after": str(RETRY_AFTER), **(headers or {})}
    if is_htmx(request):
        # The note goes to its own place at the top of the page; what the hand was on stays as it was.
        html = replies.render(request, "errors/_problem.html", **values)
        place = {"hx-retarget": "#problem", "hx-reswap": "outerHTML", "hx-reselect": "#problem"}
        out = {**place, "vary": "HX-Request", **(headers or {})}
        return HTMLResponse(html, status, out)
    around = frame.Frame() if status >= 500 else await _around(request)
    return HTMLResponse(replies.render(request, "errors/show.html", frame=around, **values), status, headers)


async def _around(request: Request) -> frame.Frame:
    """The reader's frame, or an empty one when the database cannot fill it."""
    try:
        return await frame.load(signed_in(request), request.app.state.settings, request.app.state.brands)
    except DatabaseUnavailable:
        return frame.Frame()


def _status(error: Exception) -> tuple[int, str, dict[str, str] | None]:
    if isinstance(error, HTTPException):
        return error.status_code, "", dict(error.headers) if error.headers else None
    if isinstance(error, ClientDisconnect):  # in the middle of the form: nobody is there to answer, nothing is wrong
        return 400, "", None
    if isinstance(error, NotFound):
        return 404, "", None
    if isinstance(error, NotForDeputies):
        return 403, gettext("Only the partner in person can do this. Finish acting for them to do it as yourself"), None
    if isinstance(error, Forbidden):
        return 403, "", None
    if isinstance(error, RuleBroken):
        return 409, replies.explain(error), None
    if isinstance(error, DatabaseUnavailable):
        return 503, "", None
    return 500, "", None
