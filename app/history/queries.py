"""The history as its readers may see it (PRODUCT rule 10): entries, newest first, and the letters that they caused."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.models import STAFF, Role
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.history.keys import LATEST, Wanted, keys
from app.history.models import EmailState
from app.history.words import Words, words
from app.settings import Settings

PAGE = 50

_ENTRIES = Sql(
    """
    SELECT h.id, h.event_id, h.at, h.action, h.ip, h.data, p.name AS person, p.role, c.name AS company
    FROM history_entry h
    LEFT JOIN person p ON p.id = h.actor_id
    LEFT JOIN company c ON c.id = h.affair_id
    WHERE h.id IN :ids
    ORDER BY h.id DESC
    """
)
_LETTERS = Sql(
    """
    SELECT m.id, m.event_id, m.template, m.sender, m.recipient, m.subject, m.state, m.next_at, m.sent_at, m.error,
           p.id AS person_id, p.role
    FROM email m LEFT JOIN person p ON p.id = m.person_id
    WHERE m.event_id IN :events
    ORDER BY m.id
    """
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that an action caused. `at` is when it was sent, or when it will be tried again."""

    id: int
    may_be_read: bool  # whether its text is shown to this reader, see app.history.letters
    sender: str
    recipient: str
    subject: str
    state: EmailState
    at: datetime | None
    error: str  # the mail server's words, for staff


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history, ready to show. `place` is the address, or for staff of the site its name."""

    id: int
    at: datetime
    place: str
    person: str
    acted_for: str  # for whom staff acted, or empty
    role: Role | None  # of staff; partners are told apart by `company`
    company: str
    words: Words
    letters: Sequence[Letter]


async def entries(
    user: User, settings: Settings, wanted: Wanted, *, before: int = LATEST, limit: int = PAGE
) -> tuple[list[Entry], bool]:
    """At most `limit` wanted entries older than the entry `before`, and whether there are older ones still."""
    found = await keys(user, wanted, before=before, limit=limit + 1)
    rows = await _ENTRIES.all(ids=found[:limit]) if found else []
    caused: dict[int, list[Mapping[str, Any]]] = {}
    if rows:
        for letter in await _LETTERS.all(events=[row["event_id"] for row in rows]):
            caused.setdefault(letter["event_id"], []).append(letter)
    return [_entry(row, caused.get(row["event_id"], []), user, settings) for row in rows], len(found) > limit


def _entry(row: Mapping[str, Any], letters: list[Mapping[str, Any]], user: User, settings: Settings) -> Entry:
    data = json.loads(row["data"]) if isinstance(row["data"], str) else row["data"]
    by_staff = row["role"] is None or row["role"] in STAFF
    return Entry(
        id=row["id"],
        at=as_datetime(row["at"]),
        place=settings.site_name if by_staff and user.is_partner else row["ip"],
        person=row["person"] or settings.site_name,
        acted_for=data.get("for", {}).get("name", ""),
        role=Role(row["role"]) if row["role"] in STAFF else None,
        company="" if user.is_partner else row["company"] or "",
        words=words(row["action"], data),
        letters=_letters(letters, user, settings),
    )


def _letters(rows: list[Mapping[str, Any]], user: User, settings: Settings) -> list[Letter]:
    """A partner sees no addresses of staff but their own manager's: one letter stands for all that went to others."""
    seen: set[tuple[str, str]] = set()
    letters = []
    for row in rows:
        hidden = user.is_partner and row["role"] in STAFF and not (user.manager and user.manager.id == row["person_id"])
        recipient = settings.site_name if hidden else row["recipient"]
        if (recipient, row["template"]) not in seen:
            seen.add((recipient, row["template"]))
            letters.append(_letter(row, recipient, user))
    return letters


def _letter(row: Mapping[str, Any], recipient: str, user: User) -> Letter:
    state = EmailState(row["state"])
    return Letter(
        id=row["id"],
        may_be_read=readable(user, row["role"]),
        sender=row["sender"],
        recipient=recipient,
        subject=row["subject"],
        state=state,
        at=as_datetime(row["sent_at"] if state is EmailState.SENT else row["next_at"]),
        error=row["error"] if user.is_staff else "",
    )


def readable(user: User, recipient_role: str | None) -> bool:
    """Whether the text of a letter is shown to a reader who sees its entry: partners read no letters to staff."""
    return user.is_staff or (recipient_role is not None and recipient_role not in STAFF)
