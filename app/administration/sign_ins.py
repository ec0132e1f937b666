"""Sign-ins and refusals of everybody, and the sessions that they opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from app import clock
from app.accounts.models import Person, Role, Session
from app.accounts.user import User
from app.database import Sql, as_datetime, like, transaction
from app.errors import NotFound
from app.history.keys import LATEST, bounds
from app.outbox import record
from app.profile import agents

PAGE = 50
OUTCOMES = {"in": "person.signed_in", "failed": "person.sign_in_failed", "throttled": "person.sign_in_throttled"}
FOUND = 6  # people that a search may find, before it is too wide

# Each outcome is a walk along an index that ends with the key: a page costs the same whatever else there is.
_WALK = """
    SELECT id FROM (
        SELECT h.id FROM history_entry h
        WHERE h.action = '{action}' AND h.id < :before AND h.id > :least {filters} ORDER BY h.id DESC LIMIT :limit
    ) AS {name}
"""
_FILTERS = {
    "person": "AND h.actor_id = :person",
    "ip": "AND h.ip = :ip",
    "since": "AND h.at >= :since",
    "until": "AND h.at < :until",
}
_ENTRIES = Sql(
    """
    SELECT h.id, h.at, h.action, h.ip, p.id AS person_id, p.name AS person, p.role, c.name AS company
    FROM history_entry h LEFT JOIN person p ON p.id = h.actor_id LEFT JOIN company c ON c.id = p.company_id
    WHERE h.id IN :ids ORDER BY h.id DESC
    """
)
_PEOPLE = Sql(
    r"""
    SELECT p.id, p.name, p.login, p.role, c.name AS company FROM person p LEFT JOIN company c ON c.id = p.company_id
    WHERE p.login_key = :key OR p.email_key = :key OR p.name LIKE :name ESCAPE '\' OR p.name LIKE :title ESCAPE '\'
    ORDER BY CASE WHEN p.login_key = :key OR p.email_key = :key THEN 0 ELSE 1 END, p.name, p.id LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log is filtered by. Empty: not by that."""

    outcome: str = ""
    person: int = 0
    ip: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in or a refusal. Without a person: a login that nobody has. `outcome` is a key of OUTCOMES."""

    id: int
    at: datetime
    outcome: str
    ip: str
    person_id: int | None
    person: str
    role: Role | None
    company: str


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody whom a search found."""

    id: int
    name: str
    login: str
    role: Role
    company: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that is open."""

    id: int
    words: str
    ip: str
    created_at: datetime
    seen_at: datetime


async def sign_ins(wanted: Wanted, *, before: int = LATEST) -> tuple[list[SignIn], int]:
    """At most PAGE sign-ins and refusals before the entry `before`, newest first, and the next page's key, or 0."""
    least, bound = await bounds(wanted.since, wanted.until)
    values = {name: getattr(wanted, name) for name in _FILTERS}
    named = tuple(name for name in _FILTERS if values[name])
    outcomes = (wanted.outcome,) if wanted.outcome in OUTCOMES else tuple(OUTCOMES)
    keys = await _walks(outcomes, named).all(before=min(before, bound), least=least, limit=PAGE + 1, **values)
    ids = sorted((row["id"] for row in keys), reverse=True)
    found = [_sign_in(row) for row in await _ENTRIES.all(ids=ids[:PAGE])] if ids else []
    return found, found[-1].id if len(ids) > PAGE else 0


async def people(text: str) -> Sequence[Found]:
    """Who has this login or address, or a name with this in it; at most FOUND. Who has the login comes first, alone."""
    rows = await _PEOPLE.all(key=text.casefold(), name=like(text), title=like(text.title()), limit=FOUND)
    found = [_found(row) for row in rows]
    return [one for one in found if one.login.casefold() == text.casefold()] or found


async def person(number: int) -> Person:
    """Anybody; raises NotFound."""
    found = await Person.get_or_none(id=number).select_related("company")
    if found is None:
        raise NotFound
    return found


async def sessions(person_id: int) -> list[Opened]:
    """Where somebody is signed in, as it was used last; at most PAGE."""
    rows = await Session.filter(person_id=person_id, ended_at__isnull=True).order_by("-seen_at", "-id").limit(PAGE)
    return [Opened(row.id, agents.in_words(row.user_agent), row.ip, row.created_at, row.seen_at) for row in rows]


async def end_sessions(whose: Person, *, by: User) -> int:
    """Signs somebody out everywhere, but where an administrator does it. :return: how many sessions it ended."""
    async with transaction():
        open_ones = Session.filter(person_id=whose.id, ended_at__isnull=True).exclude(id=by.session_id)
        count = await open_ones.update(ended_at=clock.now())
        if count:
            told = {"person": whose.name, "person_id": whose.id, "count": count}
            await record("person.signed_out_by_staff", by=by, company=whose.company_id, **told)
    return count


@cache
def _walks(outcomes: tuple[str, ...], named: tuple[str, ...]) -> Sql:
    filters = " ".join(_FILTERS[name] for name in named)
    walks = (_WALK.format(action=OUTCOMES[one], filters=filters, name=f"walk_{one}") for one in outcomes)
    return Sql(" UNION ALL ".join(walks) + " ORDER BY id DESC LIMIT :limit")


def _sign_in(row: Mapping[str, Any]) -> SignIn:
    return SignIn(
        id=row["id"],
        at=as_datetime(row["at"]),
        outcome=next(code for code, action in OUTCOMES.items() if action == row["action"]),
        ip=row["ip"],
        person_id=row["person_id"],
        person=row["person"] or "",
        role=Role(row["role"]) if row["role"] else None,
        company=row["company"] or "",
    )


def _found(row: Mapping[str, Any]) -> Found:
    return Found(row["id"], row["name"], row["login"], Role(row["role"]), row["company"] or "")
