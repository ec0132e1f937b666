"""The form of a list that stands in a file: of staff for a draft, of partners for a quick order."""

from typing import ClassVar

from app.catalogue import lists, sheets
from app.catalogue.lists import MOST_ROWS, Row
from app.i18n import gettext as _
from app.settings import Settings
from app.web.formats import weight
from app.web.forms import Form


class FileForm(Form):
    """A spreadsheet with a list; `rows` is what stands in it."""

    file_names = frozenset({"files"})
    most: ClassVar[int] = MOST_ROWS
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
            found = await sheets.rows(upload.file, upload.name, self.most)
        except sheets.Unreadable:
            self.errors["files"] = _("The file cannot be read: save it as XLSX or CSV and choose it again")
            return
        self.rows = lists.parse("\n".join(found))
        if len(found) > self.most:
            self.errors["files"] = _("At most %(most)s rows: leave only what is needed") % {"most": self.most}
        elif not self.rows:
            self.errors["files"] = _("There is nothing in the file's first sheet")
