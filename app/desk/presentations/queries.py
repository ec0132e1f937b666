"""What the drafting pages read besides the draft itself: the list, a sent version, products to add."""
# long: the list with a statement for each state, a sent version, and products to add

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.accounts.user import User
from app.catalogue.filters import Filters
from app.catalogue.models import Product, article_key
from app.catalogue.prices import Discounts, discounts_of_company
from app.catalogue.search import BEST_FIRST, MATCHES, sought
from app.database import Sql, as_date, as_datetime
from app.desk.scopes import COMPANIES, DRAFTS, SENT, scope
from app.errors import NotFound
from app.quantities import least
from app.settings import Settings

PAGE = 30
FEW = 1000
FOUND = 6  # products that a search offers
SOON = timedelta(days=3)  # an offer that ends within it is expiring
STATES = ("draft", "sent", "opened", "in_cart", "expiring", "ordered", "expired", "replaced")

# Of a version `v`: how many of its lines lie in carts and were ordered, and whether any was.
IN_CARTS = """
    (SELECT COUNT(DISTINCT l.id) FROM presentation_line l JOIN cart_line k ON k.presentation_line_id = l.id
      WHERE l.version_id = v.id)"""
ORDERED_LINES = """
    (SELECT COUNT(DISTINCT l.id) FROM presentation_line l JOIN order_line g ON g.presentation_line_id = l.id
      WHERE l.version_id = v.id)"""
ORDERED = """
    EXISTS (SELECT 1 FROM presentation_line l JOIN order_line g ON g.presentation_line_id = l.id
            WHERE l.version_id = v.id)"""
LINES = "(SELECT COUNT(*) FROM presentation_line l WHERE l.version_id = v.id)"
TOTAL = "(SELECT COALESCE(SUM(l.price * l.quantity), 0) FROM presentation_line l WHERE l.version_id = v.id)"
OPENED = "EXISTS (SELECT 1 FROM presentation_opening o WHERE o.version_id = v.id)"

# Which versions are in a state stands in the statement, so that an index leads to few of many: what holds is found by
# its last day, drafts by not being sent. The rest is many and walked from the newest: a page is full soon.
# (A CASE keeps SQLite from the index of sent_at, by which it would read all that was ever sent.)
CURRENT = "CASE WHEN v.sent_at IS NULL OR v.replaced_at IS NOT NULL THEN 0 ELSE 1 END = 1"
_HOLDS = f"""v.id IN (SELECT x.id FROM presentation_version x WHERE x.valid_until >= :today)
    AND {CURRENT} AND NOT {ORDERED}"""  # noqa: S608 - constant text
_IN_STATE = {
    "": "1 = 1",
    "draft": "v.sent_at IS NULL",
    "sent": f"{_HOLDS} AND NOT {OPENED} AND {IN_CARTS} = 0",
    "opened": f"{_HOLDS} AND ({OPENED} OR {IN_CARTS} > 0)",
    "in_cart": f"{_HOLDS} AND {IN_CARTS} > 0",
    "expiring": f"{_HOLDS} AND v.valid_until <= :soon",
    "ordered": f"{CURRENT} AND {ORDERED}",
    "expired": f"{CURRENT} AND v.valid_until < :today AND NOT {ORDERED}",
    "replaced": "v.sent_at IS NOT NULL AND v.replaced_at IS NOT NULL",
}
_FROM = f"""
    FROM presentation_version v
    JOIN presentation n ON n.id = v.presentation_id
    JOIN person a ON a.id = v.author_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN assignment s ON s.company_id = c.id
    WHERE v.id < :before AND ((v.sent_at IS NOT NULL AND {SENT}) OR (v.sent_at IS NULL AND {DRAFTS}))
"""
# Of a manager who has FEW at the most: all of them, instead of a walk through those of others.
_FEW = """
    AND v.id IN (SELECT x.id FROM presentation_version x WHERE x.author_id = :person
                 UNION SELECT x.id FROM assignment g JOIN presentation z ON z.company_id = g.company_id
                       JOIN presentation_version x ON x.presentation_id = z.id WHERE g.manager_id = :person)"""
_HAS = Sql(
    """
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM presentation_version WHERE author_id = :person LIMIT :few) a)
         + (SELECT COUNT(*) FROM (SELECT 1 FROM assignment g JOIN presentation z ON z.company_id = g.company_id
                                  WHERE g.manager_id = :person LIMIT :few) b)
    """
)
_LIST = {
    (state, few): Sql(
        f"""
        SELECT v.id, n.number, v.number AS version, v.title, v.valid_until, v.sent_at, v.created_at, c.name AS company,
               c.city, a.name AS author, {LINES} AS lines, {TOTAL} AS total, {IN_CARTS} AS in_cart,
               CASE WHEN v.sent_at IS NULL THEN 'draft'
                    WHEN v.replaced_at IS NOT NULL THEN 'replaced'
                    WHEN {ORDERED} THEN 'ordered'
                    WHEN v.valid_until < :today THEN 'expired'
                    WHEN {IN_CARTS} > 0 THEN 'in_cart'
                    WHEN {OPENED} THEN 'opened'
                    ELSE 'sent' END AS state
        {_FROM} AND {which} {_FEW if few else ""}
        ORDER BY v.id DESC LIMIT :limit
        """
    )
    for state, which in _IN_STATE.items()
    for few in (True, False)
}
_SUMMARY = Sql(
    f"""
    SELECT n.id, n.number, v.id AS version_id, v.number AS version, v.title, v.valid_until, v.sent_at,
           a.name AS author, c.name AS company, c.city, r.name AS recipient,
           CASE WHEN {COMPANIES} THEN 1 ELSE 0 END AS may_draft,
           {LINES} AS lines, {TOTAL} AS total, {IN_CARTS} AS in_cart, {ORDERED_LINES} AS ordered
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NOT NULL AND v.replaced_at IS NULL
    JOIN person a ON a.id = v.author_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN person r ON r.id = n.recipient_id
    LEFT JOIN assignment s ON s.company_id = c.id
    WHERE n.number = :number AND {SENT}
    """  # noqa: S608 - constant text
)
_OPENINGS = Sql(
    """
    SELECT p.name, MAX(o.at) AS last_at, COUNT(*) AS days
    FROM presentation_opening o JOIN person p ON p.id = o.person_id
    WHERE o.version_id = :version
    GROUP BY p.id, p.name ORDER BY last_at DESC
    """
)
_FIND = """
    SELECT p.id, p.article, p.name, b.name AS brand, p.unit, p.pack, p.minimum, p.retail, p.brand_id, p.category_id,
           p.stock, p.restock_on
    FROM product p JOIN brand b ON b.id = p.brand_id
    WHERE p.discontinued_at IS NULL {matches}
    ORDER BY {best_first}, CASE WHEN p.stock > 0 THEN 0 ELSE 1 END, p.article, p.id
    LIMIT :limit
"""
_FOUND = Sql(
    _FIND.format(matches=MATCHES["sqlite"], best_first=BEST_FIRST),
    postgres=_FIND.format(matches=MATCHES["postgres"], best_first=BEST_FIRST),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A version in the list. `state` is one of STATES but expiring; `moment` is when it was sent, or begun."""

    key: int
    number: int
    version: int
    title: str
    company: str
    city: str
    author: str
    valid_until: date
    moment: datetime
    lines: int
    total: int
    in_cart: int
    state: str
    expiring: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A person read the version on `days` days, the last time at `last_at`."""

    name: str
    last_at: datetime
    days: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The version that holds of a sent presentation, for those who made it. `in_cart` and `ordered` count lines."""

    id: int
    number: int
    version: int
    title: str
    valid_until: date
    expired: bool
    sent_at: datetime
    author: str
    company: str
    city: str
    recipient: str  # empty: everybody who may order
    may_draft: bool
    lines: int
    total: int
    in_cart: int
    ordered: int
    openings: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A product that a search offers: `price` is the company's own, `quantity` the least that can be ordered."""

    id: int
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    retail: int
    price: int
    discount: int
    stock: int
    restock_on: date | None
    quantity: int


async def listed(
    user: User, settings: Settings, *, state: str, before: int, manager: int = 0
) -> tuple[list[Listed], int]:
    """A page of versions in a state (empty: any), newest first, and the key of the next page (0: there is none)."""
    today = clock.today(settings.timezone)
    values = scope(user, manager)
    few = not values["everything"] and await _HAS.value(person=values["person"], few=FEW) < FEW
    rows = await _LIST[state, few].all(
        **values, before=before or 2**31 - 1, today=today, soon=today + SOON, limit=PAGE + 1
    )
    shown = [_listed(row, today) for row in rows[:PAGE]]
    return shown, shown[-1].key if len(rows) > PAGE else 0


async def summary(user: User, number: int, settings: Settings) -> Summary:
    """The version of a sent presentation that holds, with what came of it; raises NotFound."""
    row = await _SUMMARY.one(**scope(user), number=number)
    if row is None:
        raise NotFound
    openings = await _OPENINGS.all(version=row.pop("version_id"))
    valid_until = as_date(row["valid_until"])
    row |= {
        "valid_until": valid_until,
        "expired": valid_until < clock.today(settings.timezone),
        "sent_at": as_datetime(row["sent_at"]),
        "recipient": row["recipient"] or "",
        "may_draft": bool(row["may_draft"]),
        "total": int(row["total"]),
    }
    opened = [Opened(one["name"], as_datetime(one["last_at"]), one["days"]) for one in openings]
    return Summary(**row, openings=tuple(opened))


async def found(text: str, company_id: int) -> list[Found]:
    """Products that a search in the catalogue finds, at the prices that the company has outside of presentations."""
    if not article_key(text):
        return []
    rows = await _FOUND.all(**sought(Filters(q=text)), limit=FOUND)
    discounts = await discounts_of_company(company_id)
    return [_found(row, discounts) for row in rows]


async def product(product_id: int) -> Product:
    """A product to add, its brand fetched; raises NotFound."""
    found = await Product.get_or_none(id=product_id).select_related("brand")
    if found is None:
        raise NotFound
    return found


def _listed(row: Mapping[str, Any], today: date) -> Listed:
    valid_until = as_date(row["valid_until"])
    return Listed(
        **{name: row[name] for name in _AS_THEY_ARE},
        key=row["id"],
        valid_until=valid_until,
        moment=as_datetime(row["sent_at"] or row["created_at"]),
        total=int(row["total"]),
        expiring=row["state"] in ("sent", "opened", "in_cart") and valid_until <= today + SOON,
    )


def _found(row: Mapping[str, Any], discounts: Discounts) -> Found:
    price = discounts.price(row["retail"], brand_id=row["brand_id"], category_id=row["category_id"])
    return Found(
        **{name: row[name] for name in _OF_PRODUCT},
        price=price.price,
        discount=price.discount,
        restock_on=as_date(row["restock_on"]),
        quantity=least(row["minimum"], row["pack"]),
    )


_AS_THEY_ARE = ("number", "version", "title", "company", "city", "author", "lines", "in_cart", "state")
_OF_PRODUCT = ("id", "article", "name", "brand", "unit", "pack", "retail", "stock")
