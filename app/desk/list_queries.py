"""The desk's lists of orders, whose keys app.desk.order_keys finds, and of partners, one statement with its filters."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.accounts.cards import CARD, card_values
from app.accounts.user import User
from app.database import Sql, as_datetime, like
from app.desk.order_keys import WantedOrders, keys
from app.desk.queries import LATE_ORDER
from app.desk.scopes import COMPANIES, scope
from app.orders import lists as order_lists

PAGE = 30
WORDS = 4  # that a search looks at
FOUND = 200  # orders that a search by products and words looks at

_ORDERS = Sql(
    f"""
    SELECT o.number, o.status, o.placed_at, o.total, o.contact_name, o.contact_phone,
           c.name AS company, c.city, {CARD} AS card, m.name AS manager, o.merged_into_id, k.name AS offered_to
    FROM orders o
    JOIN company c ON c.id = o.company_id
    LEFT JOIN person m ON m.id = o.manager_id
    LEFT JOIN order_handover h ON h.open_for = o.id
    LEFT JOIN person k ON k.id = h.taker_id
    WHERE o.number IN :numbers
    """  # noqa: S608 - constant text
)
_MANAGERS = Sql("SELECT id, name FROM person WHERE role = 'manager' ORDER BY name, id")
# Each word of a search stands in name, city or ИНН of the company, or in what a person there is found by.
_WORD = """
      AND (:word{0} = '%%' OR c.search LIKE :word{0} ESCAPE '\\' OR EXISTS (
          SELECT 1 FROM person p WHERE p.company_id = c.id AND p.search LIKE :word{0} ESCAPE '\\'))"""
_LISTED = f"""
    SELECT c.id, c.name, c.city, c.inn, c.default_discount, c.blocked_at, m.name AS manager, m.id AS manager_id,
           (SELECT COUNT(*) FROM discount d WHERE d.company_id = c.id AND (d.valid_until IS NULL
               OR d.valid_until >= :today)) AS special,
           (SELECT MIN(p.name) FROM person p WHERE p.company_id = c.id AND p.role = 'owner' AND p.blocked_at IS NULL)
           AS contact,
           (SELECT p.id FROM person p WHERE p.company_id = c.id AND p.role = 'owner' AND p.blocked_at IS NULL
              AND NOT p.must_choose_password ORDER BY p.name, p.id LIMIT 1) AS contact_id
    FROM company c
    LEFT JOIN assignment s ON s.company_id = c.id
    LEFT JOIN person m ON m.id = s.manager_id
    WHERE {COMPANIES}
      AND (:whose = '' OR (:whose = 'mine' AND s.manager_id = :person) OR (:whose = 'nobody' AND s.manager_id IS NULL))
      AND (:manager = 0 OR s.manager_id = :manager)
      AND (:blocked = 0 OR c.blocked_at IS NOT NULL)
      AND (:orders = '' OR (:orders = 'with') = EXISTS (SELECT 1 FROM orders o WHERE o.company_id = c.id))
"""  # noqa: S608 - constant text
_LISTED += "".join(_WORD.format(number) for number in range(WORDS))
_PARTNERS = {
    "name": Sql(
        _LISTED  # noqa: S608 - constant text
        + """
      AND (:after = 0 OR (c.name, c.id) > (SELECT x.name, x.id FROM company x WHERE x.id = :after))
    ORDER BY c.name, c.id LIMIT :limit"""
    ),
    "newest": Sql(_LISTED + " AND (:after = 0 OR c.id < :after) ORDER BY c.id DESC LIMIT :limit"),
}
SORTS = tuple(_PARTNERS)
_COMPANY = Sql(
    "SELECT c.name FROM company c LEFT JOIN assignment s ON s.company_id = c.id "  # noqa: S608 - constant text
    f"WHERE c.id = :company AND {COMPANIES}"
)


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """An order in the list; `total` in kopecks. `manager` is empty while it waits in the common queue."""

    number: int
    status: str
    placed_at: datetime
    total: int
    contact_name: str
    contact_phone: str
    company: str
    city: str
    card: int | None  # the company's id, for who may open its card
    manager: str
    queued: bool
    late: bool
    merged: bool
    passing: str  # whom it is being handed to: their name, or who asks for it


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner company; its default discount in basis points, `special` counts those by brand and category."""

    id: int
    name: str
    city: str
    inn: str
    contact: str
    contact_id: int | None  # an owner for whom one can act
    manager: str
    mine: bool
    default_discount: int
    special: int
    blocked: bool


async def orders(user: User, wanted: WantedOrders, *, before: int) -> tuple[list[ListedOrder], int]:
    """A page of orders, newest first or by sum, and the key of the next page (0: there is none)."""
    found = await order_lists.found(user, wanted.q, limit=FOUND) if wanted.q else []
    numbers = await keys(user, wanted, [one.number for one in found], before=before, limit=PAGE + 1)
    rows = {row["number"]: row for row in await _ORDERS.all(numbers=numbers[:PAGE], **card_values(user))}
    return [_order(rows[number]) for number in numbers[:PAGE]], numbers[PAGE - 1] if len(numbers) > PAGE else 0


async def managers() -> dict[int, str]:
    """Everybody who is or was a manager, by id."""
    return {row["id"]: row["name"] for row in await _MANAGERS.all()}


@dataclass(frozen=True, slots=True)
class PartnerChoice:
    """What a list of partners is filtered by: whose (mine, nobody's, all), a manager's id, orders (with, without)."""

    whose: str = ""
    manager: int = 0
    orders: str = ""
    blocked: bool = False
    sort: str = "name"


async def partners(
    user: User, *, q: str, after: int = 0, choice: PartnerChoice = PartnerChoice()
) -> tuple[list[Partner], int]:
    """A page of the partners that the reader may write to, and the key of the next page (0: none)."""
    typed = sought_words(q)
    words: dict[str, Any] = {
        f"word{number}": like(typed[number] if number < len(typed) else "") for number in range(WORDS)
    }
    rows = await _PARTNERS[choice.sort].all(
        **scope(user),
        **words,
        whose=choice.whose,
        manager=choice.manager if user.is_administrator else 0,
        orders=choice.orders,
        blocked=int(choice.blocked),
        today=clock.distributor_today(),
        after=after,
        limit=PAGE + 1,
    )
    shown = [_partner(row, user) for row in rows[:PAGE]]
    return shown, shown[-1].id if len(rows) > PAGE else 0


def sought_words(q: str) -> list[str]:
    """The words of a search, casefolded. A phone, in any way of writing, is one: its digits after +7 or 8."""
    digits = re.sub(r"\D", "", q)
    if re.fullmatch(r"\+?[\d\s()–-]{5,}", q.strip()) and (len(digits) == 11 or not q.strip().isdigit()):
        return [digits[1:] if len(digits) == 11 and digits[0] in "78" else digits]
    return q.casefold().split()[:WORDS]


def _partner(row: dict[str, Any], user: User) -> Partner:
    return Partner(
        **{name: row[name] for name in ("id", "name", "city", "inn", "default_discount", "special")},
        contact=row["contact"] or "",
        manager=row["manager"] or "",
        mine=row["manager_id"] == user.id,
        blocked=row["blocked_at"] is not None,
        contact_id=row["contact_id"],
    )


async def company_name(user: User, company_id: int) -> str | None:
    """The name of a company that the reader may write to, or None."""
    name: str | None = await _COMPANY.value(**scope(user), company=company_id)
    return name


def _order(row: dict[str, Any]) -> ListedOrder:
    placed_at = as_datetime(row["placed_at"])
    queued = row["manager"] is None and row["status"] == "new"
    return ListedOrder(
        **{name: row[name] for name in _AS_THEY_ARE},
        placed_at=placed_at,
        manager=row["manager"] or "",
        queued=queued,
        late=queued and clock.now() - placed_at >= LATE_ORDER,
        merged=row["merged_into_id"] is not None,
        passing=row["offered_to"] or "",
    )


_AS_THEY_ARE = ("number", "status", "total", "contact_name", "contact_phone", "company", "city", "card")
