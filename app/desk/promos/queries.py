"""What the pages of promos read: what would happen, how far they are, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date, as_datetime
from app.desk.promos.choosing import AGREED, SHOWN
from app.desk.scopes import scope
from app.errors import NotFound
from app.presentations.ordered import COUNTED
from app.settings import Settings

PAGE = 30  # promos
NAMED = 10  # companies that the check names

_OWN = "(:everything OR p.author_id = :person)"
_COUNTS = """
    (SELECT COUNT(*) FROM promo_company k WHERE k.promo_id = p.id) AS companies,
    (SELECT COUNT(*) FROM promo_company k WHERE k.promo_id = p.id AND k.state = 'made') AS made,
    (SELECT COUNT(*) FROM promo_company k WHERE k.promo_id = p.id AND k.state = 'passed') AS passed,
    (SELECT COUNT(*) FROM promo_company k WHERE k.promo_id = p.id AND k.state = 'failed') AS failed
"""
_PROMO = f"""
    SELECT p.id, p.title, p.greeting, p.valid_until, p.created_at, p.sent_at, p.stopped_at, p.finished_at,
           a.name AS author, {_COUNTS}
    FROM promo p JOIN person a ON a.id = p.author_id WHERE {_OWN}
"""  # noqa: S608 - constant text
_ONE = Sql(_PROMO + " AND p.id = :promo")
_PROMOS = Sql(_PROMO + " AND p.id < :before ORDER BY p.id DESC LIMIT :limit")
# How far a company has come with any version of its presentation.
_IS_OPENED = """EXISTS (SELECT 1 FROM presentation_version v JOIN presentation_opening o ON o.version_id = v.id
    WHERE v.presentation_id = k.presentation_id)"""
_IN_CART = """EXISTS (SELECT 1 FROM presentation_version v JOIN presentation_line l ON l.version_id = v.id
    JOIN cart_line g ON g.presentation_line_id = l.id JOIN person b ON b.id = g.person_id AND b.company_id IS NOT NULL
    WHERE v.presentation_id = k.presentation_id)"""
_IS_ORDERED = f"""EXISTS (SELECT 1 FROM presentation_version v JOIN presentation_line l ON l.version_id = v.id
    JOIN order_line g ON g.presentation_line_id = l.id {COUNTED}
    WHERE v.presentation_id = k.presentation_id)"""  # noqa: S608 - constant text
_FUNNEL = Sql(
    f"""
    SELECT COUNT(*) AS sent,
           COALESCE(SUM(CASE WHEN {_IS_OPENED} THEN 1 ELSE 0 END), 0) AS opened,
           COALESCE(SUM(CASE WHEN {_IN_CART} OR {_IS_ORDERED} THEN 1 ELSE 0 END), 0) AS in_cart,
           COALESCE(SUM(CASE WHEN {_IS_ORDERED} THEN 1 ELSE 0 END), 0) AS ordered
    FROM promo_company k WHERE k.promo_id = :promo AND k.state = 'made'
    """  # noqa: S608 - constant text
)
_SUMS = Sql(
    f"""
    SELECT CAST(COALESCE(SUM(g.price * g.quantity), 0) AS BIGINT) AS total
    FROM promo_company k
    JOIN presentation_version v ON v.presentation_id = k.presentation_id
    JOIN presentation_line l ON l.version_id = v.id
    JOIN order_line g ON g.presentation_line_id = l.id {COUNTED}
    WHERE k.promo_id = :promo
    """  # noqa: S608 - constant text
)
_LETTERS = Sql(
    """
    SELECT COUNT(*) AS written, COALESCE(SUM(CASE WHEN e.state = 'sent' THEN 1 ELSE 0 END), 0) AS sent,
           COALESCE(SUM(CASE WHEN e.state = 'failed' THEN 1 ELSE 0 END), 0) AS failed
    FROM promo_company k JOIN email e ON e.event_id = k.event_id WHERE k.promo_id = :promo
    """
)
_ROWS = Sql(
    f"""
    SELECT k.id, k.state, k.reason, c.name, c.city, n.number,
           CASE WHEN {_IS_ORDERED} THEN 'ordered' WHEN {_IN_CART} THEN 'in_cart' WHEN {_IS_OPENED} THEN 'opened'
                ELSE 'sent' END AS came_to
    FROM promo_company k JOIN company c ON c.id = k.company_id LEFT JOIN presentation n ON n.id = k.presentation_id
    WHERE k.promo_id = :promo AND k.id > :after ORDER BY k.id LIMIT :limit
    """  # noqa: S608 - constant text
)
_PRODUCTS = Sql(
    """
    SELECT l.quantity, l.remark, p.article, p.name, p.unit, p.retail, b.name AS brand
    FROM promo_line l JOIN product p ON p.id = l.product_id JOIN brand b ON b.id = p.brand_id
    WHERE l.promo_id = :promo ORDER BY l.position
    """
)
_CHECK = Sql(
    f"""
    SELECT COUNT(*) AS companies, COALESCE(SUM({AGREED}), 0) AS people,
           COALESCE(SUM(CASE WHEN {AGREED} = 0 THEN 1 ELSE 0 END), 0) AS without
    FROM promo_company k JOIN company c ON c.id = k.company_id WHERE k.promo_id = :promo
    """  # noqa: S608 - constant text
)
_SILENT = Sql(
    f"""
    SELECT c.name FROM promo_company k JOIN company c ON c.id = k.company_id
    WHERE k.promo_id = :promo AND {AGREED} = 0 ORDER BY c.name, c.id LIMIT :limit
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A promo with how far it has come. `state`: check, running, stopped, expired or finished."""

    id: int
    title: str
    greeting: str
    valid_until: date
    created_at: datetime
    sent_at: datetime | None
    finished_at: datetime | None
    author: str
    companies: int
    made: int
    passed: int
    failed: int
    state: str

    @property
    def done(self) -> int:
        """Companies that nothing has to be done about any more."""
        return self.made + self.passed + self.failed

    @property
    def waiting(self) -> int:
        """Companies that wait."""
        return self.companies - self.done


@dataclass(frozen=True, slots=True)
class Product:
    """A line of a promo, at today's retail price in kopecks."""

    article: str
    name: str
    brand: str
    unit: str
    retail: int
    quantity: int
    remark: str


@dataclass(frozen=True, slots=True)
class Check:
    """What would happen: letters to `people`; `without` companies have nobody who agreed to them, some `named`."""

    companies: int
    people: int
    without: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a promo: companies that opened, have it in a cart or ordered, ordered; kopecks ordered."""

    sent: int
    opened: int
    in_cart: int
    ordered: int
    total: int
    letters: int
    letters_sent: int
    letters_failed: int


@dataclass(frozen=True, slots=True)
class Row:
    """A company of a promo: its state, and how far the company has come with its presentation `number`."""

    key: int
    name: str
    city: str
    number: int | None
    state: str
    reason: str
    came_to: str


async def promo(user: User, promo_id: int, settings: Settings) -> Shown:
    """A promo of the reader's; raises NotFound."""
    row = await _ONE.one(**scope(user), promo=promo_id)
    if row is None:
        raise NotFound
    return _shown(row, clock.today(settings.timezone))


async def promos(user: User, settings: Settings, before: int) -> tuple[list[Shown], int]:
    """A page of promos, newest first, and the key of the next page (0: there is none)."""
    rows = await _PROMOS.all(**scope(user), before=before or 2**31 - 1, limit=PAGE + 1)
    today = clock.today(settings.timezone)
    shown = [_shown(row, today) for row in rows[:PAGE]]
    return shown, shown[-1].id if len(rows) > PAGE else 0


async def check(promo_id: int) -> Check:
    """What would happen if it were sent now."""
    row = await _CHECK.one(promo=promo_id) or {}
    named = await _SILENT.all(promo=promo_id, limit=NAMED)
    counts = {name: int(row[name]) for name in ("companies", "people", "without")}
    return Check(**counts, named=tuple(one["name"] for one in named))


async def came(promo_id: int) -> Came:
    """What became of all its presentations."""
    funnel = await _FUNNEL.one(promo=promo_id) or {}
    letters = await _LETTERS.one(promo=promo_id) or {}
    total: int | None = await _SUMS.value(promo=promo_id)
    return Came(
        **{name: int(funnel[name]) for name in ("sent", "opened", "in_cart", "ordered")},
        total=int(total or 0),
        letters=int(letters["written"]),
        letters_sent=int(letters["sent"]),
        letters_failed=int(letters["failed"]),
    )


async def products(promo_id: int) -> list[Product]:
    """Its lines."""
    return [Product(**row) for row in await _PRODUCTS.all(promo=promo_id)]


async def companies(promo_id: int, after: int) -> tuple[list[Row], int]:
    """A page of its companies in their order, and the key of the next page (0: there is none)."""
    rows = await _ROWS.all(promo=promo_id, after=after, limit=SHOWN + 1)
    shown = [Row(key=row.pop("id"), **row) for row in rows[:SHOWN]]
    return shown, shown[-1].key if len(rows) > SHOWN else 0


def _shown(row: Mapping[str, Any], today: date) -> Shown:
    last_day = as_date(row["valid_until"])
    state = "finished" if row["finished_at"] else "check" if row["sent_at"] is None else "running"
    if state == "running" and (row["stopped_at"] or last_day < today):
        state = "expired" if last_day < today else "stopped"
    moments = {name: as_datetime(row[name]) for name in ("created_at", "sent_at", "finished_at")}
    same = {name: row[name] for name in ("id", "title", "greeting", "author", "companies", "made", "passed", "failed")}
    return Shown(**same, **moments, valid_until=last_day, state=state)
