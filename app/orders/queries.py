"""Reading orders: the sheet that the order's page is shown from; their list is in lists.py."""

from collections.abc import Mapping
from typing import Any

from app.accounts.absence import is_away
from app.accounts.cards import CARD, card_values
from app.accounts.user import User
from app.database import Sql, as_date, as_datetime
from app.errors import NotFound, RuleBroken
from app.orders.models import WAY, Delivery, Order, Status, may_be_undone
from app.orders.rows import Away, Changed, Paper, Passing, Sheet, SheetLine, Step

# Whose order it is: the partner's company, the managers who may have to do with it (those who stand for them, too),
# every administrator. A colleague to whom it is offered reads it, and works on it once it is theirs.
_MINE = """
    (o.company_id = :company OR :everything OR (:staff AND (
        o.manager_id IS NULL OR o.manager_id IN :hands
        OR EXISTS (SELECT 1 FROM assignment s WHERE s.company_id = o.company_id AND s.manager_id IN :hands){offered})))
"""
KEPT = _MINE.format(offered="")
MINE = _MINE.format(
    offered="""
        OR EXISTS (SELECT 1 FROM order_handover h WHERE h.open_for = o.id AND h.taker_id IN :hands AND NOT h.asked)"""
)
_KEPT_ID = Sql(f"SELECT o.id FROM orders o WHERE o.number = :number AND {KEPT}")  # noqa: S608 - constant text
_ID = Sql(f"SELECT o.id FROM orders o WHERE o.number = :number AND {MINE}")  # noqa: S608 - constant text
# Who comes late to the common queue may learn who was quicker.
_QUEUED_ID = Sql(f"SELECT o.id FROM orders o WHERE o.number = :number AND (o.claimed_at IS NOT NULL OR {MINE})")  # noqa: S608
_SHEET_TEXT = f"""
    SELECT o.id, o.number, o.status, o.company_id, c.name AS company, c.city, {CARD} AS card, p.name AS person,
           o.manager_id, m.name AS manager, o.claimed_at, o.placed_at, o.called_at, t.name AS called_by,
           o.contact_name, o.contact_phone, o.contact_email, o.payer_name, o.payer_inn,
           o.delivery, o.carrier, o.address, o.comment, o.total, o.retail_total,
           CASE WHEN {KEPT} THEN 1 ELSE 0 END AS acts, m.absent_from, m.absent_until, m.timezone, v.name AS substitute,
           h.id AS handover_id, h.asked, h.giver_id, g.name AS giver, h.taker_id, k.name AS taker, h.word, h.at,
           w.number AS merged_into, e.payment, e.paid_on, e.shipment, e.shipped_on,
           (SELECT GLUED(CAST(x.number AS TEXT), ',') FROM orders x WHERE x.merged_into_id = o.id) AS merged
    FROM orders o
    JOIN company c ON c.id = o.company_id
    JOIN person p ON p.id = o.person_id
    LEFT JOIN person m ON m.id = o.manager_id
    LEFT JOIN person t ON t.id = o.called_by_id
    LEFT JOIN person v ON v.id = m.substitute_id AND v.blocked_at IS NULL
    LEFT JOIN orders w ON w.id = o.merged_into_id
    LEFT JOIN exchanged_order e ON e.id = (
        SELECT MAX(x.id) FROM exchanged_order x WHERE x.order_id = o.id AND (x.payment <> '' OR x.shipment <> ''))
    LEFT JOIN order_handover h ON h.open_for = o.id
    LEFT JOIN person g ON g.id = h.giver_id
    LEFT JOIN person k ON k.id = h.taker_id
    WHERE o.number = :number AND {MINE}
"""  # noqa: S608 - constant text
_SHEET = Sql(_SHEET_TEXT.replace("GLUED", "group_concat"), postgres=_SHEET_TEXT.replace("GLUED", "string_agg"))
_LINES = Sql(
    """
    SELECT l.position, l.product_id, l.article, l.name, l.brand, l.unit, l.picture,
           l.quantity, l.retail, l.discount, l.price, l.vat_rate, l.rate, l.rate_on,
           n.number AS presentation
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
    SELECT h.status, h.at, h.author_id, p.name AS author
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
    """An order to comment on; raises NotFound for one that is not this reader's."""
    return await _order(_ID, user, number)


async def sees(user: User, number: int) -> bool:
    """Whether there is such an order for the reader."""
    return await _ID.value(number=number, **reader_values(user)) is not None


async def kept_order(user: User, number: int) -> Order:
    """An order to work on. Raises NotFound, and RuleBroken for one that is only offered to the reader yet."""
    found = await _order(_ID, user, number)
    if await _KEPT_ID.value(number=number, **reader_values(user)) is None:
        raise RuleBroken("The order is not yours yet: accept it first")
    return found


async def queued_order(user: User, number: int) -> Order:
    """An order to claim: one that the reader sees, or that somebody took from the common queue. Raises NotFound."""
    return await _order(_QUEUED_ID, user, number)


async def sheet(user: User, number: int) -> Sheet:
    """An order with its lines and its way; raises NotFound for one that is not this reader's."""
    row = await _SHEET.one(number=number, **reader_values(user))
    if row is None:
        raise NotFound
    status = Status(row["status"])
    passing, away = _passing(row), _away(row)
    lines = await _LINES.all(order=row["id"])
    changes = await _CHANGES.all(order=row["id"])
    moments = {name: as_datetime(row[name]) for name in ("claimed_at", "placed_at", "called_at")}
    return Sheet(
        **{name: row[name] for name in _AS_THEY_ARE},
        **moments,
        status=status,
        delivery=Delivery(row["delivery"]),
        papers=_papers(row),
        merged=tuple(sorted(int(number) for number in (row["merged"] or "").split(",") if number)),
        acts=bool(row["acts"]),
        undo=_undo(row, changes, user),
        passing=passing if user.is_staff else None,
        away=away,
        lines=tuple(SheetLine(**{**line, "rate_on": as_date(line["rate_on"])}) for line in lines),
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
        "hands": user.hands,
        **card_values(user),
    }


_AS_THEY_ARE = (
    *("id", "number", "company_id", "company", "city", "card", "person", "manager_id", "manager", "called_by"),
    *("contact_name", "contact_phone", "contact_email", "payer_name", "payer_inn"),
    *("carrier", "address", "comment", "total", "retail_total", "merged_into"),
)


def _papers(row: Mapping[str, Any]) -> tuple[Paper, ...]:
    """What is known of the payment and the shipment, as the accounting has them."""
    kinds = (("payment", "paid_on"), ("shipment", "shipped_on"))
    return tuple(Paper(kind, row[kind], as_date(row[since])) for kind, since in kinds if row[kind])


def _undo(row: Mapping[str, Any], changes: list[dict[str, Any]], user: User) -> Status | None:
    """The step that the reader may take back now."""
    claimed_at = as_datetime(row["claimed_at"])
    steps = [(Status(one["status"]), as_datetime(one["at"]), one["author_id"]) for one in changes[-2:]]
    if len(steps) < 2 or not user.is_staff or row["merged_into"] or not may_be_undone(*steps[-1], claimed_at, user):
        return None
    return steps[-1][0]


def _passing(row: Mapping[str, Any]) -> Passing | None:
    if row["handover_id"] is None:
        return None
    same = {name: row[name] for name in ("giver_id", "giver", "taker_id", "taker", "word")}
    return Passing(row["handover_id"], bool(row["asked"]), **same, at=as_datetime(row["at"]))


def _away(row: Mapping[str, Any]) -> Away | None:
    since, until = as_date(row["absent_from"]), as_date(row["absent_until"])
    if row["manager_id"] is None or not is_away(since, until, row["timezone"]):
        return None
    return Away(until, row["substitute"] or "")


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
