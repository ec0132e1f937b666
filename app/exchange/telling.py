"""What an exchange says, in words that somebody who looks after 1C understands: to 1C itself, and on its page."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.i18n import gettext, ngettext

MOST_TROUBLES = 200  # of a file are kept; the others are counted

COUNTS: dict[str, Callable[[int], str]] = {
    "added": lambda num: ngettext("%(num)s product added", "%(num)s products added", num),
    "changed": lambda num: ngettext("%(num)s product changed", "%(num)s products changed", num),
    "same": lambda num: ngettext("%(num)s product unchanged", "%(num)s products unchanged", num),
    "leaving": lambda num: ngettext("%(num)s product marked as deleted", "%(num)s products marked as deleted", num),
    "prices": lambda num: ngettext("prices of %(num)s product changed", "prices of %(num)s products changed", num),
    "stocks": lambda num: ngettext("stock of %(num)s product changed", "stock of %(num)s products changed", num),
    "offers": lambda num: ngettext("%(num)s offer read", "%(num)s offers read", num),
    "pictures": lambda num: ngettext("%(num)s picture taken", "%(num)s pictures taken", num),
    "orders": lambda num: ngettext("%(num)s order changed", "%(num)s orders changed", num),
    "orders_same": lambda num: ngettext("%(num)s order unchanged", "%(num)s orders unchanged", num),
    "troubles": lambda num: ngettext("%(num)s remark", "%(num)s remarks", num),
}


class Refusal(Exception):
    """Why a file, or a request of 1C, comes to nothing: an English gettext id with values, and a line (0: none)."""

    def __init__(self, message: str, *, line: int = 0, **values: Any) -> None:
        super().__init__(message)
        self.trouble: list[Any] = [line, message, values]

    def __str__(self) -> str:
        return told(self.trouble)


def told(trouble: Sequence[Any]) -> str:
    """A trouble in the reader's language, with its line."""
    if not trouble:
        return ""
    line, message, values = trouble
    text = gettext(message)
    text = text % values if values else text
    return gettext("Line %(line)s: %(text)s") % {"line": line, "text": text} if line else text


def summed(counts: Mapping[str, int]) -> str:
    """What came of a file, or of all, on one line."""
    parts = [words(counts[name]) % {"num": counts[name]} for name, words in COUNTS.items() if counts.get(name)]
    return ", ".join(parts) or gettext("nothing changed")
