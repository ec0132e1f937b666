"""Handing over all that a leaver has: partners, open orders and tickets, each partner told in their history."""

from collections.abc import Iterable, Mapping
from typing import Any

from app import clock
from app.accounts.models import Assignment, Person
from app.accounts.user import User
from app.administration.staff_queries import OPEN
from app.database import Sql
from app.orders.models import Order, Status, StatusChange
from app.outbox import record
from app.tickets.models import Ticket, TicketState

_COMPANIES = Sql("SELECT company_id FROM assignment WHERE manager_id = :person")


async def hand_over(person: Person, to: Person | None, *, by: User) -> None:
    """Gives all to `to`; without anybody, partners and tickets are nobody's, and orders go back to the common queue.

    In the transaction that closes the door to `person`, with the staff locked; the orders are all such as may go back.
    """
    companies = {row["company_id"] for row in await _COMPANIES.all(person=person.id)}
    orders = await Order.filter(manager_id=person.id, status__in=OPEN).select_for_update()
    tickets = await Ticket.filter(manager_id=person.id).exclude(state=TicketState.CLOSED)
    whose = Assignment.filter(manager_id=person.id)
    if to:
        await whose.update(manager_id=to.id)
        await Order.filter(id__in=[one.id for one in orders]).update(manager_id=to.id)
    else:
        await whose.delete()
        await _back_to_the_queue(orders, by)
    await Ticket.filter(id__in=[one.id for one in tickets]).update(manager_id=to.id if to else None)
    numbers = _by_company(("orders", orders), ("tickets", tickets))
    for company in sorted(companies | {*numbers}):
        about: Mapping[str, Any] = numbers.get(company, {})
        told = {"partner": company in companies, "was": person.name, "manager": to.name if to else ""}
        await record("company.handed_over", by=by, company=company, **told, **about)


async def _back_to_the_queue(orders: Iterable[Order], by: User) -> None:
    for order in orders:
        await Order.filter(id=order.id).update(manager_id=None, claimed_at=None, status=Status.NEW)
        if order.status is not Status.NEW:
            await StatusChange.create(order=order, status=Status.NEW, author_id=by.id, at=clock.now())


def _by_company(*lists: tuple[str, Iterable[Order | Ticket]]) -> dict[int, dict[str, list[int]]]:
    """The numbers of orders and tickets by company."""
    found: dict[int, dict[str, list[int]]] = {}
    for name, things in lists:
        for thing in things:
            found.setdefault(thing.company_id, {}).setdefault(name, []).append(thing.number)
    return found
