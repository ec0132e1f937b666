"""What the demo's people have not seen yet: offers that they have not opened, and the last word of the other side."""

from collections import defaultdict
from datetime import timedelta

from app.accounts.models import Assignment, Person
from app.demo.days import Days
from app.demo.rows import Rows
from app.orders.models import Order
from app.presentations.models import Opening, Presentation, Version
from app.threads.models import Thread
from app.tickets.models import Ticket
from app.unread import Unread

LATELY = timedelta(days=2)  # what is older has been read


def mark_news(rows: Rows, days: Days) -> None:
    """Adds the marks; call it when everything else has been made."""
    colleagues: dict[int, list[int]] = defaultdict(list)
    for person in rows.of(Person):
        if person.company_id is not None and person.blocked_at is None:
            colleagues[person.company_id].append(person.id)
    _offers(rows, colleagues)
    _words(rows, colleagues, days)


def _offers(rows: Rows, colleagues: dict[int, list[int]]) -> None:
    offers = {offer.id: offer for offer in rows.of(Presentation)}
    opened = {(one.version_id, one.person_id) for one in rows.of(Opening)}  # type: ignore[attr-defined]  # relations have ids
    for version in rows.of(Version):
        offer = offers[version.presentation_id]
        if version.sent_at and not version.replaced_at:
            for person in colleagues[offer.company_id]:
                if (version.id, person) not in opened:
                    rows.add(Unread, person_id=person, kind="presentation", number=offer.number, since=version.sent_at)


def _words(rows: Rows, colleagues: dict[int, list[int]], days: Days) -> None:
    """The last word about an order or in a ticket is new to the other side, when their answer is due."""
    orders = {order.id: order for order in rows.of(Order)}
    tickets = {ticket.id: ticket for ticket in rows.of(Ticket)}
    managers = {one.company_id: one.manager_id for one in rows.of(Assignment)}
    for thread in rows.of(Thread):
        if not thread.awaits or thread.last_at is None or thread.last_at < days.now - LATELY:
            continue
        order, ticket = orders.get(thread.order_id or 0), tickets.get(thread.ticket_id or 0)
        kind, thing = ("order", order) if order else ("ticket", ticket)
        if thing is None:
            continue
        staff = [manager] if (manager := thing.manager_id or managers.get(thing.company_id)) else []
        for person in colleagues[thread.company_id] if thread.awaits == "partner" else staff:
            rows.add(Unread, person_id=person, kind=kind, number=thing.number, since=thread.last_at)
