"""The keys of the entries that a reader may see and asked for, newest first.

Each statement reads a few streams: what stands under one company, action, person or thing in an index that ends with
the id. The newest key of each stream says from where on a page can reach at all, and no stream is read further than
that: a page costs the same whatever else the history holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any

from app.accounts.user import User
from app.database import Sql

LATEST = 2**62  # a key after every entry
# Keys grow with time, but for what was written at once: less than this apart, a later entry may have a lesser key.
DISORDER = timedelta(hours=1)


class Scope(Enum):
    """Whose entries are read: of one company, of the reader's partners, or everybody's."""

    COMPANY = "SELECT CAST(:company AS INTEGER) AS affair"
    PARTNERS = "SELECT company_id AS affair FROM assignment WHERE manager_id = :reader"
    ALL = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the history is filtered by. Empty: not by that. `until` is the first moment that is not wanted any more."""

    actions: tuple[str, ...] = ()
    person: int = 0
    subjects: tuple[str, ...] = ()
    company: int = 0  # of staff's choice; partners have their own
    since: datetime | None = None
    until: datetime | None = None


_STREAMS = """
    WITH stream AS MATERIALIZED (SELECT * FROM {sources}),
    newest AS (
        SELECT (SELECT y.id FROM history_entry y WHERE {match} AND y.id > :least ORDER BY y.id DESC LIMIT 1) AS id
        FROM stream s
    ),
    reach AS (
        SELECT COALESCE(
            (SELECT n.id FROM newest n WHERE n.id IS NOT NULL ORDER BY n.id DESC LIMIT 1 OFFSET :others), :least + 1
        ) AS id
    )
"""
_OF_EACH = """
    SELECT y.id FROM history_entry y WHERE {match} AND y.id >= (SELECT r.id FROM reach r)
    ORDER BY y.id DESC LIMIT :limit
"""
_SQLITE = f"""{_STREAMS}
    SELECT x.id FROM stream s CROSS JOIN history_entry x WHERE x.id IN ({_OF_EACH}) ORDER BY x.id DESC LIMIT :limit
"""  # noqa: S608 - constant text
_POSTGRES = f"""{_STREAMS}
    SELECT x.id FROM stream s CROSS JOIN LATERAL ({_OF_EACH}) x ORDER BY x.id DESC LIMIT :limit
"""  # noqa: S608 - constant text
_LISTED = {
    "sqlite": "SELECT value AS {0} FROM json_each(:{0}s)",
    "postgres": "SELECT unnest(CAST(:{0}s AS text[])) AS {0}",
}
_MINE = "(+y.actor_id = :reader OR +y.affair_id IN (SELECT company_id FROM assignment WHERE manager_id = :reader))"
_BEFORE = Sql("SELECT id FROM history_entry WHERE at < :moment ORDER BY at DESC, id DESC LIMIT 1")
_AFTER = Sql("SELECT id FROM history_entry WHERE at >= :moment ORDER BY at, id LIMIT 1")


async def keys(user: User, wanted: Wanted, *, before: int, limit: int) -> list[int]:
    """At most `limit` keys less than `before`, the greatest first."""
    least, bound = await bounds(wanted.since, wanted.until)
    values: dict[str, Any] = {
        "reader": user.id,
        "company": user.company_id or wanted.company,
        "person": wanted.person,
        "actions": list(wanted.actions),
        "subjects": list(wanted.subjects),
        "since": wanted.since,
        "until": wanted.until,
        "least": least,
        "before": min(before, bound),
        "limit": limit,
        "others": limit - 1,
    }
    found: set[int] = set()
    for scope, own in _scopes(user, wanted):
        person = {"person": user.id} if own else {}
        found |= {row["id"] for row in await _statement(user, scope, wanted, own).all(**{**values, **person})}
    return sorted(found, reverse=True)[:limit]


def _scopes(user: User, wanted: Wanted) -> Iterable[tuple[Scope, bool]]:
    """The statements of a reader: whose entries, and whether only the reader's own. A manager sees of both kinds."""
    if user.is_partner or wanted.company:
        return [(Scope.COMPANY, False)]
    if user.is_administrator:
        return [(Scope.ALL, False)]
    if wanted.subjects:
        return [(Scope.PARTNERS, False)]
    own, of_partners = (Scope.ALL, True), (Scope.PARTNERS, False)
    return [own] if wanted.person == user.id else [of_partners] if wanted.person else [of_partners, own]


def _statement(user: User, scope: Scope, wanted: Wanted, own: bool) -> Sql:
    return statement(
        scope,
        public=user.is_partner,
        person=own or bool(wanted.person),
        actions=bool(wanted.actions),
        subjects=bool(wanted.subjects),
        since=wanted.since is not None,
        until=wanted.until is not None,
    )


@cache
def statement(
    scope: Scope, *, public: bool, person: bool, actions: bool, subjects: bool, since: bool, until: bool
) -> Sql:
    """The statement for a scope and filters, of a few dozen that there are."""
    streams = [scope.value] if scope.value and not subjects else []
    listed = ["subject"] if subjects else ["action"] if actions else []
    match = ["y.id < :before", *_within(scope, actions=actions, subjects=subjects)]
    match += [f"{'+' if subjects else ''}y.actor_id = :person"] if person else []
    match += ["y.company_id IS NOT NULL"] if public else []
    match += ["y.at >= :since"] if since else []
    match += ["y.at < :until"] if until else []
    texts = {
        dialect: text.format(
            sources=_sources([*streams, *(_LISTED[dialect].format(name) for name in listed)]),
            match=" AND ".join(match),
        )
        for dialect, text in (("sqlite", _SQLITE), ("postgres", _POSTGRES))
    }
    return Sql(texts["sqlite"], postgres=texts["postgres"])


def _within(scope: Scope, *, actions: bool, subjects: bool) -> list[str]:
    """Which stream, and for the few entries of a thing the rest of what is asked for.

    The rest is written so that no index of it is thought of (+, ||): the one of the thing is always the best.
    """
    if subjects:
        whose = {Scope.COMPANY: ["+y.affair_id = :company"], Scope.PARTNERS: [_MINE], Scope.ALL: []}[scope]
        return ["y.subject = s.subject", *whose, *(["y.action || '' IN :actions"] if actions else [])]
    affair = ["y.affair_id = s.affair"] if scope.value else []
    return [*affair, *(["y.action = s.action"] if actions else [])]


def _sources(parts: list[str]) -> str:
    return " CROSS JOIN ".join(f"({part}) t{number}" for number, part in enumerate(parts or ["SELECT 1 AS everything"]))


async def bounds(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Between which keys the entries of some days are, both left out."""
    least = await _BEFORE.value(moment=since - DISORDER) if since else 0
    bound = await _AFTER.value(moment=until + DISORDER) if until else LATEST
    return least or 0, bound or LATEST
