"""Forms of where a list comes from: something that was offered or ordered before, or a template."""

from app.i18n import gettext as _
from app.web.forms import Form
from app.web.quantity_fields import id_of

SOURCES = ("presentation", "order", "template")


class CopyForm(Form):
    """The number of a presentation or an order, or a template's id, in the field of its name; one of them."""

    names = frozenset({*SOURCES, "from"})

    def check(self) -> None:
        self.source = self.typed["from"] if self.typed["from"] in SOURCES else "presentation"
        self.number = id_of(self.typed[self.source].strip().lstrip("№ \u00a0"))
        if not self.number:
            self.errors[self.source] = _("Write the number")


class TemplateForm(Form):
    """A template's name, and whether all managers may use it."""

    names = frozenset({"name", "shared"})

    def check(self) -> None:
        self.name = " ".join(self.text("name", limit=100, required=_("Write a name for the template")).split())
        self.shared = self.ticked("shared")
