"""What became of a sent version: by line, by person, and in total. Orders that were cancelled do not count."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.accounts.user import User
from app.database import Sql, as_date, as_datetime
from app.desk.scopes import SENT, scope
from app.presentations.ordered import COUNTED

_WAITING = Sql("SELECT send_at, not_sent FROM presentation_version WHERE id = :version")
_VERSIONS = Sql(
    f"""
    SELECT v.number, v.replaced_at, v.withdrawn_at
    FROM presentation n JOIN presentation_version v ON v.presentation_id = n.id AND v.sent_at IS NOT NULL
    LEFT JOIN assignment s ON s.company_id = n.company_id
    WHERE n.number = :number AND {SENT} ORDER BY v.number DESC
    """  # noqa: S608 - constant text
)
_OF_LINE = f"FROM order_line g {COUNTED} WHERE g.presentation_line_id = l.id"
_LINES = Sql(
    f"""
    SELECT l.position, l.article, l.name, l.brand, l.unit, l.quantity, l.price,
           (SELECT COALESCE(SUM(k.quantity), 0) FROM cart_line k JOIN person b ON b.id = k.person_id
             WHERE k.presentation_line_id = l.id AND b.company_id IS NOT NULL) AS in_cart,
           (SELECT COALESCE(SUM(g.quantity), 0) {_OF_LINE}) AS ordered,
           (SELECT COALESCE(SUM(g.quantity * g.price), 0) {_OF_LINE}) AS total
    FROM presentation_line l WHERE l.version_id = :version ORDER BY l.position
    """  # noqa: S608 - constant text
)
_OF_PERSON = "JOIN presentation_line l ON l.id = {0}.presentation_line_id AND l.version_id = :version"
_PEOPLE = Sql(
    f"""
    SELECT * FROM (
        SELECT p.id, p.name,
               (SELECT MAX(o.at) FROM presentation_opening o
                 WHERE o.version_id = :version AND o.person_id = p.id) AS last_at,
               (SELECT COUNT(*) FROM presentation_opening o
                 WHERE o.version_id = :version AND o.person_id = p.id) AS days,
               (SELECT COUNT(*) FROM cart_line k {_OF_PERSON.format("k")} WHERE k.person_id = p.id) AS in_cart,
               (SELECT COUNT(DISTINCT l.id) FROM order_line g {COUNTED} {_OF_PERSON.format("g")}
                 WHERE o.person_id = p.id) AS ordered,
               (SELECT COALESCE(SUM(g.quantity * g.price), 0) FROM order_line g {COUNTED} {_OF_PERSON.format("g")}
                 WHERE o.person_id = p.id) AS total,
               CASE WHEN p.blocked_at IS NULL
                     AND (p.id = :recipient OR (:recipient = 0 AND p.role IN ('owner', 'buyer')))
                    THEN 1 ELSE 0 END AS addressed
        FROM person p WHERE p.company_id = :company
    ) x
    WHERE x.addressed = 1 OR x.days > 0 OR x.in_cart > 0 OR x.ordered > 0
    ORDER BY x.total DESC, x.in_cart DESC, x.days DESC, x.name
    """  # noqa: S608 - constant text
)
_REMINDED = Sql(
    """
    SELECT r.at, r.day, p.name FROM presentation_reminder r LEFT JOIN person p ON p.id = r.by_id
    WHERE r.version_id = :version ORDER BY r.day DESC, r.id DESC LIMIT 1
    """
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """When a draft is to be sent, and why it was not, if it was not."""

    send_at: datetime | None
    not_sent: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A sent version among the others of its presentation. `state` is empty for one in force, else a word's code."""

    number: int
    state: str


@dataclass(frozen=True, slots=True)
class LineCame:
    """What became of a line: units that lie in carts and that were ordered, and the ordered sum in kopecks."""

    position: int
    article: str
    name: str
    brand: str
    unit: str
    quantity: int
    price: int
    in_cart: int
    ordered: int
    total: int


@dataclass(frozen=True, slots=True)
class PersonCame:
    """What a person did: looked at it on `days` days, has lines in the cart, ordered lines for a sum in kopecks."""

    id: int
    name: str
    last_at: datetime | None
    days: int
    in_cart: int
    ordered: int
    total: int
    addressed: bool


@dataclass(frozen=True, slots=True)
class Reminded:
    """The last reminder; `by` is empty when it went out by itself."""

    at: datetime
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class Came:
    """What became of a version. The funnel counts people: who put something into the cart is who has it or ordered."""

    lines: tuple[LineCame, ...]
    people: tuple[PersonCame, ...]
    reminded: Reminded | None

    @property
    def addressed(self) -> int:
        """Whom it was sent to."""
        return sum(one.addressed for one in self.people)

    @property
    def opened(self) -> int:
        """Who looked at it."""
        return sum(one.days > 0 for one in self.people)

    @property
    def in_cart(self) -> int:
        """Who put something of it into the cart."""
        return sum(one.in_cart > 0 or one.ordered > 0 for one in self.people)

    @property
    def ordered(self) -> int:
        """Who ordered something of it."""
        return sum(one.ordered > 0 for one in self.people)

    @property
    def total(self) -> int:
        """The ordered sum in kopecks."""
        return sum(line.total for line in self.lines)


async def waiting(version_id: int) -> Waiting:
    """Whether a draft waits for its time."""
    row = await _WAITING.one(version=version_id) or {"send_at": None, "not_sent": ""}
    return Waiting(as_datetime(row["send_at"]), row["not_sent"])


async def versions(user: User, number: int) -> list[Sent]:
    """The sent versions of a presentation that the reader may look at, the newest first."""
    rows = await _VERSIONS.all(**scope(user), number=number)
    return [Sent(row["number"], _state(row)) for row in rows]


def _state(row: dict[str, Any]) -> str:
    return "replaced" if row["replaced_at"] else "withdrawn" if row["withdrawn_at"] else ""


async def came(version_id: int, company_id: int, recipient_id: int | None) -> Came:
    """What became of a sent version to a company (or to one person there)."""
    who: dict[str, Any] = {"version": version_id, "company": company_id, "recipient": recipient_id or 0}
    lines = [LineCame(**_whole(row, "in_cart", "ordered", "total")) for row in await _LINES.all(version=version_id)]
    people = [
        PersonCame(
            **{**_whole(row, "total"), "last_at": as_datetime(row["last_at"]), "addressed": bool(row["addressed"])}
        )
        for row in await _PEOPLE.all(**who)
    ]
    last = await _REMINDED.one(version=version_id)
    reminded = Reminded(as_datetime(last["at"]), as_date(last["day"]), last["name"] or "") if last else None
    return Came(tuple(lines), tuple(people), reminded)


def _whole(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The row with sums as integers: PostgreSQL makes decimals of them."""
    return {**row, **{name: int(row[name]) for name in names}}
