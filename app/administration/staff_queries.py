"""The staff, as administrators see them: who they are, whether they can come in, and what is in their hands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.accounts.models import STAFF, Person, Role
from app.database import Sql, as_date, as_datetime
from app.errors import NotFound
from app.orders.models import OPEN as OPEN_STATUSES
from app.orders.models import Status

OPEN = sorted(status.value for status in OPEN_STATUSES)  # of orders that somebody has to see to
QUEUEABLE = [Status.NEW.value, Status.IN_WORK.value]  # that may go back to the common queue

_LOCK = Sql(
    "SELECT id FROM person WHERE company_id IS NULL ORDER BY id",
    postgres="SELECT id FROM person WHERE company_id IS NULL ORDER BY id FOR NO KEY UPDATE",
)
# Whoever was invited and never came in, and whose invitation was withdrawn, is no member of staff.
_STAFF = Sql(
    """
    SELECT p.id, p.name, p.role, p.login, p.email, p.phone, p.extension, p.about, p.discount_limit,
           p.must_choose_password, p.blocked_at, p.absent_from, p.absent_until, b.name AS substitute,
           i.expires_at, m.state AS letter, m.error,
           COALESCE(a.count, 0) AS partners, COALESCE(o.count, 0) AS orders, COALESCE(t.count, 0) AS tickets,
           (SELECT MAX(s.created_at) FROM session s WHERE s.person_id = p.id) AS came_at
    FROM person p
    LEFT JOIN person b ON b.id = p.substitute_id
    LEFT JOIN (SELECT manager_id, COUNT(*) AS count FROM assignment GROUP BY manager_id) a ON a.manager_id = p.id
    LEFT JOIN (SELECT manager_id, COUNT(*) AS count FROM orders WHERE status IN :open AND manager_id IS NOT NULL
               GROUP BY manager_id) o ON o.manager_id = p.id
    LEFT JOIN (SELECT manager_id, COUNT(*) AS count FROM ticket WHERE state <> 'closed' AND manager_id IS NOT NULL
               GROUP BY manager_id) t ON t.manager_id = p.id
    LEFT JOIN invitation i ON p.must_choose_password
         AND i.id = (SELECT MAX(x.id) FROM invitation x WHERE x.person_id = p.id)
    LEFT JOIN email m ON m.event_id = i.event_id AND m.template = 'invitation_staff'
    WHERE p.company_id IS NULL AND NOT (p.must_choose_password AND p.blocked_at IS NOT NULL)
    ORDER BY CASE WHEN p.blocked_at IS NULL THEN 0 ELSE 1 END, p.name, p.id
    """
)
_OWNS = Sql(
    """
    SELECT (SELECT COUNT(*) FROM assignment WHERE manager_id = :person) AS partners,
           (SELECT COUNT(*) FROM orders WHERE manager_id = :person AND status IN :open) AS orders,
           (SELECT COUNT(*) FROM orders WHERE manager_id = :person AND status IN :open
              AND status NOT IN :queueable) AS begun,
           (SELECT COUNT(*) FROM ticket WHERE manager_id = :person AND state <> 'closed') AS tickets
    """
)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff. `state` is active, invited, bounced (the letter did not arrive), expired or blocked."""

    id: int
    name: str
    role: Role
    login: str
    email: str
    phone: str
    extension: str
    about: str
    discount_limit: int | None  # basis points
    state: str
    absent_from: date | None
    absent_until: date | None
    substitute: str
    partners: int
    orders: int  # open ones
    tickets: int  # open ones
    came_at: datetime | None  # the last sign-in
    expires_at: datetime | None  # of the invitation
    error: str  # what the mail server said of its letter

    @property
    def away(self) -> bool:
        """Whether they are absent today; an absence that is over is not shown at all."""
        today = clock.distributor_today()
        return bool(self.absent_from and self.absent_until and self.absent_from <= today <= self.absent_until)


@dataclass(frozen=True, slots=True)
class Owned:
    """What is in somebody's hands: partners, open orders (`begun` are past the queue), open tickets."""

    partners: int
    orders: int
    begun: int
    tickets: int

    @property
    def anything(self) -> bool:
        """Whether there is something to hand over."""
        return bool(self.partners or self.orders or self.tickets)


async def lock_staff() -> None:
    """Makes the current transaction the only one that changes who works here, as what, and who stands for whom."""
    await _LOCK.all()


async def staff(q: str = "") -> list[Member]:
    """All of them by name, those who left at the end; with `q`, whose name, login, address, phone or field has it."""
    members = [_member(row) for row in await _STAFF.all(open=OPEN)]
    words = q.casefold().split()
    return [one for one in members if all(word in _text(one) for word in words)]


async def member(person: int) -> Person:
    """A member of staff, who may have yet to come in. Raises NotFound."""
    found = await Person.get_or_none(id=person, company_id=None, role__in=list(STAFF)).select_related("substitute")
    if found is None or (found.must_choose_password and found.blocked_at is not None):
        raise NotFound
    return found


async def colleagues(person: int) -> list[Person]:
    """Who may stand for somebody or take over from them: all other staff that can come in."""
    found = Person.filter(company_id=None, role__in=list(STAFF), blocked_at=None, must_choose_password=False)
    return await found.exclude(id=person).order_by("name", "id")


async def owned(person: int) -> Owned:
    """What is in somebody's hands."""
    row = await _OWNS.one(person=person, open=OPEN, queueable=QUEUEABLE)
    return Owned(**(row or {}))


def _text(one: Member) -> str:
    return f"{one.name} {one.login} {one.email} {one.phone} {one.extension} {one.about}".casefold()


def _member(row: Mapping[str, Any]) -> Member:
    kept = ("id", "name", "login", "email", "phone", "extension", "about", "discount_limit")
    return Member(
        **{name: row[name] for name in (*kept, "partners", "orders", "tickets")},
        role=Role(row["role"]),
        state=_state(row),
        absent_from=as_date(row["absent_from"]),
        absent_until=as_date(row["absent_until"]),
        substitute=row["substitute"] or "",
        came_at=as_datetime(row["came_at"]),
        expires_at=as_datetime(row["expires_at"]),
        error=row["error"] or "",
    )


def _state(row: Mapping[str, Any]) -> str:
    if row["blocked_at"] is not None:
        return "blocked"
    if not row["must_choose_password"]:
        return "active"
    expires_at = as_datetime(row["expires_at"])
    if expires_at is None or expires_at <= clock.now():
        return "expired"
    return "bounced" if row["letter"] == "failed" else "invited"
