"""The list of a company's orders, newest first: filtered, and searched by number, product and the text of comments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from app.accounts.user import User
from app.catalogue.filters import Filters
from app.catalogue.models import article_key
from app.catalogue.search import MATCHES, sought
from app.database import Sql, as_datetime
from app.orders.models import Status
from app.orders.queries import MINE, reader_values
from app.orders.rows import Listed
from app.orders.words import words

PAGE = 50
WORDS, PRODUCTS = 5, 200  # that a search looks at
NEWEST = 500  # finds of each word among which staff's orders are looked for
_LAST = 2**31 - 1
_DISORDER = timedelta(hours=1)  # numbers grow with time, but for orders placed at once

_COLUMNS = """
    SELECT o.number, o.status, o.placed_at, o.total, p.name AS person, m.name AS manager, c.name AS company, t.awaits,
           EXISTS (SELECT 1 FROM unread u
                   WHERE u.person_id = :reader AND u.kind = 'order' AND u.number = o.number) AS fresh
    FROM orders o
    JOIN person p ON p.id = o.person_id
    JOIN company c ON c.id = o.company_id
    LEFT JOIN person m ON m.id = o.manager_id
    LEFT JOIN thread t ON t.order_id = o.id
"""
_THESE = Sql(_COLUMNS + "WHERE o.number IN :numbers ORDER BY o.number DESC")
_EXACT = Sql(f"SELECT o.number FROM orders o WHERE o.number = :number AND {MINE}")  # noqa: S608 - constant text
_PRODUCTS = """
    SELECT p.id FROM product p
    WHERE (:digits = '' OR p.article_key LIKE :digits || '%') {matches} AND ({ordered})
    ORDER BY CASE WHEN p.article_key = :key THEN 0 ELSE 1 END, p.id LIMIT :limit
"""
_ORDERED = """:company = 0 OR EXISTS (
    SELECT 1 FROM order_word w WHERE w.company_id = :company AND w.word = '#' || p.id)"""
_FOUND_PRODUCTS = Sql(
    _PRODUCTS.format(matches=MATCHES["sqlite"], ordered=_ORDERED),
    postgres=_PRODUCTS.format(matches=MATCHES["postgres"], ordered=_ORDERED),
)
# How often each word occurs, as far as a few pages: the rarest one leads a search.
_COUNT = (
    "(SELECT COUNT(*) FROM (SELECT 1 FROM order_word y WHERE y.company_id = :company AND y.word = w.value LIMIT 200) z)"
)
_RAREST = Sql(
    f"SELECT w.value AS word FROM json_each(:words) w ORDER BY {_COUNT} LIMIT 1",  # noqa: S608 - constant text
    postgres=f"SELECT w.value AS word FROM unnest(CAST(:words AS text[])) AS w (value) ORDER BY {_COUNT} LIMIT 1",  # noqa: S608
)
# As in app.history.keys: a stream for each product that fits and one for the words; no stream is read further back than
# a page can reach, so that many streams cost what one does.
_MATCH = """
    y.company_id = :company AND y.word = s.word AND y.number < :before AND y.number > :least {filters}
    AND (s.word <> :leading OR NOT EXISTS (
        SELECT 1 FROM {others} WHERE NOT EXISTS (
            SELECT 1 FROM order_word z WHERE z.company_id = :company AND z.word = w.value AND z.number = y.number)))
"""
_KEYS = """
    WITH stream AS MATERIALIZED (SELECT w.value AS word FROM {streams}),
    newest AS (
        SELECT (SELECT y.number FROM order_word y WHERE {match} ORDER BY y.number DESC LIMIT 1) AS number FROM stream s
    ),
    reach AS (
        SELECT COALESCE((SELECT n.number FROM newest n WHERE n.number IS NOT NULL
                         ORDER BY n.number DESC LIMIT 1 OFFSET :limit), 0) AS number
    )
"""
_OF_EACH = """
    SELECT y.number FROM order_word y WHERE {match} AND y.number >= (SELECT r.number FROM reach r)
    ORDER BY y.number DESC LIMIT :limit
"""
_SQLITE_KEYS = f"""{_KEYS}
    SELECT DISTINCT o.number FROM stream s CROSS JOIN orders o WHERE o.number IN ({_OF_EACH})
    ORDER BY o.number DESC LIMIT :limit
"""  # noqa: S608 - constant text
_POSTGRES_KEYS = f"""{_KEYS}
    SELECT DISTINCT x.number FROM stream s CROSS JOIN LATERAL ({_OF_EACH}) x ORDER BY x.number DESC LIMIT :limit
"""  # noqa: S608 - constant text
_OF_WORD = "SELECT y.number FROM order_word y WHERE y.word = w.value ORDER BY y.number DESC LIMIT :newest"
_OF_ALL_WORDS = f"""
    {MINE} AND (w.value LIKE '#%' OR NOT EXISTS (SELECT 1 FROM {{others}} WHERE NOT EXISTS (
        SELECT 1 FROM order_word z WHERE z.company_id = o.company_id AND z.word = v.value AND z.number = o.number)))
    ORDER BY o.number DESC LIMIT :limit
"""  # noqa: S608 - constant text
_EACH = {"sqlite": "json_each(:{}) {}", "postgres": "unnest(CAST(:{} AS text[])) AS {} (value)"}
_OF_STAFF = Sql(
    f"SELECT DISTINCT o.number FROM json_each(:streams) w CROSS JOIN orders o WHERE o.number IN ({_OF_WORD}) AND "  # noqa: S608
    + _OF_ALL_WORDS.format(others=_EACH["sqlite"].format("others", "v")),
    postgres="SELECT DISTINCT o.number FROM unnest(CAST(:streams AS text[])) AS w (value) "  # noqa: S608
    f"CROSS JOIN LATERAL ({_OF_WORD}) y JOIN orders o ON o.number = y.number WHERE "
    + _OF_ALL_WORDS.format(others=_EACH["postgres"].format("others", "v")),
)
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
        exact = await _exact(user, wanted.q)
    rows = await _THESE.all(numbers=[*numbers[:limit], exact], reader=user.id)
    older = numbers[limit - 1] if len(numbers) > limit else 0
    return sorted((_listed(row) for row in rows), key=lambda one: one.number != exact), older


async def found(user: User, q: str, *, limit: int) -> list[Listed]:
    """For staff: some of their orders that are found by a number, a product or words, newest first."""
    streams, others = await _streams(q, company=0)
    values = {"streams": streams, "others": others, "newest": NEWEST, "limit": limit, **reader_values(user)}
    rows = await _OF_STAFF.all(**values) if streams else []
    exact = await _exact(user, q)
    rows = await _THESE.all(numbers=[exact, *(row["number"] for row in rows)], reader=user.id)
    return sorted((_listed(row) for row in rows), key=lambda one: one.number != exact)[:limit]


async def people(user: User) -> dict[int, str]:
    """Who of the company has ever ordered, by id."""
    return {row["id"]: row["name"] for row in await _PEOPLE.all(company=user.company)}


def number_in(q: str) -> int:
    """The number that a search is («65», «№ 65»), or 0."""
    digits = q.lstrip("№# ").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0


async def _exact(user: User, q: str) -> int:
    return await _EXACT.value(number=number_in(q), **reader_values(user)) or 0


async def _numbers(user: User, wanted: Wanted, values: Mapping[str, Any]) -> list[int]:
    streams, others = await _streams(wanted.q, company=user.company)
    if not streams:
        return []
    leading = streams[0] if others else ""
    keys = _keys(*_filtered(wanted))
    return [row["number"] for row in await keys.all(**values, streams=streams, others=others, leading=leading)]


async def _streams(q: str, *, company: int) -> tuple[list[str], list[str]]:
    """What to look up: the leading word, if any, and the products that fit; and the words that go with the first."""
    typed, key = words(q)[:WORDS], article_key(q)
    sought_for = sought(Filters(q=q))
    digits = key if key.isascii() and key.isdigit() else ""
    rows = await _FOUND_PRODUCTS.all(**sought_for, digits=digits, company=company, limit=PRODUCTS) if key else []
    leading = [await _RAREST.value(words=typed, company=company)] if typed else []
    return [*leading, *(f"#{row['id']}" for row in rows)], [word for word in typed if word not in leading]


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
    """The statement of the list with these filters: each set of them is a walk along an index of its own."""
    return Sql(
        f"{_COLUMNS} WHERE o.company_id = :company AND o.number < :before AND o.number > :least {_filters(*filtered)} "
        "ORDER BY o.number DESC LIMIT :limit"
    )


@cache
def _keys(*filtered: bool) -> Sql:
    """The statement of a search with these filters."""
    asked = _filters(*filtered)
    filters = f"AND EXISTS (SELECT 1 FROM orders o WHERE o.number = y.number {asked})" if asked else ""  # noqa: S608
    texts = {}
    for dialect, text in (("sqlite", _SQLITE_KEYS), ("postgres", _POSTGRES_KEYS)):
        match = _MATCH.format(filters=filters, others=_EACH[dialect].format("others", "w"))
        texts[dialect] = text.format(match=match, streams=_EACH[dialect].format("streams", "w"))
    return Sql(texts["sqlite"], postgres=texts["postgres"])


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
    )
