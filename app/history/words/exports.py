"""What is done about price lists: asked for, and addresses of theirs made and revoked."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _


def _asked(data: Data) -> Words:
    return Words(_("Price list asked for"), (Thing(str(data["format"]).upper(), "/price-lists"),))


def _created(data: Data) -> Words:
    return Words(_("Address of the price list made"), (Thing(data["name"], "/price-lists"),))


def _revoked(data: Data) -> Words:
    return Words(_("Address of the price list revoked"), (Thing(data["name"]),))


WORDS: Vocabulary = {
    "price_list.asked": _asked,
    "price_list_token.created": _created,
    "price_list_token.revoked": _revoked,
}
