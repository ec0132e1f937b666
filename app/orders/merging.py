"""Two orders of one company become one: the lines of the second go into the first, and the second is closed."""

from dataclasses import dataclass
from datetime import datetime

from app import clock, tokens
from app.accounts.user import User
from app.database import Sql, as_datetime, transaction
from app.errors import NotFound, RuleBroken
from app.i18n import gettext as _
from app.orders.editing import write_changes
from app.orders.handing import locked, withdraw_open
from app.orders.models import LineChange, Order, OrderLine, Status, StatusChange
from app.outbox import record
from app.quantities import LARGEST, MOST_LINES

_CANDIDATES = Sql(
    """
    SELECT o.number, o.status, o.placed_at, o.total, p.name AS person,
           (SELECT COUNT(*) FROM order_line l WHERE l.order_id = o.id) AS lines
    FROM orders o JOIN person p ON p.id = o.person_id
    WHERE o.company_id = :company AND o.manager_id = :manager AND o.id <> :order
      AND o.status IN ('new', 'in_work', 'invoiced', 'paid', 'picking')
    ORDER BY o.number DESC LIMIT 30
    """
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that can be merged with another; `total` in kopecks."""

    number: int
    status: Status
    placed_at: datetime
    total: int
    person: str
    lines: int


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A line of the result: `was` is its quantity in the first order before, None for one that came from the second."""

    article: str
    name: str
    unit: str
    price: int
    was: int | None
    quantity: int


@dataclass(frozen=True, slots=True)
class Merged:
    """What would come of merging; `seen` is the fingerprint of what it is computed from."""

    lines: tuple[MergedLine, ...]
    total_was: int
    total: int
    seen: str


async def candidates(order: Order) -> list[Candidate]:
    """Other unshipped orders of the same company in the same hands, newest first."""
    rows = await _CANDIDATES.all(company=order.company_id, manager=order.manager_id, order=order.id)
    return [
        Candidate(**{**row, "status": Status(row["status"]), "placed_at": as_datetime(row["placed_at"])})
        for row in rows
    ]


async def other_of(order: Order, number: int) -> Order:
    """The order with a number that can go into `order`, or has gone there; raises NotFound."""
    other = await Order.get_or_none(number=number, company_id=order.company_id, manager_id=order.manager_id)
    if other is None or other.id == order.id:
        raise NotFound
    return other


async def merged(order: Order, other: Order) -> Merged:
    """The result to look at before merging."""
    mine, theirs = await _lines(order), await _lines(other)
    seen = _fingerprint(order, other, mine, theirs)
    was = {line.id: line.quantity for line in mine}
    total_was = sum(line.price * line.quantity for line in mine)
    result, _told = _joined(mine, theirs)
    lines = tuple(
        MergedLine(
            line.article,
            line.name,
            line.unit,
            line.price,
            was.get(line.id) if line.order_id == order.id else None,
            line.quantity,
        )
        for line in result
    )
    return Merged(lines, total_was, sum(line.price * line.quantity for line in result), seen)


async def merge(order: Order, other: Order, seen: str, *, by: User) -> None:
    """Puts the lines of `other` into `order` and closes it with a pointer; a repeat changes nothing.

    `other` keeps its own lines as they were ordered. Raises RuleBroken: one of them is shipped, closed or in other
    hands, or is not what was `seen`.
    """
    async with transaction():
        first, second = [await locked(one) for one in sorted((order.id, other.id))]
        order, other = (first, second) if first.id == order.id else (second, first)
        if other.merged_into_id == order.id:
            return
        _must_fit_together(order, other)
        mine, theirs = await _lines(order), await _lines(other)
        if _fingerprint(order, other, mine, theirs) != seen:
            raise RuleBroken("One of the orders has changed meanwhile. Nothing is merged yet: look at the result again")
        result, told = _joined(mine, theirs)
        if len(result) > MOST_LINES:
            raise RuleBroken(
                "Together these would be %(count)s lines, and an order has at most %(most)s: they stay two orders",
                count=len(result),
                most=MOST_LINES,
            )
        await _keep(order, result)
        reason = _("Merged with order No. %(number)s") % {"number": other.number}
        total_was = await write_changes(order, told, reason, by=by)
        await _close(other, order, by=by)
        event = {"order": order.number, "order_id": order.id, "other": other.number, "lines": len(theirs)}
        await record("order.merged", by=by, company=order.company_id, **event, total_was=total_was, total=order.total)


def _must_fit_together(order: Order, other: Order) -> None:
    for one in (order, other):
        one.must_have_manager()
        one.must_be_unshipped()
    if (order.company_id, order.manager_id) != (other.company_id, other.manager_id):
        raise RuleBroken("Orders of one company in the same hands can be merged")


async def _lines(order: Order) -> list[OrderLine]:
    return await OrderLine.filter(order_id=order.id).order_by("position")


def _fingerprint(order: Order, other: Order, mine: list[OrderLine], theirs: list[OrderLine]) -> str:
    rows = [(line.id, line.quantity, line.price) for line in (*mine, *theirs)]
    return tokens.digest(f"{order.id} {other.id} {order.manager_id} {other.manager_id} {rows}")


def _joined(mine: list[OrderLine], theirs: list[OrderLine]) -> tuple[list[OrderLine], list[LineChange]]:
    """The lines together (those of one product at one price from one source add up), and what changed in the first."""
    result, told = list(mine), []
    by_key = {_key(line): line for line in mine}
    for line in theirs:
        like = by_key.get(_key(line))
        added_up = like is not None and like.quantity + line.quantity <= LARGEST
        was = like.quantity if like is not None and added_up else None
        if like is not None and added_up:
            like.quantity += line.quantity
        else:
            result.append(line)
        told.append(
            LineChange(
                product_id=line.product_id,
                article=line.article,
                unit=line.unit,
                was=was,
                quantity=(was or 0) + line.quantity,
                price_was=None if was is None else line.price,
                price=line.price,
            )
        )
    return result, told


def _key(line: OrderLine) -> tuple[object, ...]:
    source = (line.price_source, line.presentation_line_id)
    return (line.product_id, line.price, line.discount, line.retail, line.rate, line.vat_rate, line.unit, *source)


async def _keep(order: Order, result: list[OrderLine]) -> None:
    """Writes the joined lines: new quantities, and copies of what came from the other order."""
    position = max((line.position for line in result if line.order_id == order.id), default=0)
    copied = ("product_id", "presentation_line_id", "article", "name", "brand", "unit", "picture")
    priced = ("quantity", "retail", "discount", "price", "price_source", "rate", "rate_on", "vat_rate")
    for line in result:
        if line.order_id == order.id:
            await line.save(update_fields=["quantity"])
            continue
        position += 1
        values = {name: getattr(line, name) for name in (*copied, *priced)}
        await OrderLine.create(order_id=order.id, position=position, **values)


async def _close(other: Order, into: Order, *, by: User) -> None:
    await withdraw_open(other, by=by)
    was, other.status, other.merged_into_id = other.status, Status.CANCELLED, into.id
    await other.save(update_fields=["status", "merged_into_id"])
    await StatusChange.create(order=other, status=Status.CANCELLED, author_id=by.id, at=clock.now())
    event = {"order": other.number, "order_id": other.id, "into": into.number, "was": was}
    await record("order.merged_into", by=by, company=other.company_id, **event)
