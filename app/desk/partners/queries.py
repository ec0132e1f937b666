"""A partner as staff see it: the card, each part of it one statement, and the discounts that wait for a decision."""
# long: each part of the card has its statement and its row

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.accounts.models import Company, Person, Role
from app.accounts.user import User
from app.catalogue.models import Brand, Category, Discount
from app.database import Sql, as_date, as_datetime
from app.desk.partners.models import DiscountRequest
from app.desk.scopes import COMPANIES, scope
from app.errors import NotFound

NOTES = 20
JUST_NOW = timedelta(hours=1)  # who comes late to a partner of nobody learns for so long who was quicker

_OURS = Sql(
    f"""
    SELECT c.id, s.manager_id, s.assigned_at, m.name AS manager FROM company c
    LEFT JOIN assignment s ON s.company_id = c.id
    LEFT JOIN person m ON m.id = s.manager_id
    WHERE c.id = :company AND {COMPANIES}
    """  # noqa: S608 - constant text
)
_JUST_TAKEN = Sql(
    """
    SELECT m.name, s.assigned_at FROM assignment s JOIN person m ON m.id = s.manager_id
    WHERE s.company_id = :company AND s.assigned_at >= :since
    """
)
_PEOPLE = Sql(
    """
    SELECT p.id, p.name, p.role, p.phone, p.email, p.blocked_at, p.must_choose_password,
           (SELECT MAX(s.seen_at) FROM session s WHERE s.person_id = p.id) AS seen_at
    FROM person p
    WHERE p.company_id = :company AND NOT (p.must_choose_password AND p.blocked_at IS NOT NULL)
    ORDER BY CASE WHEN p.blocked_at IS NULL THEN 0 ELSE 1 END, p.name, p.id
    """
)
_DISCOUNTS = Sql(
    """
    SELECT d.id, b.name AS brand, k.name AS category, d.percent, d.valid_from, d.valid_until, d.set_at, p.name AS set_by
    FROM discount d
    LEFT JOIN brand b ON b.id = d.brand_id
    LEFT JOIN category k ON k.id = d.category_id
    LEFT JOIN person p ON p.id = d.set_by_id
    WHERE d.company_id = :company
    ORDER BY CASE WHEN d.valid_until < :today THEN 1 ELSE 0 END, COALESCE(b.name, k.name, ''), d.valid_from, d.id
    """
)
_REQUESTS = """
    SELECT r.id, r.percent, r.valid_from, r.valid_until, r.asked_at, a.name AS asked_by, b.name AS brand,
           k.name AS category, c.id AS company_id, c.name AS company,
           COALESCE((SELECT d.percent FROM discount d WHERE d.id = r.replaces), CASE WHEN r.brand_id IS NULL
               AND r.category_id IS NULL THEN c.default_discount END) AS was
    FROM discount_request r
    JOIN company c ON c.id = r.company_id
    JOIN person a ON a.id = r.asked_by_id
    LEFT JOIN brand b ON b.id = r.brand_id
    LEFT JOIN category k ON k.id = r.category_id
    WHERE r.state = 'waiting'
"""
_OF_COMPANY = Sql(_REQUESTS + " AND r.company_id = :company ORDER BY r.id")
_ALL = Sql(_REQUESTS + " ORDER BY r.id LIMIT 200")
_NOTES = Sql(
    """
    SELECT n.text, n.at, p.name AS author FROM company_note n JOIN person p ON p.id = n.author_id
    WHERE n.company_id = :company ORDER BY n.id DESC LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Head:
    """Who takes care of a company; `mine`: the reader does."""

    company: Company
    manager: str
    mine: bool
    since: datetime | None

    @property
    def id(self) -> int:
        """The company's id."""
        return self.company.id


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody of a partner. `seen_at` is when they were last here."""

    id: int
    name: str
    role: Role
    phone: str
    email: str
    seen_at: datetime | None
    blocked: bool
    invited: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A discount in basis points; `state` is holds, later or over, `set_by` may be empty."""

    id: int
    brand: str
    category: str
    percent: int
    since: date | None
    until: date | None
    state: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A discount past its manager's limit that waits; `was` is what holds now, None: nothing of its own."""

    id: int
    company_id: int
    company: str
    brand: str
    category: str
    percent: int
    was: int | None
    since: date | None
    until: date | None
    asked_by: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of staff."""

    text: str
    at: datetime
    author: str


async def head(user: User, company_id: int) -> Head:
    """A company that the reader may have to do with: their own, nobody's, for an administrator any. Else NotFound."""
    row = await _OURS.one(**scope(user), company=company_id)
    if row is None:
        raise NotFound
    company = await Company.get(id=company_id)
    return Head(company, row["manager"] or "", row["manager_id"] == user.id, as_datetime(row["assigned_at"]))


async def just_taken(company_id: int) -> tuple[str, datetime] | None:
    """Who has just become a company's manager, and when: for whoever pressed at the same time."""
    row = await _JUST_TAKEN.one(company=company_id, since=clock.now() - JUST_NOW)
    return (row["name"], as_datetime(row["assigned_at"])) if row else None


async def person(user: User, company_id: int, person_id: int) -> Person:
    """Somebody of such a company. Raises NotFound."""
    await head(user, company_id)
    found = await Person.get_or_none(id=person_id, company_id=company_id)
    if found is None:
        raise NotFound
    return found


async def people(company_id: int) -> list[Employee]:
    """Who works there, by name, those who were blocked at the end."""
    return [
        Employee(
            **{name: row[name] for name in ("id", "name", "phone", "email")},
            role=Role(row["role"]),
            seen_at=as_datetime(row["seen_at"]),
            blocked=row["blocked_at"] is not None,
            invited=bool(row["must_choose_password"]),
        )
        for row in await _PEOPLE.all(company=company_id)
    ]


async def discounts(company_id: int) -> list[Given]:
    """All but the open-ended default one, those that are over at the end."""
    today = clock.distributor_today()
    return [_given(row, today) for row in await _DISCOUNTS.all(company=company_id, today=today)]


async def asked_for(company_id: int) -> list[Asked]:
    """The company's discounts that wait for an administrator."""
    return [_asked(row) for row in await _OF_COMPANY.all(company=company_id)]


async def approvals() -> list[Asked]:
    """All that wait, the longest first; at most 200."""
    return [_asked(row) for row in await _ALL.all()]


async def request(request_id: int) -> DiscountRequest:
    """A discount that was asked for; for administrators. Raises NotFound."""
    found = await DiscountRequest.get_or_none(id=request_id)
    if found is None:
        raise NotFound
    return found


async def discount(company_id: int, discount_id: int) -> Discount:
    """A discount of the company. Raises NotFound."""
    found = await Discount.get_or_none(id=discount_id, company_id=company_id)
    if found is None:
        raise NotFound
    return found


async def notes(company_id: int) -> list[Remark]:
    """The latest remarks, newest first."""
    rows = await _NOTES.all(company=company_id, limit=NOTES)
    return [Remark(row["text"], as_datetime(row["at"]), row["author"]) for row in rows]


async def choices() -> tuple[Sequence[Brand], Sequence[Category]]:
    """What a discount can be on."""
    return await Brand.all().order_by("name"), await Category.all().order_by("name")


async def managers() -> list[Person]:
    """Who can be given a partner, by name."""
    return await Person.filter(role=Role.MANAGER, blocked_at=None).order_by("name", "id")


def _given(row: Mapping[str, Any], today: date) -> Given:
    since, until = as_date(row["valid_from"]), as_date(row["valid_until"])
    return Given(
        id=row["id"],
        brand=row["brand"] or "",
        category=row["category"] or "",
        percent=row["percent"],
        since=since,
        until=until,
        state="over" if until and until < today else "later" if since and since > today else "holds",
        set_by=row["set_by"] or "",
        set_at=as_datetime(row["set_at"]),
    )


def _asked(row: Mapping[str, Any]) -> Asked:
    return Asked(
        **{name: row[name] for name in ("id", "company_id", "company", "percent", "was", "asked_by")},
        brand=row["brand"] or "",
        category=row["category"] or "",
        since=as_date(row["valid_from"]),
        until=as_date(row["valid_until"]),
        asked_at=as_datetime(row["asked_at"]),
    )
