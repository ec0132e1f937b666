"""Handing over all that a leaver has: partners, open orders and tickets, each partner told in their history."""

from collections.abc import Iterable, Mapping
from typing import Any

from tortoise.expressions import Q

from app.accounts.models import Assignment, Person
from app.accounts.user import User
from app.administration.staff_queries import OPEN
from app.database import Sql
from app.orders.handing import put_back, withdraw_open
from app.orders.handovers import Handover, HandoverState
from app.orders.models import Order
from app.outbox import record
from app.promos.actions import stop_all_of
from app.tickets.models import Ticket, TicketState

_COMPANIES = Sql("SELECT company_id FROM assignment WHERE manager_id = :person")


async def hand_over(person: Person, to: Person | None, *, by: User) -> None:
    """Gives all to `to`; without anybody, partners and tickets are nobody's, and orders go back to the common queue.

    What only `person` could finish ends: hand-overs that wait for an answer, promos that are being sent.

    In the transaction that closes the door to `person`, with the staff locked; the orders are all such as may go back.
    """
    companies = {row["company_id"] for row in await _COMPANIES.all(person=person.id)}
    orders = await Order.filter(manager_id=person.id, status__in=OPEN).order_by("id").select_for_update()
    tickets = await Ticket.filter(manager_id=person.id).exclude(state=TicketState.CLOSED)
    whose = Assignment.filter(manager_id=person.id)
    await _end_handovers(person, by)
    await stop_all_of(person.id, by=by)
    if to:
        await whose.update(manager_id=to.id)
        await Order.filter(id__in=[one.id for one in orders]).update(manager_id=to.id)
    else:
        await whose.delete()
        for order in orders:
            await put_back(order, was=person, by=by)
    await Ticket.filter(id__in=[one.id for one in tickets]).update(manager_id=to.id if to else None)
    numbers = _by_company(("orders", orders), ("tickets", tickets))
    for company in sorted(companies | {*numbers}):
        about: Mapping[str, Any] = numbers.get(company, {})
        told = {"partner": company in companies, "was": person.name, "manager": to.name if to else ""}
        await record("company.handed_over", by=by, company=company, **told, **about)


async def _end_handovers(person: Person, by: User) -> None:
    """Orders are not offered to somebody who is gone, nor by them: whoever waits for the answer is told."""
    concerned = Handover.filter(Q(giver_id=person.id) | Q(taker_id=person.id), state=HandoverState.OPEN)
    numbers = await concerned.values_list("order_id", flat=True)
    for order in await Order.filter(id__in=numbers).order_by("id").select_for_update():
        await withdraw_open(order, by=by)


def _by_company(*lists: tuple[str, Iterable[Order | Ticket]]) -> dict[int, dict[str, list[int]]]:
    """The numbers of orders and tickets by company."""
    found: dict[int, dict[str, list[int]]] = {}
    for name, things in lists:
        for thing in things:
            found.setdefault(thing.company_id, {}).setdefault(name, []).append(thing.number)
    return found
