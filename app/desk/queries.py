"""The desk of a day: what waits for a manager. Each list is one statement, the counts are another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date, as_datetime
from app.desk.presentations.queries import IN_CARTS, LINES, OPENED, ORDERED, SOON, TOTAL
from app.desk.scopes import SENT, THREADS, UNDELIVERED, scope
from app.settings import Settings

SHOWN = 10  # rows of a list on the desk; the rest stands in the list of its own
LATE_ORDER = timedelta(hours=1)  # an order in the queue waits too long from here on
LATE_ANSWER = timedelta(hours=2)  # and so does a partner's comment
LETTERS_SINCE = timedelta(days=30)  # older undelivered letters are no news

# Sent versions that hold and brought no order yet.
_HOLDING = f"""
    FROM presentation_version v
    JOIN presentation n ON n.id = v.presentation_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN assignment s ON s.company_id = c.id
    WHERE v.sent_at IS NOT NULL AND v.replaced_at IS NULL AND v.withdrawn_at IS NULL
      AND v.valid_until >= :today AND {SENT} AND NOT {ORDERED}
"""
_THREADS = f"""
    FROM thread t
    JOIN company c ON c.id = t.company_id
    LEFT JOIN assignment s ON s.company_id = t.company_id
    LEFT JOIN orders o ON o.id = t.order_id
    LEFT JOIN presentation n ON n.id = t.presentation_id
    LEFT JOIN ticket k ON k.id = t.ticket_id
    LEFT JOIN comment e ON e.thread_id = t.id
          AND e.number = (SELECT MAX(x.number) FROM comment x WHERE x.thread_id = t.id AND NOT x.internal)
    WHERE t.awaits = 'staff' AND {THREADS}
"""  # noqa: S608 - constant text
_LETTERS = f"""
    FROM email m
    LEFT JOIN person p ON p.id = m.person_id
    LEFT JOIN company c ON c.id = p.company_id
    LEFT JOIN assignment s ON s.company_id = p.company_id
    WHERE m.state = 'failed' AND m.created_at >= :since AND {UNDELIVERED}
"""
_COUNTS = Sql(
    f"""
    SELECT (SELECT COUNT(*) FROM orders WHERE manager_id IS NULL AND status = 'new') AS queue,
           (SELECT COUNT(*) FROM orders WHERE manager_id = :person AND status = 'new') AS fresh,
           (SELECT COUNT(*) {_THREADS}) AS answers,
           (SELECT COUNT(*) {_HOLDING} AND {OPENED}) AS opened,
           (SELECT COUNT(*) {_HOLDING} AND v.valid_until <= :soon) AS expiring,
           (SELECT COUNT(*) {_LETTERS}) AS letters
    """  # noqa: S608 - constant text
)
_QUEUE = Sql(
    """
    SELECT o.number, o.placed_at, o.total, o.contact_name, o.contact_phone, c.name AS company, c.city
    FROM orders o JOIN company c ON c.id = o.company_id
    WHERE o.manager_id IS NULL AND o.status = 'new'
    ORDER BY o.id DESC LIMIT :limit
    """
)
_IN_WORK = Sql(
    """
    SELECT o.number, o.status, o.placed_at, o.total, o.contact_name, o.contact_phone, c.name AS company, c.city
    FROM orders o JOIN company c ON c.id = o.company_id
    WHERE o.manager_id = :person AND o.status NOT IN ('done', 'cancelled')
    ORDER BY o.id DESC LIMIT :limit
    """
)
_ANSWERS = Sql(
    f"""
    SELECT t.id, o.number AS order_number, n.number AS presentation, k.number AS ticket, c.name AS company, t.last_at,
           e.number AS comment, e.text
    {_THREADS} AND (:after = 0 OR (t.last_at, t.id) > (SELECT x.last_at, x.id FROM thread x WHERE x.id = :after))
    ORDER BY t.last_at, t.id LIMIT :limit
    """  # noqa: S608 - constant text
)
_OPENED = Sql(
    f"""
    SELECT n.number, v.title, v.valid_until, c.name AS company, {LINES} AS lines, {TOTAL} AS total,
           {IN_CARTS} AS in_cart, (SELECT MAX(o.at) FROM presentation_opening o WHERE o.version_id = v.id) AS opened_at
    {_HOLDING} AND {OPENED}
    ORDER BY opened_at DESC LIMIT :limit
    """  # noqa: S608 - constant text
)
_UNDELIVERED = Sql(
    f"""
    SELECT m.id, m.recipient, m.subject, m.error, m.created_at, p.name AS person, c.name AS company
    {_LETTERS} AND m.id < :before
    ORDER BY m.id DESC LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits for the reader: orders, threads, sent versions, letters."""

    queue: int
    fresh: int
    answers: int
    opened: int
    expiring: int
    letters: int


@dataclass(frozen=True, slots=True)
class Queued:
    """An order in the common queue or in somebody's work; `total` in kopecks. `late`: it waits too long."""

    number: int
    status: str
    placed_at: datetime
    total: int
    contact_name: str
    contact_phone: str
    company: str
    city: str
    late: bool


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
    last_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Interest:
    """A sent version that was opened and brought no order; `total` in kopecks, `in_cart` of `lines` lie in carts."""

    number: int
    title: str
    company: str
    valid_until: date
    expiring: bool
    lines: int
    in_cart: int
    total: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter that the mail server refused for good."""

    key: int
    recipient: str
    person: str
    company: str
    subject: str
    error: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the page."""

    counts: Counts
    queue: tuple[Queued, ...]
    in_work: tuple[Queued, ...]
    answers: tuple[Waiting, ...]
    opened: tuple[Interest, ...]


async def desk(user: User, settings: Settings) -> Desk:
    """The reader's desk: five statements, however much waits."""
    today = clock.today(settings.timezone)
    values = {**scope(user), "today": today}
    counts = await _COUNTS.one(**values, soon=today + SOON, since=clock.now() - LETTERS_SINCE)
    opened = await _OPENED.all(**values, limit=SHOWN)
    answers, _ = await waiting(user, limit=SHOWN)
    return Desk(
        counts=Counts(**(counts or {})),
        queue=tuple([_queued(row) for row in await _QUEUE.all(limit=SHOWN)]),
        in_work=tuple([_queued(row) for row in await _IN_WORK.all(person=user.id, limit=SHOWN)]),
        answers=tuple(answers),
        opened=tuple(_interest(row, today) for row in opened),
    )


async def waiting(user: User, *, limit: int, after: int = 0) -> tuple[list[Waiting], int]:
    """Threads that await the reader's answer, the longest waiting first, and the key of the next page (0: none)."""
    rows = await _ANSWERS.all(**scope(user), after=after, limit=limit + 1)
    shown = [_waiting(row) for row in rows[:limit]]
    return shown, shown[-1].key if len(rows) > limit else 0


async def undelivered(user: User, *, limit: int, before: int = 0) -> tuple[list[Undelivered], int]:
    """Letters of the last 30 days that did not arrive, newest first, and the key of the next page (0: none)."""
    since = clock.now() - LETTERS_SINCE
    rows = await _UNDELIVERED.all(**scope(user), since=since, before=before or 2**31 - 1, limit=limit + 1)
    shown = [
        Undelivered(
            key=row["id"],
            recipient=row["recipient"],
            person=row["person"] or "",
            company=row["company"] or "",
            subject=row["subject"],
            error=row["error"],
            created_at=as_datetime(row["created_at"]),
        )
        for row in rows[:limit]
    ]
    return shown, shown[-1].key if len(rows) > limit else 0


def _queued(row: Mapping[str, Any]) -> Queued:
    placed_at = as_datetime(row["placed_at"])
    late = clock.now() - placed_at >= LATE_ORDER
    return Queued(**{"status": "new", **row, "placed_at": placed_at}, late=late)


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
        last_at=last_at,
        late=clock.now() - last_at >= LATE_ANSWER,
    )


def _interest(row: Mapping[str, Any], today: date) -> Interest:
    valid_until = as_date(row["valid_until"])
    opened_at = as_datetime(row["opened_at"])
    return Interest(
        **{**row, "valid_until": valid_until, "opened_at": opened_at, "total": int(row["total"])},
        expiring=valid_until <= today + SOON,
    )
