"""What the history calls each action, and the things that it was done to, in the reader's language."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.money import NBSP, money
from app.web.labels import label

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thing:
    """What an action was done to: a text, and the path where it can be seen, if anywhere."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """An action and its things."""

    action: str
    things: tuple[Thing, ...] = ()


def words(action: str, data: str | Data) -> Words:
    """The words for an entry; `data` is the event's, as JSON or read. Raises KeyError for an unknown action."""
    return WORDS[action](json.loads(data) if isinstance(data, str) else data)


def _signed_in(data: Data) -> Words:
    return Words(_("Sign-in"))


def _signed_out(data: Data) -> Words:
    return Words(_("Sign-out"))


def _sign_in_failed(data: Data) -> Words:
    return Words(_("Failed sign-in"))


def _password_changed(data: Data) -> Words:
    return Words(_("Password changed"), (Thing(data["person"]),))


def _presentation_sent(data: Data) -> Words:
    things = [_presentation(data), Thing(data["title"]), Thing(_lines(data["lines"], data.get("total")))]
    if data["version"] == 1:
        return Words(_("Presentation sent"), tuple(things))
    things.append(Thing(_("instead of version %(version)s") % {"version": data["version"] - 1}))
    return Words(_("Presentation sent, version %(version)s") % {"version": data["version"]}, tuple(things))


def _presentation_opened(data: Data) -> Words:
    return Words(_("Presentation opened"), (_presentation(data),))


def _quantity_changed(data: Data) -> Words:
    return Words(_("Quantity changed"), (Thing(_change(data)), _presentation(data, f"#line-{data['line_id']}")))


def _extension_asked(data: Data) -> Words:
    return Words(_("Extension asked for"), (_presentation(data), Thing(data["title"])))


def _put_into_cart(data: Data) -> Words:
    quantity = f"{data['quantity']}{NBSP}{data['unit']}"
    return Words(_("Product put into the cart"), (Thing(f"{data['article']}, {quantity}"), *_offer(data)))


def _cart_changed(data: Data) -> Words:
    return Words(_("Quantity in the cart changed"), (Thing(_change(data)), *_offer(data)))


def _removed(data: Data) -> Words:
    return Words(_("Product removed from the cart"), (Thing(data["article"]), *_offer(data)))


def _filled(data: Data) -> Words:
    return Words(_("Presentation put into the cart"), (_presentation(data), Thing(_lines(data["lines"]))))


def _price_accepted(data: Data) -> Words:
    prices = f"{data['article']}: {money(data['was'])} → {money(data['price'])}"
    return Words(_("New price accepted"), (Thing(prices),))


def _placed(data: Data) -> Words:
    return Words(_("Order placed"), (_order(data), Thing(_lines(data["lines"], data["total"]))))


def _claimed(data: Data) -> Words:
    return Words(_("Order taken into work"), (_order(data), Thing(data["manager"])))


def _status_changed(data: Data) -> Words:
    status = label("status", data["status"]).lower()
    return Words(_("Status: %(status)s") % {"status": status}, (_order(data),))


def _called(data: Data) -> Words:
    return Words(_("The partner was called"), (_order(data),))


def _commented(data: Data) -> Words:
    anchor = f"#comment-{data['comment']}"
    about = _order(data, anchor) if data["on"] == "order" else _presentation(data, anchor)
    if data.get("internal"):
        action = _("Internal note")
    elif data.get("position"):
        action = _("Note on a line")
    else:
        action = _("Comment on an order") if data["on"] == "order" else _("Comment on a presentation")
    numbers = [_("comment %(number)s") % {"number": data["comment"]}]
    if data.get("position"):
        numbers.insert(0, _("position %(position)s") % {"position": data["position"]})
    return Words(action, (about, Thing(", ".join(numbers))))


def _order(data: Data, anchor: str = "") -> Thing:
    number = data["order"]
    return Thing(_("Order No. %(number)s") % {"number": number}, f"/orders/{number}{anchor}")


def _presentation(data: Data, anchor: str = "") -> Thing:
    number = data["presentation"]
    return Thing(_("Presentation No. %(number)s") % {"number": number}, f"/presentations/{number}{anchor}")


def _offer(data: Data) -> tuple[Thing, ...]:
    return (_presentation(data),) if data.get("presentation") else ()


def _change(data: Data) -> str:
    return f"{data['article']}: {data['was']} → {data['quantity']}{NBSP}{data['unit']}"


def _lines(count: int, total: int | None = None) -> str:
    text = ngettext("%(num)s line", "%(num)s lines", count) % {"num": count}
    return f"{text}, {money(total)}" if total is not None else text


WORDS: dict[str, Callable[[Data], Words]] = {
    "person.signed_in": _signed_in,
    "person.signed_out": _signed_out,
    "person.sign_in_failed": _sign_in_failed,
    "person.password_changed": _password_changed,
    "presentation.sent": _presentation_sent,
    "presentation.opened": _presentation_opened,
    "presentation.quantity_changed": _quantity_changed,
    "presentation.extension_asked": _extension_asked,
    "cart.line_put": _put_into_cart,
    "cart.line_changed": _cart_changed,
    "cart.line_removed": _removed,
    "cart.filled": _filled,
    "cart.price_accepted": _price_accepted,
    "order.placed": _placed,
    "order.claimed": _claimed,
    "order.status_changed": _status_changed,
    "order.called": _called,
    "comment.added": _commented,
}
