"""What is done with tickets: opening, answering, closing, taking over. Every change is an event of the history."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app import clock, tokens
from app.accounts.models import Person
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.attachments.actions import on_disk
from app.attachments.files import Chosen
from app.database import Sql, transaction
from app.numbers import next_number
from app.orders.queries import manager_of
from app.outbox import record
from app.threads.actions import add_comment, begin, note_aside
from app.threads.models import Comment
from app.tickets.models import Ticket, Topic
from app.tickets.turns import about, must_be_with, take

_CLOSE = Sql("UPDATE ticket SET state = 'closed', closed_at = :now WHERE id = :ticket AND state <> 'closed'")
_NOBODYS_TURN = Sql("UPDATE thread SET awaits = '' WHERE ticket_id = :ticket")
_HAND_OVER = Sql("UPDATE ticket SET manager_id = :manager, taken_at = :now WHERE id = :ticket AND manager_id = :was")

_HAND_OUT = Sql("UPDATE ticket SET manager_id = :manager, taken_at = :now WHERE id = :ticket AND manager_id IS NULL")


async def open_ticket(
    topic: Topic, subject: str, text: str, *, key: str, files: Sequence[Chosen], root: Path, by: User
) -> Ticket:
    """Opens a ticket with its first message, once for a form: one sent twice (same key, same words) is one ticket.

    It is the company's manager's; of a company that has none, everybody's until somebody answers.

    :param root: where files lie (settings.files).
    """
    # long: a column a line
    key = tokens.digest(f"{key} {subject} {text}")
    async with on_disk(files, root) as stored, transaction():
        await lock_person(by.id)
        opened_before = await Ticket.get_or_none(person_id=by.id, key=key)
        if opened_before:
            return opened_before
        ticket = await Ticket.create(
            number=await next_number("ticket"),
            company_id=by.company,
            person_id=by.id,
            manager_id=await manager_of(by.company),
            topic=topic,
            subject=subject,
            search=f"{subject}\n{text}".casefold(),
            key=key,
            created_at=clock.now(),
        )
        comment = await begin(ticket, text, by=by, files=stored)
        said: dict[str, Any] = {
            "on": "ticket",
            "thread_id": comment.thread_id,
            "comment_id": comment.id,
            "comment": comment.number,
        }
        files_count = {"files": len(stored)} if stored else {}
        await record("ticket.opened", by=by, **about(ticket), topic=topic, subject=subject, **said, **files_count)
    return ticket


async def answer(
    ticket: Ticket,
    text: str,
    *,
    key: str,
    internal: bool,
    answers: int | None,
    files: Sequence[Chosen],
    root: Path,
    by: User,
    seen: int | None = None,
) -> Comment:
    """Adds a message, or an internal note: see add_comment, and app.tickets.turns for what it does to the ticket."""
    async with on_disk(files, root) as stored:
        return await add_comment(
            ticket, text, by=by, key=key, internal=internal, answers=answers, files=stored, seen=seen
        )


async def close(ticket: Ticket, *, by: User) -> None:
    """Closes a ticket: nobody's answer is due. A closed one stays as it is; any answer opens it again."""
    async with transaction():
        await _NOBODYS_TURN.run(ticket=ticket.id)  # locks what every message locks first
        if await _CLOSE.run(ticket=ticket.id, now=clock.now()):
            await record("ticket.closed", by=by, **about(ticket))


async def take_over(ticket: Ticket, *, by: User) -> None:
    """Makes a ticket that the reader sees their own; a repeat changes nothing.

    :raises AlreadyTaken: a third one took it meanwhile.
    """
    async with transaction():
        if ticket.manager_id is None:
            await take(ticket, by=by)
        elif ticket.manager_id != by.id:
            if not await _HAND_OVER.run(ticket=ticket.id, manager=by.id, was=ticket.manager_id, now=clock.now()):
                await must_be_with(ticket, by)
                return
            await record("ticket.taken", by=by, manager=by.name, **about(ticket))


async def assign(ticket: Ticket, to: Person, word: str, *, key: str, by: User) -> None:
    """Gives a ticket that the reader sees to a colleague, with a word that stands in it as a note for staff.

    A form sent twice (same key) gives it once.

    :raises AlreadyTaken: a third one took it meanwhile.
    """
    was = ticket.manager_id
    async with transaction():
        if was == to.id:
            return
        values = {"ticket": ticket.id, "manager": to.id, "now": clock.now()}
        if not await (_HAND_OVER.run(**values, was=was) if was else _HAND_OUT.run(**values)):
            await must_be_with(ticket, by, or_with=to.id)
            return
        before = await Person.get(id=was) if was else None
        if word:
            await note_aside(ticket, word, by=by, key=key)
        told: dict[str, Any] = {"manager": to.name, "was": before.name if before else "", "word": word}
        await record("ticket.assigned", by=by, **about(ticket), **told)
