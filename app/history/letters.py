"""The text of a letter, for whoever sees it in the history."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts.user import User
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.history.models import BLOT, EmailState
from app.history.queries import readable

# Whose letter it is, as in the list: app.history.keys.
_LETTER = Sql(
    """
    SELECT m.id, m.sender, m.recipient, m.subject, m.text, m.secret, m.state, m.sent_at, m.next_at, m.error,
           p.role, h.at AS entered
    FROM email m
    JOIN history_entry h ON h.event_id = m.event_id
    LEFT JOIN person p ON p.id = m.person_id
    WHERE m.id = :letter AND (
        :everything OR h.company_id = :company
        OR (:staff AND (h.actor_id = :reader
            OR h.affair_id IN (SELECT company_id FROM assignment WHERE manager_id = :reader))))
    """
)


@dataclass(frozen=True, slots=True)
class Written:
    """A letter with its text, secrets blotted out. `at` is when it was sent, or when it will be tried again."""

    id: int
    sender: str
    recipient: str
    subject: str
    text: str
    state: EmailState
    at: datetime | None
    error: str  # the mail server's words, for staff
    entered: datetime  # when the action was done that caused it


async def letter(user: User, number: int) -> Written:
    """The letter; raises NotFound for one that does not stand in this reader's history, or not with its text."""
    row = await _LETTER.one(
        letter=number,
        everything=user.is_administrator,
        staff=user.is_staff,
        company=user.company_id,
        reader=user.id,
    )
    if row is None or not readable(user, row["role"]):
        raise NotFound
    state = EmailState(row["state"])
    text = row["text"].replace(row["secret"], BLOT) if row["secret"] else row["text"]
    return Written(
        **{name: row[name] for name in ("id", "sender", "recipient", "subject")},
        text=text,
        state=state,
        at=as_datetime(row["sent_at"] if state is EmailState.SENT else row["next_at"]),
        error=row["error"] if user.is_staff else "",
        entered=as_datetime(row["entered"]),
    )
