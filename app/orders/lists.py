"""The list of a company's orders, newest first: filtered, and searched by number, product and the text of comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from app.accounts.user import User
from app.database import Sql, as_datetime
from app.orders import search
from app.orders.models import Status
from app.orders.queries import reader_values
from app.orders.rows import Listed

PAGE = 50
_LAST = 2**31 - 1
_DISORDER = timedelta(hours=1)  # numbers grow with time, but for orders placed at once

_SHOWN = """
    SELECT o.number, o.status, o.placed_at, o.total, p.name AS person, m.name AS manager, c.name AS company, t.awaits,
           CASE WHEN o.merged_into_id IS NULL THEN 0 ELSE 1 END AS merged,
           EXISTS (SELECT 1 FROM unread u
                   WHERE u.person_id = :reader AND u.kind = 'order' AND u.number = o.number) AS fresh
    FROM {orders} o
    JOIN person p ON p.id = o.person_id
    JOIN company c ON c.id = o.company_id
    LEFT JOIN person m ON m.id = o.manager_id
    LEFT JOIN thread t ON t.order_id = o.id
    {which} ORDER BY o.number DESC
"""
_THESE = Sql(_SHOWN.format(orders="orders", which="WHERE o.number IN :numbers"))
_PEOPLE = Sql(
    """
    SELECT p.id, p.name FROM person p
    WHERE p.company_id = :company
      AND EXISTS (SELECT 1 FROM orders o WHERE o.company_id = :company AND o.person_id = p.id)
    ORDER BY p.name, p.id
    """
)
_BEFORE = Sql(
    "SELECT number FROM orders WHERE company_id = :company AND placed_at < :moment ORDER BY placed_at DESC LIMIT 1"
)
_AFTER = Sql(
    "SELECT number FROM orders WHERE company_id = :company AND placed_at >= :moment ORDER BY placed_at LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list shows; empty: not filtered by that. `until` is the first moment that is not wanted any more."""

    q: str = ""
    status: Status | None = None
    person: int = 0
    since: datetime | None = None
    until: datetime | None = None


async def listed(user: User, wanted: Wanted, *, before: int = 0, limit: int = PAGE) -> tuple[list[Listed], int]:
    """A page of the company's orders, newest first, and the key of the next page (0: there is none).

    A search finds a number, articles and names of what was ordered, and comments with all of its words; the order with
    exactly the number leads the first page.
    """
    least, bound = await _bounds(user, wanted)
    values = {
        "company": user.company,
        "reader": user.id,
        "status": wanted.status,
        "person": wanted.person,
        "since": wanted.since,
        "until": wanted.until,
        "least": least,
        "before": min(before or _LAST, bound),
        "limit": limit + 1,
    }
    if not wanted.q:
        shown = [_listed(row) for row in await _list(*_filtered(wanted)).all(**values)]
        return shown[:limit], shown[limit - 1].number if len(shown) > limit else 0
    numbers, exact = sorted(await _numbers(user, wanted, values), reverse=True), 0
    if not before and wanted == Wanted(q=wanted.q):
        exact = await search.exact(user, wanted.q)
    rows = await _THESE.all(numbers=[*numbers[:limit], exact], reader=user.id)
    older = numbers[limit - 1] if len(numbers) > limit else 0
    return sorted((_listed(row) for row in rows), key=lambda one: one.number != exact), older


async def found(user: User, q: str, *, limit: int) -> list[Listed]:
    """For staff: some of their orders that are found by a number, a product or words, newest first."""
    streams, others = await search.streams(q, company=0)
    values = {"streams": streams, "others": others, "newest": search.NEWEST, "limit": limit, **reader_values(user)}
    rows = await search.OF_STAFF.all(**values) if streams else []
    exact = await search.exact(user, q)
    rows = await _THESE.all(numbers=[exact, *(row["number"] for row in rows)], reader=user.id)
    return sorted((_listed(row) for row in rows), key=lambda one: one.number != exact)[:limit]


async def people(user: User) -> dict[int, str]:
    """Who of the company has ever ordered, by id."""
    return {row["id"]: row["name"] for row in await _PEOPLE.all(company=user.company)}


async def _numbers(user: User, wanted: Wanted, values: Mapping[str, Any]) -> list[int]:
    streams, others = await search.streams(wanted.q, company=user.company)
    if not streams:
        return []
    leading = streams[0] if others else ""
    keys = search.keys(_filters(*_filtered(wanted)))
    return [row["number"] for row in await keys.all(**values, streams=streams, others=others, leading=leading)]


async def _bounds(user: User, wanted: Wanted) -> tuple[int, int]:
    """Between which numbers the orders of the wanted days are, both left out."""
    least = await _BEFORE.value(company=user.company, moment=wanted.since - _DISORDER) if wanted.since else 0
    bound = await _AFTER.value(company=user.company, moment=wanted.until + _DISORDER) if wanted.until else _LAST
    return least or 0, bound or _LAST


def _filtered(wanted: Wanted) -> tuple[bool, bool, bool, bool]:
    return wanted.status is not None, bool(wanted.person), wanted.since is not None, wanted.until is not None


def _filters(status: bool, person: bool, since: bool, until: bool) -> str:
    parts = (
        (status, " AND o.status = :status"),
        (person, " AND o.person_id = :person"),
        (since, " AND o.placed_at >= :since"),
        (until, " AND o.placed_at < :until"),
    )
    return "".join(text for asked, text in parts if asked)


@cache
def _list(*filtered: bool) -> Sql:
    """The statement of the list with these filters: each set of them is a walk along an index of its own.

    A page is cut off first and joined afterwards: PostgreSQL may join all orders of a company before it cuts.
    """
    orders = (
        f"(SELECT * FROM orders o WHERE o.company_id = :company AND o.number < :before AND o.number > :least "  # noqa: S608
        f"{_filters(*filtered)} ORDER BY o.number DESC LIMIT :limit)"
    )
    return Sql(_SHOWN.format(orders=orders, which=""))


def _listed(row: Mapping[str, Any]) -> Listed:
    return Listed(
        number=row["number"],
        status=Status(row["status"]),
        placed_at=as_datetime(row["placed_at"]),
        total=row["total"],
        person=row["person"],
        company=row["company"],
        manager=row["manager"],
        awaits=row["awaits"] or "",
        fresh=bool(row["fresh"]),
        merged=bool(row["merged"]),
    )
