"""Forms of tickets: a new one, a message, and what the lists are filtered by."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.attachments.forms import FilesForm
from app.catalogue.filters import LONGEST, printable
from app.i18n import gettext as _
from app.threads.forms import LONGEST as LONGEST_TEXT
from app.threads.forms import CommentForm
from app.tickets.models import TicketState, Topic
from app.web.forms import Form


class TicketForm(FilesForm):
    """A new ticket: what it is about, its subject and first message, and files."""

    names = frozenset({"key", "topic", "subject", "text"})

    def check(self) -> None:
        """Fields in the order of the page: the first error is where the page puts the hand."""
        self.key = self.one_time_key()
        self.topic = self.choice("topic", Topic, _("Choose what it is about")) or Topic.QUESTION
        subject = self.text("subject", limit=200, required=_("Write in a few words what it is about"))
        self.subject = " ".join(printable(subject).split())
        self.message = self.text("text", limit=LONGEST_TEXT, required=_("Write what you want to say"))


class MessageForm(FilesForm, CommentForm):
    """A message in a ticket: a comment with files."""

    names = CommentForm.names - {"line"}


class AssignForm(Form):
    """To which colleague a ticket goes (an id), and a word to them."""

    names = frozenset({"key", "to", "word"})

    def check(self, colleagues: Sequence[Mapping[str, Any]]) -> None:
        """`colleagues` are those whom it may go to."""
        self.key = self.one_time_key()
        found = [one["id"] for one in colleagues if str(one["id"]) == self.typed["to"]]
        self.to = found[0] if found else 0
        if not found:
            self.errors["to"] = _("Choose a colleague")
        self.word = self.text("word", limit=1000)


class TicketFilter(Form):
    """What the lists show: words or a number, state, topic; for staff whose (mine or queue), and only what is late.

    `before` is a key, `manager` the id of the manager at whose tickets an administrator looks, `company` of a partner.
    """

    names = frozenset({"q", "state", "topic", "mine", "queue", "late", "manager", "before", "company"})

    def check(self) -> None:
        """A value that means nothing filters nothing."""
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        self.state = self.typed["state"] if self.typed["state"] in set(TicketState) else ""
        self.topic = self.typed["topic"] if self.typed["topic"] in set(Topic) else ""
        self.whose = "queue" if self.ticked("queue") else "mine" if self.ticked("mine") else ""
        self.late = self.ticked("late")
        self.before, self.manager, self.company = self._key("before"), self._key("manager"), self._key("company")

    def _key(self, name: str) -> int:
        typed = self.typed[name]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    @property
    def narrowed(self) -> bool:
        """Whether the list is filtered, or begins further on: an empty one does not mean that there is nothing."""
        return bool(self.q or self.state or self.topic or self.whose or self.late or self.before or self.company)
