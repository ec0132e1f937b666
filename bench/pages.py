"""How many presentations of 50 lines one process on one core shows in a second, on SQLite and on PostgreSQL.

The yardstick, taken in turns in the same run: the same rows rendered by the same template from memory, with no
database, no session and no middleware. Also: a page costs the same number of queries with 5 lines as with 60.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any
from unittest import mock

from starlette.requests import Request

from app.database import counting_queries
from app.i18n import use_language
from app.web import replies
from bench.offer import Site, site_with_offers
from bench.report import Report
from tests.servers import Kind

SIZES = (5, 50, 60)
ROUNDS = 12
SECONDS = 0.8  # of each round, for each of the two
LIMIT = 0.5


async def main() -> int:
    """Both databases. :return: the exit code."""
    report = Report()
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")
    for kind in kinds:
        async with site_with_offers(kind, SIZES) as site:
            await measure(kind, site, report)
    return report.exit_code()


async def measure(kind: Kind, site: Site, report: Report) -> None:
    """One database: the page beside the yardstick in turns, and the queries of small and large pages."""
    path = f"/presentations/{site.presentations[50]}"

    async def page() -> None:
        await get(site, path)

    yardstick = await from_memory(site, path)
    for _ in range(20):
        await page()
        await yardstick()
    pages, yards = [], []
    for _ in range(ROUNDS):
        pages.append(await rate(page))
        yards.append(await rate(yardstick))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(pages, yards, strict=True))
    beside = f"{statistics.median(pages):.0f} requests/s beside {statistics.median(yards):.0f} from memory"
    report.figure(f"{kind}: presentation of 50 lines", ratio, "≥", LIMIT, unit=" of the yardstick", beside=beside)
    counts = [await queries(site, f"/presentations/{site.presentations[size]}") for size in (5, 60)]
    report.figure(f"{kind}: queries of 60 lines", counts[1], "=", counts[0], beside="those of 5 lines")


async def get(site: Site, path: str, *, htmx: bool = False) -> bytes:
    """One page through the whole site, as a server hands a request to it. `path` may have a query."""
    path, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [
            *[(b"host", b"kabinet.test"), (b"cookie", site.cookie.encode())],
            *([(b"hx-request", b"true")] if htmx else []),
        ],
        "client": ("127.0.0.1", 50000),
        "server": ("kabinet.test", 80),
        "state": {},
    }
    body = bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise RuntimeError(f"{path} answers {message['status']}")
        body.extend(message.get("body", b""))

    await site.app(scope, receive, send)
    return bytes(body)


async def from_memory(site: Site, path: str) -> Callable[[], Awaitable[None]]:
    """The yardstick: what the page's template was given, kept, and rendered again and again."""
    given: dict[str, Any] = {}
    original = replies.render

    def keep(request: Request, template: str, **values: Any) -> str:
        given.update(template=template, request=request, values=values)
        return original(request, template, **values)

    with mock.patch.object(replies, "render", keep):
        shown = await get(site, path)
    use_language("ru")

    async def again() -> None:
        html = original(given["request"], given["template"], **given["values"]).encode()
        if abs(len(html) - len(shown)) > 200:  # the form token differs from page to page
            raise RuntimeError("the yardstick does not show the same page")

    return again


async def rate(call: Callable[[], Awaitable[None]]) -> float:
    """Calls a second."""
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        await call()
        done += 1
    return done / (time.perf_counter() - began)


async def queries(site: Site, path: str) -> int:
    """The queries of a page that was opened before."""
    await get(site, path)
    with counting_queries() as counted:
        await get(site, path)
    return counted.count


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.exit(asyncio.run(main()))
