"""The statements that give the numbers of the desk's orders.

What a reader may see and asked for is a union of parts. Each part walks a few streams: what stands under one manager,
company or status in an index that ends with what the list is sorted by. The first order of each stream says from where
on a page can reach at all, and no stream is read further than that: a page costs the same whatever else there is.
"""

from dataclasses import dataclass, replace
from functools import cache

from app.database import Sql
from app.desk.scopes import ORDERS


@dataclass(frozen=True, slots=True)
class Part:
    """Orders under `managers` (listed, or nobody; empty: under whomever), of the reader's own partners or of all."""

    managers: str = ""
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """What makes another statement: its parts, and what is asked for. `offered` orders and `found` ones are few."""

    parts: tuple[Part, ...]
    managers: str
    offered: bool
    found: bool
    company: bool
    named: bool
    status: bool
    since: bool
    until: bool
    by_sum: bool

    @property
    def days(self) -> bool:
        """Whether only some days are asked for."""
        return self.since or self.until


@dataclass(frozen=True, slots=True)
class _Walk:
    """The streams that a part walks: where their values come from, and what an order of them is like.

    `after` and `reached` say which of a stream may be on the page, `order` how an index has them.
    """

    sources: list[str]
    match: list[str]
    after: str
    reached: str
    order: str


# (Nothing but what the index holds is read while it is walked: else PostgreSQL takes to others.)
_PART = """
    SELECT {keys} FROM (
        WITH stream AS MATERIALIZED (SELECT * FROM {sources}),
        first AS (SELECT (SELECT o.number FROM orders o WHERE {match} ORDER BY {walked} LIMIT 1) AS number
                  FROM stream s),
        reached AS (SELECT o.total, o.number FROM first i JOIN orders o ON o.number = i.number
                    ORDER BY {order} LIMIT 1 OFFSET :others),
        reach AS (SELECT o.total, o.number FROM (SELECT * FROM reached UNION ALL SELECT 0, 0) o
                  ORDER BY {order} LIMIT 1)
        SELECT {keys} FROM stream s CROSS JOIN {walk} ORDER BY {order} LIMIT :limit
    ) o
"""
_OF_EACH = "FROM orders o WHERE {match} AND {reached} ORDER BY {walked} LIMIT :limit"
_WALKS = {
    "sqlite": f"orders o WHERE o.number IN (SELECT o.number {_OF_EACH})",
    "postgres": f"LATERAL (SELECT {{keys}} {_OF_EACH}) o",
}
_LISTED = {
    "sqlite": "(SELECT value AS {0} FROM json_each(:{1})) {1}",
    "postgres": "(SELECT unnest(CAST(:{1} AS {2}[])) AS {0}) {1}",
}
# (CROSS JOIN keeps SQLite from reading all orders of a company to see which of them are offered.)
_OFFERED = """
    SELECT {keys} FROM order_handover h CROSS JOIN orders o CROSS JOIN company c
    WHERE h.taker_id IN :hands AND h.state = 'open' AND NOT h.asked AND o.id = h.open_for AND c.id = o.company_id
      AND {match}
"""
_FOUND = f"""
    SELECT {{keys}} FROM orders o LEFT JOIN assignment s ON s.company_id = o.company_id
    WHERE o.number IN :found AND {ORDERS} AND {{match}}
"""  # noqa: S608 - constant text
_NAMED = "c.search LIKE :name ESCAPE '\\'"
_NOBODY, _OF_MANAGER = "o.manager_id IS NULL", "o.manager_id = s.manager"
_PLACE = "o.manager_id, o.number"
_REACHED = "({}) >= (SELECT {} FROM reach o)"


@cache
def statement(shape: Shape) -> Sql:
    """The statement of a shape, of a few dozen that are used: rows of `number`, sorted as the list is."""
    texts = {dialect: _text(shape, dialect) for dialect in ("sqlite", "postgres")}
    return Sql(texts["sqlite"], postgres=texts["postgres"])


def _text(shape: Shape, dialect: str) -> str:
    parts = [_part(_walk(shape, part, dialect), shape.by_sum, dialect) for part in shape.parts]
    whose = {"": [], "listed": ["o.manager_id IN :managers"], "nobody": [_NOBODY]}[shape.managers]
    company = ["o.company_id = :company"] if shape.company else []
    status = ["o.status = :status"] if shape.status else []
    match = [_after(shape.by_sum), *_days(shape), *company, *status, *whose]
    keys = _keys(shape.by_sum)
    if shape.offered:
        parts.append(_OFFERED.format(keys=keys, match=" AND ".join([*match, *([_NAMED] if shape.named else [])])))
    if shape.found:
        parts.append(_FOUND.format(keys=keys, match=" AND ".join(match)))
    return f"SELECT {keys} FROM ({' UNION '.join(parts)}) o ORDER BY {_sorted(shape.by_sum)} LIMIT :limit"  # noqa: S608


def _walk(shape: Shape, part: Part, dialect: str) -> _Walk:
    keys, order = _keys(shape.by_sum), _sorted(shape.by_sum)
    walk = _Walk([], _days(shape), _after(shape.by_sum), _REACHED.format(keys, keys), order)
    if part.theirs or shape.company or shape.named:
        walk.sources.append(_companies(shape, part))
        walk.match.append("o.company_id = s.company_id")
    if part.managers == "listed":
        walk.sources.append(_LISTED[dialect].format("manager", "managers", "int"))
        walk.match.append(_OF_MANAGER)
    elif part.managers:
        walk.match.append(_NOBODY)
    if shape.by_sum:
        walk.sources.append(_LISTED[dialect].format("status", "statuses", "text"))
        walk.match.append("o.status = s.status")
    elif shape.status:
        walk.match.append("o.status = :status")
    return _persuaded(walk, shape, part) if dialect == "postgres" else walk


def _persuaded(walk: _Walk, shape: Shape, part: Part) -> _Walk:
    """A walk that PostgreSQL takes along the index that ends with it, whatever it believes about who has how many."""
    if part.managers == "nobody":  # such orders are few, and no index has them sorted: none is to be read for its order
        after, reached, order = (one.replace("o.", "+o.") for one in (walk.after, walk.reached, walk.order))
        return replace(walk, after=after, reached=reached, order=order)
    if (
        part.managers
        and shape.days
        and not (part.theirs or shape.company or shape.named or shape.status or shape.by_sum)
    ):
        return replace(
            walk,
            match=[one for one in walk.match if one != _OF_MANAGER],
            after=f"({_PLACE}) < (s.manager, :before) AND ({_PLACE}) > (s.manager, :least)",
            reached=f"({_PLACE}) >= (s.manager, (SELECT o.number FROM reach o))",  # noqa: S608 - constant text
            order="o.manager_id DESC, o.number DESC",
        )
    return walk


def _part(walk: _Walk, by_sum: bool, dialect: str) -> str:
    names = {
        "match": " AND ".join([*walk.match, walk.after]),
        "reached": walk.reached,
        "walked": walk.order,
        "keys": _keys(by_sum),
        "order": _sorted(by_sum),
    }
    sources = " CROSS JOIN ".join(walk.sources) or "(SELECT 1 AS one) e"
    return _PART.format(**names, walk=_WALKS[dialect].format(**names), sources=sources)


def _companies(shape: Shape, part: Part) -> str:
    """The companies whose orders a part is about."""
    asked = [*(["c.id = :company"] if shape.company else []), *([_NAMED] if shape.named else [])]
    theirs = "JOIN assignment a ON a.company_id = c.id AND a.manager_id IN :hands" if part.theirs else ""
    where = f"WHERE {' AND '.join(asked)}" if asked else ""
    return f"(SELECT c.id AS company_id FROM company c {theirs} {where}) companies"  # noqa: S608 - constant text


def _days(shape: Shape) -> list[str]:
    parts = ((shape.since, "o.placed_at >= :since"), (shape.until, "o.placed_at < :until"))
    return [text for asked, text in parts if asked]


def _after(by_sum: bool) -> str:
    return "(o.total, o.number) < (:largest, :before)" if by_sum else "o.number < :before AND o.number > :least"


def _keys(by_sum: bool) -> str:
    return "o.total, o.number" if by_sum else "o.number"


def _sorted(by_sum: bool) -> str:
    return "o.total DESC, o.number DESC" if by_sum else "o.number DESC"
