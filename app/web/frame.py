"""What stands around every page of a signed-in reader: brands, the cabinet, the latest presentations, the cart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date
from app.settings import Settings

_BRANDS = Sql(
    """
    SELECT b.name, b.slug, COALESCE(SUM(s.products), 0) AS count
    FROM brand b LEFT JOIN shelf_count s ON s.brand_id = b.id
    WHERE NOT b.hidden GROUP BY b.id, b.name, b.slug, b.position ORDER BY b.position, b.name
    """
)
_BRANDS_KEPT = 60  # seconds: a new brand appears in the frame within a minute

_PARTNER = Sql(
    """
    SELECT (SELECT COUNT(*) FROM cart_line WHERE person_id = :owner) AS cart_count,
           (SELECT CAST(COALESCE(SUM(price * quantity), 0) AS BIGINT) FROM cart_line
             WHERE person_id = :owner) AS cart_sum,
           (SELECT COUNT(*) FROM orders WHERE company_id = :company
              AND status IN ('new', 'in_work', 'invoiced', 'paid', 'picking', 'shipped')) AS orders,
           (SELECT COUNT(*) FROM presentation WHERE company_id = :company
              AND EXISTS (SELECT 1 FROM presentation_version v WHERE v.presentation_id = presentation.id
                          AND v.sent_at IS NOT NULL)) AS presentations,
           (SELECT COUNT(*) FROM unread WHERE person_id = :person AND kind = 'order') AS new_orders,
           (SELECT COUNT(*) FROM unread WHERE person_id = :person AND kind = 'presentation') AS new_presentations,
           (SELECT COUNT(*) FROM unread WHERE person_id = :person AND kind = 'ticket') AS new_tickets
    """
)
_LATEST = Sql(
    """
    SELECT p.number, v.title, v.valid_until,
           NOT EXISTS (SELECT 1 FROM unread u
                       WHERE u.person_id = :person AND u.kind = 'presentation' AND u.number = p.number) AS seen
    FROM presentation_version v JOIN presentation p ON p.id = v.presentation_id
    WHERE p.company_id = :company AND v.sent_at IS NOT NULL AND v.replaced_at IS NULL
      AND v.withdrawn_at IS NULL
    ORDER BY v.sent_at DESC, v.id DESC LIMIT 4
    """
)
_STAFF = Sql(
    """
    SELECT (SELECT COUNT(*) FROM orders WHERE manager_id IS NULL AND status = 'new') AS queue,
           (SELECT COUNT(*) FROM orders WHERE manager_id IN :hands
              AND status IN ('new', 'in_work', 'invoiced', 'paid', 'picking', 'shipped')) AS orders,
           (SELECT COUNT(*) FROM unread WHERE person_id = :person AND kind = 'order') AS new_orders,
           (SELECT COUNT(*) FROM unread WHERE person_id = :person AND kind = 'presentation') AS new_presentations,
           (SELECT COUNT(*) FROM unread WHERE person_id = :person AND kind = 'ticket') AS new_tickets
    """
)


@dataclass(frozen=True, slots=True)
class Latest:
    """A presentation in the right column."""

    number: int
    title: str
    valid_until: Any  # date
    expired: bool
    seen: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame's data. Sums are kopecks; `today` is the distributor's day."""

    brands: Sequence[Mapping[str, Any]] = ()
    latest: Sequence[Latest] = ()
    cart_count: int = 0
    cart_sum: int = 0
    orders: int = 0
    queue: int = 0
    presentations: int = 0
    new_orders: int = 0  # things with something that the reader has not seen: app/unread.py
    new_presentations: int = 0
    new_tickets: int = 0
    hours: str = ""  # the manager's working day in the reader's time, or the distributor's if there is none
    at_work: bool = False
    day_off: bool = False  # a holiday of the distributor


class Brands:
    """The list of brands, read at most once a minute in each process."""

    def __init__(self) -> None:
        self.rows: Sequence[Mapping[str, Any]] = ()
        self.read_at = 0.0

    async def all(self) -> Sequence[Mapping[str, Any]]:
        """Names, slugs and how many products they have, in their order, without those that are hidden."""
        now = clock.now().timestamp()
        if now - self.read_at > _BRANDS_KEPT:
            self.rows = await _BRANDS.all()
            self.read_at = now
        return self.rows

    def renew(self) -> None:
        """Has them read again: this process has changed one. The others see it within a minute."""
        self.read_at = 0.0


async def load(user: User | None, settings: Settings, brands: Brands) -> Frame:
    """The frame for a reader: two queries for a partner, one for staff, none for a guest (besides brands)."""
    names = await brands.all()
    if user is None:
        return Frame(brands=names)
    if user.is_staff:
        counts = await _STAFF.one(person=user.id, hands=user.hands)
        return Frame(brands=names, **dict(counts or {}))
    counts = await _PARTNER.one(person=user.id, owner=user.cart_owner, company=user.company)
    today = clock.today(settings.timezone)
    latest = [
        Latest(row["number"], row["title"], day, day < today, bool(row["seen"]))
        for row in await _LATEST.all(person=user.id, company=user.company)
        for day in [as_date(row["valid_until"])]
    ]
    day_off = today in settings.holidays
    hours, at_work = _hours(user, settings)
    at_work = at_work and not day_off
    return Frame(brands=names, latest=latest, hours=hours, at_work=at_work, day_off=day_off, **dict(counts or {}))


def _hours(user: User, settings: Settings) -> tuple[str, bool]:
    """The working day shifted into the reader's zone («11:00–20:00»), and whether it is on now.

    It is the manager's, who may be away; the distributor's for a partner who has none.
    """
    one = user.manager
    zone = ZoneInfo(one.timezone) if one else settings.timezone
    theirs = clock.now().astimezone(zone)
    times = (one.work_from, one.work_till) if one else (settings.work_from, settings.work_till)
    edges = [theirs.replace(hour=int(t[:2]), minute=int(t[3:5])) for t in times]
    shown = "–".join(f"{edge.astimezone(user.zone):%H:%M}" for edge in edges)
    away = one is not None and one.away
    return shown, theirs.weekday() < 5 and edges[0] <= theirs < edges[1] and not away
