"""Forms of what is taken instead of a product: a replacement, an analogue."""

from app.catalogue.filters import LONGEST, printable
from app.desk.forms import ListFilter
from app.goods.forms import is_number
from app.i18n import gettext as _
from app.web.forms import Form


class ReplacementFilter(ListFilter):
    """What is looked for as one."""

    names = ListFilter.names | {"q"}

    def check(self) -> None:
        super().check()
        self.q = printable(self.typed["q"]).strip()[:LONGEST]


class ReplacementForm(Form):
    """What is sold instead: the id of a product, or nothing."""

    names = frozenset({"replacement", "q"})

    def check(self) -> None:
        typed, self.asked = self.typed["replacement"], printable(self.typed["q"]).strip()[:LONGEST]
        self.replacement = int(typed) if is_number(typed) else None
        if typed and self.replacement is None:
            self.errors["replacement"] = _("Choose a replacement, or none")


class AnalogueForm(Form):
    """What does instead: the id of a product; `q` is what was looked for."""

    names = frozenset({"analogue", "q"})

    def check(self) -> None:
        typed, self.asked = self.typed["analogue"], printable(self.typed["q"]).strip()[:LONGEST]
        self.analogue = int(typed) if is_number(typed) else 0
        if typed and not self.analogue:
            self.errors["analogue"] = _("Choose a product")
