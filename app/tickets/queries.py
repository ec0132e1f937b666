"""Reading tickets: the lists, and one with its state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.cards import CARD, card_values
from app.accounts.user import User
from app.database import Sql, as_datetime, like
from app.errors import NotFound
from app.tickets.models import Ticket, TicketState, Topic
from app.tickets.turns import AlreadyTaken

PAGE = 30
_LAST = 2**31 - 1

# Whose ticket it is: the partner's company, the managers who may have to do with it, every administrator.
MINE = """
    (k.company_id = :company OR :everything OR (:staff AND (
        k.manager_id IS NULL OR k.manager_id IN :hands
        OR EXISTS (SELECT 1 FROM assignment s WHERE s.company_id = k.company_id AND s.manager_id IN :hands))))
"""
_ID = Sql(f"SELECT k.id FROM ticket k WHERE k.number = :number AND {MINE}")  # noqa: S608 - constant text
# Who comes late to a ticket of nobody may learn who was quicker.
_TAKEN = Sql(
    """
    SELECT m.name, k.taken_at FROM ticket k JOIN person m ON m.id = k.manager_id
    WHERE k.number = :number AND k.taken_at IS NOT NULL AND :staff
    """
)
_COLUMNS = """
    k.id, k.number, k.topic, k.subject, k.state, k.created_at, k.answered_at, k.closed_at, k.manager_id,
    p.name AS person, c.name AS company, c.city, m.name AS manager
"""
_TABLES = """
    FROM ticket k
    JOIN person p ON p.id = k.person_id
    JOIN company c ON c.id = k.company_id
    LEFT JOIN person m ON m.id = k.manager_id
    LEFT JOIN thread t ON t.ticket_id = k.id
"""
_SHEET = Sql(f"SELECT {_COLUMNS}, {CARD} AS card {_TABLES} WHERE k.number = :number AND {MINE}")
_LIST = Sql(
    f"""
    SELECT {_COLUMNS}, t.last_at,
           EXISTS (SELECT 1 FROM unread u
                   WHERE u.person_id = :person AND u.kind = 'ticket' AND u.number = k.number) AS fresh
    {_TABLES}
    WHERE k.number < :before AND {MINE}
      AND (:state = '' OR k.state = :state)
      AND (:of = 0 OR k.company_id = :of)
      AND (:topic = '' OR k.topic = :topic)
      AND (:whose = '' OR (:whose = 'mine' AND k.manager_id = :person) OR (:whose = 'queue' AND k.manager_id IS NULL))
      AND (k.number = :wanted OR k.search LIKE :words ESCAPE '\\')
    ORDER BY k.number DESC LIMIT :limit
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ticket as its page shows it; `manager` is empty while it is with support."""

    id: int
    number: int
    topic: Topic
    subject: str
    state: TicketState
    created_at: datetime
    answered_at: datetime | None  # when staff answered it for the first time
    closed_at: datetime | None
    person: str
    company: str
    city: str
    card: int | None  # the company's id, for who may open its card
    manager: str
    manager_id: int | None

    @property
    def closed(self) -> bool:
        """Whether it is done with."""
        return self.state is TicketState.CLOSED


@dataclass(frozen=True, slots=True)
class Listed:
    """A ticket in a list. `last_at` is when somebody wrote last; `fresh`: with something new for the reader."""

    number: int
    topic: Topic
    subject: str
    state: TicketState
    person: str
    company: str
    manager: str
    last_at: datetime
    fresh: bool


async def ticket(user: User, number: int) -> Ticket:
    """A ticket to write to; raises NotFound for one that is not this reader's."""
    # Read before it is judged: one of nobody that is taken in between must not pass as a ticket of somebody.
    found = await Ticket.get_or_none(number=number)
    if found is None or not await _ID.value(number=number, **reader_values(user)):
        raise NotFound
    return found


async def ticket_to_answer(user: User, number: int) -> Ticket:
    """A ticket to answer or to take. Raises NotFound, or AlreadyTaken for one of nobody that another one has now."""
    try:
        return await ticket(user, number)
    except NotFound:
        taken = await _TAKEN.one(number=number, staff=user.is_staff)
        if taken is None:
            raise
        raise AlreadyTaken(taken["name"], as_datetime(taken["taken_at"])) from None


async def sheet(user: User, number: int) -> Sheet:
    """A ticket for its page; raises NotFound for one that is not this reader's."""
    row = await _SHEET.one(number=number, **reader_values(user))
    if row is None:
        raise NotFound
    return Sheet(
        **{
            **row,
            "topic": Topic(row["topic"]),
            "state": TicketState(row["state"]),
            "created_at": as_datetime(row["created_at"]),
            "answered_at": as_datetime(row["answered_at"]),
            "closed_at": as_datetime(row["closed_at"]),
            "manager": row["manager"] or "",
        }
    )


async def listed(
    user: User, *, q: str = "", state: str = "", topic: str = "", whose: str = "", before: int = 0, company: int = 0
) -> tuple[list[Listed], int]:
    """A page of the tickets that the reader sees, newest first, and the key of the next page (0: there is none).

    :param q: a number, or words of the subject or of a message that both sides read.
    :param whose: for staff: empty (all), mine or queue (nobody's).
    """
    digits = q.removeprefix("№").strip()
    rows = await _LIST.all(
        **reader_values(user),
        state=state,
        topic=topic,
        whose=whose,
        of=company,
        wanted=int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0,
        words=like(q.casefold()),
        before=before or _LAST,
        limit=PAGE + 1,
    )
    shown = [_listed(row) for row in rows[:PAGE]]
    return shown, shown[-1].number if len(rows) > PAGE else 0


def reader_values(user: User) -> dict[str, Any]:
    """The values of MINE for a reader."""
    return {
        "company": user.company_id,
        "everything": user.is_administrator,
        "staff": user.is_staff,
        "person": user.id,
        "hands": user.hands,
        **card_values(user),
    }


def _listed(row: Mapping[str, Any]) -> Listed:
    return Listed(
        **{name: row[name] for name in ("number", "subject", "person", "company")},
        topic=Topic(row["topic"]),
        state=TicketState(row["state"]),
        manager=row["manager"] or "",
        last_at=as_datetime(row["last_at"] or row["created_at"]),
        fresh=bool(row["fresh"]),
    )
