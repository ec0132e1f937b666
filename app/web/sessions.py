"""Who is reading: server-side sessions behind a signed random id in a cookie."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import clock, tokens
from app.accounts import queries
from app.accounts.models import Session
from app.accounts.user import User
from app.database import DatabaseUnavailable
from app.i18n import DEFAULT_LANGUAGE, use_language
from app.prices import retail
from app.settings import Settings
from app.web.security import FormToken

GUEST_COOKIE = "guest"
LANGUAGE_COOKIE = "language"
YEAR = 365 * 86400
_SEEN_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Cookies:
    """The cookies of a site: their names and flags depend on whether it is reached by https."""

    settings: Settings

    @property
    def session(self) -> str:
        """The name of the session cookie; the browser keeps a __Host- one to this host and to https."""
        return "__Host-session" if self.settings.secure else "session"

    def put(self, response: Response, name: str, value: str, max_age: int | None = None) -> None:
        """Sets a cookie that scripts cannot read."""
        response.set_cookie(
            name, value, max_age=max_age, path="/", secure=self.settings.secure, httponly=True, samesite="lax"
        )

    def drop(self, response: Response, name: str) -> None:
        """Removes a cookie."""
        response.delete_cookie(name, path="/", secure=self.settings.secure, httponly=True, samesite="lax")


class Sessions:
    """ASGI middleware: finds the reader, their language and their form token; keeps signed-in pages out of caches."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.cookies = Cookies(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        state = scope.setdefault("state", {})
        user = None
        try:
            user = await self._user(connection)
            await self._turn_prices(scope, user)
        except Exception as error:  # ErrorPages, which answers it, needs what is set below
            state["failed"] = error
        guest = "" if user else connection.cookies.get(GUEST_COOKIE, "")
        fresh_guest = "" if user or guest else tokens.new_secret()
        scope["user"] = user
        state["csrf"] = FormToken(self.settings, user.session_digest if user else guest or fresh_guest)
        state["cookies"] = self.cookies
        use_language(user.language if user else connection.cookies.get(LANGUAGE_COOKIE, DEFAULT_LANGUAGE))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._finish(MutableHeaders(scope=message), user, fresh_guest)
            await send(message)

        await self.app(scope, receive, sending)

    async def _turn_prices(self, scope: Scope, user: User | None) -> None:
        """Nobody reads yesterday's prices. What guests see of them is in the catalogue."""
        if user or scope["path"].startswith("/catalogue"):
            await retail.up_to_date()

    def _finish(self, headers: MutableHeaders, user: User | None, fresh_guest: str) -> None:
        headers.setdefault("cache-control", "no-store" if user else "private, no-cache")
        if fresh_guest and headers.get("content-type", "").startswith("text/html"):
            cookie = Response()
            self.cookies.put(cookie, GUEST_COOKIE, fresh_guest)
            headers.append("set-cookie", cookie.headers["set-cookie"])

    async def _user(self, connection: HTTPConnection) -> User | None:
        cookie = connection.cookies.get(self.cookies.session)
        secret = tokens.unsign(self.settings, "session", cookie, self.settings.session_stay) if cookie else None
        if secret is None:
            return None
        row = await queries.session(tokens.digest(secret))
        now = clock.now()
        if row is None or not self._alive(row, now):
            return None
        if now - row["seen_at"] > _SEEN_EVERY:
            with suppress(DatabaseUnavailable):  # locked for writing: who only reads is not held up by it
                await Session.filter(id=row["session_id"]).update(seen_at=now)
        ip = connection.client.host if connection.client else ""
        return queries.user(row, ip=ip, request_id=connection.scope.get("request_id", ""))

    def _alive(self, row: dict[str, Any], now: Any) -> bool:
        if row["stay"]:
            return bool(now - row["created_at"] < timedelta(seconds=self.settings.session_stay))
        return bool(
            now - row["created_at"] < timedelta(seconds=self.settings.session_absolute)
            and now - row["seen_at"] < timedelta(seconds=self.settings.session_idle)
        )


async def begin(response: Response, user_id: int, *, stay: bool, ip: str, agent: str, cookies: Cookies) -> None:
    """Signs a person in: a new session row, and its id in a cookie of `response`."""
    secret = tokens.new_secret()
    await Session.create(
        digest=tokens.digest(secret), person_id=user_id, seen_at=clock.now(), stay=stay, ip=ip, user_agent=agent[:300]
    )
    signed = tokens.sign(cookies.settings, "session", secret)
    cookies.put(response, cookies.session, signed, cookies.settings.session_stay if stay else None)
    cookies.drop(response, GUEST_COOKIE)
