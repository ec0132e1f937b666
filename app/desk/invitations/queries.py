"""Who was invited and how it went, for the managers of the companies and those who sent the invitations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.accounts.models import Person, Role
from app.accounts.user import User
from app.database import Sql, as_datetime, like
from app.desk.scopes import COMPANIES, scope
from app.errors import NotFound

PAGE = 30
STATES = ("sent", "delivered", "bounced", "used", "accepted", "expired", "withdrawn")
_LAST = 2**31 - 1
_MINE = f"({COMPANIES} OR i.by_id = :person)"
_STATE = """
    CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.withdrawn_at IS NOT NULL THEN 'withdrawn'
         WHEN i.used_at IS NOT NULL THEN 'used' WHEN i.expires_at <= :now THEN 'expired'
         WHEN m.state = 'failed' THEN 'bounced' WHEN m.state = 'sent' THEN 'delivered' ELSE 'sent' END
"""
# Of each person the last invitation: the ones before it were withdrawn when it was sent.
_INVITATIONS = Sql(
    f"""
    SELECT i.id, i.sent_at, i.expires_at, p.name, p.email, p.role, p.login, c.name AS company, b.name AS by_name,
           {_STATE} AS state, COALESCE(m.error, '') AS error
    FROM invitation i
    JOIN person p ON p.id = i.person_id
    JOIN person b ON b.id = i.by_id
    JOIN company c ON c.id = p.company_id
    LEFT JOIN assignment s ON s.company_id = c.id
    LEFT JOIN email m ON m.event_id = i.event_id AND m.template IN ('invitation', 'invitation_known')
    WHERE i.id < :before AND {_MINE}
      AND NOT EXISTS (SELECT 1 FROM invitation x WHERE x.person_id = i.person_id AND x.id > i.id)
      AND (:state = '' OR {_STATE} = :state)
      AND (c.search LIKE :word ESCAPE '\\' OR LOWER(p.email) LIKE :word ESCAPE '\\'
           OR p.name LIKE :typed ESCAPE '\\' OR p.name LIKE :titled ESCAPE '\\')
    ORDER BY i.id DESC LIMIT :limit
    """  # noqa: S608 - constant text
)
_PERSON = Sql(
    f"""
    SELECT p.id FROM invitation i
    JOIN person p ON p.id = i.person_id
    LEFT JOIN assignment s ON s.company_id = p.company_id
    WHERE i.id = :invitation AND {_MINE}
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation in the list; `state` is one of STATES, `error` what the mail server said."""

    id: int
    name: str
    email: str
    role: Role
    login: str
    company: str
    by_name: str
    state: str
    error: str
    sent_at: datetime
    expires_at: datetime

    @property
    def open(self) -> bool:
        """Whether the person has yet to come in: it can be sent again or withdrawn."""
        return self.state not in ("accepted", "withdrawn")


async def invitations(user: User, *, q: str, state: str, before: int) -> tuple[list[Invited], int]:
    """A page of invitations, newest first, and the key of the next page (0: there is none). One statement."""
    rows = await _INVITATIONS.all(
        **scope(user),
        now=clock.now(),
        state=state,
        word=like(q.casefold()),
        typed=like(q),
        titled=like(q.title()),
        before=before or _LAST,
        limit=PAGE + 1,
    )
    shown = [_invited(row) for row in rows[:PAGE]]
    return shown, shown[-1].id if len(rows) > PAGE else 0


async def person(user: User, invitation: int) -> Person:
    """Whom an invitation is for, with their company. Raises NotFound for another manager's."""
    found = await _PERSON.value(**scope(user), invitation=invitation)
    if found is None:
        raise NotFound
    return await Person.get(id=found).select_related("company")


def _invited(row: Mapping[str, Any]) -> Invited:
    sent_at, expires_at = as_datetime(row["sent_at"]), as_datetime(row["expires_at"])
    return Invited(**{**row, "role": Role(row["role"]), "sent_at": sent_at, "expires_at": expires_at})
