"""The form of a comment."""

from app.i18n import gettext as _
from app.web.forms import Form
from app.web.quantity_fields import id_of

LONGEST = 5000  # characters


class CommentForm(Form):
    """A comment's text, the comment that it answers (its number), the line that it is about, whether for staff only.

    For staff: `seen`, the last answer of colleagues that the form's page showed, and the template to `insert`.
    """

    names = frozenset({"text", "key", "answers", "line", "internal", "seen", "template", "insert"})

    def check(self) -> None:
        self.key = self.one_time_key()
        self.comment = self.text("text", limit=LONGEST, required=_("Write what you want to say"))
        self.answers = _number(self.typed["answers"])
        self.line = _number(self.typed["line"])
        self.internal = self.ticked("internal")
        self.seen = _number(self.typed["seen"])
        self.template = id_of(self.typed["template"])
        self.inserts = self.ticked("insert")

    def append(self, text: str) -> None:
        """Puts a text under what is typed, which stays."""
        typed = self.typed["text"].rstrip()
        self.typed["text"] = f"{typed}\n\n{text}" if typed else text
        self.errors.pop("text", None)


class SettlementForm(Form):
    """No answer is needed; `seen` is the number of the partner's last comment on the form's page."""

    names = frozenset({"seen"})

    def check(self) -> None:
        self.seen = id_of(self.typed["seen"])


def _number(value: str) -> int | None:
    """A hidden number: nobody types it, so a wrong one is nobody's mistake and finds nothing."""
    return id_of(value) if value else None
