"""Events for tests, recorded as actions record them."""

from typing import Any

from app.accounts.models import Person
from app.database import transaction
from app.history.models import Event
from app.orders.models import Order
from app.outbox import Knock, record
from app.presentations.models import Presentation
from app.threads.models import Comment
from app.tickets.models import Ticket

IP = "198.51.100.24"


async def happened(name: str, /, *, by: Person | None, company: int | None = None, **data: Any) -> Event:
    """An event by a person, in a transaction of its own."""
    actor = Knock(by.id, by.company_id, IP, "test") if by else None
    async with transaction():
        return await record(name, by=actor, company=company, **data)


async def order_placed(order: Order, *, by: Person) -> Event:
    """The partner ordered."""
    return await happened(
        "order.placed",
        by=by,
        order=order.number,
        order_id=order.id,
        lines=1,
        total=order.total,
        company=order.company_id,
    )


async def status_changed(order: Order, *, by: Person, was: str = "invoiced", status: str = "paid") -> Event:
    """A manager moved an order."""
    about = {"order": order.number, "order_id": order.id, "status": status, "was": was}
    return await happened("order.status_changed", by=by, company=order.company_id, **about)


async def presentation_sent(presentation: Presentation, *, by: Person, version: int = 1) -> Event:
    """A manager sent a presentation."""
    about = {"presentation": presentation.number, "version": version, "title": "Видеонаблюдение для склада"}
    return await happened(
        "presentation.sent", by=by, company=presentation.company_id, **about, version_id=1, lines=1, total=1_199_200
    )


async def commented(
    comment: Comment, *, on: Order | Presentation | Ticket, by: Person, position: int | None = None
) -> Event:
    """Somebody commented on an order, a presentation or a ticket."""
    kind = type(on).__name__.lower()
    where = {"on": kind, kind: on.number, **({"position": position} if position else {})}
    return await happened(
        "comment.added",
        by=by,
        company=on.company_id,
        **where,
        thread_id=comment.thread_id,
        comment_id=comment.id,
        comment=comment.number,
        internal=comment.internal,
        excerpt=comment.text[:200],
    )
