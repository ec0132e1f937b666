"""A limit to what one request may send."""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """ASGI middleware: a body of more than `limit` bytes is 413, whether its length is said beforehand or not.

    Doors that take files (`allow(files=True)`) take forms of up to `with_files` bytes; a door may have a limit of its
    own (`allow(body=…)`, `public(body=…)`).
    Starlette's own limit stands outside of all middleware: its answer would be plain text without our headers.
    """

    def __init__(self, app: ASGIApp, limit: int, *, with_files: int = 0, doors: Iterable[BaseRoute] = ()) -> None:
        self.app = app
        self.limit = limit
        self.with_files = with_files
        doors = list(doors)
        self.doors = [door for door in doors if getattr(getattr(door, "endpoint", None), "files", False)]
        self.own = [door for door in doors if getattr(getattr(door, "endpoint", None), "body", 0)]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit, said = self._limit(scope), Headers(scope=scope).get("content-length", "")
        if said.isdecimal() and (len(said) > 18 or int(said) > limit):
            raise HTTPException(413)
        size = 0

        async def receiving() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > limit:
                raise HTTPException(413)
            return message

        await self.app(scope, receiving, send)

    def _limit(self, scope: Scope) -> int:
        for door in self.own:
            if door.matches(scope)[0] is Match.FULL:
                return int(door.endpoint.body)  # type: ignore[attr-defined]  # a route with the mark
        files = Headers(scope=scope).get("content-type", "").startswith("multipart/form-data")
        if files and any(door.matches(scope)[0] is Match.FULL for door in self.doors):
            return self.with_files
        return self.limit
