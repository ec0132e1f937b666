"""What the drafting pages read besides the draft itself: the list, a sent version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date, as_datetime
from app.desk.presentations.keys import WantedVersions, keys
from app.desk.presentations.states import IN_CARTS, LINES, SOON, STATE, TOTAL
from app.desk.scopes import COMPANIES, SENT, scope
from app.errors import NotFound
from app.presentations.ordered import ORDERED_LINES
from app.settings import Settings

PAGE = 30
_ROWS = Sql(
    f"""
    SELECT v.id, n.number, v.number AS version, v.title, v.valid_until, v.sent_at, v.created_at, c.name AS company,
           c.city, a.name AS author, {LINES} AS lines, {TOTAL} AS total, {IN_CARTS} AS in_cart,
           {ORDERED_LINES} AS ordered, v.send_at, {STATE} AS state
    FROM presentation_version v
    JOIN presentation n ON n.id = v.presentation_id
    JOIN person a ON a.id = v.author_id
    JOIN company c ON c.id = n.company_id
    WHERE v.id IN :keys
    """  # noqa: S608 - constant text
)
_SUMMARY = Sql(
    f"""
    SELECT n.id, n.number, v.id AS version_id, v.number AS version, v.title, v.valid_until, v.sent_at,
           v.replaced_at, v.withdrawn_at, v.withdrawal, v.remind_days,
           a.name AS author, c.name AS company, c.city, r.name AS recipient, c.id AS company_id, n.recipient_id,
           n.promo,
           CASE WHEN {COMPANIES} THEN 1 ELSE 0 END AS may_draft,
           {LINES} AS lines, {TOTAL} AS total, {IN_CARTS} AS in_cart, {ORDERED_LINES} AS ordered
    FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NOT NULL
         AND (v.number = :version OR (:version = 0 AND v.replaced_at IS NULL))
    JOIN person a ON a.id = v.author_id
    JOIN company c ON c.id = n.company_id
    LEFT JOIN person r ON r.id = n.recipient_id
    LEFT JOIN assignment s ON s.company_id = c.id
    WHERE n.number = :number AND {SENT}
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A version in the list. `state` is one of STATES but expiring; `moment` is of sending, or it was begun then."""

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
    ordered: int
    state: str
    expiring: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """A version of a sent presentation, for those who made it. `in_cart` and `ordered` count lines."""

    id: int
    number: int
    version_id: int
    version: int
    title: str
    valid_until: date
    expired: bool
    replaced_at: datetime | None
    withdrawn_at: datetime | None
    withdrawal: str
    remind_days: int | None
    company_id: int
    recipient_id: int | None
    promo: bool
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


async def listed(user: User, settings: Settings, wanted: WantedVersions, *, before: int) -> tuple[list[Listed], int]:
    """A page of versions, and the key of the next page (0: there is none)."""
    today = clock.today(settings.timezone)
    found = await keys(user, wanted, before=before, limit=PAGE + 1, today=today)
    rows = {row["id"]: row for row in await _ROWS.all(keys=found[:PAGE], today=today)}
    shown = [_listed(rows[key], today) for key in found[:PAGE]]
    return shown, found[PAGE - 1] if len(found) > PAGE else 0


async def summary(user: User, number: int, settings: Settings, *, version: int = 0) -> Summary:
    """A version of a sent presentation (0: the one that holds), with what came of it; raises NotFound."""
    row = await _SUMMARY.one(**scope(user), number=number, version=version)
    if row is None:
        raise NotFound
    valid_until = as_date(row["valid_until"])
    row |= {
        "valid_until": valid_until,
        "expired": valid_until < clock.today(settings.timezone),
        "sent_at": as_datetime(row["sent_at"]),
        "replaced_at": as_datetime(row["replaced_at"]),
        "withdrawn_at": as_datetime(row["withdrawn_at"]),
        "promo": bool(row["promo"]),
        "recipient": row["recipient"] or "",
        "may_draft": bool(row["may_draft"]),
        "total": int(row["total"]),
    }
    return Summary(**row)


def _listed(row: Mapping[str, Any], today: date) -> Listed:
    valid_until = as_date(row["valid_until"])
    return Listed(
        **{name: row[name] for name in _AS_THEY_ARE},
        key=row["id"],
        valid_until=valid_until,
        moment=as_datetime(row["sent_at"] or row["send_at"] or row["created_at"]),
        total=int(row["total"]),
        expiring=row["state"] in ("sent", "opened", "in_cart") and valid_until <= today + SOON,
    )


_AS_THEY_ARE = ("number", "version", "title", "company", "city", "author", "lines", "in_cart", "ordered", "state")
