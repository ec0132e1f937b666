"""What is done to tickets. What is said in them: comments.py."""

from app.history.words.things import Data, Thing, Vocabulary, Words, file_count, ticket
from app.i18n import gettext as _
from app.web.labels import label


def _opened(data: Data) -> Words:
    return Words(_("Ticket opened"), (ticket(data), Thing(label("topic", data["topic"])), *file_count(data)))


def _taken(data: Data) -> Words:
    return Words(_("Ticket taken into work"), (ticket(data), Thing(data["manager"])))


def _assigned(data: Data) -> Words:
    from_whom = Thing(_("from %(manager)s") % {"manager": data["was"]}) if data["was"] else None
    word = Thing(data["word"]) if data["word"] else None
    things = (ticket(data), Thing(data["manager"]), from_whom, word)
    return Words(_("Ticket handed to a colleague"), tuple(one for one in things if one))


def _closed(data: Data) -> Words:
    return Words(_("Ticket closed"), (ticket(data),))


def _reopened(data: Data) -> Words:
    return Words(_("Ticket opened again"), (ticket(data),))


WORDS: Vocabulary = {
    "ticket.opened": _opened,
    "ticket.taken": _taken,
    "ticket.assigned": _assigned,
    "ticket.closed": _closed,
    "ticket.reopened": _reopened,
}
