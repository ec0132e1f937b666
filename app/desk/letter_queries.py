"""Letters that did not arrive and that somebody has to deal with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.accounts.cards import CARD
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.desk.scopes import UNDELIVERED, scope

SINCE = timedelta(days=30)  # older ones are no news
INVITATIONS = "('invitation', 'invitation_known')"

# A letter to nobody known here, as to the contact of an order, is an affair of the company that its event is about.
MAILED = """
    FROM email m
    LEFT JOIN person p ON p.id = m.person_id
    LEFT JOIN event e ON e.id = m.event_id
    LEFT JOIN company c ON c.id = CASE WHEN m.person_id IS NULL THEN e.company_id ELSE p.company_id END
    LEFT JOIN assignment s ON s.company_id = c.id
"""
# Another invitation, or the person's coming in, settles one that did not arrive; a mended address whatever went to the
# former one. (The link that confirms another address goes to that one.)
_NEEDED = """
    m.settled_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM invitation i WHERE i.person_id = m.person_id AND i.event_id = m.event_id
                    AND (i.withdrawn_at IS NOT NULL OR i.accepted_at IS NOT NULL))
    AND (p.id IS NULL OR m.template = 'email_change' OR LOWER(p.email) = LOWER(m.recipient))
"""
LETTERS = f"{MAILED} WHERE m.state = 'failed' AND m.created_at >= :since AND {_NEEDED} AND {UNDELIVERED}"
_KEYS = {"": ("<", "DESC"), "old": (">", "ASC")}
_UNDELIVERED = {
    sort: Sql(
        f"""
        SELECT m.id, m.recipient, m.subject, m.error, m.created_at, p.name AS person, p.phone, c.name AS company,
               {CARD} AS card, e.data, CASE WHEN m.template IN {INVITATIONS} THEN 1 ELSE 0 END AS invites
        {LETTERS} AND (:key = 0 OR m.id {beyond} :key)
          AND (:what = '' OR (:what = 'invitations') = (m.template IN {INVITATIONS}))
        ORDER BY m.id {way} LIMIT :limit
        """
    )
    for sort, (beyond, way) in _KEYS.items()
}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter that the mail server refused for good; `invites`: it was an invitation.

    `person` is empty for an address of nobody here; `order` is the number of the order that it is about, 0: of none.
    """

    key: int
    recipient: str
    person: str
    phone: str
    company: str
    card: int | None  # the company's id, for who may open its card
    order: int
    subject: str
    error: str
    created_at: datetime
    invites: bool


async def undelivered(
    user: User, *, limit: int, key: int = 0, what: str = "", sort: str = "", manager: int = 0
) -> tuple[list[Undelivered], int]:
    """Letters of the last 30 days that did not arrive, newest first, and the key of the next page (0: none).

    :param what: invitations, others, or empty. :param sort: empty or old, the oldest first.
    """
    values = {**scope(user, manager), "since": clock.now() - SINCE, "what": what}
    rows = await _UNDELIVERED[sort].all(**values, key=key, limit=limit + 1)
    shown = [_undelivered(row) for row in rows[:limit]]
    return shown, shown[-1].key if len(rows) > limit else 0


def _undelivered(row: Mapping[str, Any]) -> Undelivered:
    data: dict[str, Any] = json.loads(row["data"]) if isinstance(row["data"], str) else row["data"] or {}
    return Undelivered(
        key=row["id"],
        person=row["person"] or "",
        phone=row["phone"] or "",
        company=row["company"] or "",
        order=int(data.get("order") or 0),
        created_at=as_datetime(row["created_at"]),
        invites=bool(row["invites"]),
        **{name: row[name] for name in ("recipient", "card", "subject", "error")},
    )
