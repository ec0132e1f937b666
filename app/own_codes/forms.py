"""Forms of a company's own codes."""

from app.catalogue.filters import LONGEST, printable
from app.i18n import gettext as _
from app.own_codes.queries import MOST_ROWS
from app.web.forms import Form


class ListFilter(Form):
    """The beginning of a code, and the key of the code that a page stands behind."""

    names = frozenset({"q", "after"})

    def check(self) -> None:
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        self.after = printable(self.typed["after"])[:LONGEST]


class CodesForm(Form):
    """A list: a code and an article in each row."""

    names = frozenset({"codes"})

    def check(self) -> None:
        self.codes = self.text("codes", limit=200_000, required=_("Write your code and the article of the product"))
        rows = sum(bool(row.strip()) for row in self.codes.splitlines())
        if rows > MOST_ROWS:
            self.errors["codes"] = _("At most %(most)s rows at once") % {"most": MOST_ROWS}
