"""What the history can be filtered by that depends on the reader: people and partners."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.user import User
from app.database import Sql, like

SEVERAL = 8  # partners that are offered when a name fits more than one

# Whether somebody appears is one look at an index for each, however much there is of them.
_OF_COMPANY = Sql(
    """
    SELECT p.id, p.name, p.company_id IS NULL AS staff
    FROM person p
    WHERE (p.company_id = :company OR p.company_id IS NULL) AND (
        SELECT y.id FROM history_entry y
        WHERE y.affair_id = :company AND y.actor_id = p.id AND (:everything OR y.company_id IS NOT NULL)
        ORDER BY y.id DESC LIMIT 1) IS NOT NULL
    ORDER BY p.company_id IS NULL, p.name, p.id
    """
)
_OF_STAFF = Sql(
    """
    SELECT p.id, p.name, p.company_id IS NULL AS staff
    FROM person p
    WHERE p.company_id IS NULL AND (
        SELECT y.id FROM history_entry y WHERE y.actor_id = p.id ORDER BY y.id DESC LIMIT 1) IS NOT NULL
    ORDER BY p.name, p.id
    """
)
_COMPANIES = Sql(
    """
    SELECT c.id, c.name, c.city, c.inn
    FROM company c LEFT JOIN assignment s ON s.company_id = c.id
    WHERE (:everything OR s.manager_id = :reader) AND (c.id = :id OR c.search LIKE :words ESCAPE '\\')
    ORDER BY c.name, c.id LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person who appears in the history; partners learn no more of staff than the name."""

    id: int
    name: str
    staff: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner company that was asked for."""

    id: int
    name: str
    city: str
    inn: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What stands in the fields. `companies` are those to choose among when a name fits several."""

    people: Sequence[Someone]
    companies: Sequence[Partner]


async def people(user: User, company: int) -> list[Someone]:
    """Who appears in the company's history: its own people first. For staff without a company, the staff."""
    whose = user.company_id or company
    rows = await _OF_COMPANY.all(company=whose, everything=user.is_staff) if whose else await _OF_STAFF.all()
    return [Someone(row["id"], row["name"], bool(row["staff"])) for row in rows]


async def companies(user: User, typed: str) -> list[Partner]:
    """The reader's partners that fit: by id (at most 9 digits), else by a part of name, city or ИНН. An exact name
    is one alone.
    """
    if not typed:
        return []
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    rows = await _COMPANIES.all(
        everything=user.is_administrator,
        reader=user.id,
        id=key,
        words="" if key else like(typed.casefold()),
        limit=SEVERAL,
    )
    found = [Partner(**row) for row in rows]
    same = [one for one in found if one.name.casefold() == typed.casefold()]
    return same if len(same) == 1 else found
