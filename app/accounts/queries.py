"""Finding people and sessions."""

from collections.abc import Mapping
from typing import Any

from tortoise.expressions import Q

from app import clock
from app.accounts.absence import SUBSTITUTED, stood_for
from app.accounts.models import Person, Role
from app.accounts.user import Deputy, ManagerCard, User
from app.database import Sql, as_date, as_datetime

_SESSION = """
    SELECT s.id AS session_id, s.digest, s.created_at, s.seen_at, s.stay,
           o.id AS owner_id, o.name AS owner,
           p.id, p.role, p.name, p.login, p.email, p.phone, p.timezone, p.language, p.company_id,
           p.must_choose_password, f.confirmed_at IS NOT NULL AS second_factor, {substituted},
           c.name AS company_name, c.city, c.inn, c.default_discount, c.price_type_id,
           m.id AS manager_id, m.name AS manager_name, m.about, m.phone AS manager_phone, m.extension,
           COALESCE(NULLIF(m.shown_email, ''), m.email) AS manager_email,
           m.timezone AS manager_timezone, m.work_from, m.work_till,
           m.absent_from, m.absent_until, b.name AS substitute
    FROM session s
    JOIN person o ON o.id = s.person_id
    JOIN person p ON p.id = COALESCE((
        SELECT x.id FROM acting t JOIN person x ON x.id = t.person_id
        JOIN company y ON y.id = x.company_id AND y.blocked_at IS NULL
        LEFT JOIN assignment g ON g.company_id = x.company_id
        WHERE t.session_id = s.id AND t.manager_id = o.id AND t.ends_at > :now
          AND x.blocked_at IS NULL
          AND (o.role = 'administrator' OR (o.role = 'manager' AND COALESCE(g.manager_id, o.id) = o.id))
    ), o.id)
    LEFT JOIN second_factor f ON f.person_id = p.id
    LEFT JOIN company c ON c.id = p.company_id
    LEFT JOIN assignment a ON a.company_id = p.company_id
    LEFT JOIN person m ON m.id = a.manager_id
    LEFT JOIN person b ON b.id = m.substitute_id AND b.blocked_at IS NULL
    WHERE s.digest = :digest AND s.ended_at IS NULL AND o.blocked_at IS NULL AND c.blocked_at IS NULL
"""
_SESSION_OF = Sql(
    _SESSION.format(substituted=SUBSTITUTED["sqlite"]), postgres=_SESSION.format(substituted=SUBSTITUTED["postgres"])
)


async def session(digest: str) -> dict[str, Any] | None:
    """The open session with this digest and the person behind it, times as aware UTC.

    A manager who acts for a partner of theirs is that partner here, and the owner of the session beside (app/acting).
    """
    row = await _SESSION_OF.one(digest=digest, now=clock.now())
    if row is None:
        return None
    return {**row, "created_at": as_datetime(row["created_at"]), "seen_at": as_datetime(row["seen_at"])}


def user(row: Mapping[str, Any], *, ip: str, request_id: str) -> User:
    """The User of a row of `session`."""
    # long: a field a line
    return User(
        id=row["id"],
        role=Role(row["role"]),
        name=row["name"],
        login=row["login"],
        email=row["email"],
        phone=row["phone"],
        timezone=row["timezone"],
        language=row["language"],
        company_id=row["company_id"],
        company_name=row["company_name"] or "",
        company_city=row["city"] or "",
        company_inn=row["inn"] or "",
        default_discount=row["default_discount"] or 0,
        price_type=row["price_type_id"],
        manager=_manager(row) if row["manager_id"] else None,
        session_id=row["session_id"],
        session_digest=row["digest"],
        ip=ip,
        request_id=request_id,
        must_choose_password=bool(row["must_choose_password"]),
        stands_for=stood_for(row["substituted"]),
        second_factor=bool(row["second_factor"]),
        deputy=Deputy(row["owner_id"], row["owner"]) if row["owner_id"] != row["id"] else None,
    )


def _manager(row: Mapping[str, Any]) -> ManagerCard:
    return ManagerCard(
        id=row["manager_id"],
        name=row["manager_name"],
        about=row["about"],
        phone=row["manager_phone"],
        extension=row["extension"],
        email=row["manager_email"],
        timezone=row["manager_timezone"],
        work_from=row["work_from"],
        work_till=row["work_till"],
        absent_from=as_date(row["absent_from"]),
        absent_until=as_date(row["absent_until"]),
        substitute=row["substitute"] or "",
    )


async def managers() -> list[Person]:
    """The managers whom a newcomer may choose, by name."""
    return await Person.filter(role=Role.MANAGER, blocked_at__isnull=True).order_by("name")


async def person_by_login(typed: str) -> Person | None:
    """The person, blocked or not, who signs in with this login or e-mail address."""
    key = typed.strip().casefold()
    login = key if len(key) <= 60 else ""  # the column takes no more, and the ORM refuses to look for it
    found = await Person.filter(Q(login_key=login) | Q(email_key=key))  # one query, whoever it is
    return next((one for one in found if one.login_key == key), found[0] if found else None)


_LOCK = Sql(
    "SELECT id FROM person WHERE id = :person", postgres="SELECT id FROM person WHERE id = :person FOR NO KEY UPDATE"
)


async def lock_person(person_id: int) -> None:
    """Makes the current transaction the only one that changes this person's cart or places their order."""
    await _LOCK.value(person=person_id)
