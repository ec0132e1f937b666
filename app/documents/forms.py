"""The form of a document: one file, and what it is."""

from pathlib import PurePosixPath

from app.attachments.forms import FilesForm
from app.catalogue.filters import printable
from app.i18n import gettext as _
from app.settings import Settings

LONGEST = 150


class DocumentForm(FilesForm):
    """`title` is what it is called on the page; when nothing is written, as the file."""

    names = frozenset({"title"})

    def check(self) -> None:
        self.title = printable(self.text("title", limit=LONGEST))

    async def check_files(self, settings: Settings) -> None:
        """As of attachments; it is one file."""
        if len(self.uploads) != 1:
            self.errors["files"] = _("Choose one file") if self.uploads else _("Choose a file")
            return
        await super().check_files(settings)
        if self.valid:
            self.title = self.title or PurePosixPath(self.files[0].name).stem
