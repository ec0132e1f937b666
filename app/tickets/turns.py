"""What a message does to its ticket: it takes it, opens it again, turns it to the other side."""

from datetime import datetime

from app import clock
from app.accounts.user import User
from app.database import Sql
from app.errors import RuleBroken
from app.outbox import record
from app.tickets.models import Ticket, TicketState

_TAKE = Sql("UPDATE ticket SET manager_id = :manager, taken_at = :now WHERE id = :ticket AND manager_id IS NULL")
_TURN = Sql("UPDATE ticket SET state = :state, closed_at = NULL, search = search || :said WHERE id = :ticket")
_ANSWERED = Sql("UPDATE ticket SET answered_at = :now WHERE id = :ticket AND answered_at IS NULL")


class AlreadyTaken(RuleBroken):
    """Another manager was quicker: `manager` is the name, `at` the moment (PRODUCT rule 7)."""

    def __init__(self, manager: str, at: datetime) -> None:
        super().__init__("The ticket is taken already: %(manager)s", manager=manager)
        self.manager, self.at = manager, at


async def turn(ticket: Ticket, said: str, *, by: User) -> None:
    """Notes a message that both sides read, in its transaction, whose thread is locked.

    A ticket of nobody becomes the ticket of the first of staff who answers it; one that was closed is open again.

    :raises AlreadyTaken: it was nobody's when `ticket` was read, and is another one's now.
    """
    if by.is_staff and ticket.manager_id is None:
        await take(ticket, by=by)
    state = TicketState.ANSWERED if by.is_staff else TicketState.OPEN
    was = await Ticket.get(id=ticket.id)
    await _TURN.run(ticket=ticket.id, state=state, said=f"\n{said.casefold()}")
    if by.is_staff:
        await _ANSWERED.run(ticket=ticket.id, now=clock.now())
    if was.state is TicketState.CLOSED:
        await record("ticket.reopened", by=by, **about(ticket))


async def take(ticket: Ticket, *, by: User) -> None:
    """Gives a ticket of nobody to `by`, in the current transaction; a repeat by who has it changes nothing.

    :raises AlreadyTaken: another one has it.
    """
    if not await _TAKE.run(ticket=ticket.id, manager=by.id, now=clock.now()):
        await must_be_with(ticket, by)
        return
    await record("ticket.taken", by=by, manager=by.name, **about(ticket))


async def must_be_with(ticket: Ticket, by: User, *, or_with: int = 0) -> None:
    """Raises AlreadyTaken unless the ticket is the ticket of `by` (or of the person `or_with`) by now, or nobody's."""
    taken = await Ticket.get(id=ticket.id).select_related("manager")
    if taken.manager and taken.manager_id not in (by.id, or_with):
        raise AlreadyTaken(taken.manager.name, taken.taken_at or taken.created_at)


def about(ticket: Ticket) -> dict[str, int]:
    """What every event of a ticket says: whose affair it is (`company`), its number and id."""
    return {"company": ticket.company_id, "ticket": ticket.number, "ticket_id": ticket.id}
