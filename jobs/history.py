"""The history: one entry for each event, written by the relay in the transaction that handles the event."""

from app.history.models import Event, HistoryEntry
from app.history.subjects import subject


async def write(event: Event, *, partner_sees: bool) -> None:
    """Adds the event's entry; without a company it is for staff only (PRODUCT rule 10).

    It takes the event's id: the history keeps the order in which things happened, whichever was handled first.
    """
    await HistoryEntry.create(
        id=event.id,
        event_id=event.id,
        at=event.at,
        company_id=event.company_id if partner_sees else None,
        actor_id=event.actor_id,
        affair_id=event.company_id,
        action=event.name,
        subject=subject(event.data),
        ip=event.ip,
        data=event.data,
    )
