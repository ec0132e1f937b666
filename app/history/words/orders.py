"""What is done to orders."""

from collections.abc import Callable

from app.history.words.things import Data, Thing, Vocabulary, Words, lines, order
from app.i18n import N_
from app.i18n import gettext as _
from app.money import NBSP, money
from app.web.labels import label

SHOWN_CHANGES = 10


def _placed(data: Data) -> Words:
    return Words(_("Order placed"), (order(data), Thing(lines(data["lines"], data["total"]))))


def _claimed(data: Data) -> Words:
    return Words(_("Order taken into work"), (order(data), Thing(data["manager"])))


def _status_changed(data: Data) -> Words:
    status = label("status", data["status"]).lower()
    return Words(_("Status: %(status)s") % {"status": status}, (order(data),))


def _called(data: Data) -> Words:
    return Words(_("The partner was called"), (order(data),))


def _lines_changed(data: Data) -> Words:
    changes = data["changes"]
    told = [Thing(_line_change(one)) for one in changes[:SHOWN_CHANGES]]
    if len(changes) > SHOWN_CHANGES:
        told.append(Thing(lines(len(changes))))
    total = Thing(f"{money(data['total_was'])} → {money(data['total'])}")
    return Words(_("Order changed"), (order(data), *told, total, Thing(data["reason"])))


def _line_change(one: Data) -> str:
    """«DS-2CD: 2 → 4 шт, 10,00 ₽ → 9,00 ₽»; a dash is for what was not there, or is not any more."""
    sides = [f"{one[name]}{NBSP}{one['unit']}" if one[name] is not None else "—" for name in ("was", "quantity")]
    prices = [money(one[name]) for name in ("price_was", "price") if one[name] is not None]
    parts = [" → ".join(sides)] if sides[0] != sides[1] else []
    if len(prices) == 2 and prices[0] != prices[1]:
        parts.append(" → ".join(prices))
    return f"{one['article']}: {', '.join(parts)}"


def _merged(data: Data) -> Words:
    total = Thing(f"{money(data['total_was'])} → {money(data['total'])}")
    return Words(_("Orders merged"), (order(data), order({"order": data["other"]}), Thing(lines(data["lines"])), total))


def _merged_into(data: Data) -> Words:
    was = Thing(_("was: %(was)s") % {"was": label("status", data["was"]).lower()})
    return Words(_("Order closed: merged"), (order(data), order({"order": data["into"]}), was))


def _step_undone(data: Data) -> Words:
    was, now = label("status", data["was"]).lower(), label("status", data["status"]).lower()
    return Words(_("Step undone"), (order(data), Thing(f"{was} → {now}")))


def _released(data: Data) -> Words:
    return Words(_("Order put back into the queue"), (order(data), Thing(_("was: %(was)s") % {"was": data["was"]})))


def _passing(action: str) -> Callable[[Data], Words]:
    return lambda data: Words(_(action), (order(data), Thing(f"{data['was']} → {data['manager']}")))


WORDS: Vocabulary = {
    "order.placed": _placed,
    "order.claimed": _claimed,
    "order.status_changed": _status_changed,
    "order.called": _called,
    "order.lines_changed": _lines_changed,
    "order.merged": _merged,
    "order.merged_into": _merged_into,
    "order.step_undone": _step_undone,
    "order.released": _released,
    "order.handover_offered": _passing(N_("Order offered to a colleague")),
    "order.handover_asked": _passing(N_("Order asked for by a colleague")),
    "order.handover_declined": _passing(N_("Hand-over declined")),
    "order.handover_withdrawn": _passing(N_("Hand-over taken back")),
    "order.handed_over": _passing(N_("Order handed over")),
}
