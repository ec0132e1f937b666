"""Words for people: gettext with English message ids, the Russian catalogue read from `locale/*.po` at start."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from app.settings import ROOT

LANGUAGES = {"ru": "Русский", "en": "English"}
DEFAULT_LANGUAGE = "ru"
LOCALE = ROOT / "locale"

# Which language the reader of the page (or of the letter) reads: about words only, no rule asks for it.
_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def _translations(language: str) -> NullTranslations:
    catalogue = LOCALE / language / "LC_MESSAGES" / "messages.po"
    if not catalogue.exists():
        return NullTranslations()
    compiled = BytesIO()
    with catalogue.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return Translations(compiled)


def current_language() -> str:
    """The language in use: a key of LANGUAGES."""
    return _language.get()


def use_language(language: str) -> None:
    """Sets the language of the current task; an unknown one means the default."""
    _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """The language within the block: a letter is written in its reader's."""
    token = _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(message: str) -> str:
    """The message in the current language."""
    return str(_translations(_language.get()).gettext(message))


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of the message that `count` asks for; fill `%(num)s` in yourself."""
    return str(_translations(_language.get()).ngettext(singular, plural, count))


def N_(message: str) -> str:
    """Marks a message that is translated later, where it is shown."""
    return message
