"""What the pages of choosing read: what can be offered to many, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date, as_datetime, like
from app.desk.promos.wanted import Wanted
from app.desk.scopes import COMPANIES, DRAFTS, SENT, scope
from app.errors import NotFound

SHOWN = 200  # companies of a page

_SOURCE = Sql(
    f"""
    SELECT v.id, n.number, v.title, v.greeting, v.valid_until, c.name AS company,
           COALESCE((SELECT p.name FROM person p WHERE p.id = n.recipient_id), '') AS recipient,
           (SELECT COUNT(*) FROM presentation_line l WHERE l.version_id = v.id) AS lines
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.number = :number AND ((v.sent_at IS NOT NULL AND {SENT}) OR (v.sent_at IS NULL AND {DRAFTS}))
    ORDER BY v.number DESC LIMIT 1
    """  # noqa: S608 - constant text
)
_READERS = "p.company_id = c.id AND p.blocked_at IS NULL AND p.role IN ('owner', 'buyer')"
AGREED = f"""
    (SELECT COUNT(*) FROM person p WHERE {_READERS} AND p.wants_presentations
      AND EXISTS (SELECT 1 FROM consent a WHERE a.person_id = p.id AND a.kind = 'promo' AND a.withdrawn_at IS NULL))"""  # noqa: S608 - constant text
_FOUND = f"""
    FROM company c
    LEFT JOIN assignment s ON s.company_id = c.id
    LEFT JOIN person m ON m.id = s.manager_id
    WHERE {COMPANIES} AND c.search LIKE :q ESCAPE '\\' AND (:city = '' OR c.city = :city)
      AND (:manager = 0 OR s.manager_id = :manager)
      AND c.default_discount >= :discount
      AND (:brand = 0 OR EXISTS (SELECT 1 FROM discount d WHERE d.company_id = c.id AND d.brand_id = :brand))
      AND (:days = 0 OR EXISTS (SELECT 1 FROM orders o WHERE o.company_id = c.id AND o.placed_at >= :since))
      AND EXISTS (SELECT 1 FROM person p WHERE {_READERS})
"""  # noqa: S608 - constant text
_LIST = Sql(
    f"""
    SELECT c.id, c.name, c.city, c.default_discount, m.name AS manager, {AGREED} AS agreed,
           (SELECT MAX(o.placed_at) FROM orders o WHERE o.company_id = c.id) AS ordered_at
    {_FOUND} ORDER BY c.name, c.id LIMIT :limit
    """  # noqa: S608 - constant text
)
_IDS = Sql(f"SELECT c.id {_FOUND} ORDER BY c.name, c.id")
_CITIES = Sql(
    "SELECT DISTINCT c.city FROM company c LEFT JOIN assignment s ON s.company_id = c.id "  # noqa: S608 - constant text
    f"WHERE {COMPANIES} AND c.city <> '' ORDER BY c.city"
)
_BRANDS = Sql(
    f"""
    SELECT DISTINCT b.id, b.name FROM brand b JOIN discount d ON d.brand_id = b.id
    JOIN company c ON c.id = d.company_id LEFT JOIN assignment s ON s.company_id = c.id
    WHERE {COMPANIES} ORDER BY b.name
    """  # noqa: S608 - constant text
)
_MANAGERS = Sql(
    "SELECT DISTINCT m.id, m.name FROM person m JOIN assignment s ON s.manager_id = m.id ORDER BY m.name, m.id"
)


@dataclass(frozen=True, slots=True)
class Source:
    """The version whose lines can be offered to many. `company` and `recipient` are those that it was made for."""

    id: int
    number: int
    title: str
    greeting: str
    valid_until: date
    company: str
    recipient: str
    lines: int

    def for_all(self, text: str) -> str:
        """The text, if it can be said to others: empty when it names its company or speaks to its reader."""
        names = [self.company, *self.recipient.split()[:1]]
        return "" if any(name.casefold() in text.casefold() for name in names) else text


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that the promo may go to; `agreed` counts its people who get promotional letters."""

    id: int
    name: str
    city: str
    default_discount: int
    manager: str
    agreed: int
    ordered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What companies can be filtered by: cities, brands with discounts of their own, and for all: managers."""

    cities: tuple[str, ...]
    brands: dict[int, str]
    managers: dict[int, str]


async def source(user: User, number: int) -> Source:
    """The newest version of a presentation that the reader drafts or has sent; raises NotFound."""
    row = await _SOURCE.one(**scope(user), number=number)
    if row is None:
        raise NotFound
    return Source(**{**row, "valid_until": as_date(row["valid_until"])})


async def candidates(user: User, wanted: Wanted) -> tuple[list[Candidate], list[int]]:
    """The first companies that are found, by name, and the ids of all of them. Nobody can be written to elsewhere."""
    values = _values(user, wanted)
    rows = await _LIST.all(**values, limit=SHOWN)
    shown = [
        Candidate(**{**row, "manager": row["manager"] or "", "ordered_at": as_datetime(row["ordered_at"])})
        for row in rows
    ]
    return shown, [row["id"] for row in await _IDS.all(**values)]


async def choices(user: User) -> Choices:
    """What the filter offers."""
    cities = await _CITIES.all(**scope(user))
    brands = await _BRANDS.all(**scope(user))
    managers = await _MANAGERS.all() if user.is_administrator else []
    return Choices(
        tuple(row["city"] for row in cities),
        {row["id"]: row["name"] for row in brands},
        {row["id"]: row["name"] for row in managers},
    )


def ticked(found: Sequence[int], wanted: Sequence[int]) -> list[int]:
    """Those of `wanted` that were found."""
    there = set(found)
    return [one for one in wanted if one in there]


def _values(user: User, wanted: Wanted) -> dict[str, Any]:
    own = 0 if user.is_administrator or wanted.manager == "all" else user.id
    return {
        **scope(user),
        "q": like(wanted.q.casefold()) if wanted.q else "%",
        "city": wanted.city,
        "brand": wanted.brand,
        "discount": wanted.discount * 100,
        "days": wanted.days,
        "since": clock.now() - timedelta(days=wanted.days),
        "manager": wanted.manager_id if user.is_administrator else own,
    }
