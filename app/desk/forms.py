"""What the desk's lists are filtered by, as their addresses say it. A value that means nothing filters nothing."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue.filters import LONGEST, printable
from app.desk.list_queries import SORTS, PartnerChoice
from app.desk.order_keys import WantedOrders
from app.desk.presentations.keys import SORTS as VERSION_SORTS
from app.desk.presentations.keys import WantedVersions
from app.desk.presentations.states import STATES
from app.desk.waiting_queries import KINDS
from app.i18n import gettext as _
from app.orders.models import Status
from app.web.forms import Form


class ListFilter(Form):
    """Where a page begins: `before` or `after` the key of a row; 0 is the beginning.

    `manager` is the id of the manager at whose work an administrator looks; others see their own.
    """

    names = frozenset({"before", "after", "manager"})

    def check(self) -> None:
        self.manager = self.key("manager")
        self.before = self.key("before")
        self.after = self.key("after")

    def key(self, name: str) -> int:
        """The key of a row, 0 for what is none."""
        typed = self.typed[name]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class AnswerFilter(ListFilter):
    """What the talk is about, only what waits too long, and the order: empty, the longest waiting first, or new."""

    names = ListFilter.names | {"kind", "late", "sort"}

    def check(self) -> None:
        super().check()
        self.kind = self.typed["kind"] if self.typed["kind"] in KINDS else ""
        self.late = self.ticked("late")
        self.sort = "new" if self.typed["sort"] == "new" else ""


class LetterFilter(ListFilter):
    """Invitations or the others, and the order: empty, the newest first, or old."""

    names = ListFilter.names | {"what", "sort"}

    def check(self) -> None:
        super().check()
        self.what = self.typed["what"] if self.typed["what"] in ("invitations", "others") else ""
        self.sort = "old" if self.typed["sort"] == "old" else ""


class OrderFilter(ListFilter):
    """Status, the reader's own (mine) or nobody's (queue), manager, days, order by sum, and what is searched for."""

    names = ListFilter.names | {"status", "mine", "queue", "q", "company", "manager", "from", "to", "sort"}

    def check(self, zone: ZoneInfo = ZoneInfo("UTC")) -> None:  # noqa: B008 - never changes
        super().check()
        self.status = self.typed["status"] if self.typed["status"] in set(Status) else ""
        self.company = self.key("company")
        self.whose = "queue" if self.ticked("queue") else "mine" if self.ticked("mine") else ""
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        self.sort = "sum" if self.typed["sort"] == "sum" else ""
        self.wanted = WantedOrders(
            q=self.q,
            status=self.status,
            whose=self.whose,
            company=self.company,
            manager=self.key("manager"),
            since=self._midnight("from", zone),
            until=self._midnight("to", zone, later=1),
            by_sum=bool(self.sort),
        )

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query of an address with these filters, some of them changed; it begins at the first row."""
        filters: dict[str, Any] = {name: self.typed[name] for name in ("from", "to")}
        filters |= {
            "q": self.q,
            "company": self.company or "",
            "status": self.status,
            "manager": self.wanted.manager or "",
            "sort": self.sort,
        }
        whose = {self.whose: 1} if self.whose else {}
        return {name: value for name, value in {**filters, **whose, **changes}.items() if value not in ("", None)}

    def _midnight(self, name: str, zone: ZoneInfo, later: int = 0) -> datetime | None:
        """The beginning of a typed day in the reader's zone, or of one `later`; a wrong day has its error."""
        day = self.day(name) if self.text(name, limit=20) else None
        if day and day.year not in range(2000, 2101):
            self.errors[name] = _("This is not a date: 04.12.2026")
        if not day or name in self.errors:
            return None
        self.typed[name] = day.isoformat()
        return datetime.combine(day + timedelta(days=later), time(), zone).astimezone(UTC)


class PresentationFilter(ListFilter):
    """State of versions, partner, what is searched for, and the order: what expires is sorted by its last day."""

    names = ListFilter.names | {"state", "company", "q", "sort"}

    def check(self) -> None:
        super().check()
        state, sort = self.typed["state"], self.typed["sort"]
        self.company = self.key("company")
        self.state = state if state in STATES else ""
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        self.sort = sort if sort in VERSION_SORTS else _usual(self.state)
        self.wanted = WantedVersions(self.q, self.state, self.company, self.manager, self.sort)

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query of an address with these filters, some of them changed; it begins at the first row."""
        kept = {"q": self.q, "state": self.state, "company": self.company or "", "manager": self.manager or ""}
        asked = {**kept, "sort": self.sort if self.sort != _usual(self.state) else "", **changes}
        return {name: value for name, value in asked.items() if value not in ("", None)}

    @property
    def narrowed(self) -> bool:
        """Whether something is left out that can be shown again."""
        return bool(self.q or self.state or self.company)


def _usual(state: str) -> str:
    return "until" if state == "expiring" else "new"


class PartnerFilter(ListFilter):
    """Words of a search, whose partners, and what they are like; `query` is the same for an address."""

    names = ListFilter.names | {"q", "whose", "manager", "orders", "blocked", "sort"}

    def check(self) -> None:
        super().check()
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        self.chosen = PartnerChoice(
            whose=self._one_of("whose", ("mine", "nobody")),
            manager=self.key("manager"),
            orders=self._one_of("orders", ("with", "without")),
            blocked=self.ticked("blocked"),
            sort=self._one_of("sort", SORTS) or "name",
        )
        self.query = {
            "q": self.q,
            "whose": self.chosen.whose,
            "manager": self.chosen.manager or "",
            "orders": self.chosen.orders,
            "blocked": "1" if self.chosen.blocked else "",
            "sort": self.chosen.sort if self.chosen.sort != "name" else "",
        }

    @property
    def narrowed(self) -> bool:
        """Whether something is filtered."""
        return any(self.query.values())

    def _one_of(self, name: str, values: tuple[str, ...]) -> str:
        return self.typed[name] if self.typed[name] in values else ""
