"""Forms of a quick order: the list as it stands on the page, and a file with one."""

from dataclasses import replace

from app.catalogue.list_forms import FileForm
from app.i18n import gettext as _
from app.quick_order.actions import MOST_ROWS
from app.quick_order.lines import Kept, Quick
from app.web.forms import Form
from app.web.quantity_fields import id_of

NAME = 100  # characters of a saved list's name


class QuickForm(Form):
    """Rows by their places: t3 is what to look for, q3 the quantity, o3 the row as it came where it is another text,

    p3 the chosen product and what it was chosen for («17:CAM-2»). `list` is more of them; a button chooses a product
    («3:17»), sets a quantity («10:3»), takes a row out, looks for what is like it, or does what `do` says.
    """

    names = frozenset({"list", "do", "key", "seen", "name", "choose", "set", "removed", "near"})
    patterns = (r"[toqp][1-9][0-9]{0,2}",)

    def check(self) -> None:
        """Reads the rows as they are after what was pressed."""
        places = sorted(int(name[1:]) for name in self.typed if name[0] == "t" and name[1:].isdigit())
        rows = {place: self._row(place) for place in places[:MOST_ROWS]}
        chosen, _colon, product = self.typed["choose"].partition(":")
        if id_of(chosen) in rows:
            rows[id_of(chosen)] = replace(rows[id_of(chosen)], product=id_of(product))
        quantity, _colon, place = self.typed["set"].partition(":")
        if id_of(place) in rows:
            rows[id_of(place)] = replace(rows[id_of(place)], quantity=quantity[:20])
        rows.pop(id_of(self.typed["removed"]), None)
        self.rows = list(rows.values())
        self.near = id_of(self.typed["near"])
        self.do = self.typed["do"]
        self.seen = int(_digits(self.typed["seen"]))

    def _row(self, place: int) -> Kept:
        sought = " ".join(self.typed[f"t{place}"].split())[:300]
        product, _colon, meant = self.typed[f"p{place}"].partition(":")
        text = self.typed.get(f"o{place}", "")[:300] or sought
        return Kept(text, sought, self.typed[f"q{place}"].strip()[:20], id_of(product) if meant == sought else 0)

    def list_name(self) -> str:
        """The name to save the list under."""
        return self.text("name", limit=NAME, required=_("Write a name for the template"))


def fixed(quick: Quick) -> list[Kept]:
    """The rows with each quantity that does not fit at the nearest one that is not less."""
    return [replace(line.kept, quantity=str(line.nearest)) if line.nearest else line.kept for line in quick.lines]


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 16 else "0"


class QuickFileForm(FileForm):
    """A file with a list; `key` is the form's."""

    names = frozenset({"key"})
    most = MOST_ROWS
