"""The lists behind the desk's counts that belong to no other feature: answers and wishes of partners."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.accounts.cards import CARD
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.desk.scopes import COMPANIES, SENT, scope
from app.desk.scopes import THREADS as THEIRS

PAGE = 30
LATE_ANSWER = timedelta(hours=2)  # a partner's comment waits too long from here on
SINCE = timedelta(days=30)  # older requests are no news
KINDS = ("order", "presentation", "ticket")

_TALKS = """
    FROM thread t
    LEFT JOIN company c ON c.id = t.company_id
    LEFT JOIN assignment s ON s.company_id = t.company_id
    LEFT JOIN orders o ON o.id = t.order_id
    LEFT JOIN presentation n ON n.id = t.presentation_id
    LEFT JOIN ticket k ON k.id = t.ticket_id
"""
_AWAITED = f"WHERE t.awaits = 'staff' AND {THEIRS}"
THREADS = _TALKS + _AWAITED
# Of versions that hold the last word: a new version answers the request, and so does a withdrawal.
# (CASE keeps SQLite from walking through all that were not withdrawn.)
REQUESTS = """
    FROM extension_request e
    JOIN presentation_version v ON v.id = e.version_id
    JOIN presentation n ON n.id = v.presentation_id
    JOIN company c ON c.id = n.company_id
    JOIN person p ON p.id = e.person_id
    LEFT JOIN assignment s ON s.company_id = c.id
"""
EXTENSIONS = f"""{REQUESTS}
    WHERE e.at >= :since AND e.settled_at IS NULL AND v.replaced_at IS NULL
      AND CASE WHEN v.withdrawn_at IS NULL THEN 1 ELSE 0 END = 1 AND {SENT}
"""
# Who registered and named a manager, and whose company has none.
ASKED = """
    FROM registration r
    JOIN company c ON c.id = r.company_id
    JOIN person w ON w.id = r.manager_id
    WHERE r.state IN ('waiting', 'accepted') AND (:everything OR r.manager_id = :person)
      AND NOT EXISTS (SELECT 1 FROM assignment s WHERE s.company_id = r.company_id)
"""
_ORDERS = {"": ("(t.last_at, t.id) >", "t.last_at, t.id"), "new": ("(t.last_at, t.id) <", "t.last_at DESC, t.id DESC")}
_ANSWERS = {
    sort: Sql(
        f"""
        SELECT t.id, o.number AS order_number, n.number AS presentation, k.number AS ticket, c.name AS company,
               {CARD} AS card,
               t.last_at, e.number AS comment, e.text
        {_TALKS}
        LEFT JOIN comment e ON e.thread_id = t.id
              AND e.number = (SELECT MAX(x.number) FROM comment x WHERE x.thread_id = t.id AND NOT x.internal)
        {_AWAITED}
          AND (:kind = '' OR (:kind = 'order' AND t.order_id IS NOT NULL)
               OR (:kind = 'ticket' AND t.ticket_id IS NOT NULL)
               OR (:kind = 'presentation' AND t.presentation_id IS NOT NULL))
          AND t.last_at <= :until
          AND (:after = 0 OR {beyond} (SELECT x.last_at, x.id FROM thread x WHERE x.id = :after))
        ORDER BY {order} LIMIT :limit
        """  # noqa: S608 - constant text
    )
    for sort, (beyond, order) in _ORDERS.items()
}
_EXTENSIONS = Sql(
    f"""
    SELECT e.id, e.at, n.number, v.title, v.valid_until, c.name AS company, {CARD} AS card, p.name AS person, p.phone,
           CASE WHEN {COMPANIES} THEN 1 ELSE 0 END AS may_draft,
           (SELECT a.name FROM presentation_version d JOIN person a ON a.id = d.author_id
             WHERE d.presentation_id = n.id AND d.sent_at IS NULL AND d.author_id <> :reader) AS drafted_by
    {EXTENSIONS} AND e.id > :after ORDER BY e.id LIMIT :limit
    """  # noqa: S608 - constant text
)
_ASKED = Sql(
    f"""
    SELECT r.id, r.at, c.id AS card, c.name AS company, c.city, r.name AS person, r.phone, r.state, w.name AS manager
    {ASKED} AND r.id > :after ORDER BY r.id LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A thread whose answer is due from us: about an order, a presentation or a ticket, by their numbers."""

    key: int
    order: int | None
    presentation: int | None
    ticket: int | None
    comment: int
    text: str
    company: str
    card: int | None  # the company's id, for who may open its card
    last_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Extension:
    """Somebody asked to prolong an expired presentation.

    `may_draft`: the reader may answer with a new version; `drafted_by` is who else writes one already, or empty.
    """

    key: int
    number: int
    title: str
    company: str
    card: int | None
    person: str
    phone: str
    at: datetime
    may_draft: bool
    drafted_by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody registered and asked for a manager; their company has none. `waits`: its owner is yet to let them in."""

    key: int
    company: str
    card: int
    city: str
    person: str
    phone: str
    manager: str
    at: datetime
    waits: bool


async def waiting(
    user: User, *, limit: int, after: int = 0, kind: str = "", late: bool = False, sort: str = "", manager: int = 0
) -> tuple[list[Waiting], int]:
    """Threads that await the reader's answer, and the key of the next page (0: none).

    :param kind: order, presentation, ticket, or empty. :param sort: empty, the longest waiting first, or new.
    """
    now = clock.now()
    until = now - LATE_ANSWER if late else now + timedelta(days=1)
    rows = await _ANSWERS[sort].all(**scope(user, manager), after=after, kind=kind, until=until, limit=limit + 1)
    shown = [_waiting(row) for row in rows[:limit]]
    return shown, shown[-1].key if len(rows) > limit else 0


async def extensions(user: User, *, limit: int, after: int = 0, manager: int = 0) -> tuple[list[Extension], int]:
    """Requests of the last 30 days to prolong an offer, oldest first, and the key of the next page (0: none)."""
    values = {**scope(user, manager), "reader": user.id, "since": clock.now() - SINCE}
    rows = await _EXTENSIONS.all(**values, after=after, limit=limit + 1)
    shown = [_extension(row, user) for row in rows[:limit]]
    return shown, shown[-1].key if len(rows) > limit else 0


async def asked(user: User, *, limit: int, after: int = 0, manager: int = 0) -> tuple[list[Asked], int]:
    """Partners who asked for the reader and have no manager, oldest first, and the key of the next page (0: none)."""
    rows = await _ASKED.all(**scope(user, manager), after=after, limit=limit + 1)
    names = ("company", "card", "city", "person", "phone", "manager")
    shown = [
        Asked(
            **{name: row[name] for name in names},
            key=row["id"],
            at=as_datetime(row["at"]),
            waits=row["state"] == "waiting",
        )
        for row in rows[:limit]
    ]
    return shown, shown[-1].key if len(rows) > limit else 0


def _waiting(row: Mapping[str, Any]) -> Waiting:
    last_at = as_datetime(row["last_at"])
    return Waiting(
        key=row["id"],
        order=row["order_number"],
        presentation=row["presentation"],
        ticket=row["ticket"],
        comment=row["comment"] or 0,
        text=row["text"] or "",
        company=row["company"],
        card=row["card"],
        last_at=last_at,
        late=clock.now() - last_at >= LATE_ANSWER,
    )


def _extension(row: Mapping[str, Any], user: User) -> Extension:
    return Extension(
        **{name: row[name] for name in ("number", "title", "company", "card", "person", "phone")},
        key=row["id"],
        at=as_datetime(row["at"]),
        may_draft=user.is_administrator or bool(row["may_draft"]),
        drafted_by=row["drafted_by"] or "",
    )
