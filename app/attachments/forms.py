"""The field of files in a form."""

import asyncio

from app.attachments.files import Chosen
from app.attachments.kinds import is_what_it_claims, named_kind
from app.attachments.names import cleaned
from app.i18n import gettext as _
from app.i18n import ngettext
from app.settings import MOST_FILES, Settings
from app.web.formats import weight
from app.web.forms import Form, Upload


class FilesForm(Form):
    """A form with the field `files`; `files` has what was chosen, once it is known for what it is."""

    file_names = frozenset({"files"})
    files: tuple[Chosen, ...] = ()

    async def check_files(self, settings: Settings) -> None:
        """Says at the field what is wrong with the first bad file. No browser keeps chosen files on a refused form."""
        chosen = [await self._chosen(upload, settings) for upload in self.uploads[:MOST_FILES]]
        if len(self.uploads) > MOST_FILES:
            words = ngettext("At most %(num)s file with a message", "At most %(num)s files with a message", MOST_FILES)
            self.errors["files"] = words % {"num": MOST_FILES}
        self.files = tuple(one for one in chosen if one)
        if self.uploads and not self.valid and not self.errors["files"]:
            self.errors["files"] = _("Choose the files again: the browser does not keep them")

    async def _chosen(self, upload: Upload, settings: Settings) -> Chosen | None:
        name = cleaned(upload.name)
        kind = named_kind(name)
        wrong = ""
        if not upload.size:
            wrong = _("%(name)s is empty: choose another file")
        elif upload.size > settings.max_file:
            wrong = _("%(name)s is too large: at most %(size)s")
        elif kind is None:
            wrong = _("%(name)s is not taken: attach a picture, PDF, XLSX or TXT")
        elif not await asyncio.to_thread(is_what_it_claims, upload.file, kind):
            wrong = _("%(name)s is damaged, or not what its name says: attach a picture, PDF, XLSX or TXT")
        if wrong or kind is None:
            self.errors.setdefault("files", wrong % {"name": name, "size": weight(settings.max_file)})
            return None
        return Chosen(name, kind, upload.size, upload.file)
