"""Reading whom an order can be handed to, and how it is held by somebody else."""

from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.absence import is_away
from app.accounts.models import Person, Role
from app.accounts.user import User
from app.errors import NotFound
from app.orders.handovers import Handover
from app.orders.models import Order


@dataclass(frozen=True, slots=True)
class Colleague:
    """A manager who can take an order. `away` now, `until` a day if it is known."""

    id: int
    name: str
    away: bool
    until: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """An order in somebody else's hands, for a manager who may want it: no more than who has it since when."""

    number: int
    manager_id: int | None
    manager: str
    since: datetime
    asked: int | None  # the id of the reader's own open request
    asked_at: datetime | None
    word: str


async def colleagues(*, without: int | None) -> list[Colleague]:
    """The managers who work here, but the one who holds the order."""
    found = await Person.filter(role=Role.MANAGER, blocked_at=None).order_by("name", "id")
    return [
        Colleague(one.id, one.name, is_away(one.absent_from, one.absent_until, one.timezone), one.absent_until)
        for one in found
        if one.id != without
    ]


async def with_others(order: Order, user: User) -> Held:
    """How an order is held."""
    manager = await Person.get(id=order.manager_id) if order.manager_id else None
    mine = await Handover.get_or_none(open_for=order.id, taker_id=user.id, asked=True)
    return Held(
        number=order.number,
        manager_id=order.manager_id,
        manager=manager.name if manager else "",
        since=order.claimed_at or order.placed_at,
        asked=mine.id if mine else None,
        asked_at=mine.at if mine else None,
        word=mine.word if mine else "",
    )


async def handover_of(number: int, handover: int) -> int:
    """The id of a hand-over of the order with this number; raises NotFound for another's."""
    if not await Handover.exists(id=handover, order__number=number):
        raise NotFound
    return handover
