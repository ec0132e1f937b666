"""A manager acts for a partner: the partner reads of it too."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _


def _begun(data: Data) -> Words:
    return Words(_("Began to act for a partner"), (Thing(data["person"]),))


def _ended(data: Data) -> Words:
    return Words(_("Stopped acting for a partner"), (Thing(data["person"]),))


WORDS: Vocabulary = {
    "acting.begun": _begun,
    "acting.ended": _ended,
}
