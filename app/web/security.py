"""Headers that every answer carries, and the check that a write came from our own pages."""

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import tokens
from app.settings import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
FORM_LIFETIME = 24 * 3600


class SecurityHeaders:
    """ASGI middleware: puts HEADERS (and HSTS on an https site) on every answer that has something to protect."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.headers = dict(HEADERS)
        if settings.secure:
            self.headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] != 304:
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sending)


def crosses_sites(request: Request) -> bool | None:
    """Whether another site caused this write; None when the browser does not say, and the form token decides."""
    fetched_from = request.headers.get("sec-fetch-site")
    if fetched_from:
        return fetched_from not in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin:
        return origin != request.app.state.settings.origin and origin != f"{request.url.scheme}://{request.url.netloc}"
    return None


class FormToken:
    """The form token of one browser: bound to its session, or for a guest to a random cookie."""

    def __init__(self, settings: Settings, holder: str) -> None:
        self.settings = settings
        self.holder = holder

    def __str__(self) -> str:
        return tokens.sign(self.settings, "form", tokens.digest(self.holder)[:20])

    def valid(self, token: object) -> bool:
        """Whether `token` was given out to this browser, at most a day ago."""
        if not self.holder or not isinstance(token, str):
            return False
        return tokens.unsign(self.settings, "form", token, FORM_LIFETIME) == tokens.digest(self.holder)[:20]
