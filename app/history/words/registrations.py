"""What becomes of those who register."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _
from app.web.labels import label


def _asked(data: Data) -> Words:
    return Words(_("Registration asked for"), (Thing(data["name"]), Thing(data["title"])))


def _confirmed(data: Data) -> Words:
    return Words(_("Company registered"), (Thing(data["name"]), Thing(data["title"])))


def _put_forward(data: Data) -> Words:
    return Words(_("An employee asks for access"), (Thing(data["name"], "/people"),))


def _accepted(data: Data) -> Words:
    return Words(_("Access given to an employee"), (Thing(data["name"], "/people"), Thing(label("role", data["role"]))))


def _declined(data: Data) -> Words:
    return Words(_("Access refused to an employee"), (Thing(data["name"]),))


WORDS: Vocabulary = {
    "registration.asked": _asked,
    "registration.confirmed": _confirmed,
    "registration.put_forward": _put_forward,
    "registration.accepted": _accepted,
    "registration.declined": _declined,
}
