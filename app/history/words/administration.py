"""What administrators do: about staff, letters, jobs, settings, VAT rates; and what befalls those who sign in."""

from datetime import date
from typing import Any

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import N_, gettext, ngettext
from app.i18n import gettext as _
from app.money import NBSP, percent
from app.web.formats import day
from app.web.labels import label

FIELDS = {
    "name": N_("Name"),
    "phone": N_("Phone"),
    "extension": N_("Extension"),
    "about": N_("Knows best"),
    "shown_email": N_("E-mail shown to partners"),
    "work_from": N_("Working day from"),
    "work_till": N_("Working day until"),
    "discount_limit": N_("Limit of discount"),
    "role": N_("Role"),
}


def _changed(data: Data) -> Words:
    lines = (f"{gettext(FIELDS[one['field']])}: {_said(one, 'was')} → {_said(one, 'now')}" for one in data["changes"])
    return Words(_("Data of a member of staff changed"), (_member(data), *map(Thing, lines)))


def _absence_set(data: Data) -> Words:
    return Words(_("Absence"), (_member(data), Thing(f"{_days(data['was'])} → {_days(data['now'])}")))


def _blocked(data: Data) -> Words:
    has = [
        ngettext("%(num)s partner", "%(num)s partners", data["partners"]) % {"num": data["partners"]},
        ngettext("%(num)s order", "%(num)s orders", data["orders"]) % {"num": data["orders"]},
        ngettext("%(num)s ticket", "%(num)s tickets", data["tickets"]) % {"num": data["tickets"]},
    ]
    to = data["to"] or _("nobody in particular")
    return Words(_("Access of a member of staff blocked"), (_member(data), Thing(f"{', '.join(has)} → {to}")))


def _unblocked(data: Data) -> Words:
    return Words(_("Access of a member of staff opened again"), (_member(data),))


def _handed_over(data: Data) -> Words:
    orders = [Thing(_("Order No. %(number)s") % {"number": one}, f"/orders/{one}") for one in data.get("orders", ())]
    tickets = [
        Thing(_("Ticket No. %(number)s") % {"number": one}, f"/tickets/{one}") for one in data.get("tickets", ())
    ]
    change = Thing(f"{data['was']} → {data['manager'] or _('nobody in particular')}")
    return Words(_("Manager changed"), (change, *orders, *tickets))


def _throttled(data: Data) -> Words:
    return Words(_("Too many attempts to sign in"))


def _signed_out(data: Data) -> Words:
    return Words(_("Signed out by an administrator"), (Thing(data["person"]),))


def _letter_retried(data: Data) -> Words:
    letter = Thing(data["subject"], f"/administration/letters/{data['letter']}")
    return Words(_("Letter sent again"), (letter, Thing(data["recipient"])))


def _letter_settled(data: Data) -> Words:
    return Words(_("Undelivered letter dealt with"), (Thing(data["subject"]), Thing(data["recipient"])))


def _all_letters_retried(data: Data) -> Words:
    count = ngettext("%(num)s letter", "%(num)s letters", data["count"]) % {"num": data["count"]}
    return Words(_("All failed letters sent again"), (Thing(count),))


def _run_again(data: Data) -> Words:
    return Words(_("Event run again"), (Thing(f"{data['event_name']}, № {data['event']}"),))


def _all_run_again(data: Data) -> Words:
    count = ngettext("%(num)s event", "%(num)s events", data["count"]) % {"num": data["count"]}
    return Words(_("All failed events run again"), (Thing(count),))


def _settings_changed(data: Data) -> Words:
    changes = ((label("setting", one["field"]), _set(one["was"]), _set(one["now"])) for one in data["changes"])
    return Words(_("Settings changed"), tuple(Thing(f"{name}: {was} → {now}") for name, was, now in changes))


def _rate_added(data: Data) -> Words:
    rate = f"{label('vat', data['vat'])}: {_rate(data['was'])} → {_rate(data['rate'])}"
    return Words(_("VAT rate added"), (Thing(rate), Thing(_day(data["since"]))))


def _rate_deleted(data: Data) -> Words:
    rate = f"{label('vat', data['vat'])}: {_rate(data['rate'])}"
    return Words(_("VAT rate deleted"), (Thing(rate), Thing(_day(data["since"]))))


def _member(data: Data) -> Thing:
    return Thing(data["person"])


def _said(change: Data, which: str) -> str:
    value = change[which]
    if change["field"] == "role":
        return label("role", value)
    if change["field"] == "discount_limit":
        return percent(value) if value is not None else _("none")
    return value or "—"


def _days(absence: Data) -> str:
    if not absence:
        return _("at work")
    days = f"{_day(absence['from'])} – {_day(absence['until'])}"
    return f"{days}, {absence['substitute']}" if absence["substitute"] else days


def _set(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_day(one) for one in value) or "—"
    return str(value).replace("\n", " ") or "—"


def _rate(rate: int | None) -> str:
    return "—" if rate is None else f"{rate}{NBSP}%"


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


WORDS: Vocabulary = {
    "person.sign_in_throttled": _throttled,
    "person.signed_out_by_staff": _signed_out,
    "company.handed_over": _handed_over,
    "staff.changed": _changed,
    "staff.absence_set": _absence_set,
    "staff.blocked": _blocked,
    "staff.unblocked": _unblocked,
    "letter.retried": _letter_retried,
    "letter.settled": _letter_settled,
    "letter.all_retried": _all_letters_retried,
    "event.run_again": _run_again,
    "event.all_run_again": _all_run_again,
    "setting.changed": _settings_changed,
    "vat_rate.added": _rate_added,
    "vat_rate.deleted": _rate_deleted,
}
