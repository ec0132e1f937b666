"""Forms of where a list comes from: a file, or something that was offered or ordered before."""

from app.catalogue import lists, sheets
from app.catalogue.lists import MOST_ROWS, Row
from app.i18n import gettext as _
from app.settings import Settings
from app.web.formats import weight
from app.web.forms import Form
from app.web.quantity_fields import id_of

SOURCES = ("presentation", "order", "template")


class FileForm(Form):
    """A spreadsheet with a list; `rows` is what stands in it."""

    file_names = frozenset({"files"})
    rows: list[Row]

    async def check_files(self, settings: Settings) -> None:
        """Reads the file, or says at the field why it cannot be."""
        self.rows = []
        if len(self.uploads) != 1:
            self.errors["files"] = _("Choose one file: XLSX, XLS, ODS or CSV")
            return
        [upload] = self.uploads
        if upload.size > settings.max_file:
            self.errors["files"] = _("The file is too large: at most %(size)s") % {"size": weight(settings.max_file)}
            return
        try:
            found = await sheets.rows(upload.file, upload.name, MOST_ROWS)
        except sheets.Unreadable:
            self.errors["files"] = _("The file cannot be read: save it as XLSX or CSV and choose it again")
            return
        self.rows = lists.parse("\n".join(found))
        if len(found) > MOST_ROWS:
            self.errors["files"] = _("At most %(most)s rows: leave only what is needed") % {"most": MOST_ROWS}
        elif not self.rows:
            self.errors["files"] = _("There is nothing in the file's first sheet")


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
