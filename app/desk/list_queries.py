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

# Whose orders and in what status is written into the statement, so that an index leads to few of many. What is left to
# the scope is walked from the newest: a page is full soon.
_WHOSE = {
    "": "",
    "mine": "AND o.manager_id = :person",
    "queue": "AND o.manager_id IS NULL AND o.status = 'new'",
}
_STATUS = {False: "", True: "AND o.status = :status"}
# Of a manager who has FEW at the most: all of them, instead of a walk through those of others.
FEW = 1000
_FEW = """
    AND o.id IN (SELECT x.id FROM orders x WHERE x.manager_id = :person
                 UNION SELECT x.id FROM orders x WHERE x.manager_id IS NULL
                 UNION SELECT x.id FROM assignment g JOIN orders x ON x.company_id = g.company_id
                       WHERE g.manager_id = :person)"""
_HAS = Sql(
    """
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM orders WHERE manager_id = :person LIMIT :few) a)
         + (SELECT COUNT(*) FROM (SELECT 1 FROM assignment g JOIN orders x ON x.company_id = g.company_id
                                  WHERE g.manager_id = :person LIMIT :few) b)
    """
)
_ORDERS = {
    (whose, has_status, few): Sql(
        f"""
        SELECT o.id, o.number, o.status, o.placed_at, o.total, o.contact_name, o.contact_phone,
               c.name AS company, c.city, m.name AS manager
        FROM orders o
        LEFT JOIN company c ON c.id = o.company_id
        LEFT JOIN person m ON m.id = o.manager_id
        LEFT JOIN assignment s ON s.company_id = o.company_id
        WHERE o.id < :before AND {ORDERS} {which} {status} {_FEW if few else ""}
        ORDER BY o.id DESC LIMIT :limit
        """  # noqa: S608 - constant text
    )
    for whose, which in _WHOSE.items()
    for has_status, status in _STATUS.items()
    for few in (True, False)
}
# A search looks for the number, else for the companies: of a few their newest orders, of many whatever is newest.
FEW_COMPANIES = 100
_ARE_FEW = Sql("SELECT COUNT(*) FROM (SELECT 1 FROM company WHERE search LIKE :company ESCAPE '\\' LIMIT :limit) x")
_NEWEST = """
    SELECT x.id FROM orders x
    WHERE x.company_id = c.id AND x.id < :before AND (:status = '' OR x.status = :status)
      AND (:whose = '' OR (:whose = 'mine' AND x.manager_id = :person)
           OR (:whose = 'queue' AND x.manager_id IS NULL AND x.status = 'new'))
    ORDER BY x.id DESC LIMIT :limit"""
_SOUGHT_TEXT = """
    SELECT o.id, o.number, o.status, o.placed_at, o.total, o.contact_name, o.contact_phone,
           c.name AS company, c.city, m.name AS manager
    FROM {tables}
    LEFT JOIN person m ON m.id = o.manager_id
    LEFT JOIN assignment s ON s.company_id = o.company_id
    WHERE o.id < :before AND {scope}
      AND (:status = '' OR o.status = :status)
      AND (:whose = '' OR (:whose = 'mine' AND o.manager_id = :person)
           OR (:whose = 'queue' AND o.manager_id IS NULL AND o.status = 'new'))
    ORDER BY o.id DESC LIMIT :limit
"""
_OF_COMPANIES = "(SELECT id, name, city FROM company WHERE search LIKE :company ESCAPE '\\') c"
_SOUGHT = Sql(
    _SOUGHT_TEXT.format(scope=ORDERS, tables=f"{_OF_COMPANIES} JOIN orders o ON o.id IN ({_NEWEST})"),
    postgres=_SOUGHT_TEXT.format(
        scope=ORDERS,
        tables=f"{_OF_COMPANIES} CROSS JOIN LATERAL ({_NEWEST}) y JOIN orders o ON o.id = y.id",
    ),
)
_AMONG_MANY = Sql(
    _SOUGHT_TEXT.format(
        scope=f"c.search LIKE :company ESCAPE '\\' AND {ORDERS}",
        tables="orders o JOIN company c ON c.id = o.company_id",
    )
)
_NUMBERED = Sql(
    _SOUGHT_TEXT.format(
        scope=f"o.number = :number AND {ORDERS}", tables="orders o JOIN company c ON c.id = o.company_id"
    )
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
           AS contact
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
    manager: str
    mine: bool
    default_discount: int
    special: int


async def orders(
    user: User, *, q: str, status: str, whose: str, before: int, manager: int = 0
) -> tuple[list[ListedOrder], int]:
    """A page of orders, newest first, and the key of the next page (0: there is none).

    `q` is a number or a part of the company's name; `whose` is empty (all that the reader may see), mine or queue.
    """
    values = {**scope(user, manager), "status": status, "before": before or _LAST, "limit": PAGE + 1}
    if not q:
        few = not whose and not values["everything"] and await _HAS.value(person=values["person"], few=FEW) < FEW
        rows = await _ORDERS[whose, bool(status), few].all(**values)
    else:
        rows = await _sought(q, {**values, "whose": whose})
    shown = [_order(row) for row in rows[:PAGE]]
    return shown, shown[-1].key if len(rows) > PAGE else 0


async def _sought(q: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    digits = q.removeprefix("№").strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
    rows = await _NUMBERED.all(**values, number=number) if number else []
    if rows:
        return rows
    company = like(q.casefold())
    few = await _ARE_FEW.value(company=company, limit=FEW_COMPANIES + 1) <= FEW_COMPANIES
    return await (_SOUGHT if few else _AMONG_MANY).all(**values, company=company)


async def partners(user: User, *, q: str, after: int = 0, manager: int = 0) -> tuple[list[Partner], int]:
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
    rows = await _PARTNERS.all(**scope(user, manager), **words, after=after, limit=PAGE + 1)
    shown = [
        Partner(
            **{name: row[name] for name in ("id", "name", "city", "inn", "default_discount", "special")},
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
