"""Which orders the desk's list shows: their numbers, a page of them, before anything is joined.

What a reader may see and asked for is a union of parts. Each part walks a few streams: what stands under one manager,
company or status in an index that ends with what the list is sorted by. The first key of each stream says from where
on a page can reach at all, and no stream is read further than that: a page costs the same whatever else there is.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from app.accounts.user import User
from app.database import Sql, like
from app.desk.scopes import ORDERS, scope
from app.orders.models import Status

_LAST = 2**31 - 1  # a number after every order's
_LARGEST = 2**62
# Numbers grow with time, but for orders placed at once: less than this apart, a later one may have a lesser number.
_DISORDER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WantedOrders:
    """What the list of orders shows. `q` is a number, a product, or a part of the company's name; `whose` is empty (all
    that the reader may see), mine or queue; `until` is the first moment that is not wanted; by_sum: largest first.
    """

    q: str = ""
    status: str = ""
    whose: str = ""
    company: int = 0
    manager: int = 0
    since: datetime | None = None
    until: datetime | None = None
    by_sum: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """Orders under `managers` (listed, or nobody; empty: under whomever), of the reader's own partners or of all."""

    managers: str = ""
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """What makes another statement: its parts, and what is asked for. `offered` orders and `found` ones are few."""

    parts: tuple[_Part, ...]
    managers: str
    offered: bool
    found: bool
    company: bool
    named: bool
    status: bool
    since: bool
    until: bool
    by_sum: bool


_PART = """
    SELECT f.number, f.total FROM (
        WITH stream AS MATERIALIZED (SELECT * FROM {sources}),
        first AS (SELECT (SELECT o.number FROM orders o WHERE {match} ORDER BY {order} LIMIT 1) AS number
                  FROM stream s),
        reached AS (SELECT o.total, o.number FROM first i JOIN orders o ON o.number = i.number
                    ORDER BY {order} LIMIT 1 OFFSET :others),
        reach AS (SELECT o.total, o.number FROM (SELECT * FROM reached UNION ALL SELECT 0, 0) o
                  ORDER BY {order} LIMIT 1)
        SELECT x.number, x.total FROM stream s CROSS JOIN {walk} ORDER BY {order_x} LIMIT :limit
    ) f
"""
_OF_EACH = "FROM orders o WHERE {match} AND {reached} ORDER BY {order} LIMIT :limit"
_REACHED = {
    False: "o.number >= (SELECT r.number FROM reach r)",
    True: "(o.total, o.number) >= (SELECT r.total, r.number FROM reach r)",
}
_WALKS = {
    "sqlite": f"orders x WHERE x.number IN (SELECT o.number {_OF_EACH})",
    "postgres": f"LATERAL (SELECT o.number, o.total {_OF_EACH}) x",
}
_LISTED = {
    "sqlite": "(SELECT value AS {0} FROM json_each(:{1})) {1}",
    "postgres": "(SELECT unnest(CAST(:{1} AS {2}[])) AS {0}) {1}",
}
# (CROSS JOIN keeps SQLite from reading all orders of a company to see which of them are offered.)
_OFFERED = """
    SELECT o.number, o.total FROM order_handover h CROSS JOIN orders o CROSS JOIN company c
    WHERE h.taker_id = :person AND h.state = 'open' AND NOT h.asked AND o.id = h.open_for AND c.id = o.company_id
      AND {match}
"""
_FOUND = f"""
    SELECT o.number, o.total FROM orders o LEFT JOIN assignment s ON s.company_id = o.company_id
    WHERE o.number IN :found AND {ORDERS} AND {{match}}
"""  # noqa: S608 - constant text
_NAMED = "c.search LIKE :name ESCAPE '\\'"
_BEFORE = Sql("SELECT number FROM orders WHERE placed_at < :moment ORDER BY placed_at DESC LIMIT 1")
_AFTER = Sql("SELECT number FROM orders WHERE placed_at >= :moment ORDER BY placed_at LIMIT 1")
_TOTAL = Sql("SELECT total FROM orders WHERE number = :number")


async def keys(user: User, wanted: WantedOrders, found: list[int], *, before: int, limit: int) -> list[int]:
    """At most `limit` numbers of orders after the number `before` (0: from the beginning), as the list is sorted.

    :param found: what the search found otherwise than by the company's name; what is not the reader's is left out.
    """
    managers = _managers(user, wanted)
    if managers is None:
        return []
    wanted = replace(wanted, status=Status.NEW) if wanted.whose == "queue" else wanted
    values = {
        **scope(user),
        "managers": managers,
        "statuses": [wanted.status] if wanted.status else list(Status),
        "status": wanted.status,
        "company": wanted.company,
        "name": like(wanted.q.casefold()),
        "found": found,
        "since": wanted.since,
        "until": wanted.until,
        **await _bounds(wanted, before),
    }
    rows = await _statement(_shape(user, wanted, bool(found))).all(**values, limit=limit, others=limit - 1)
    return [row["number"] for row in rows]


def _managers(user: User, wanted: WantedOrders) -> list[int] | None:
    """Under which managers orders are looked for; None when nothing can be both in the queue and what else is asked."""
    if wanted.whose == "queue":
        return [] if not wanted.manager and wanted.status in ("", Status.NEW) else None
    if wanted.whose == "mine":
        return [user.id] if wanted.manager in (0, user.id) else None
    return [wanted.manager] if wanted.manager else list(user.hands)


def _parts(user: User, managers: str, colleague: bool) -> tuple[_Part, ...]:
    """The parts of what a reader may see under some managers; a `colleague` is one whom they do not stand for."""
    if user.is_administrator or (managers and not colleague):
        return (_Part(managers),)
    if managers:
        return (_Part(managers, theirs=True),)
    return (_Part("nobody"), _Part("listed"), _Part(theirs=True))


def _shape(user: User, wanted: WantedOrders, found: bool) -> _Shape:
    managers = "nobody" if wanted.whose == "queue" else "listed" if wanted.whose or wanted.manager else ""
    colleague = bool(wanted.manager) and wanted.manager not in user.hands
    return _Shape(
        parts=_parts(user, managers, colleague),
        managers=managers,
        offered=not user.is_administrator and (colleague or not managers),
        found=found,
        company=bool(wanted.company),
        named=bool(wanted.q),
        status=bool(wanted.status),
        since=wanted.since is not None,
        until=wanted.until is not None,
        by_sum=wanted.by_sum,
    )


async def _bounds(wanted: WantedOrders, before: int) -> dict[str, int]:
    """After what a page begins, and between which numbers the orders of the wanted days are, both left out."""
    if wanted.by_sum:
        largest = await _TOTAL.value(number=before) if before else None
        return {"largest": _LARGEST if largest is None else largest, "before": before or _LAST, "least": 0}
    least = await _BEFORE.value(moment=wanted.since - _DISORDER) if wanted.since else None
    bound = await _AFTER.value(moment=wanted.until + _DISORDER) if wanted.until else None
    return {"least": least or 0, "before": min(before or _LAST, bound or _LAST), "largest": _LARGEST}


@cache
def _statement(shape: _Shape) -> Sql:
    """The statement of a shape, of a few dozen that are used."""
    texts = {dialect: _text(shape, dialect) for dialect in ("sqlite", "postgres")}
    return Sql(texts["sqlite"], postgres=texts["postgres"])


def _text(shape: _Shape, dialect: str) -> str:
    parts = [_part(shape, part, dialect) for part in shape.parts]
    whose = {"": [], "listed": ["o.manager_id IN :managers"], "nobody": ["o.manager_id IS NULL"]}[shape.managers]
    company = ["o.company_id = :company"] if shape.company else []
    match = [*company, *_asked(shape, "o.status = :status" if shape.status else ""), *whose]
    if shape.offered:
        parts.append(_OFFERED.format(match=" AND ".join([*match, *([_NAMED] if shape.named else [])])))
    if shape.found:
        parts.append(_FOUND.format(match=" AND ".join(match)))
    return f"SELECT * FROM ({' UNION '.join(parts)}) o ORDER BY {_order(shape, 'o')} LIMIT :limit"  # noqa: S608


def _part(shape: _Shape, part: _Part, dialect: str) -> str:
    sources, match = [], []
    if part.theirs or shape.company or shape.named:
        sources.append(_companies(shape, part))
        match.append("o.company_id = s.company_id")
    if part.managers == "nobody":
        match.append("o.manager_id IS NULL")
    elif part.managers:
        sources.append(_LISTED[dialect].format("manager", "managers", "int"))
        match.append("o.manager_id = s.manager")
    if shape.by_sum:
        sources.append(_LISTED[dialect].format("status", "statuses", "text"))
    status = "o.status = s.status" if shape.by_sum else "o.status = :status" if shape.status else ""
    match += _asked(shape, status)
    names = {"match": " AND ".join(match), "order": _order(shape, "o"), "reached": _REACHED[shape.by_sum]}
    walk = _WALKS[dialect].format(**names)
    return _PART.format(
        **names, walk=walk, order_x=_order(shape, "x"), sources=" CROSS JOIN ".join(sources) or "(SELECT 1 AS one) e"
    )


def _companies(shape: _Shape, part: _Part) -> str:
    """The companies whose orders a part is about."""
    asked = [*(["c.id = :company"] if shape.company else []), *([_NAMED] if shape.named else [])]
    theirs = "JOIN assignment a ON a.company_id = c.id AND a.manager_id IN :hands" if part.theirs else ""
    where = f"WHERE {' AND '.join(asked)}" if asked else ""
    return f"(SELECT c.id AS company_id FROM company c {theirs} {where}) companies"  # noqa: S608 - constant text


def _asked(shape: _Shape, status: str) -> list[str]:
    """The conditions on an order that need no stream of their own."""
    after = "(o.total, o.number) < (:largest, :before)" if shape.by_sum else "o.number < :before AND o.number > :least"
    parts = (
        (bool(status), status),
        (shape.since, "o.placed_at >= :since"),
        (shape.until, "o.placed_at < :until"),
    )
    return [after, *(text for asked, text in parts if asked)]


def _order(shape: _Shape, table: str) -> str:
    return f"{table}.total DESC, {table}.number DESC" if shape.by_sum else f"{table}.number DESC"
