"""What the business says no to, as small objects that a reply can print."""

from collections.abc import Mapping
from typing import Any


class RuleBroken(Exception):
    """A rule of PRODUCT.md refuses the change. `message` is an English gettext id, `values` fill it in.

    Actions raise it inside their transaction, which is rolled back; routes answer 409 with its text.
    """

    def __init__(self, message: str, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.values: Mapping[str, Any] = values
        self.way = ("", "")  # a path on which something can be done about it, and what the link to it says

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class Stale(RuleBroken):
    """Somebody changed the thing after the page was shown."""

    def __init__(self) -> None:
        super().__init__("Somebody was quicker: look at what stands now, and save again if yours is right")


class NotFound(Exception):
    """There is no such thing for this reader: it does not exist, or it is somebody else's (rule 14)."""


class Forbidden(Exception):
    """The reader is known and may not knock at this door."""


class NotForDeputies(Forbidden):
    """The door is for the partner in person, not for the manager who acts for them."""


class Refused(Exception):
    """A command of app.cli cannot be carried out; the text says why and what to do."""
