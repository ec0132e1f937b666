"""The tickets on the desk: the list for staff, and how soon they are answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.accounts.cards import CARD
from app.accounts.user import User
from app.database import Sql, as_datetime, like
from app.desk.scopes import scope
from app.tickets.models import TicketState, Topic

PAGE = 30
LATE = timedelta(hours=2)  # an open ticket waits too long from here on
MEASURED = timedelta(days=30)
_LAST = 2**31 - 1
_COLUMNS = f"""
    k.id, k.number, k.topic, k.subject, k.state, k.created_at, k.answered_at, t.last_at,
    c.name AS company, {CARD} AS card, m.name AS manager,
    EXISTS (SELECT 1 FROM unread u WHERE u.person_id = :person AND u.kind = 'ticket' AND u.number = k.number) AS fresh
"""  # noqa: S608 - constant text
_TABLES = """
    JOIN company c ON c.id = k.company_id
    LEFT JOIN person m ON m.id = k.manager_id
"""
_OF_PARTNERS = "LEFT JOIN assignment s ON s.company_id = k.company_id"
_THEIRS = "(:everything OR k.manager_id IS NULL OR k.manager_id IN :hands OR s.manager_id IN :hands)"
# Whose and in what state is written into the statement, so that an index leads to few of many.
_WHOSE = {
    "": (_OF_PARTNERS, _THEIRS),
    "mine": ("", "k.manager_id = :person"),
    "queue": ("", "k.id IN (SELECT x.id FROM ticket x WHERE x.manager_id IS NULL)"),
}
_STATES = {False: "", True: "AND k.state = :state"}
_ASKED = """AND (:topic = '' OR k.topic = :topic) AND (:company = 0 OR k.company_id = :company)
        AND (:words = '%%' OR k.search LIKE :words ESCAPE '\\')"""
# Of a manager who has FEW at the most: all of them, instead of a walk through those of others.
FEW = 500
_FEW = """
    AND k.id IN (SELECT x.id FROM ticket x WHERE x.manager_id IN :hands
                 UNION SELECT x.id FROM ticket x WHERE x.manager_id IS NULL
                 UNION SELECT x.id FROM assignment g JOIN ticket x ON x.company_id = g.company_id
                       WHERE g.manager_id IN :hands)"""
_HAS = Sql(
    """
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM ticket WHERE manager_id IN :hands LIMIT :few) a)
         + (SELECT COUNT(*) FROM (SELECT 1 FROM assignment g JOIN ticket x ON x.company_id = g.company_id
                                  WHERE g.manager_id IN :hands LIMIT :few) b)
    """
)
_NEWEST = {
    (whose, has_state, few): Sql(
        f"""
        SELECT {_COLUMNS} FROM ticket k {_TABLES} {partners} LEFT JOIN thread t ON t.ticket_id = k.id
        WHERE k.number < :before AND {which} {state} {_ASKED} {_FEW if few else ""}
        ORDER BY k.number DESC LIMIT :limit
        """  # noqa: S608 - constant text
    )
    for whose, (partners, which) in _WHOSE.items()
    for has_state, state in _STATES.items()
    for few in (True, False)
}
_LONGEST_WAITING = {
    whose: Sql(
        f"""
        SELECT {_COLUMNS} FROM thread t JOIN ticket k ON k.id = t.ticket_id {_TABLES} {partners}
        WHERE t.awaits = 'staff' AND k.state = 'open' AND t.last_at <= :until AND {which} {_ASKED}
          AND (:after = 0 OR (t.last_at, t.id) > (SELECT x.last_at, x.id FROM thread x JOIN ticket y
                                                  ON y.id = x.ticket_id WHERE y.number = :after))
        ORDER BY t.last_at, t.id LIMIT :limit
        """  # noqa: S608 - constant text
    )
    for whose, (partners, which) in _WHOSE.items()
}
_NUMBERED = Sql(
    f"""
    SELECT {_COLUMNS} FROM ticket k {_TABLES} {_OF_PARTNERS} LEFT JOIN thread t ON t.ticket_id = k.id
    WHERE k.number = :number AND {_THEIRS}
    """  # noqa: S608 - constant text
)
_TIMES = Sql(
    """
    SELECT k.created_at, k.answered_at FROM ticket k
    WHERE k.answered_at >= :since AND (:everything OR k.manager_id = :person)
    ORDER BY k.answered_at DESC LIMIT 500
    """
)
_COLLEAGUES = Sql(
    """
    SELECT id, name FROM person
    WHERE role IN ('manager', 'administrator') AND blocked_at IS NULL AND id <> :person ORDER BY name, id
    """
)


@dataclass(frozen=True, slots=True)
class DeskTicket:
    """A ticket in the list of staff; `answered_in` is the time to the first answer, None while there is none."""

    number: int
    topic: Topic
    subject: str
    state: TicketState
    company: str
    card: int | None  # the company's id, for who may open its card
    manager: str
    last_at: datetime
    created_at: datetime
    answered_in: timedelta | None
    late: bool
    fresh: bool


async def listed(
    user: User,
    *,
    q: str,
    state: str,
    topic: str,
    whose: str,
    late: bool,
    key: int,
    manager: int = 0,
    company: int = 0,
) -> tuple[list[DeskTicket], int]:
    """A page of tickets and the key of the next one (0: none): the open ones by waiting time, others newest first.

    :param late: only open ones that wait for longer than LATE.
    """
    # long: a line a filter
    values: dict[str, Any] = {**scope(user, manager), "limit": PAGE + 1}
    digits = q.removeprefix("№").strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        rows = await _NUMBERED.all(**values, number=int(digits))
        if rows:
            return [_listed(row) for row in rows], 0
    values |= {"topic": topic, "company": company, "words": like(q.casefold())}
    if late or state == TicketState.OPEN:
        until = clock.now() - LATE if late else clock.now() + timedelta(days=1)
        rows = await _LONGEST_WAITING[whose].all(**values, until=until, after=key)
    else:
        few = not whose and not values["everything"] and await _HAS.value(hands=values["hands"], few=FEW) < FEW
        rows = await _NEWEST[whose, bool(state), few].all(**values, state=state, before=key or _LAST)
    shown = [_listed(row) for row in rows[:PAGE]]
    return shown, shown[-1].number if len(rows) > PAGE else 0


async def first_answer_median(user: User, manager: int = 0) -> timedelta | None:
    """The median time to the first answer over 30 days (of the last 500 answers at most); None without any."""
    who = scope(user, manager)
    rows = await _TIMES.all(**who, since=clock.now() - MEASURED)
    times: list[timedelta] = sorted(as_datetime(row["answered_at"]) - as_datetime(row["created_at"]) for row in rows)
    middle = len(times) // 2
    if not times:
        return None
    return times[middle] if len(times) % 2 else (times[middle - 1] + times[middle]) / 2


async def colleagues(person: int) -> list[dict[str, Any]]:
    """Whom a ticket may be handed to: staff who work, but for `person`, who has it."""
    return await _COLLEAGUES.all(person=person)


def _listed(row: Mapping[str, Any]) -> DeskTicket:
    created_at, answered_at = as_datetime(row["created_at"]), as_datetime(row["answered_at"])
    last_at = as_datetime(row["last_at"] or row["created_at"])
    return DeskTicket(
        **{name: row[name] for name in ("number", "subject", "company", "card")},
        topic=Topic(row["topic"]),
        state=TicketState(row["state"]),
        manager=row["manager"] or "",
        created_at=created_at,
        last_at=last_at,
        answered_in=answered_at - created_at if answered_at else None,
        late=row["state"] == TicketState.OPEN and clock.now() - last_at >= LATE,
        fresh=bool(row["fresh"]),
    )
