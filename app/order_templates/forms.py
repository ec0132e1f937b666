"""Forms of order templates: what to look for, and a template as it is edited."""

from collections.abc import Sequence
from dataclasses import replace

from app.i18n import gettext as _
from app.order_templates.queries import TemplateLine
from app.web.forms import Form
from app.web.quantity_fields import QuantitiesForm, id_of

NAME = 100  # characters


class SearchForm(Form):
    """A part of a template's name."""

    names = frozenset({"q"})

    def check(self) -> None:
        self.q = self.typed["q"].strip()[:NAME]


class FindForm(Form):
    """The beginning of an article, to add a product by."""

    names = frozenset({"find"})

    def check(self) -> None:
        self.find = self.typed["find"].strip()[:80]


class TemplateForm(QuantitiesForm):
    """A template's name and quantities by product id; what to look for; a product to add (put) or to take out."""

    names = QuantitiesForm.names | {"name", "find", "removed", "do"}

    def check(self, lines: Sequence[TemplateLine]) -> None:
        """Reads the lines that can be ordered; the one to be taken out may hold anything."""
        self.name = self.text("name", limit=NAME, required=_("Write a name for the template"))
        self.find = self.typed["find"].strip()[:80]
        self.removed, self.added = id_of(self.typed["removed"]), id_of(self.typed["put"])
        for line in lines:
            if not line.discontinued and line.id != self.removed:
                self.read_line(line, pressed=line.id == self.pressed)

    def shown(self, lines: Sequence[TemplateLine]) -> list[TemplateLine]:
        """The lines as they were typed."""
        return [
            replace(
                line,
                quantity=self.quantities.get(line.id, line.quantity),
                typed=self.typed[f"q{line.id}"] if line.id in self.wrong else "",
                error=self.wrong.get(line.id),
            )
            for line in lines
        ]
