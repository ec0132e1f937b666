"""What is done to orders."""

from app.history.words.things import Data, Thing, Vocabulary, Words, lines, order
from app.i18n import gettext as _
from app.web.labels import label


def _placed(data: Data) -> Words:
    return Words(_("Order placed"), (order(data), Thing(lines(data["lines"], data["total"]))))


def _claimed(data: Data) -> Words:
    return Words(_("Order taken into work"), (order(data), Thing(data["manager"])))


def _status_changed(data: Data) -> Words:
    status = label("status", data["status"]).lower()
    return Words(_("Status: %(status)s") % {"status": status}, (order(data),))


def _called(data: Data) -> Words:
    return Words(_("The partner was called"), (order(data),))


WORDS: Vocabulary = {
    "order.placed": _placed,
    "order.claimed": _claimed,
    "order.status_changed": _status_changed,
    "order.called": _called,
}
