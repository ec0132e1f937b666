"""Reading orders: the sheet that the order's page is shown from; their list is in lists.py."""

from collections.abc import Mapping
from typing import Any

from app.accounts.user import User
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.orders.models import WAY, Delivery, Order, Status
from app.orders.rows import Changed, Sheet, SheetLine, Step

# Whose order it is: the partner's company, the managers who may have to do with it, every administrator.
MINE = """
    (o.company_id = :company OR :everything OR (:staff AND (
        o.manager_id IS NULL OR o.manager_id = :person
        OR EXISTS (SELECT 1 FROM assignment s WHERE s.company_id = o.company_id AND s.manager_id = :person))))
"""
_ID = Sql(f"SELECT o.id FROM orders o WHERE o.number = :number AND {MINE}")  # noqa: S608 - constant text
# Who comes late to the common queue may learn who was quicker.
_QUEUED_ID = Sql(f"SELECT o.id FROM orders o WHERE o.number = :number AND (o.claimed_at IS NOT NULL OR {MINE})")  # noqa: S608
_SHEET = Sql(
    f"""
    SELECT o.id, o.number, o.status, o.company_id, c.name AS company, c.city, p.name AS person,
           o.manager_id, m.name AS manager, o.claimed_at, o.placed_at, o.called_at, t.name AS called_by,
           o.contact_name, o.contact_phone, o.contact_email, o.payer_name, o.payer_inn,
           o.delivery, o.carrier, o.address, o.comment, o.total, o.retail_total
    FROM orders o
    JOIN company c ON c.id = o.company_id
    JOIN person p ON p.id = o.person_id
    LEFT JOIN person m ON m.id = o.manager_id
    LEFT JOIN person t ON t.id = o.called_by_id
    WHERE o.number = :number AND {MINE}
    """  # noqa: S608 - constant text
)
_LINES = Sql(
    """
    SELECT l.position, l.product_id, l.article, l.name, l.brand, l.unit, l.picture,
           l.quantity, l.retail, l.discount, l.price, l.vat_rate, n.number AS presentation
    FROM order_line l
    LEFT JOIN presentation_line pl ON pl.id = l.presentation_line_id
    LEFT JOIN presentation_version v ON v.id = pl.version_id
    LEFT JOIN presentation n ON n.id = v.presentation_id
    WHERE l.order_id = :order
    ORDER BY l.position
    """
)
_CHANGES = Sql(
    """
    SELECT h.status, h.at, p.name AS author
    FROM order_status_change h JOIN person p ON p.id = h.author_id
    WHERE h.order_id = :order
    ORDER BY h.at, h.id
    """
)
_CHANGED = Sql(
    """
    SELECT h.article, h.unit, h.was, h.quantity, h.price_was, h.price, h.reason, h.at, p.name AS author
    FROM order_line_change h JOIN person p ON p.id = h.author_id
    WHERE h.order_id = :order
    ORDER BY h.at, h.id
    """
)
_MANAGER = Sql(
    """
    SELECT a.manager_id FROM assignment a JOIN person m ON m.id = a.manager_id
    WHERE a.company_id = :company AND m.blocked_at IS NULL
    """
)


async def order(user: User, number: int) -> Order:
    """An order to write to; raises NotFound for one that is not this reader's."""
    return await _order(_ID, user, number)


async def queued_order(user: User, number: int) -> Order:
    """An order to claim: one that the reader sees, or that somebody took from the common queue. Raises NotFound."""
    return await _order(_QUEUED_ID, user, number)


async def sheet(user: User, number: int) -> Sheet:
    """An order with its lines and its way; raises NotFound for one that is not this reader's."""
    row = await _SHEET.one(number=number, **reader_values(user))
    if row is None:
        raise NotFound
    status = Status(row["status"])
    lines = await _LINES.all(order=row["id"])
    changes = await _CHANGES.all(order=row["id"])
    moments = {name: as_datetime(row[name]) for name in ("claimed_at", "placed_at", "called_at")}
    return Sheet(
        **{**row, **moments, "status": status, "delivery": Delivery(row["delivery"])},
        lines=tuple(SheetLine(**line) for line in lines),
        steps=_steps(status, changes),
        changed=tuple(Changed(**{**one, "at": as_datetime(one["at"])}) for one in await _CHANGED.all(order=row["id"])),
    )


async def manager_of(company_id: int) -> int | None:
    """The id of the company's manager; None when it has none, or a blocked one: then orders go to the queue."""
    manager_id: int | None = await _MANAGER.value(company=company_id)
    return manager_id


async def _order(query: Sql, user: User, number: int) -> Order:
    order_id = await query.value(number=number, **reader_values(user))
    if order_id is None:
        raise NotFound
    return await Order.get(id=order_id)


def reader_values(user: User) -> dict[str, Any]:
    """What MINE asks for."""
    return {
        "company": user.company_id,
        "everything": user.is_administrator,
        "staff": user.is_staff,
        "person": user.id,
    }


def _steps(status: Status, changes: list[dict[str, Any]]) -> tuple[Step, ...]:
    """The whole way with what was reached; a cancelled order shows how far it came."""
    reached = {Status(row["status"]): row for row in changes}
    way = WAY if status is not Status.CANCELLED else tuple(one for one in (*WAY, Status.CANCELLED) if one in reached)
    return tuple(_step(one, status, reached.get(one)) for one in way)


def _step(step: Status, status: Status, change: Mapping[str, Any] | None) -> Step:
    now = "done" if status is Status.DONE else "now"
    passed = change is not None if status is Status.CANCELLED else WAY.index(step) < WAY.index(status)
    state = now if step is status else "done" if passed else ""
    return Step(step, state, as_datetime(change["at"]) if change else None, change["author"] if change else "")
