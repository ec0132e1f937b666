"""What is done to repeat orders, and to order templates."""

from app.history.words.things import Data, Thing, Vocabulary, Words, lines, order
from app.i18n import gettext as _


def _repeated(data: Data) -> Words:
    action = _("Order repeated into the cart") if data["mode"] == "merge" else _("Order repeated instead of the cart")
    things = [order({"order": number}) for number in data.get("orders", ())]
    if data.get("template"):
        things.append(_template(data))
    return Words(action, (*things, Thing(lines(data["lines"]))))


def _saved(data: Data) -> Words:
    return Words(_("Order template saved"), (_template(data), Thing(lines(data["lines"]))))


def _renamed(data: Data) -> Words:
    return Words(_("Order template renamed"), (Thing(data["was"]), _template(data)))


def _changed(data: Data) -> Words:
    return Words(_("Order template changed"), (_template(data), Thing(lines(data["lines"]))))


def _deleted(data: Data) -> Words:
    return Words(_("Order template deleted"), (Thing(data["name"]),))


def _template(data: Data) -> Thing:
    return Thing(data["name"], f"/order-templates/{data['template']}")


WORDS: Vocabulary = {
    "cart.repeated": _repeated,
    "order_template.saved": _saved,
    "order_template.renamed": _renamed,
    "order_template.changed": _changed,
    "order_template.deleted": _deleted,
}
