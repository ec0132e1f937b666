"""What administrators do about prices and rates, and what becomes of the bank's rates."""

from collections.abc import Callable
from datetime import date
from typing import Any

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import N_, gettext, ngettext
from app.i18n import gettext as _
from app.money import NBSP, amount, percent, rate_text
from app.web.formats import day
from app.web.labels import label

FIELDS = {
    "name": N_("Its name"),
    "position": N_("Place in the list"),
    "currency": N_("Currency"),
    "hidden": N_("Hidden"),
}


def _type(data: Data) -> Thing:
    return Thing(data["name"], f"/administration/price-types/{data['price_type']}")


def _product(data: Data) -> Thing:
    return Thing(f"{data['article']}, {data['name']}", f"/administration/products/{data['good']}/prices")


def _price(one: Data | None) -> str:
    if one is None or not one["amount"]:
        return "—"
    return f"{amount(one['amount'])}{NBSP}{label('currency', one['currency'])}"


def _set(data: Data) -> Words:
    since = _("since %(day)s") % {"day": day(date.fromisoformat(data["since"]))}
    change = f"{data['type']}, {since}: {_price(data['was'])} → {_price(data)}"
    return Words(_("Price of a product"), (_product(data), Thing(change)))


def _removed(data: Data) -> Words:
    since = _("since %(day)s") % {"day": day(date.fromisoformat(data["since"]))}
    return Words(_("Later price taken back"), (_product(data), Thing(f"{data['type']}, {since}: {_price(data)}")))


def _changed(data: Data) -> Words:
    lines = (f"{gettext(FIELDS[one['field']])}: {_shown(one, 'was')} → {_shown(one, 'now')}" for one in data["changes"])
    return Words(_("Type of prices changed"), (_type(data), *map(Thing, lines)))


def _shown(one: dict[str, Any], when: str) -> str:
    if one["field"] == "hidden":
        return _("yes") if one[when] else _("no")
    return label("currency", one[when]) if one["field"] == "currency" else str(one[when])


def _company(data: Data) -> Words:
    retail = _("Retail")
    change = f"{data['was'] or retail} → {data['now'] or retail}"
    return Words(_("Type of prices of the partner"), (Thing(change),))


def _rate(action: str) -> Callable[[Data], Words]:
    def told(data: Data) -> Words:
        was = f"{rate_text(data['was'])} → " if data["was"] else ""
        top = f" ({rate_text(data['value'])} + {percent(data['percent'])})" if data["percent"] else ""
        change = f"{was}{rate_text(data['rate'])}{NBSP}₽{top}"
        since = _("since %(day)s") % {"day": day(date.fromisoformat(data["day"]))}
        return Words(gettext(action), (Thing(since, "/administration/rates"), Thing(change)))

    return told


def _failed(data: Data) -> Words:
    why = Thing(label("rate-failure", data["failure"]), "/administration/rates")
    return Words(_("The bank's rate could not be read"), (why,))


def _missed(data: Data) -> Words:
    why = Thing(label("rate-failure", data["failure"]), "/administration/rates")
    days = ngettext("%(num)s day", "%(num)s days", data["days"]) % {"num": data["days"]}
    return Words(_("The bank's rate has not been read for long"), (why, Thing(days)))


def _terms_changed(data: Data) -> Words:
    top = _("On top of the rate")
    lines = [
        f"{top}: {percent(one['was'])} → {percent(one['now'])}"
        if one["field"] == "percent"
        else f"{one['was'] or '—'} → {one['now'] or '—'}"
        for one in data["changes"]
    ]
    return Words(_("Reading of rates changed"), tuple(map(Thing, lines)))


WORDS: Vocabulary = {
    "price_type.created": lambda data: Words(_("New type of prices"), (_type(data),)),
    "price_type.changed": _changed,
    "price.set": _set,
    "price.removed": _removed,
    "company.price_type_set": _company,
    "currency_rate.taken": _rate(N_("The bank's rate")),
    "currency_rate.held": _rate(N_("The bank's rate jumped")),
    "currency_rate.set": _rate(N_("Rate by hand")),
    "currency_rate.agreed": _rate(N_("Rate that jumped agreed to")),
    "currency_rate.refused": _rate(N_("Rate that jumped refused")),
    "currency_rate.failed": _failed,
    "currency_rate.missed": _missed,
    "currency_rate.terms_changed": _terms_changed,
}
