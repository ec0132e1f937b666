"""The exchange with 1C: its connections, and what came of exchanges."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.exchange.telling import summed
from app.history.words.things import Data, Thing, Vocabulary, Words, order
from app.i18n import N_, gettext, ngettext
from app.i18n import gettext as _
from app.web.formats import day
from app.web.labels import label

FIELDS = {
    "name": N_("Its name"),
    "login": N_("Login"),
    "catalogue": N_("Catalogue, prices and stock come in"),
    "orders": N_("Orders go out and come back"),
    "orders_since": N_("Orders placed since"),
    "encoding": N_("Encoding of orders"),
    "wrapped": N_("Each order in a «Контейнер»"),
    "person": N_("In whose name orders are changed"),
    "active": N_("Works"),
}


def _connection(data: Data) -> Thing:
    return Thing(data["name"], f"/administration/exchange/connections/{data['connection']}")


def _about(action: str) -> Callable[[Data], Words]:
    return lambda data: Words(gettext(action), (_connection(data),))


def _changed(data: Data) -> Words:
    lines = (f"{gettext(FIELDS[one['field']])}: {_shown(one, 'was')} → {_shown(one, 'now')}" for one in data["changes"])
    return Words(_("1C connection changed"), (_connection(data), *map(Thing, lines)))


def _shown(one: dict[str, Any], when: str) -> str:
    value = one[when]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if one["field"] == "orders_since":
        return day(date.fromisoformat(value))
    return label("encoding", value) if one["field"] == "encoding" else str(value)


def _sign_in_failed(data: Data) -> Words:
    """Of a login that no connection has, too."""
    whose = _connection(data) if "connection" in data else Thing(data["login"] or "—")
    return Words(_("1C was refused: wrong login or password"), (whose,))


def _types_set(data: Data) -> Words:
    lines = (f"{one['field']}: {one['was'] or '—'} → {one['now'] or '—'}" for one in data["changes"])
    return Words(_("Types of prices of 1C"), (_connection(data), *map(Thing, lines)))


def _statuses_set(data: Data) -> Words:
    lines = (f"{one['field']}: {_status(one['was'])} → {_status(one['now'])}" for one in data["changes"])
    return Words(_("Statuses of orders in 1C"), (_connection(data), *map(Thing, lines)))


def _status(choice: str) -> str:
    if choice == "ignore":
        return _("leave the order as it is")
    return label("status", choice) if choice else "—"


def _exchange(data: Data) -> Thing:
    return Thing(data["connection"], f"/administration/exchange/{data['exchange']}")


def _finished(data: Data) -> Words:
    told = [summed(data["counts"])] if data["counts"] else []
    if data["counts"].get("hidden"):
        told.append(_("taken off sale: %(num)s") % {"num": data["counts"]["hidden"]})
    if data["orders_sent"]:
        sent = data["orders_sent"]
        told.append(ngettext("%(num)s order sent", "%(num)s orders sent", sent) % {"num": sent})
    if data["failed"]:
        told.append(_("files not read: %(num)s") % {"num": data["failed"]})
    return Words(_("Exchange with 1C"), (_exchange(data), *map(Thing, told)))


def _held(data: Data) -> Words:
    share = _("%(hiding)s of %(on_sale)s products") % {"hiding": data["hiding"], "on_sale": data["on_sale"]}
    return Words(_("Exchange with 1C held back"), (_exchange(data), Thing(share)))


def _decided(action: str) -> Callable[[Data], Words]:
    return lambda data: Words(gettext(action), (_exchange(data),))


def _papers(data: Data) -> Words:
    parts = []
    for name, since, words in (
        ("payment", "paid_on", N_("payment No. %(number)s")),
        ("shipment", "shipped_on", N_("shipment No. %(number)s")),
    ):
        if data[name]:
            text = gettext(words) % {"number": data[name]}
            when = data[since]
            parts.append(Thing(f"{text}, {day(date.fromisoformat(when))}" if when else text))
    return Words(_("Payment and shipment"), (order(data), *parts))


WORDS: Vocabulary = {
    "exchange.connection_created": _about(N_("New 1C connection")),
    "exchange.connection_changed": _changed,
    "exchange.password_renewed": _about(N_("New password of a 1C connection")),
    "exchange.price_types_set": _types_set,
    "exchange.statuses_set": _statuses_set,
    "exchange.sign_in_failed": _sign_in_failed,
    "exchange.finished": _finished,
    "exchange.held": _held,
    "exchange.agreed": _decided(N_("What 1C hides agreed to")),
    "exchange.refused": _decided(N_("What 1C hides refused")),
}
FOR_PARTNERS: Vocabulary = {"order.papers_set": _papers}
