"""What the drafting pages read besides the draft itself: the list, a sent version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date, as_datetime
from app.desk.scopes import COMPANIES, DRAFTS, SENT, scope
from app.errors import NotFound
from app.presentations.ordered import ORDERED, ORDERED_LINES
from app.settings import Settings

PAGE = 30
SOON = timedelta(days=3)  # an offer that ends within it is expiring
STATES = ("draft", "scheduled", "sent", "opened", "in_cart", "expiring", "ordered", "expired", "replaced", "withdrawn")

# How many lines of a version `v` lie in carts. (A manager's cart is what they fill when they act for a partner.)
IN_CARTS = """
    (SELECT COUNT(DISTINCT l.id) FROM presentation_line l JOIN cart_line k ON k.presentation_line_id = l.id
      JOIN person b ON b.id = k.person_id AND b.company_id IS NOT NULL
      WHERE l.version_id = v.id)"""
LINES = "(SELECT COUNT(*) FROM presentation_line l WHERE l.version_id = v.id)"
TOTAL = "(SELECT COALESCE(SUM(l.price * l.quantity), 0) FROM presentation_line l WHERE l.version_id = v.id)"
OPENED = "EXISTS (SELECT 1 FROM presentation_opening o WHERE o.version_id = v.id)"
# Sent and in force: no newer version was sent. (A CASE keeps SQLite from the index of sent_at, by which it would read
# all that was ever sent.)
CURRENT = "CASE WHEN v.sent_at IS NULL OR v.replaced_at IS NOT NULL THEN 0 ELSE 1 END = 1"
# Still in force. (The far end says that these are few: else PostgreSQL takes a third of all for granted, and plans the
# statement anew each time.)
IN_FORCE = "v.valid_until BETWEEN :today AND '9999-12-31'"

_STATE = f"""
    CASE WHEN v.send_at IS NOT NULL AND v.sent_at IS NULL THEN 'scheduled'
         WHEN v.sent_at IS NULL THEN 'draft'
         WHEN v.replaced_at IS NOT NULL THEN 'replaced'
         WHEN {ORDERED} THEN 'ordered'
         WHEN v.withdrawn_at IS NOT NULL THEN 'withdrawn'
         WHEN v.valid_until < :today THEN 'expired'
         WHEN {IN_CARTS} > 0 THEN 'in_cart'
         WHEN {OPENED} THEN 'opened'
         ELSE 'sent' END
"""
_IN_STATE = {
    "opened": f"AND {_STATE} IN ('opened', 'in_cart')",
    "expiring": f"AND {_STATE} IN ('sent', 'opened', 'in_cart') AND v.valid_until <= :soon",
}
# Where an index leads to the few versions that can be in a state; those of other states are met in any page's walk from
# the newest on. (A plus keeps both databases from walking in that order where the few are to be sorted instead.)
_SORTED = "+v.id > 0"
_HOLDS = f"{_SORTED} AND {IN_FORCE}"
_CANDIDATES = {
    "draft": f"{_SORTED} AND v.sent_at IS NULL",
    "scheduled": f"{_SORTED} AND v.send_at IS NOT NULL AND v.sent_at IS NULL",
    "withdrawn": f"{_SORTED} AND v.withdrawn_at IS NOT NULL",
    **dict.fromkeys(("sent", "opened", "in_cart", "expiring"), _HOLDS),
}
# Of a manager who has FEW versions at the most: all of them, instead of a walk through those of others.
FEW = 500
_OF_PARTNERS = """
    FROM assignment g JOIN presentation y ON y.company_id = g.company_id
    JOIN presentation_version x ON x.presentation_id = y.id WHERE g.manager_id IN :hands"""
_FEW = f"""v.id IN (
    SELECT x.id FROM presentation_version x WHERE x.author_id IN :hands UNION SELECT x.id {_OF_PARTNERS})"""  # noqa: S608
_HAS = Sql(
    f"""
    SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM presentation_version WHERE author_id IN :hands LIMIT :few) a)
         + (SELECT COUNT(*) FROM (SELECT 1 {_OF_PARTNERS} LIMIT :few) b)
    """  # noqa: S608 - constant text
)


@cache
def _list(state: str, few: bool, company: bool, deep: bool) -> Sql:
    """The statement of the list. A page is cut off first; what its rows show besides is computed for them alone.

    One that is `deep` inside begins after a version. (The first page of all has no such bound: one plan serves it.)
    """
    candidates = _CANDIDATES.get(state) or (_SORTED if few or company else "v.id > 0")
    candidates += f" AND {_FEW}" if few else ""
    candidates += f" AND {'+' if '+' in candidates else ''}v.id < :before" if deep else ""
    in_state = _IN_STATE.get(state) or (f"AND {_STATE} = :state" if state else "")
    order = "+v.id DESC" if "+" in candidates else "v.id DESC"
    keys = f"""
        SELECT v.id FROM presentation_version v
        JOIN presentation n ON n.id = v.presentation_id LEFT JOIN assignment s ON s.company_id = n.company_id
        WHERE {candidates} {"AND n.company_id = :company" if company else ""} {in_state}
          AND ((v.sent_at IS NOT NULL AND {SENT}) OR (v.sent_at IS NULL AND {DRAFTS}))
        ORDER BY {order} LIMIT :limit"""  # noqa: S608 - constant text
    return Sql(
        f"""
        SELECT v.id, n.number, v.number AS version, v.title, v.valid_until, v.sent_at, v.created_at, c.name AS company,
               c.city, a.name AS author, {LINES} AS lines, {TOTAL} AS total, {IN_CARTS} AS in_cart,
               {ORDERED_LINES} AS ordered, v.send_at, {_STATE} AS state
        FROM ({keys}) k
        JOIN presentation_version v ON v.id = k.id
        JOIN presentation n ON n.id = v.presentation_id
        JOIN person a ON a.id = v.author_id
        JOIN company c ON c.id = n.company_id
        ORDER BY v.id DESC
        """  # noqa: S608 - constant text
    )


_SUMMARY = Sql(
    f"""
    SELECT n.id, n.number, v.id AS version_id, v.number AS version, v.title, v.valid_until, v.sent_at,
           v.withdrawn_at, v.withdrawal, v.remind_days,
           a.name AS author, c.name AS company, c.city, r.name AS recipient, c.id AS company_id, n.recipient_id,
           n.promo,
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
    """The version that holds of a sent presentation, for those who made it. `in_cart` and `ordered` count lines."""

    id: int
    number: int
    version_id: int
    version: int
    title: str
    valid_until: date
    expired: bool
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


async def listed(
    user: User, settings: Settings, *, state: str, before: int, company: int = 0, manager: int = 0
) -> tuple[list[Listed], int]:
    """A page of versions in a state (empty: any), newest first, and the key of the next page (0: there is none)."""
    today = clock.today(settings.timezone)
    who = scope(user, manager)
    few = not who["everything"] and await _HAS.value(hands=who["hands"], few=FEW) < FEW
    rows = await _list(state, few, bool(company), bool(before or state)).all(
        **who,
        state=state,
        company=company,
        before=before or 2**31 - 1,
        today=today,
        soon=today + SOON,
        limit=PAGE + 1,
    )
    shown = [_listed(row, today) for row in rows[:PAGE]]
    return shown, shown[-1].key if len(rows) > PAGE else 0


async def summary(user: User, number: int, settings: Settings) -> Summary:
    """The version of a sent presentation that holds, with what came of it; raises NotFound."""
    row = await _SUMMARY.one(**scope(user), number=number)
    if row is None:
        raise NotFound
    valid_until = as_date(row["valid_until"])
    row |= {
        "valid_until": valid_until,
        "expired": valid_until < clock.today(settings.timezone),
        "sent_at": as_datetime(row["sent_at"]),
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
