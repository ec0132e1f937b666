"""What the desk's lists are filtered by, as their addresses say it. A value that means nothing filters nothing."""

from app.catalogue.filters import LONGEST, printable
from app.desk.presentations.queries import STATES
from app.desk.waiting_queries import KINDS
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
