"""The desk of a day: what waits for a manager. Each list is one statement, the counts are another.

Nothing here reads more than what is open: indexes of statuses, awaited answers and last days lead to it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.accounts.cards import CARD
from app.accounts.user import User
from app.database import Sql, as_date, as_datetime
from app.desk.handover_queries import HANDOVERS
from app.desk.letter_queries import LETTERS
from app.desk.presentations.states import CURRENT, IN_CARTS, IN_FORCE, LINES, OPENED, SOON, TOTAL
from app.desk.scopes import SENT, scope
from app.desk.waiting_queries import ASKED, EXTENSIONS, SINCE, THREADS, Waiting, waiting
from app.presentations.ordered import ORDERED
from app.settings import Settings

SHOWN = 10  # rows of a list on the desk; the rest stands in the list of its own
COUNTED = 100  # more are not counted: «99+»
LATE_ORDER = timedelta(hours=1)  # an order in the queue waits too long from here on

# (CASE keeps SQLite from walking through all that were not withdrawn.)
_NOT_WITHDRAWN = "CASE WHEN v.withdrawn_at IS NULL THEN 1 ELSE 0 END = 1"
# Sent versions that hold and brought no order yet.
_HOLDING = f"""
    FROM presentation_version v
    JOIN presentation n ON n.id = v.presentation_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN assignment s ON s.company_id = c.id
    WHERE {CURRENT} AND {_NOT_WITHDRAWN} AND {IN_FORCE} AND {SENT} AND NOT {ORDERED}
"""
# (Every order has its company; LEFT keeps SQLite from going through the companies first.)
_QUEUED = "FROM orders o LEFT JOIN company c ON c.id = o.company_id WHERE o.manager_id IS NULL AND o.status = 'new'"
_FRESH = "FROM orders o WHERE o.status = 'new' AND (:everything OR o.manager_id IN :hands)"
_COUNTS = Sql(
    "SELECT "  # noqa: S608 - constant text
    + ", ".join(
        f"(SELECT COUNT(*) FROM (SELECT 1 {what} LIMIT {COUNTED}) x) AS {name}"  # noqa: S608 - constant text
        for name, what in {
            "queue": _QUEUED,
            "fresh": _FRESH,
            "handovers": HANDOVERS,
            "answers": THREADS,
            "opened": f"{_HOLDING} AND {OPENED}",
            "expiring": f"{_HOLDING} AND v.valid_until <= :soon",
            "letters": LETTERS,
            "extensions": EXTENSIONS,
            "asked": ASKED,
        }.items()
    )
)
_COLUMNS = f"""
    o.number, o.status, o.placed_at, o.total, o.contact_name, o.contact_phone, o.manager_id,
    c.name AS company, c.city, {CARD} AS card
"""
_QUEUE = Sql(f"SELECT {_COLUMNS}, '' AS manager {_QUEUED} ORDER BY o.number LIMIT :limit")
# (Their numbers first, by what an index of managers and statuses holds. A plus keeps PostgreSQL from walking through
# all orders to meet those of a manager who has few open ones.)
_WORK = Sql(
    f"""
    SELECT {_COLUMNS}, m.name AS manager
    FROM orders o JOIN company c ON c.id = o.company_id JOIN person m ON m.id = o.manager_id
    WHERE o.number IN (SELECT x.number FROM orders x WHERE x.manager_id IN :hands
              AND x.status IN ('new', 'in_work', 'invoiced', 'paid', 'picking', 'shipped')
          ORDER BY +x.number DESC LIMIT :limit)
    ORDER BY o.number DESC
    """  # noqa: S608 - constant text
)
_OPENED = Sql(
    f"""
    SELECT n.number, v.title, v.valid_until, c.name AS company, {CARD} AS card, {LINES} AS lines, {TOTAL} AS total,
           {IN_CARTS} AS in_cart, (SELECT MAX(o.at) FROM presentation_opening o WHERE o.version_id = v.id) AS opened_at
    {_HOLDING} AND {OPENED}
    ORDER BY opened_at, n.number LIMIT :limit
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits for the reader, up to COUNTED each: orders, hand-overs, threads, offers, letters, wishes."""

    queue: int
    fresh: int
    handovers: int
    answers: int
    opened: int
    expiring: int
    letters: int
    extensions: int
    asked: int


@dataclass(frozen=True, slots=True)
class Queued:
    """An order in the common queue or in somebody's work; `total` in kopecks. `late`: it waits too long."""

    number: int
    status: str
    placed_at: datetime
    total: int
    contact_name: str
    contact_phone: str
    manager_id: int | None
    company: str
    city: str
    card: int | None  # the company's id, for who may open its card
    manager: str
    late: bool


@dataclass(frozen=True, slots=True)
class Interest:
    """A sent version that was opened and brought no order; `total` in kopecks, `in_cart` of `lines` lie in carts."""

    number: int
    title: str
    company: str
    card: int | None
    valid_until: date
    expiring: bool
    lines: int
    in_cart: int
    total: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """What waits, on the page."""

    counts: Counts
    queue: tuple[Queued, ...]
    in_work: tuple[Queued, ...]
    answers: tuple[Waiting, ...]
    opened: tuple[Interest, ...]
    today: date

    @property
    def tag(self) -> str:
        """The same for the same desk: a page that stands open asks by it whether there is anything new."""
        return hashlib.blake2b(repr(self).encode(), digest_size=9).hexdigest()


async def desk(user: User, settings: Settings, manager: int = 0) -> Desk:
    """The reader's desk, or for an administrator one manager's: five statements, however much waits."""
    today = clock.today(settings.timezone)
    values = {**scope(user, manager), "today": today}
    counts = await _COUNTS.one(**values, soon=today + SOON, since=clock.now() - SINCE)
    answers, _ = await waiting(user, limit=SHOWN, manager=manager)
    return Desk(
        counts=Counts(**(counts or {})),
        queue=tuple([_queued(row) for row in await _QUEUE.all(**values, limit=SHOWN)]),
        in_work=tuple([_queued(row) for row in await _WORK.all(**values, limit=SHOWN)]),
        answers=tuple(answers),
        opened=tuple([_interest(row, today) for row in await _OPENED.all(**values, limit=SHOWN)]),
        today=today,
    )


def _queued(row: Mapping[str, Any]) -> Queued:
    placed_at = as_datetime(row["placed_at"])
    late = row["status"] == "new" and clock.now() - placed_at >= LATE_ORDER
    return Queued(**{**row, "placed_at": placed_at}, late=late)


def _interest(row: Mapping[str, Any], today: date) -> Interest:
    valid_until = as_date(row["valid_until"])
    opened_at = as_datetime(row["opened_at"])
    return Interest(
        **{**row, "valid_until": valid_until, "opened_at": opened_at, "total": int(row["total"])},
        expiring=valid_until <= today + SOON,
    )
