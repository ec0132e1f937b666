"""Figures of the desk: orders and sums by week, what became of presentations, how soon tickets are answered.

They are read by indexes alone and kept for some minutes in each process: who looks at the desk all day does not count
the orders of a quarter each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app import clock
from app.accounts.user import User
from app.database import Sql
from app.desk.presentations.states import IN_CARTS, OPENED
from app.desk.scopes import scope
from app.presentations.ordered import ORDERED
from app.settings import Settings
from app.tickets.desk_queries import first_answer_median

WEEKS = 12
FUNNEL = timedelta(days=30)
KEPT = 300  # seconds
WIDTH, HEIGHT, GAP = 240, 56, 3  # of a picture, and between its bars

_WEEK = """
    SELECT {number} AS week, COUNT(*) AS orders, CAST(COALESCE(SUM(total), 0) AS BIGINT) AS total FROM orders
    WHERE placed_at >= :w{number} AND placed_at < :w{next} AND status <> 'cancelled' {whose}"""


def _weeks(whose: str) -> Sql:
    return Sql(
        " UNION ALL ".join(_WEEK.format(number=number, next=number + 1, whose=whose) for number in range(WEEKS))
        + " ORDER BY week"
    )


_WEEKS_OF_ALL, _WEEKS_OF_ONE = _weeks(""), _weeks("AND manager_id = :person")
_BECAME = """
    SELECT COUNT(*) AS sent, COALESCE(SUM(opened), 0) AS opened, COALESCE(SUM(carted), 0) AS carted,
           COALESCE(SUM(ordered), 0) AS ordered
    FROM (SELECT CASE WHEN {opened} OR {ordered} THEN 1 ELSE 0 END AS opened,
                 CASE WHEN {in_carts} > 0 OR {ordered} THEN 1 ELSE 0 END AS carted,
                 CASE WHEN {ordered} THEN 1 ELSE 0 END AS ordered
          FROM presentation_version v WHERE v.sent_at >= :since {whose}) x
"""
_PARTS = {"opened": OPENED, "ordered": ORDERED, "in_carts": IN_CARTS}
_BECAME_OF_ALL = Sql(_BECAME.format(whose="", **_PARTS))
_BECAME_OF_ONE = Sql(_BECAME.format(whose="AND v.author_id = :person", **_PARTS))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a picture, in its units. `now`: of the present week."""

    x: float
    y: float
    width: float
    height: float
    now: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """Orders placed in a week that began on a Monday, without cancelled ones; `total` in kopecks."""

    begins: date
    orders: int
    total: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the pictures show."""

    weeks: tuple[Week, ...]
    sent: int
    opened: int
    carted: int
    ordered: int
    first_answer: timedelta | None

    @property
    def orders_by_week(self) -> tuple[Bar, ...]:
        """The picture of how many there were."""
        return columns([week.orders for week in self.weeks])

    @property
    def sums_by_week(self) -> tuple[Bar, ...]:
        """The picture of their sums."""
        return columns([week.total for week in self.weeks])

    @property
    def steps(self) -> tuple[int, ...]:
        """Sent, opened, into the cart, ordered."""
        return (self.sent, self.opened, self.carted, self.ordered)

    @property
    def funnel(self) -> tuple[Bar, ...]:
        """The picture of the steps, a row each."""
        most, row = max(self.sent, 1), HEIGHT / len(self.steps)
        return tuple(
            Bar(0, round(row * number, 2), round(WIDTH * count / most, 2), round(row - GAP, 2), now=number == 3)
            for number, count in enumerate(self.steps)
        )


class KeptFigures:
    """Figures by whose they are, read at most once in KEPT seconds in each process."""

    def __init__(self) -> None:
        self.kept: dict[int, tuple[datetime, Figures]] = {}

    async def of(self, user: User, settings: Settings, manager: int = 0) -> Figures:
        """The reader's figures; for an administrator everybody's, or one manager's."""
        who = scope(user, manager)
        key, now = 0 if who["everything"] else who["person"], clock.now()
        at, figures = self.kept.get(key, (None, None))
        if figures is None or at is None or now - at > timedelta(seconds=KEPT):
            figures = await _read(user, settings, manager)
            self.kept[key] = (now, figures)
        return figures


def columns(values: Sequence[int]) -> tuple[Bar, ...]:
    """Bars that stand on the lower edge, as high as their values; the last one is of now."""
    most, step = max(*values, 1), WIDTH / len(values)
    heights = [round(HEIGHT * value / most, 2) for value in values]
    return tuple(
        Bar(round(step * number, 2), HEIGHT - height, round(step - GAP, 2), height, now=number == len(values) - 1)
        for number, height in enumerate(heights)
    )


async def _read(user: User, settings: Settings, manager: int) -> Figures:
    who, today = scope(user, manager), clock.today(settings.timezone)
    monday = today - timedelta(days=today.weekday())
    begins = [monday - timedelta(weeks=WEEKS - 1 - number) for number in range(WEEKS + 1)]
    moments = {
        f"w{number}": datetime.combine(day, time(), tzinfo=settings.timezone) for number, day in enumerate(begins)
    }
    everything, person = who["everything"], {"person": who["person"]}
    rows = await (_WEEKS_OF_ALL if everything else _WEEKS_OF_ONE).all(**moments, **person)
    became = await (_BECAME_OF_ALL if everything else _BECAME_OF_ONE).one(**person, since=clock.now() - FUNNEL)
    weeks = tuple(Week(begins[row["week"]], row["orders"], row["total"]) for row in rows)
    steps = {name: int(value) for name, value in (became or {}).items()}
    return Figures(weeks, **steps, first_answer=await first_answer_median(user, manager))
