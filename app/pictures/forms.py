"""The field of a picture in a form: what is taken, and in which words the rest is refused."""

import asyncio
from pathlib import PurePosixPath
from typing import Any, ClassVar

from app.attachments import avif
from app.attachments.kinds import Kind, is_what_it_claims, named_kind
from app.attachments.names import cleaned
from app.i18n import gettext as _
from app.pictures import headers
from app.pictures.making import Made, NoPicture, make
from app.settings import Settings
from app.web.formats import weight
from app.web.forms import Form, Upload

TAKEN = (Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.AVIF)
MOST_DOTS = 40_000_000  # more would take too much memory to decode
LONGEST_SIDE = 20_000
_one_at_a_time = asyncio.Semaphore(1)  # each may take 350 MB while it is decoded


class PictureForm(Form):
    """A form with the one file `picture`; `made` is what became of it."""

    file_names = frozenset({"picture"})
    most: ClassVar[int] = 1  # files in the field

    def __init__(self, data: Any = ()) -> None:
        super().__init__(data)
        self.all_made: list[Made] = []

    @property
    def made(self) -> Made | None:
        """The picture, when there is one and it is taken."""
        return self.all_made[0] if self.all_made and self.valid else None

    async def check_files(self, settings: Settings) -> None:
        """Makes the files of the pictures, or says at the field why one is not taken: then none is."""
        if not self.uploads:
            self.errors["picture"] = _("Choose a picture")
        elif len(self.uploads) > self.most:
            too_many = _("Choose at most %(most)s pictures at once") if self.most > 1 else _("Choose one picture")
            self.errors["picture"] = too_many % {"most": self.most}
        else:
            wrong = [words for upload in self.uploads if (words := await self._check(upload, settings))]
            if wrong:
                self.errors["picture"] = "; ".join(wrong)

    async def _check(self, upload: Upload, settings: Settings) -> str:
        """Makes the files of one picture, or says what is wrong with it."""
        name, kind = cleaned(upload.name), named_kind(upload.name)
        dots = headers.size(upload.file, kind) if kind in TAKEN else (0, 0)
        wrong = self._wrong(upload, name, kind, settings)
        if not wrong and kind and not await asyncio.to_thread(is_what_it_claims, upload.file, kind):
            wrong = _("%(name)s is damaged, or not what its name says: choose a picture in JPEG, PNG, WebP or AVIF")
        if not wrong and kind is Kind.AVIF and avif.moves(upload.file):
            wrong = _("%(name)s is a moving picture: save one frame of it, or choose another")
        if not wrong and kind:
            wrong = _wrong_size(*dots) or await self._make(upload, kind)
        values = {"name": name, "size": weight(settings.max_file), "most": MOST_DOTS // 1_000_000}
        return wrong % {**values, "dots": f"{dots[0]} × {dots[1]}"} if wrong else ""

    @staticmethod
    def _wrong(upload: Upload, name: str, kind: Kind | None, settings: Settings) -> str:
        """What is wrong already from the outside."""
        if PurePosixPath(name).suffix.casefold() in (".svg", ".svgz"):
            return _("%(name)s is not taken: an SVG may hold scripts. Save it as PNG")
        if kind not in TAKEN:
            return _("%(name)s is not taken: choose a picture in JPEG, PNG, WebP or AVIF")
        if not upload.size:
            return _("%(name)s is empty: choose another file")
        return _("%(name)s is too large: at most %(size)s") if upload.size > settings.max_file else ""

    async def _make(self, upload: Upload, kind: Kind) -> str:
        async with _one_at_a_time:
            try:
                self.all_made.append(await asyncio.to_thread(make, upload.file, kind))
            except NoPicture:
                return _("%(name)s cannot be read to its end: it is damaged. Save it anew or choose another")
        return ""


class PicturesForm(PictureForm):
    """The same with several files: `all_made` in the order that they were chosen in."""

    most = 8


def _wrong_size(width: int, height: int) -> str:
    """A refusal of what would not fit into memory, by the header alone."""
    if not (width and height):
        return _("%(name)s is damaged, or not what its name says: choose a picture in JPEG, PNG, WebP or AVIF")
    if width * height > MOST_DOTS or max(width, height) > LONGEST_SIDE:
        return _("%(name)s has %(dots)s dots, that is too many: at most %(most)s megapixels. Make it smaller")
    return ""
