"""Forms of a presentation. Its lines stand in one form: each door reads the fields that it is about."""

from collections.abc import Sequence

from app.errors import NotFound
from app.i18n import gettext as _
from app.money import parse_percent
from app.presentations.sheet import Sheet, SheetLine
from app.web.forms import Form
from app.web.quantity_fields import QuantitiesForm

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


class CustomerForm(Form):
    """How the installer's own client sees the offer: at retail prices, or at own ones with a mark-up in percent."""

    names = frozenset({"prices", "mark_up"})

    def check(self) -> None:
        self.own = self.typed["prices"] == "own"
        self.mark_up = 0  # basis points
        if self.own and self.typed["mark_up"].strip():
            try:
                self.mark_up = parse_percent(self.typed["mark_up"])
            except ValueError:
                self.errors["mark_up"] = _("A mark-up is a number from 0 to 100, as 15 or 12,5")
