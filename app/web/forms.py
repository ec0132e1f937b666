"""Reading forms: every field declared, what was typed kept, errors in words at the field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, BinaryIO, ClassVar, Self, TypeVar

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from stdnum.exceptions import ValidationError
from stdnum.ru import inn

from app.i18n import gettext as _
from app.quantities import MOST_LINES
from app.settings import Settings
from app.web import multipart
from app.web.requests import site

E = TypeVar("E", bound=StrEnum)

# The largest form is round the lines of an order: five fields for each, one for each product to be added, and its own.
MOST_FIELDS = 6 * MOST_LINES + 20
COMMON = frozenset({"csrf"})
_BROKEN = re.compile("[\x00\ufffd]")
_KEY = re.compile(r"[\w-]{20,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form: its name as the browser said it, its size in bytes, its content on the disk."""

    name: str
    size: int
    file: BinaryIO


async def form_data(request: Request) -> FormData:
    """The posted form; 400 for one that cannot be read: a broken encoding, NUL bytes, too many fields, no form.

    Files are read at doors that take them (`allow(files=True)`), and stay on the disk until the door is left.
    """
    if multipart.is_taken(request):
        form = await multipart.form_data(request)
    else:
        form = await _form_without_files(request)
    for name, value in form.multi_items():
        text = (value.filename or "") if isinstance(value, UploadFile) else value
        if _BROKEN.search(name) or _BROKEN.search(text):
            raise HTTPException(400, "unreadable form")
    return form


async def _form_without_files(request: Request) -> FormData:
    # Forms here are of the kind that browsers send by themselves, in ASCII. What is not, would be read as Latin-1.
    body = await request.body()
    if body and not (body.isascii() and multipart.kind(request) == "application/x-www-form-urlencoded"):
        raise HTTPException(400, "not a form")
    try:
        # (How much may come at all is app.web.body_limit's to say.)
        return await request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=len(body))
    except ClientDisconnect:
        raise
    except (UnicodeError, ValueError) as broken:
        raise HTTPException(400, "unreadable form") from broken


class Texts(dict[str, str]):
    """Texts by field; a field without one has the empty text, so that a template can ask for any."""

    def __missing__(self, name: str) -> str:
        return ""


class Form:
    """A posted form. A subclass names its fields and sets typed attributes in `check`.

    `typed` keeps every text as it came, `errors` says at which field what is wrong. An unknown or doubled
    field is no mistake of a person and answers 400.
    """

    names: ClassVar[frozenset[str]] = frozenset()
    file_names: ClassVar[frozenset[str]] = frozenset()  # fields of files, of which each may hold many
    patterns: ClassVar[tuple[str, ...]] = ()  # whole families of names, as q31

    def __init__(self, data: Iterable[tuple[str, str | UploadFile]] = ()) -> None:
        self.typed = Texts()
        self.errors = Texts()
        self.uploads: list[Upload] = []
        for name, value in data:
            if isinstance(value, UploadFile):
                self._upload(name, value)
                continue
            if name in self.typed:
                raise HTTPException(400, f"doubled field {name[:40]!r}")
            if name not in self.names | COMMON and not any(re.fullmatch(p, name, re.ASCII) for p in self.patterns):
                raise HTTPException(400, f"unknown field {name[:40]!r}")
            self.typed[name] = value

    @classmethod
    async def read(cls, request: Request, *arguments: Any) -> Self:
        """The form of this request, checked."""
        form = cls((await form_data(request)).multi_items())
        form.check(*arguments)
        await form.check_files(site(request))
        return form

    def _upload(self, name: str, sent: UploadFile) -> None:
        if name not in self.file_names:
            raise HTTPException(400, f"unknown field {name[:40]!r}")
        if sent.filename or sent.size:  # a field in which nothing was chosen sends a file without a name
            self.uploads.append(Upload(sent.filename or "", sent.size or 0, sent.file))

    def check(self, *arguments: Any) -> None:
        """Turns texts into values, or adds to `errors`."""

    async def check_files(self, settings: Settings) -> None:
        """Looks into the files that came, or adds to `errors`; called after `check`."""

    @property
    def valid(self) -> bool:
        """Whether everything was understood."""
        return not self.errors

    def text(self, name: str, *, limit: int, required: str = "") -> str:
        """A text without outer spaces, at most `limit` characters; `required` is the message when it is empty."""
        value = self.typed.get(name, "").replace("\r\n", "\n").strip()
        if required and not value:
            self.errors[name] = required
        elif len(value) > limit:
            self.errors[name] = _("Too long: at most %(limit)s characters") % {"limit": limit}
        return value

    def choice(self, name: str, options: type[E], required: str) -> E | None:
        """A member of an enumeration."""
        try:
            return options(self.typed.get(name, ""))
        except ValueError:
            self.errors[name] = required
            return None

    def one_time_key(self) -> str:
        """The hidden `key` that makes a form sent twice one change; 400 without one, no person types it."""
        key = self.typed["key"]
        if not _KEY.fullmatch(key):
            raise HTTPException(400, "a form without its key")
        return key

    def ticked(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.typed.get(name, "") not in ("", "0")

    def email(self, name: str) -> str:
        """A normalised e-mail address; whether its domain takes mail is found out by writing to it."""
        value = self.text(name, limit=254, required=_("Write an e-mail address"))
        if name not in self.errors:
            try:
                return validate_email(value, check_deliverability=False).normalized
            except EmailNotValidError:
                self.errors[name] = _("This is not an e-mail address: name@company.ru")
        return value

    def phone(self, name: str) -> str:
        """A phone number in E.164; one without a country code is Russian."""
        value = self.text(name, limit=40, required=_("Write a phone number"))
        if name not in self.errors:
            try:
                number = phonenumbers.parse(value, "RU")
                if phonenumbers.is_possible_number(number):
                    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            except phonenumbers.NumberParseException:
                pass
            self.errors[name] = _("This is not a phone number: +7 495 000-12-34")
        return value

    def inn(self, name: str, required: str = "") -> str:
        """A Russian tax number of a company (10 digits) or a sole trader (12) with right check digits; or nothing."""
        value = self.text(name, limit=20, required=required)
        if not value or name in self.errors:
            return value
        try:
            return str(inn.validate(value))
        except ValidationError:
            self.errors[name] = _("This tax number has a mistake: 10 or 12 digits, the last ones check the rest")
            return value

    def day(self, name: str) -> date | None:
        """A calendar day as date fields send it (2026-12-04) or as people type it (04.12.2026)."""
        value = self.text(name, limit=20, required=_("Choose a date"))
        if name in self.errors:
            return None
        russian = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", value, re.ASCII)
        try:
            if russian:
                return date(int(russian[3]), int(russian[2]), int(russian[1]))
            return date.fromisoformat(value)
        except ValueError:
            self.errors[name] = _("This is not a date: 04.12.2026")
            return None
