"""Who works for a company, as colleagues see it, and who asks to be let in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.accounts.joining import Registration, RegistrationState
from app.accounts.models import Person, Role
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.errors import NotFound

# Whoever was invited and never came in, and whose invitation was withdrawn, is no colleague.
_PEOPLE = Sql(
    """
    SELECT p.id, p.name, p.role, p.login, p.email, p.must_choose_password, p.blocked_at,
           i.expires_at, i.used_at, m.state AS letter, m.error,
           (SELECT MAX(s.created_at) FROM session s WHERE s.person_id = p.id) AS came_at
    FROM person p
    LEFT JOIN invitation i ON p.must_choose_password
         AND i.id = (SELECT MAX(x.id) FROM invitation x WHERE x.person_id = p.id)
    LEFT JOIN email m ON m.event_id = i.event_id AND m.template IN ('invitation', 'invitation_known')
    WHERE p.company_id = :company AND NOT (p.must_choose_password AND p.blocked_at IS NOT NULL)
    ORDER BY CASE WHEN p.blocked_at IS NULL THEN 0 ELSE 1 END, p.name, p.id
    """
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the company. `state` is active, invited, bounced (the letter did not arrive), expired or blocked."""

    id: int
    name: str
    role: Role
    login: str
    email: str
    state: str
    came_at: datetime | None  # the last sign-in
    expires_at: datetime | None  # of the invitation
    error: str  # what the mail server said of the letter

    @property
    def invited(self) -> bool:
        """Whether they have yet to come in."""
        return self.state not in ("active", "blocked")


async def people(user: User) -> list[Colleague]:
    """The reader's colleagues and themselves, by name, those who left at the end. One statement."""
    return [_colleague(row) for row in await _PEOPLE.all(company=user.company)]


async def waiting(user: User) -> list[Registration]:
    """Who registered and waits to be let in; for owners."""
    if user.role is not Role.OWNER:
        return []
    return await Registration.filter(company_id=user.company, state=RegistrationState.WAITING).order_by("id")


async def colleague(user: User, person: int) -> Person:
    """A person of the reader's company, who may have yet to come in. Raises NotFound."""
    found = await Person.get_or_none(id=person, company_id=user.company)
    if found is None or (found.must_choose_password and found.blocked_at is not None):
        raise NotFound
    return found


async def registration(user: User, registration: int) -> Registration:
    """A registration that its address confirmed, for the reader's company. Raises NotFound."""
    found = await Registration.get_or_none(id=registration, company_id=user.company)
    if found is None or found.state is RegistrationState.NEW:
        raise NotFound
    return found


def _colleague(row: Mapping[str, Any]) -> Colleague:
    return Colleague(
        id=row["id"],
        name=row["name"],
        role=Role(row["role"]),
        login=row["login"],
        email=row["email"],
        state=_state(row),
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
