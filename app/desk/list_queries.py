"""The desk's lists of orders and of partners, each one statement with its filters."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.desk.queries import LATE_ORDER
from app.desk.scopes import COMPANIES, ORDERS, like, scope

PAGE = 30
WORDS = 4  # that a search looks at
_LAST = 2**31 - 1

_ORDERS = Sql(
    f"""
    SELECT o.id, o.number, o.status, o.placed_at, o.total, o.contact_name, o.contact_phone,
           c.name AS company, c.city, m.name AS manager
    FROM orders o
    JOIN company c ON c.id = o.company_id
    LEFT JOIN person m ON m.id = o.manager_id
    LEFT JOIN assignment s ON s.company_id = o.company_id
    WHERE o.id < :before AND {ORDERS}
      AND (:status = '' OR o.status = :status)
      AND (:whose = '' OR (:whose = 'mine' AND o.manager_id = :person)
           OR (:whose = 'queue' AND o.manager_id IS NULL AND o.status = 'new'))
      AND (o.number = :number OR c.search LIKE :company ESCAPE '\\')
    ORDER BY o.id DESC LIMIT :limit
    """  # noqa: S608 - constant text
)
# Each word of a search stands in name, city or ИНН of the company, or in the name or address of a person there.
# (Names have no casefolded column: they are looked for as typed and with a capital letter.)
_WORD = """
      AND (c.search LIKE :word{0} ESCAPE '\\' OR EXISTS (
          SELECT 1 FROM person p WHERE p.company_id = c.id
           AND (p.name LIKE :typed{0} ESCAPE '\\' OR p.name LIKE :titled{0} ESCAPE '\\'
                OR p.email_key LIKE :word{0} ESCAPE '\\')))"""
_PARTNERS = Sql(
    f"""
    SELECT c.id, c.name, c.city, c.inn, c.default_discount, m.name AS manager, m.id AS manager_id,
           (SELECT COUNT(*) FROM discount d WHERE d.company_id = c.id) AS special,
           (SELECT MIN(p.name) FROM person p WHERE p.company_id = c.id AND p.role = 'owner' AND p.blocked_at IS NULL)
           AS contact,
           (SELECT p.id FROM person p WHERE p.company_id = c.id AND p.role = 'owner' AND p.blocked_at IS NULL
              AND NOT p.must_choose_password ORDER BY p.name, p.id LIMIT 1) AS contact_id
    FROM company c
    LEFT JOIN assignment s ON s.company_id = c.id
    LEFT JOIN person m ON m.id = s.manager_id
    WHERE {COMPANIES}
      AND (:after = 0 OR (c.name, c.id) > (SELECT x.name, x.id FROM company x WHERE x.id = :after))
    """  # noqa: S608 - constant text
    + "".join(_WORD.format(number) for number in range(WORDS))
    + " ORDER BY c.name, c.id LIMIT :limit"
)
_COMPANY = Sql(
    "SELECT c.name FROM company c LEFT JOIN assignment s ON s.company_id = c.id "  # noqa: S608 - constant text
    f"WHERE c.id = :company AND {COMPANIES}"
)


@dataclass(frozen=True, slots=True)
class ListedOrder:
    """An order in the list; `total` in kopecks. `manager` is empty while it waits in the common queue."""

    key: int
    number: int
    status: str
    placed_at: datetime
    total: int
    contact_name: str
    contact_phone: str
    company: str
    city: str
    manager: str
    queued: bool
    late: bool


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


async def orders(user: User, *, q: str, status: str, whose: str, before: int) -> tuple[list[ListedOrder], int]:
    """A page of orders, newest first, and the key of the next page (0: there is none).

    `q` is a number or a part of the company's name; `whose` is empty (all that the reader may see), mine or queue.
    """
    digits = q.removeprefix("№").strip()
    rows = await _ORDERS.all(
        **scope(user),
        status=status,
        whose=whose,
        number=int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0,
        company=like(q.casefold()) if q else "%",
        before=before or _LAST,
        limit=PAGE + 1,
    )
    shown = [_order(row) for row in rows[:PAGE]]
    return shown, shown[-1].key if len(rows) > PAGE else 0


async def partners(user: User, *, q: str, after: int = 0) -> tuple[list[Partner], int]:
    """A page of the partners that the reader may write to, by name, and the key of the next page (0: none)."""
    words: dict[str, Any] = {}
    typed = q.split()[:WORDS]
    for number in range(WORDS):
        word = typed[number] if number < len(typed) else ""
        words |= {
            f"word{number}": like(word.casefold()),
            f"typed{number}": like(word),
            f"titled{number}": like(word.title()),
        }
    rows = await _PARTNERS.all(**scope(user), **words, after=after, limit=PAGE + 1)
    shown = [
        Partner(
            **{name: row[name] for name in ("id", "name", "city", "inn", "default_discount", "special")},
            contact_id=row["contact_id"],
            contact=row["contact"] or "",
            manager=row["manager"] or "",
            mine=row["manager_id"] == user.id,
        )
        for row in rows[:PAGE]
    ]
    return shown, shown[-1].id if len(rows) > PAGE else 0


async def company_name(user: User, company_id: int) -> str | None:
    """The name of a company that the reader may write to, or None."""
    name: str | None = await _COMPANY.value(**scope(user), company=company_id)
    return name


def _order(row: dict[str, Any]) -> ListedOrder:
    placed_at = as_datetime(row["placed_at"])
    queued = row["manager"] is None and row["status"] == "new"
    return ListedOrder(
        **{name: row[name] for name in _AS_THEY_ARE},
        key=row["id"],
        placed_at=placed_at,
        manager=row["manager"] or "",
        queued=queued,
        late=queued and clock.now() - placed_at >= LATE_ORDER,
    )


_AS_THEY_ARE = ("number", "status", "total", "contact_name", "contact_phone", "company", "city")
