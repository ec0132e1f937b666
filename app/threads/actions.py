"""Talking: a comment in the thread of an order, a presentation or a ticket."""

from collections.abc import Sequence
from typing import Any

from app import clock, tokens
from app.accounts.user import User
from app.attachments.actions import attach
from app.attachments.files import Stored
from app.database import Sql, transaction
from app.errors import Forbidden, NotFound, RuleBroken
from app.i18n import N_
from app.orders.models import Order
from app.orders.words import index_text
from app.outbox import record
from app.presentations.models import Line, Presentation
from app.threads.models import Comment, Thread
from app.tickets import turns
from app.tickets.models import Ticket


class AnsweredMeanwhile(RuleBroken):
    """A colleague has answered while one was writing."""

    def __init__(self, author: str) -> None:
        super().__init__(
            N_("%(author)s has answered meanwhile. Read it, and send yours anyway if it is still needed"), author=author
        )


class SaidMeanwhile(RuleBroken):
    """The partner has written something that was not seen yet."""

    def __init__(self) -> None:
        super().__init__(N_("The partner has written again meanwhile: read it first"))


Owner = Order | Presentation | Ticket

EXCERPT = 200  # characters of a comment that its event carries
_OPEN = Sql(
    """
    INSERT INTO thread (company_id, order_id, presentation_id, ticket_id, comments, awaits)
    VALUES (:company, :order, :presentation, :ticket, 0, '') ON CONFLICT DO NOTHING
    """
)
_SETTLE = "UPDATE thread SET awaits = '' WHERE {of} = :id AND awaits = 'staff' AND by_partner <= :seen"
_SETTLE_ORDER, _SETTLE_PRESENTATION = Sql(_SETTLE.format(of="order_id")), Sql(_SETTLE.format(of="presentation_id"))


async def add_comment(  # past the size alarm by its signature and docstring: the steps are one each
    on: Owner,
    text: str,
    *,
    by: User,
    key: str,
    internal: bool = False,
    answers: int | None = None,
    line: Line | None = None,
    files: Sequence[Stored] = (),
    seen: int | None = None,
) -> Comment:
    """Adds a comment and says whose answer is due now; a form sent twice (same key, same text) is one comment.

    :param answers: the number of the comment that it answers.
    :param line: the line of the presentation that it is about.
    :param files: what is attached, on the disk already: see app.attachments.actions.on_disk.
    :param seen: the number of the last answer of staff that a manager has seen, None: they need not have seen any.
    :raises Forbidden: a partner's comment is never internal. NotFound: there is no such comment to answer.
        AnsweredMeanwhile: a colleague has answered since.
        AlreadyTaken: the ticket was nobody's, and another one has answered it first.
    """
    if internal and not by.is_staff:
        raise Forbidden
    # The key is bound to the text: who was cut off, changed the text and sent the form again meant another comment.
    said: dict[str, Any] = {
        "text": text,
        "internal": internal,
        "line": line,
        "key": tokens.digest(f"{by.id} {key} {text}"),
    }
    async with transaction():
        thread = await _locked_thread(on)
        sent_before = await Comment.get_or_none(thread_id=thread.id, key=said["key"])
        if sent_before:
            return sent_before
        if by.is_staff and not internal and seen is not None:
            await _must_have_seen(thread, seen, by)
        said["answers"] = await _answered(thread, answers, by) if answers is not None else None
        comment = await _say(thread, by, files, **said)
        if isinstance(on, Order) and not internal:
            await index_text(on.id, text)
        await record("comment.added", by=by, company=on.company_id, **_told(on, thread, comment, line, len(files)))
        if isinstance(on, Ticket) and not internal:
            await turns.turn(on, text, by=by)
    return comment


async def begin(on: Ticket, text: str, *, by: User, files: Sequence[Stored] = ()) -> Comment:
    """The first message of something new, in its transaction; the event of that tells of the message, too."""
    return await _say(await _locked_thread(on), by, files, text=text, key="first")


async def note_aside(on: Owner, text: str, *, by: User, key: str) -> Comment:
    """A note for staff that comes with something else done, in its transaction; the event of that tells of it, too."""
    return await _say(
        await _locked_thread(on), by, (), text=text, internal=True, key=tokens.digest(f"{by.id} {key} {text}")
    )


async def settle(on: Order | Presentation, seen: int, *, by: User) -> None:
    """Says that no answer is needed, until the partner writes again; done twice it is done once.

    :param seen: the number of the last comment of the partner that was read.
    :raises SaidMeanwhile: there is a later one.
    """
    async with transaction():
        statement = _SETTLE_ORDER if isinstance(on, Order) else _SETTLE_PRESENTATION
        if await statement.run(id=on.id, seen=seen):
            about = {"on": kind(on), kind(on): on.number, "comment": seen}
            await record("comment.settled", by=by, company=on.company_id, **about)
        elif await Thread.filter(**{f"{kind(on)}_id": on.id}).filter(awaits="staff").exists():
            raise SaidMeanwhile


def kind(on: Owner) -> str:
    """What is talked about: order, presentation or ticket, as threads, events and addresses call it."""
    return type(on).__name__.lower()


async def _locked_thread(on: Owner) -> Thread:
    """The thread, made by the first comment; others who comment on the same wait until the commit."""
    of: dict[str, int | None] = {"order": None, "presentation": None, "ticket": None, kind(on): on.id}
    await _OPEN.run(company=on.company_id, **of)
    return await Thread.select_for_update().get(**{f"{kind(on)}_id": on.id})


async def _must_have_seen(thread: Thread, seen: int, by: User) -> None:
    if thread.by_staff > seen:
        last = await Comment.get(thread_id=thread.id, number=thread.by_staff).select_related("author")
        if last.author_id != by.id:
            raise AnsweredMeanwhile(last.author.name)


async def _say(thread: Thread, by: User, files: Sequence[Stored], **said: Any) -> Comment:
    number = thread.comments + 1
    comment = await Comment.create(thread=thread, number=number, author_id=by.id, at=clock.now(), **said)
    await attach(comment, files)
    await _note_in_thread(thread, comment, by)
    return comment


async def _answered(thread: Thread, number: int, by: User) -> Comment:
    answered = await Comment.get_or_none(thread_id=thread.id, number=number)
    if answered is None or (answered.internal and not by.is_staff):
        raise NotFound
    return answered


async def _note_in_thread(thread: Thread, comment: Comment, by: User) -> None:
    """Counts the comment; one that both sides read turns the thread to the other side."""
    thread.comments = comment.number
    if not comment.internal:
        thread.awaits = "partner" if by.is_staff else "staff"
        thread.last_at = comment.at
        thread.by_staff, thread.by_partner = (
            (comment.number, thread.by_partner) if by.is_staff else (thread.by_staff, comment.number)
        )
    await thread.save(update_fields=["comments", "awaits", "last_at", "by_staff", "by_partner"])


def _told(on: Owner, thread: Thread, comment: Comment, line: Line | None, files: int) -> dict[str, Any]:
    """What the event says of the comment, and of what it is about."""
    return {
        "on": kind(on),
        kind(on): on.number,
        **({} if isinstance(on, Presentation) else {f"{kind(on)}_id": on.id}),
        **({"position": line.position} if line else {}),
        **({"files": files} if files else {}),
        "thread_id": thread.id,
        "comment_id": comment.id,
        "comment": comment.number,
        "internal": comment.internal,
        "excerpt": comment.text[:EXCERPT],
    }
