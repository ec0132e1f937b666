"""Which orders the desk's list shows: their numbers, a page of them, before anything is joined."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.accounts.user import User
from app.database import Sql, like
from app.desk.order_streams import Part, Shape, statement
from app.desk.scopes import scope
from app.orders.models import Status

_LAST = 2**31 - 1  # a number after every order's
_LARGEST = 2**62
# Numbers grow with time, but for orders placed at once: less than this apart, a later one may have a lesser number.
_DISORDER = timedelta(hours=1)
_BEFORE = Sql("SELECT number FROM orders WHERE placed_at < :moment ORDER BY placed_at DESC LIMIT 1")
_AFTER = Sql("SELECT number FROM orders WHERE placed_at >= :moment ORDER BY placed_at LIMIT 1")
_TOTAL = Sql("SELECT total FROM orders WHERE number = :number")


@dataclass(frozen=True, slots=True)
class WantedOrders:
    """What the list of orders shows. `q` is a number, a product, or a part of the company's name; `whose` is empty (all
    that the reader may see), mine (of those whom the reader stands for, too) or queue; `until` is the first moment
    that is not wanted; by_sum: largest first.
    """

    q: str = ""
    status: str = ""
    whose: str = ""
    company: int = 0
    manager: int = 0
    since: datetime | None = None
    until: datetime | None = None
    by_sum: bool = False


async def keys(user: User, wanted: WantedOrders, found: list[int], *, before: int, limit: int) -> list[int]:
    """At most `limit` numbers of orders after the number `before` (0: from the beginning), as the list is sorted.

    :param found: what the search found otherwise than by the company's name; what is not the reader's is left out.
    """
    managers = _managers(user, wanted)
    if managers is None:
        return []
    wanted = replace(wanted, status=Status.NEW) if wanted.whose == "queue" else wanted
    values = {
        **scope(user),
        "managers": managers,
        "statuses": [wanted.status] if wanted.status else list(Status),
        "status": wanted.status,
        "company": wanted.company,
        "name": like(wanted.q.casefold()),
        "found": found,
        "since": wanted.since,
        "until": wanted.until,
        **await _bounds(wanted, before),
    }
    rows = await statement(_shape(user, wanted, bool(found))).all(**values, limit=limit, others=limit - 1)
    return [row["number"] for row in rows]


def _managers(user: User, wanted: WantedOrders) -> list[int] | None:
    """Under which managers orders are looked for; None when nothing can be both in the queue and what else is asked."""
    if wanted.whose == "queue":
        return [] if not wanted.manager and wanted.status in ("", Status.NEW) else None
    if wanted.whose == "mine" and wanted.manager and wanted.manager not in user.hands:
        return None
    return [wanted.manager] if wanted.manager else list(user.hands)


def _parts(user: User, managers: str, colleague: bool) -> tuple[Part, ...]:
    """The parts of what a reader may see under some managers; a `colleague` is one whom they do not stand for."""
    if user.is_administrator or (managers and not colleague):
        return (Part(managers),)
    if managers:
        return (Part(managers, theirs=True),)
    return (Part("nobody"), Part("listed"), Part(theirs=True))


def _shape(user: User, wanted: WantedOrders, found: bool) -> Shape:
    managers = "nobody" if wanted.whose == "queue" else "listed" if wanted.whose or wanted.manager else ""
    colleague = bool(wanted.manager) and wanted.manager not in user.hands
    return Shape(
        parts=_parts(user, managers, colleague),
        managers=managers,
        offered=not user.is_administrator and (colleague or not managers),
        found=found,
        company=bool(wanted.company),
        named=bool(wanted.q),
        status=bool(wanted.status),
        since=wanted.since is not None,
        until=wanted.until is not None,
        by_sum=wanted.by_sum,
    )


async def _bounds(wanted: WantedOrders, before: int) -> dict[str, int]:
    """After what a page begins, and between which numbers the orders of the wanted days are, both left out."""
    if wanted.by_sum:
        largest = await _TOTAL.value(number=before) if before else None
        return {"largest": _LARGEST if largest is None else largest, "before": before or _LAST, "least": 0}
    least = await _BEFORE.value(moment=wanted.since - _DISORDER) if wanted.since else None
    bound = await _AFTER.value(moment=wanted.until + _DISORDER) if wanted.until else None
    return {"least": least or 0, "before": min(before or _LAST, bound or _LAST), "largest": _LARGEST}
