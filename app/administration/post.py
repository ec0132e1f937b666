"""The letters of the site, for those who look after them: the log, one letter, and sending it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from app import clock
from app.accounts.user import User
from app.administration import letter_kinds
from app.database import Sql, as_datetime, like, transaction
from app.errors import NotFound, RuleBroken
from app.history.models import BLOT, EmailState
from app.outbox import record

PAGE = 50
LATEST = 2**62  # a key after every letter
RETRYABLE = (EmailState.FAILED, EmailState.DEFERRED)

_LIST = """
    SELECT m.id, m.recipient, m.subject, m.template, m.state, m.attempts, m.error, m.created_at, m.sent_at, m.next_at,
           p.name AS person, p.id AS person_id
    FROM email m LEFT JOIN person p ON p.id = m.person_id
    WHERE m.id < :before {filters}
    ORDER BY m.id DESC LIMIT :limit
"""
_FILTERS = {
    "state": "AND m.state = :state",
    "kind": "AND m.template = :kind",
    "recipient": "AND m.recipient IN :recipients",
    "subject": r"AND (m.subject LIKE :subject ESCAPE '\' OR m.subject LIKE :lower ESCAPE '\')",
    "since": "AND m.created_at >= :since",
    "until": "AND m.created_at < :until",
}
_LETTER = Sql(
    """
    SELECT m.id, m.sender, m.recipient, m.subject, m.text, m.html, m.secret, m.template, m.state, m.attempts, m.error,
           m.message_id, m.created_at, m.sent_at, m.next_at, m.retried_at, m.event_id, p.name AS person,
           p.id AS person_id, c.name AS company
    FROM email m LEFT JOIN person p ON p.id = m.person_id LEFT JOIN company c ON c.id = p.company_id
    WHERE m.id = :letter
    """
)
_KINDS = Sql(
    """
    WITH RECURSIVE kind(template) AS (
        SELECT (SELECT template FROM email ORDER BY template LIMIT 1)
        UNION ALL
        SELECT (SELECT m.template FROM email m WHERE m.template > kind.template ORDER BY m.template LIMIT 1)
        FROM kind WHERE kind.template IS NOT NULL
    )
    SELECT template FROM kind WHERE template IS NOT NULL
    """
)
_FAILED = Sql("SELECT COUNT(*) FROM email WHERE state = 'failed'")
# The number of attempts goes on: by it the post tells an attempt that comes late from the one that holds the letter.
_AGAIN = """
    UPDATE email SET state = 'queued', next_at = :now, retried_at = :now, settled_at = NULL WHERE state {which}
"""
_ONE_AGAIN = Sql(_AGAIN.format(which="IN ('failed', 'deferred') AND id = :letter"))
_ALL_AGAIN = Sql(_AGAIN.format(which="= 'failed'"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log is filtered by. Empty: not by that."""

    state: str = ""
    kind: str = ""
    recipient: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the log. `at` is when it was sent, or when it will be tried (again)."""

    id: int
    recipient: str
    person: str
    person_id: int | None
    subject: str
    template: str
    state: EmailState
    attempts: int
    error: str
    created_at: datetime
    at: datetime | None

    @property
    def kind(self) -> str:
        """What kind of letter it is, in words."""
        return letter_kinds.kind(self.template)


@dataclass(frozen=True, slots=True)
class Letter(Listed):
    """A letter with its text, secrets blotted out."""

    sender: str = ""
    company: str = ""
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    message_id: str = ""
    retried_at: datetime | None = None
    event_id: int | None = None

    @property
    def retryable(self) -> bool:
        """Whether it can be sent again."""
        return self.state in RETRYABLE


async def letters(wanted: Wanted, *, before: int = LATEST) -> tuple[list[Listed], int]:
    """At most PAGE letters older than the letter `before`, newest first, and the key of the next page, or 0."""
    values = {
        "state": wanted.state,
        "kind": wanted.kind,
        "recipients": [wanted.recipient, wanted.recipient.lower()],
        "subject": like(wanted.subject),
        "lower": like(wanted.subject[:1].lower() + wanted.subject[1:]),
        "since": wanted.since,
        "until": wanted.until,
    }
    named = tuple(name for name in _FILTERS if getattr(wanted, name))
    rows = await _list(named).all(before=before, limit=PAGE + 1, **values)
    found = [Listed(**_common(row)) for row in rows[:PAGE]]
    return found, found[-1].id if len(rows) > PAGE else 0


async def letter(number: int) -> Letter:
    """A letter; raises NotFound."""
    row = await _LETTER.one(letter=number)
    if row is None:
        raise NotFound
    kept = ("sender", "message_id", "event_id")
    return Letter(
        **_common(row),
        **{name: row[name] for name in kept},
        company=row["company"] or "",
        text=_blotted(row["text"], row["secret"]),
        html=_blotted(row["html"], row["secret"]),
        retried_at=as_datetime(row["retried_at"]),
    )


async def kinds() -> Sequence[tuple[str, str]]:
    """The templates that letters were made of, and their names, by name; a step along the index for each."""
    found = ((row["template"], letter_kinds.kind(row["template"])) for row in await _KINDS.all())
    return sorted(found, key=lambda one: one[1])


async def failed() -> int:
    """How many letters the mail server has refused for good."""
    return int(await _FAILED.value() or 0)


async def send_again(one: Letter, *, by: User) -> None:
    """Has a letter sent that failed or was put off. Asked for twice, it is done once: then it is on its way.

    :raises RuleBroken: it has left already.
    """
    async with transaction():
        if await _ONE_AGAIN.run(letter=one.id, now=clock.now()):
            told: dict[str, Any] = {
                "letter": one.id,
                "subject": one.subject,
                "recipient": one.recipient,
                "error": one.error,
            }
            await record("letter.retried", by=by, was=one.state.value, **told)
        elif (await letter(one.id)).state is EmailState.SENT:
            raise RuleBroken("The letter has left already")


async def send_all_again(*, by: User) -> int:
    """Has all letters sent that were refused. :return: how many there were."""
    async with transaction():
        count = await _ALL_AGAIN.run(now=clock.now())
        if count:
            await record("letter.all_retried", by=by, count=count)
    return count


@cache
def _list(named: tuple[str, ...]) -> Sql:
    """The statement for a set of filters."""
    return Sql(_LIST.format(filters=" ".join(_FILTERS[name] for name in named)))


def _common(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = ("id", "recipient", "person_id", "subject", "template", "attempts", "error")
    state = EmailState(row["state"])
    return {
        **{name: row[name] for name in kept},
        "person": row["person"] or "",
        "state": state,
        "created_at": as_datetime(row["created_at"]),
        "at": as_datetime(row["sent_at"] if state is EmailState.SENT else row["next_at"]),
    }


def _blotted(text: str, secret: str) -> str:
    return text.replace(secret, BLOT) if secret else text
