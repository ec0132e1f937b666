"""The form of a draft: which lines are taken, how many of each, and what is to become of them."""

from collections.abc import Iterable, Sequence

from app.errors import NotFound
from app.i18n import gettext as _
from app.repeat.draft import DraftLine
from app.repeat.queries import Origin
from app.web.quantity_fields import QuantitiesForm, id_of
from app.web.templates import path

MERGE, REPLACE, SAVE = "merge", "replace", "save"
NAME = 100  # characters of a template's name


class RepeatForm(QuantitiesForm):
    """A draft as it stands on the page: `orders` ("65,66") or `template` say what is repeated, `seen` what was shown.

    `do` is what was pressed: merge, replace (with the fingerprint of the cart that may be thrown out), save, or
    nothing: recalculate. The address of a draft holds the same fields, of lines that were changed alone.
    """

    names = QuantitiesForm.names | {"orders", "template", "do", "key", "seen", "name"}
    patterns = (*QuantitiesForm.patterns, r"take[1-9][0-9]{0,8}")

    def __init__(self, data: Iterable[tuple[str, str]] = ()) -> None:
        self.taken: dict[int, bool] = {}
        self.posted = True
        super().__init__(data)

    @classmethod
    def of_address(cls, query: Iterable[tuple[str, str]]) -> "RepeatForm":
        """The draft in an address: `order` may stand there several times."""
        query = list(query)
        numbers = ",".join(value for name, value in query if name == "order")
        rest = [(name, value) for name, value in query if name != "order"]
        form = cls([*rest, ("orders", numbers)] if numbers else rest)
        form.posted = False
        form.check()
        return form

    def check(self) -> None:
        """What is repeated; raises NotFound for numbers that are none."""
        numbers = [id_of(one) for one in self.typed["orders"].split(",") if one]
        template = id_of(self.typed["template"]) if self.typed["template"] else None
        if 0 in numbers or template == 0:
            raise NotFound
        self.origin = Origin(tuple(sorted(set(numbers))) if template is None else (), template)
        self.do, _colon, self.confirmed = self.typed["do"].partition(":")

    def read_lines(self, lines: Sequence[DraftLine]) -> None:
        """Reads the lines that can be ordered: what is left out may hold any quantity, and 0 leaves it out."""
        for line in lines:
            if line.goods is None:
                continue
            name, take = f"q{line.id}", f"take{line.id}"
            there = name in self.typed if self.posted else take in self.typed
            self.taken[line.id] = self.ticked(take) if there else line.taken
            self.typed.setdefault(name, str(line.quantity))
            if self.typed[name].strip() == "0" and self.pressed != line.id:
                self.taken[line.id] = False
            if self.taken[line.id]:
                self.read_line(line, pressed=line.id == self.pressed)
            else:
                self._read_idle(line)

    def _read_idle(self, line: DraftLine) -> None:
        """A line that is left out: its quantity when it is one, else what was typed."""
        before = dict(self.errors)
        self.read_line(line, pressed=line.id == self.pressed)
        if self.wrong.pop(line.id, None):
            self.errors.clear()
            self.errors.update(before)

    def template_name(self) -> str:
        """The name to save the draft under."""
        return self.text("name", limit=NAME, required=_("Write a name for the template"))

    def address(self, lines: Sequence[DraftLine]) -> str:
        """The address of the draft with what is not as it was offered."""
        changes: dict[str, str] = {}
        for line in lines:
            if line.goods is None:
                continue
            typed = str(self.quantities.get(line.id, self.typed[f"q{line.id}"]))
            if typed != str(line.quantity):
                changes[f"q{line.id}"] = typed[:20]
            if self.taken[line.id] != line.taken:
                changes[f"take{line.id}"] = "1" if self.taken[line.id] else "0"
        return address(self.origin, **changes)


def address(origin: Origin, **changes: str) -> str:
    """Where a draft stands."""
    orders = ",".join(str(number) for number in origin.orders)
    return path("repeat", orders=orders, template=str(origin.template or ""), **changes)
