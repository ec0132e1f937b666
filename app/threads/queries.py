"""Reading a thread: its comments as its reader may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app import tokens
from app.accounts.models import STAFF
from app.accounts.user import User
from app.answer_templates.queries import Choice, choices
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.threads import presence
from app.threads.presence import Writer

_COMMENTS = """
    SELECT t.awaits, c.number, c.text, c.internal, c.at, p.name AS author, p.role, co.name AS company,
           l.id AS line_id, l.position, l.article,
           CASE WHEN a.internal AND NOT :staff THEN NULL ELSE a.number END AS answers
    FROM thread t
    JOIN comment c ON c.thread_id = t.id
    JOIN person p ON p.id = c.author_id
    LEFT JOIN company co ON co.id = p.company_id
    LEFT JOIN comment a ON a.id = c.answers_id
    LEFT JOIN presentation_line l ON l.id = c.line_id
    WHERE {of} AND (:staff OR NOT c.internal)
    ORDER BY c.number
"""
_OF_ORDER = Sql(_COMMENTS.format(of="t.order_id = :id"))
_OF_PRESENTATION = Sql(_COMMENTS.format(of="t.presentation_id = :id"))
_OF_TICKET = Sql(_COMMENTS.format(of="t.ticket_id = :id"))
_FILES = Sql(
    """
    SELECT c.number AS comment, a.id, a.name, a.kind, a.size
    FROM thread t
    JOIN comment c ON c.thread_id = t.id
    JOIN attachment a ON a.comment_id = c.id
    WHERE t.ticket_id = :id AND (:staff OR NOT c.internal)
    ORDER BY a.id
    """
)


@dataclass(frozen=True, slots=True)
class About:
    """The line of a presentation that a comment is about."""

    id: int
    position: int
    article: str


@dataclass(frozen=True, slots=True)
class File:
    """An attachment of a comment; `size` in bytes."""

    id: int
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as it is shown. `number` 0 is what was written before the thread began, and cannot be answered."""

    number: int
    author: str
    staff: bool
    company: str  # the author's, empty for staff
    text: str
    at: datetime
    internal: bool = False
    answers: int | None = None
    line: About | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """A thread on a page. `base` is the path of its order, presentation or ticket, which its doors stand under.

    `key` is the one-time key of its forms. `answering` are the numbers of the comments whose answers are being written,
    `about` the line that a new comment is going to be about, `added` the number of the comment added just now. What
    the other side said from `since` on is new to the reader. For staff: `awaited` is the number of the partner's last
    comment while our answer to it is due (0: it is not), `templates` are the answers that they may insert, `writers`
    the colleagues who write an answer just now.
    """

    base: str
    remarks: tuple[Remark, ...]
    writes: bool  # whether its reader may comment
    key: str
    for_staff: bool = False  # who reads it
    takes_files: bool = False
    answering: frozenset[int] = frozenset()
    about: About | None = None
    added: int | None = None
    since: datetime | None = None
    awaited: int = 0
    templates: tuple[Choice, ...] = ()
    writers: Sequence[Writer] = ()

    @property
    def kind(self) -> str:
        """What is talked about: order, presentation or ticket."""
        return self.base.split("/")[1].removesuffix("s")

    @property
    def of(self) -> int:
        """Its number."""
        return int(self.base.split("/")[2])

    @property
    def answered(self) -> int:
        """The number of the last comment of staff that partners see, 0 when there is none."""
        return max((one.number for one in self.remarks if one.staff and not one.internal), default=0)

    def remark(self, number: int) -> Remark:
        """A comment by its number; raises NotFound for one that its reader does not see."""
        for remark in self.remarks:
            if remark.number == number > 0:
                return remark
        raise NotFound

    def opened(self, *answering: int | None) -> "Talk":
        """The same thread with answers to comments opened; raises NotFound for one that is not there."""
        return replace(self, answering=frozenset(self.remark(one).number for one in answering if one is not None))

    def seen_since(self, since: datetime | None) -> "Talk":
        """The same thread, what the other side said from `since` on marked as new."""
        return replace(self, since=since)

    def is_new(self, remark: Remark) -> bool:
        """Whether the reader sees a comment for the first time."""
        return self.since is not None and remark.at >= self.since and remark.staff is not self.for_staff

    def with_added(self, number: int) -> "Talk":
        """The same thread with the comment that was added just now marked."""
        return replace(self, added=number)


async def of_order(order_id: int, *, base: str, reader: User, opening: Remark | None = None) -> Talk:
    """The talk about an order, with its own comment (`opening`) on top."""
    rows = await _OF_ORDER.all(id=order_id, staff=reader.is_staff)
    remarks = _remarks(rows)
    talk = await _talk((opening, *remarks) if opening else remarks, base, reader)
    return replace(talk, awaited=_awaited(rows, reader))


async def of_presentation(presentation_id: int, *, base: str, reader: User) -> Talk:
    """The talk about a presentation and its lines."""
    rows = await _OF_PRESENTATION.all(id=presentation_id, staff=reader.is_staff)
    return replace(await _talk(_remarks(rows), base, reader), awaited=_awaited(rows, reader))


async def of_ticket(ticket_id: int, *, base: str, reader: User) -> Talk:
    """The messages of a ticket with their files. Whoever sees a ticket may write there: viewers, too."""
    files: dict[int, list[File]] = {}
    for row in await _FILES.all(id=ticket_id, staff=reader.is_staff):
        files.setdefault(row.pop("comment"), []).append(File(**row))
    remarks = _remarks(await _OF_TICKET.all(id=ticket_id, staff=reader.is_staff))
    talk = await _talk(tuple(replace(one, files=tuple(files.get(one.number, ()))) for one in remarks), base, reader)
    return replace(talk, writes=not reader.deputy, takes_files=True)


async def _talk(remarks: tuple[Remark, ...], base: str, reader: User) -> Talk:
    writes = (reader.is_staff or reader.may_order) and not reader.deputy  # nobody is made to say what another wrote
    talk = Talk(base, remarks, writes=writes, key=tokens.new_secret(), for_staff=reader.is_staff)
    if not reader.is_staff:
        return talk
    writers = await presence.others(talk.kind, talk.of, reader)
    return replace(talk, templates=await choices(reader), writers=writers)


def _remarks(rows: Sequence[Mapping[str, Any]]) -> tuple[Remark, ...]:
    return tuple(_remark(row) for row in rows)


def _awaited(rows: Sequence[Mapping[str, Any]], reader: User) -> int:
    """The number of the last comment that partners see, while the answer of staff to it is due."""
    due = reader.is_staff and rows and rows[0]["awaits"] == "staff"
    return max((row["number"] for row in rows if not row["internal"]), default=0) if due else 0


def _remark(row: Mapping[str, Any]) -> Remark:
    return Remark(
        number=row["number"],
        author=row["author"],
        staff=row["role"] in STAFF,
        company=row["company"] or "",
        text=row["text"],
        at=as_datetime(row["at"]),
        internal=bool(row["internal"]),
        answers=row["answers"],
        line=About(row["line_id"], row["position"], row["article"]) if row["line_id"] else None,
    )
