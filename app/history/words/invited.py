"""What is done about the people of a company: who was invited, came in, or may do something else now."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _
from app.web.labels import label


def _invited(data: Data) -> Words:
    return Words(_("Invitation"), (_person(data), _role(data)))


def _invited_again(data: Data) -> Words:
    return Words(_("Invitation sent again"), (_person(data), _role(data)))


def _withdrawn(data: Data) -> Words:
    return Words(_("Invitation withdrawn"), (_person(data),))


def _came_in(data: Data) -> Words:
    return Words(_("Invitation accepted"), (_person(data),))


def _role_changed(data: Data) -> Words:
    change = f"{label('role', data['was'])} → {label('role', data['role'])}"
    return Words(_("Role changed"), (_person(data), Thing(change)))


def _blocked(data: Data) -> Words:
    return Words(_("Access blocked"), (_person(data),))


def _unblocked(data: Data) -> Words:
    return Words(_("Access opened again"), (_person(data),))


def _person(data: Data) -> Thing:
    return Thing(data["person"])


def _role(data: Data) -> Thing:
    return Thing(label("role", data["role"]))


WORDS: Vocabulary = {
    "person.invited": _invited,
    "person.invited_again": _invited_again,
    "person.invitation_withdrawn": _withdrawn,
    "person.came_in": _came_in,
    "person.role_changed": _role_changed,
    "person.blocked": _blocked,
    "person.unblocked": _unblocked,
}
