"""What is done to the cart."""

from app.history.words.things import Data, Thing, Vocabulary, Words, change, lines, offer, presentation
from app.i18n import gettext as _
from app.money import NBSP, money


def _put_into_cart(data: Data) -> Words:
    quantity = f"{data['quantity']}{NBSP}{data['unit']}"
    return Words(_("Product put into the cart"), (Thing(f"{data['article']}, {quantity}"), *offer(data)))


def _cart_changed(data: Data) -> Words:
    return Words(_("Quantity in the cart changed"), (Thing(change(data)), *offer(data)))


def _removed(data: Data) -> Words:
    return Words(_("Product removed from the cart"), (Thing(data["article"]), *offer(data)))


def _filled(data: Data) -> Words:
    return Words(_("Presentation put into the cart"), (presentation(data), Thing(lines(data["lines"]))))


def _price_accepted(data: Data) -> Words:
    prices = f"{data['article']}: {money(data['was'])} → {money(data['price'])}"
    return Words(_("New price accepted"), (Thing(prices),))


def _list_put(data: Data) -> Words:
    return Words(_("List put into the cart"), (Thing(lines(data["lines"])),))


WORDS: Vocabulary = {
    "cart.list_put": _list_put,
    "cart.line_put": _put_into_cart,
    "cart.line_changed": _cart_changed,
    "cart.line_removed": _removed,
    "cart.filled": _filled,
    "cart.price_accepted": _price_accepted,
}
