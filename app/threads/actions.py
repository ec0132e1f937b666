"""Talking: a comment in the thread of an order or of a presentation."""

from typing import Any

from app import clock, tokens
from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import Forbidden, NotFound
from app.orders.models import Order
from app.outbox import record
from app.presentations.models import Line, Presentation
from app.threads.models import Comment, Thread

EXCERPT = 200  # characters of a comment that its event carries
_OPEN = Sql(
    """
    INSERT INTO thread (company_id, order_id, presentation_id, comments, awaits)
    VALUES (:company, :order, :presentation, 0, '') ON CONFLICT DO NOTHING
    """
)


async def add_comment(  # past the size alarm by its signature and docstring: the steps are one each
    on: Order | Presentation,
    text: str,
    *,
    by: User,
    key: str,
    internal: bool = False,
    answers: int | None = None,
    line: Line | None = None,
) -> Comment:
    """Adds a comment and says whose answer is due now; a form sent twice (same key, same text) is one comment.

    :param answers: the number of the comment that it answers.
    :param line: the line of the presentation that it is about.
    :raises Forbidden: a partner's comment is never internal. NotFound: there is no such comment to answer.
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
        said["answers"] = await _answered(thread, answers, by) if answers is not None else None
        number = thread.comments + 1
        comment = await Comment.create(thread=thread, number=number, author_id=by.id, at=clock.now(), **said)
        await _note_in_thread(thread, comment, by)
        await _record(on, thread, comment, line, by)
    return comment


async def _locked_thread(on: Order | Presentation) -> Thread:
    """The thread, made by the first comment; others who comment on the same wait until the commit."""
    of = {"order": on.id, "presentation": None} if isinstance(on, Order) else {"order": None, "presentation": on.id}
    await _OPEN.run(company=on.company_id, **of)
    return await Thread.select_for_update().get(**{f"{name}_id": one for name, one in of.items() if one})


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


async def _record(on: Order | Presentation, thread: Thread, comment: Comment, line: Line | None, by: User) -> None:
    where = (
        {"on": "order", "order": on.number, "order_id": on.id}
        if isinstance(on, Order)
        else {"on": "presentation", "presentation": on.number}
    )
    await record(
        "comment.added",
        by=by,
        company=on.company_id,
        **where,
        **({"position": line.position} if line else {}),
        thread_id=thread.id,
        comment_id=comment.id,
        comment=comment.number,
        internal=comment.internal,
        excerpt=comment.text[:EXCERPT],
    )
