"""The list of a company's presentations: every version that was ever sent, with its state for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.accounts.user import User
from app.catalogue.filters import LONGEST, printable
from app.catalogue.search import find
from app.database import Sql, as_date, as_datetime
from app.presentations.ordered import ORDERED
from app.settings import Settings
from app.unread import SINCE

PAGE = 30
SOON = 3  # days before the last one from which a list says how many are left
STATES = ("new", "seen", "in_cart", "ordered", "expired", "replaced", "withdrawn")

# The first that holds is the state: what was replaced leads elsewhere, what was ordered stays so though it expires,
# and what has expired cannot be ordered from the cart either.
_LIST = """
    SELECT x.*, a.name AS author,
           (SELECT COUNT(*) FROM presentation_line l WHERE l.version_id = x.id) AS lines,
           (SELECT CAST(COALESCE(SUM(l.price * l.quantity), 0) AS BIGINT) FROM presentation_line l
             WHERE l.version_id = x.id) AS total,
           (SELECT COUNT(*) FROM cart_line c JOIN presentation_line l ON l.id = c.presentation_line_id
             WHERE l.version_id = x.id AND c.person_id = :owner) AS in_cart,
           EXISTS (SELECT 1 FROM extension_request e
                   WHERE e.version_id = x.id AND e.settled_at IS NULL) AS extension_asked,
           {since}
    FROM (
        SELECT * FROM (
            SELECT n.number, v.id, v.number AS version, v.title, v.valid_until, v.sent_at, v.author_id,
                   v.withdrawn_at,
                   CASE WHEN v.replaced_at IS NOT NULL THEN 'replaced'
                        WHEN {ordered} THEN 'ordered'
                        WHEN v.withdrawn_at IS NOT NULL THEN 'withdrawn'
                        WHEN v.valid_until < :today THEN 'expired'
                        WHEN EXISTS (SELECT 1 FROM cart_line c JOIN presentation_line l ON l.id = c.presentation_line_id
                                     WHERE l.version_id = v.id AND c.person_id = :owner) THEN 'in_cart'
                        WHEN EXISTS (SELECT 1 FROM presentation_opening o
                                     WHERE o.version_id = v.id AND o.person_id = :person) THEN 'seen'
                        ELSE 'new' END AS state
            FROM presentation n
            JOIN presentation_version v ON v.presentation_id = n.id
            WHERE n.company_id = :company AND v.sent_at IS NOT NULL AND (:author = 0 OR v.author_id = :author)
              AND (:before = 0
                   OR (v.sent_at, v.id) < (SELECT b.sent_at, b.id FROM presentation_version b WHERE b.id = :before))
              {found}
        ) s
        WHERE :state = '' OR s.state = :state
        ORDER BY s.sent_at DESC, s.id DESC LIMIT :limit
    ) x
    JOIN person a ON a.id = x.author_id
    ORDER BY x.sent_at DESC, x.id DESC
"""
_IS_FOUND = """
    AND (n.number = :wanted OR v.id IN :titled OR EXISTS (
        SELECT 1 FROM presentation_line l WHERE l.version_id = v.id AND l.product_id IN :products))
"""
_SINCE = SINCE.format(kind="presentation", number="x.number")
_ALL = Sql(_LIST.format(since=_SINCE, ordered=ORDERED, found=""))
_FOUND = Sql(_LIST.format(since=_SINCE, ordered=ORDERED, found=_IS_FOUND))
_TITLES = Sql(
    """
    SELECT v.id, v.title FROM presentation n JOIN presentation_version v ON v.presentation_id = n.id
    WHERE n.company_id = :company AND v.sent_at IS NOT NULL
    """
)
_AUTHORS = Sql(
    """
    SELECT DISTINCT a.id, a.name FROM presentation n
    JOIN presentation_version v ON v.presentation_id = n.id
    JOIN person a ON a.id = v.author_id
    WHERE n.company_id = :company AND v.sent_at IS NOT NULL ORDER BY a.name, a.id
    """
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address of the list asks for. `author` and `before` are ids, 0 for none."""

    q: str = ""
    state: str = ""
    author: int = 0
    before: int = 0

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """The wishes of an address; what makes no sense is passed over."""
        state = asked.get("state", "")
        return cls(
            q=printable(asked.get("q", "")).strip()[:LONGEST],
            state=state if state in STATES else "",
            author=_id(asked.get("author", "")),
            before=_id(asked.get("before", "")),
        )

    @property
    def narrowed(self) -> bool:
        """Whether something is left out that can be shown again."""
        return bool(self.q or self.state or self.author)

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query of an address with these wishes, some of them changed; it begins at the first page."""
        return {"q": self.q, "state": self.state, "author": self.author or "", **changes}


@dataclass(frozen=True, slots=True)
class Listed:
    """A version in the list, its `state` one of STATES. `left`: days to its last one, when they are few.

    `news`: something in it is new to the reader. `expired` by the clock, whatever the state.
    """

    key: int
    number: int
    version: int
    title: str
    author: str
    valid_until: date
    sent_at: datetime
    lines: int
    total: int
    in_cart: int
    state: str
    news: bool
    expired: bool
    left: int | None
    extension_asked: bool


async def listed(user: User, settings: Settings, wanted: Wanted) -> tuple[list[Listed], int]:
    """A page of the company's presentations, newest first, and the key of the next page (0: there is none).

    A search finds a number, words of the title, and words and articles of the products that are offered.
    """
    today = clock.today(settings.timezone)
    values: dict[str, Any] = {
        "person": user.id,
        "owner": user.cart_owner,
        "company": user.company,
        "today": today,
        "state": wanted.state,
        "author": wanted.author,
        "before": wanted.before,
        "limit": PAGE + 1,
    }
    if wanted.q:
        rows = await _FOUND.all(**values, **await _sought(user, wanted.q))
    else:
        rows = await _ALL.all(**values)
    shown = [_listed(row, today) for row in rows[:PAGE]]
    return shown, shown[-1].key if len(rows) > PAGE else 0


async def authors(user: User) -> dict[int, str]:
    """Who has ever sent the company a presentation, by id."""
    return {row["id"]: row["name"] for row in await _AUTHORS.all(company=user.company)}


async def _sought(user: User, q: str) -> dict[str, Any]:
    # Titles are matched here: SQLite folds the case of ASCII letters only, and a company has hundreds of them at most.
    titles, words = await _TITLES.all(company=user.company), q.casefold().split()
    titled = [row["id"] for row in titles if all(word in row["title"].casefold() for word in words)]
    products = (await find(q, company=user.company, literally=True)).ids
    return {"products": products, "titled": titled, "wanted": _id(q.lstrip("№# "))}


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _listed(row: Mapping[str, Any], today: date) -> Listed:
    valid_until, state = as_date(row["valid_until"]), row["state"]
    left = (valid_until - today).days
    return Listed(
        **{name: row[name] for name in _AS_THEY_ARE},
        key=row["id"],
        valid_until=valid_until,
        sent_at=as_datetime(row["sent_at"]),
        news=row["since"] is not None and state != "replaced",
        expired=left < 0,
        left=left if state not in ("replaced", "withdrawn") and 0 <= left <= SOON else None,
        extension_asked=bool(row["extension_asked"]),
    )


_AS_THEY_ARE = ("number", "version", "title", "author", "lines", "total", "in_cart", "state")
