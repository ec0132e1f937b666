"""Finding attachments for their readers."""

from dataclasses import dataclass

from app.accounts.user import User
from app.attachments.kinds import MEDIA, Kind
from app.database import Sql
from app.errors import NotFound

# Who sees the comment: the company, unless the note is internal; of staff those who have to do with its ticket.
_ONE = Sql(
    """
    SELECT a.name, a.kind, a.stored
    FROM attachment a
    JOIN comment c ON c.id = a.comment_id
    JOIN thread t ON t.id = c.thread_id
    JOIN ticket k ON k.id = t.ticket_id
    LEFT JOIN assignment s ON s.company_id = k.company_id
    WHERE a.id = :id
      AND ((k.company_id = :company AND NOT c.internal) OR :everything
           OR (:staff AND (k.manager_id IS NULL OR k.manager_id IN :hands OR s.manager_id IN :hands)))
    """
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored file: the name to save it under, its kind, and the random name that it lies under."""

    name: str
    kind: Kind
    stored: str

    @property
    def media_type(self) -> str:
        """What it is sent as."""
        return MEDIA[self.kind]


async def attachment(user: User, number: int) -> Kept:
    """An attachment of a comment that the reader sees; raises NotFound for any other."""
    row = await _ONE.one(
        id=number, company=user.company_id, everything=user.is_administrator, staff=user.is_staff, hands=user.hands
    )
    if row is None:
        raise NotFound
    return Kept(row["name"], Kind(row["kind"]), row["stored"])
