"""Forms of a presentation. Its lines stand in one form: each door reads the fields that it is about."""

from collections.abc import Sequence

from app.errors import NotFound
from app.i18n import gettext as _
from app.money import NBSP, parse_percent, percent
from app.presentations.sheet import Sheet, SheetLine
from app.web.forms import Form
from app.web.quantity_fields import QuantitiesForm

MOST_MARK_UP = 50_000  # basis points: 500 %
ORDERS = ("", "brand", "sum", "name")


class SheetForm(QuantitiesForm):
    """Quantities of lines, and what of the presentation is shown: a brand, an order."""

    names = QuantitiesForm.names | {"brand", "order", "swap", "all"}

    def check(self, sheet: Sheet, lines: Sequence[SheetLine], pressed: int = 0) -> None:
        """Reads the quantities of `lines`; raises NotFound for a field of another presentation."""
        self.brand = self.typed["brand"] if self.typed["brand"] in {line.brand for line in sheet.lines} else ""
        self.order = self.typed["order"] if self.typed["order"] in ORDERS else ""
        known = {f"q{line.id}" for line in sheet.lines}
        if any(name not in known for name in self.typed if name[1:].isdigit()):
            raise NotFound
        for line in lines:
            self.read_line(line, pressed=line.id == (pressed or self.pressed))


class MarkUpForm(Form):
    """The mark-up in percent on the prices with discount that a person shows to an own client; empty: retail prices."""

    names = frozenset({"mark_up"})
    mark_up: int | None  # basis points

    def check(self) -> None:
        self.mark_up = None
        typed = self.text("mark_up", limit=20)
        if typed and self.valid:
            try:
                self.mark_up = parse_percent(typed, MOST_MARK_UP)
            except ValueError:
                self.errors["mark_up"] = _("A mark-up is a number from 0 to 500, as 15 or 12,5")

    @classmethod
    def of(cls, mark_up: int | None) -> "MarkUpForm":
        """The form as it is shown with what is kept."""
        form = cls([("mark_up", "" if mark_up is None else percent(mark_up).removesuffix(f"{NBSP}%"))])
        form.check()
        return form
