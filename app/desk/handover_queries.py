"""Orders that change hands when the reader says yes: the list behind the desk's count."""

from dataclasses import dataclass
from datetime import datetime

from app.accounts.cards import CARD
from app.accounts.user import User
from app.database import Sql, as_datetime
from app.desk.scopes import scope

# Orders that are offered to the reader, and that colleagues ask them for. (Those that have ended are open for no
# order: its index leaves them out, and a plus keeps SQLite from going through all of them.)
HANDOVERS = """
    FROM order_handover h
    CROSS JOIN orders o CROSS JOIN company c CROSS JOIN person g CROSS JOIN person k
    WHERE h.open_for > 0 AND o.id = h.open_for AND c.id = o.company_id AND g.id = h.giver_id AND k.id = h.taker_id
      AND (:everything OR (h.taker_id IN :hands AND NOT h.asked) OR (h.giver_id IN :hands AND h.asked))
"""
_HANDOVERS = Sql(
    f"""
    SELECT h.id, h.at, h.asked, h.word, o.number, o.status, o.total, c.name AS company, {CARD} AS card,
           g.name AS giver, k.name AS taker
    {HANDOVERS} AND +h.id > :after ORDER BY +h.id LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Passing:
    """An order that changes hands when the reader says yes; `total` in kopecks. `asked`: its taker asked for it."""

    key: int
    number: int
    status: str
    total: int
    company: str
    card: int | None
    giver: str
    taker: str
    asked: bool
    word: str
    at: datetime


async def handovers(user: User, *, limit: int, after: int = 0, manager: int = 0) -> tuple[list[Passing], int]:
    """Hand-overs that await the reader's answer, oldest first, and the key of the next page (0: none)."""
    rows = await _HANDOVERS.all(**scope(user, manager), after=after, limit=limit + 1)
    names = ("number", "status", "total", "company", "card", "giver", "taker", "word")
    shown = [
        Passing(
            **{name: row[name] for name in names}, key=row["id"], asked=bool(row["asked"]), at=as_datetime(row["at"])
        )
        for row in rows[:limit]
    ]
    return shown, shown[-1].key if len(rows) > limit else 0
