"""What the warehouse collects: the goods of one order or of several together, without prices."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.user import User
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.orders.models import Delivery, Status
from app.orders.queries import MINE, reader_values

_ORDERS = Sql(
    f"""
    SELECT o.id, o.number, o.status, o.placed_at, o.delivery, o.carrier, o.address, o.comment,
           o.contact_name, o.contact_phone, c.name AS company, c.city, m.name AS manager
    FROM orders o
    JOIN company c ON c.id = o.company_id
    LEFT JOIN person m ON m.id = o.manager_id
    WHERE o.number IN :numbers AND {MINE}
    ORDER BY o.number
    """  # noqa: S608 - constant text
)
# A name may have changed between two orders: the later one stands on the shelf.
_LINES = Sql(
    """
    SELECT o.number, l.product_id, l.article, l.name, l.brand, l.unit, l.quantity
    FROM order_line l JOIN orders o ON o.id = l.order_id
    WHERE l.order_id IN :orders
    ORDER BY o.number, l.position
    """
)
_SENT = (Status.SHIPPED, Status.DONE)


@dataclass(frozen=True, slots=True)
class Picked:
    """An order whose goods are collected. `sent`: they have left already."""

    number: int
    placed_at: datetime
    company: str
    city: str
    manager: str
    contact_name: str
    contact_phone: str
    delivery: Delivery
    carrier: str
    address: str
    comment: str
    sent: bool


@dataclass(frozen=True, slots=True)
class Goods:
    """A product to collect: how much of it in all, and for which order how much."""

    article: str
    name: str
    brand: str
    unit: str
    quantity: int
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PickingList:
    """Goods by brand and article. `cancelled` and `unknown` are the numbers of orders that are left out."""

    orders: tuple[Picked, ...]
    goods: tuple[Goods, ...]
    cancelled: tuple[int, ...]
    unknown: tuple[int, ...]


async def picking_list(user: User, numbers: Sequence[int]) -> PickingList:
    """The goods of those orders that the reader sees; raises NotFound when there is none of them."""
    rows = await _ORDERS.all(numbers=list(numbers), **reader_values(user))
    if not rows:
        raise NotFound
    wanted = [row for row in rows if row["status"] != Status.CANCELLED]
    lines = await _LINES.all(orders=[row["id"] for row in wanted]) if wanted else []
    return PickingList(
        orders=tuple(_picked(row) for row in wanted),
        goods=tuple(_goods(lines)),
        cancelled=tuple(row["number"] for row in rows if row["status"] == Status.CANCELLED),
        unknown=tuple(sorted(set(numbers) - {row["number"] for row in rows})),
    )


def _picked(row: dict[str, Any]) -> Picked:
    names = ("number", "company", "city", "contact_name", "contact_phone", "carrier", "address", "comment")
    return Picked(
        **{name: row[name] for name in names},
        placed_at=as_datetime(row["placed_at"]),
        manager=row["manager"] or "",
        delivery=Delivery(row["delivery"]),
        sent=row["status"] in _SENT,
    )


def _goods(lines: Sequence[dict[str, Any]]) -> list[Goods]:
    """One row for a product, whose quantities in all orders are added up; another unit is another row."""
    same: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        same[line["product_id"], line["unit"]].append(line)
    goods = [_sum(of_one) for of_one in same.values()]
    return sorted(goods, key=lambda one: (one.brand.casefold(), one.article.casefold(), one.unit))


def _sum(lines: Sequence[dict[str, Any]]) -> Goods:
    parts: dict[int, int] = defaultdict(int)
    for line in lines:
        parts[line["number"]] += line["quantity"]
    named = {name: lines[-1][name] for name in ("article", "name", "brand", "unit")}
    return Goods(**named, quantity=sum(parts.values()), parts=tuple(parts.items()))
