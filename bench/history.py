"""Whether the history and the list of orders cost the same with 1,000 entries and orders as with 1,000,000.

Both sizes are taken in turns in one process, through the whole site; the ratio of the medians stands beside the limit.
How the entries are spread over companies and people: bench/annals.py. A case whose ratio is over the limit is measured
again, at most twice: what disturbs a machine only ever makes a page slower, an index that lacks does so each time.
"""

import asyncio
import statistics
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response
from tortoise.context import TortoiseContext

from app import clock
from app.accounts.models import Person
from app.database import tortoise_config
from app.main import create_app
from app.settings import Settings, load_settings
from app.web import sessions
from bench.annals import BASE, RARE_ACTION, RARE_ARTICLE, YEARS, multiply
from bench.offer import QUEUE, Site
from bench.pages import get
from bench.report import Report
from tests.factories import Cast, make_cast
from tests.servers import Kind, drop_database, fresh_database
from tests.site import ORIGIN

Fill = Callable[[Kind, str, Cast, int], Awaitable[None]]
SMALL, LARGE = 1_000, 1_000_000
LIMIT = 1.3
WARM, ROUNDS, TRIES = 6, 15, 3  # PostgreSQL settles on a plan at the sixth time


@dataclass(frozen=True, slots=True)
class Case:
    """A page: whose (a name of the cast), and its path. `{deep}` is the key in the middle, `{bob}` Bob's id.

    Each shows as many lines at both sizes: what is found is more than a page, or rare, or what is left of it is.
    """

    name: str
    who: str
    path: str
    htmx: bool = False


FROM_DAY, TO_DAY = timedelta(days=450), timedelta(days=270)  # ago: half a year in the middle of the two
LEFT = 240  # entries of that half a year, all that there are of it among the fewer


def days() -> dict[str, date]:
    """The half a year."""
    today = clock.distributor_today()
    return {"from_day": today - FROM_DAY, "to_day": today - TO_DAY}


ALIKE = tuple(
    Case(f"history, {who}: {name}", who, path)
    for who in ("alice", "maria", "oleg", "anna")
    for name, path in (
        ("first page", "/history"),
        ("deep inside", "/history?before={deep}"),
        ("a group of actions", "/history?what=orders"),
        ("a group of actions, deep", "/history?what=sign-ins&before={deep}"),
        ("a rare action", f"/history?what={RARE_ACTION}"),
        ("half a year", "/history?from={from_day}&to={to_day}"),
        ("an order", "/history?object=order+61"),
    )
)
APART = (
    Case("history, alice: a person", "alice", "/history?who={bob}"),
    Case("history, alice: her manager, deep", "alice", "/history?who={maria}&before={deep}"),
    Case(
        "history, alice: everything at once",
        "alice",
        f"/history?what={RARE_ACTION}&who={{bob}}&from={{from_day}}&to={{to_day}}",
    ),
    Case(
        "history, alice: everything at once, its last page",
        "alice",
        "/history?what=cart&who={bob}&from={from_day}&to={to_day}&before={early}",
    ),
    Case("history, oleg: himself", "oleg", "/history?who={oleg}&what=orders"),
    Case("history, maria: a partner and a person", "maria", "/history?company={company}&who={bob}&what=sign-ins"),
    Case("history, anna: a partner, deep", "anna", "/history?company={company}&before={deep}"),
    Case("history, a manager of nobody", "idle", "/history"),
    Case("history, a manager of nobody: orders", "idle", "/history?what=orders"),
)
ORDERS = (
    Case("orders, alice: first page", "alice", "/orders"),
    Case("orders, alice: deep inside", "alice", "/orders?before={deep}"),
    Case("orders, alice: by number", "alice", f"/orders?q={BASE + 61}"),
    Case("orders, alice: by a rare article", "alice", f"/orders?q={RARE_ARTICLE}"),
)
CASES: tuple[Case, ...] = (*ALIKE, *APART, *ORDERS)


@dataclass(slots=True)
class Size:
    """A site with so many entries and orders, in a context of its own: another database than the other size's."""

    entries: int
    context: Context
    settings: Settings
    cast: Cast
    cookies: dict[str, str]
    site: Site
    marks: dict[str, Any] = field(default_factory=dict)

    async def open(self, case: Case) -> float:
        """Opens the page. :return: seconds."""
        path = case.path.format(**self.marks)
        site = Site(self.site.app, self.site.partner, self.cookies[case.who], {})
        began = perf_counter()
        await asyncio.create_task(get(site, path, htmx=case.htmx), context=self.context)
        return perf_counter() - began


async def main() -> int:
    """Both databases, or those that the command names. :return: the exit code."""
    report = Report()
    kinds: tuple[Kind, ...] = ("sqlite", "postgres")
    for kind in kinds:
        if kind not in (sys.argv[1:] or kinds):
            continue
        async with opened(kind, SMALL) as small, opened(kind, LARGE) as large:
            for case in CASES:
                await measure(kind, case, small, large, report)
    return report.exit_code()


async def measure(kind: Kind, case: Case, small: Size, large: Size, report: Report) -> None:
    """One case: the median of each size, taken in turns, and their ratio."""
    best, told = float("inf"), ""
    for _ in range(TRIES):
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(WARM + ROUNDS):
            for size, taken in zip((small, large), times, strict=True):
                seconds = await size.open(case)
                if number >= WARM:
                    taken.append(seconds)
        few, many = (statistics.median(taken) * 1000 for taken in times)
        if many / few < best:
            best, told = many / few, f"{many:.1f} ms with {large.entries:,}, {few:.1f} ms with {small.entries:,}"
        if best <= LIMIT:
            break
    report.figure(f"{kind}: {case.name}", best, "≤", LIMIT, beside=told)


@asynccontextmanager
async def opened(kind: Kind, entries: int, fill: Fill = multiply) -> AsyncIterator[Size]:
    """A site of a size, made anew by `fill` and removed afterwards."""
    url = await fresh_database(kind)
    try:
        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(url))
            began = perf_counter()
            size = await _fill(kind, url, entries, fill)
            print(f"      {kind}: {entries:,} entries and orders in {perf_counter() - began:.0f} s", flush=True)
            yield size
    finally:
        await drop_database(url)


async def _fill(kind: Kind, url: str, entries: int, fill: Fill) -> Size:
    settings = load_settings(
        {
            "KABINET_ENV": "test",
            "KABINET_SECRET": "a long and varied secret for the bench only",
            "KABINET_ORIGIN": ORIGIN,
            "KABINET_DATABASE_URL": url,
            "KABINET_QUEUE_URL": QUEUE,
            "KABINET_LOG_LEVEL": "ERROR",
        }
    )
    cast = await make_cast()
    idle = await Person.create(
        name="Новый Менеджер",
        role="manager",
        login="idle",
        login_key="idle",
        email="i@example.ru",
        email_key="i@example.ru",
    )
    await fill(kind, url, cast, entries)
    people = {name: getattr(cast, name) for name in ("alice", "bob", "charlie", "maria", "oleg", "anna")} | {
        "idle": idle
    }
    cookies = {name: await _session(person, settings) for name, person in people.items()} | {"guest": ""}
    marks = {name: person.id for name, person in people.items()} | days()
    since = datetime.combine(marks["from_day"], time.min, ZoneInfo(cast.alice.timezone))
    early = BASE + round(entries * (1 - (clock.now() - since) / YEARS)) + LEFT
    marks |= {"company": cast.company.id, "deep": BASE + entries // 2, "early": early}
    return Size(entries, copy_context(), settings, cast, cookies, Site(create_app(settings), cast.alice, "", {}), marks)


async def _session(person: Person, settings: Settings) -> str:
    """The cookie of a session."""
    response = Response()
    cookies = sessions.Cookies(settings)
    await sessions.begin(response, person.id, stay=False, ip="127.0.0.1", agent="bench", cookies=cookies)
    return response.headers["set-cookie"].split(";")[0]


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
