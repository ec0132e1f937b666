"""What the desk's lists are filtered by, as their addresses say it. A value that means nothing filters nothing."""

from app.catalogue.filters import LONGEST, printable
from app.desk.presentations.queries import STATES
from app.orders.models import Status
from app.web.forms import Form


class ListFilter(Form):
    """Where a page begins: `before` or `after` the key of a row; 0 is the beginning."""

    names = frozenset({"before", "after"})

    def check(self) -> None:
        self.before = self.key("before")
        self.after = self.key("after")

    def key(self, name: str) -> int:
        """The key of a row, 0 for what is none."""
        typed = self.typed[name]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class OrderFilter(ListFilter):
    """Status, the reader's own (mine) or nobody's (queue), and a number or a part of the company's name."""

    names = ListFilter.names | {"status", "mine", "queue", "q"}

    def check(self) -> None:
        super().check()
        self.status = self.typed["status"] if self.typed["status"] in set(Status) else ""
        self.whose = "queue" if self.ticked("queue") else "mine" if self.ticked("mine") else ""
        self.q = printable(self.typed["q"]).strip()[:LONGEST]


class PresentationFilter(ListFilter):
    """The state of versions."""

    names = ListFilter.names | {"state"}

    def check(self) -> None:
        super().check()
        self.state = self.typed["state"] if self.typed["state"] in STATES else ""


class PartnerFilter(ListFilter):
    """Words of a search."""

    names = ListFilter.names | {"q"}

    def check(self) -> None:
        super().check()
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
