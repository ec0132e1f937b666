"""What people change about themselves and their company."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import N_, gettext, ngettext
from app.i18n import gettext as _
from app.web.labels import label

FIELDS = {
    "name": N_("Name"),
    "phone": N_("Phone"),
    "timezone": N_("Time zone"),
    "language": N_("Language"),
    "extension": N_("Extension"),
    "about": N_("Knows best"),
    "work_from": N_("Working day from"),
    "work_till": N_("Working day until"),
}
LETTERS = {
    "presentations": N_("New presentations"),
    "comments": N_("Comments and answers"),
    "statuses": N_("Statuses of orders"),
    "promo": N_("Promotional letters"),
}


def _changed(data: Data) -> Words:
    return Words(_("Personal data changed"), tuple(Thing(gettext(FIELDS[name])) for name in data["fields"]))


def _login_changed(data: Data) -> Words:
    return Words(_("Login changed"), (Thing(f"{data['was']} → {data['login']}"),))


def _email_change_asked(data: Data) -> Words:
    return Words(_("Another e-mail address asked for"), (Thing(f"{data['was']} → {data['email']}"),))


def _email_link_made(data: Data) -> Words:
    return Words(_("Link to confirm an e-mail address"), (Thing(data["email"]),))


def _email_changed(data: Data) -> Words:
    return Words(_("E-mail address changed"), (Thing(f"{data['was']} → {data['email']}"),))


def _preferences_changed(data: Data) -> Words:
    on = [f"{gettext(LETTERS[name])}: {_('yes')}" for name in data["on"]]
    off = [f"{gettext(LETTERS[name])}: {_('no')}" for name in data["off"]]
    return Words(_("Choice of letters changed"), tuple(Thing(text) for text in on + off))


def _unsubscribed(data: Data) -> Words:
    how = {"page": _("by the link of a letter"), "one_click": _("by the button of the mail program")}
    return Words(_("Promotional letters called off"), (Thing(how[data["how"]]),))


def _session_ended(data: Data) -> Words:
    return Words(_("Device signed out"), (Thing(data["device"]),))


def _sessions_ended(data: Data) -> Words:
    count = data["count"]
    return Words(
        _("Other devices signed out"), (Thing(ngettext("%(num)s device", "%(num)s devices", count) % {"num": count}),)
    )


def _company_changed(data: Data) -> Words:
    changes = [(label("requisite", one["field"]), one["was"] or "—", one["now"] or "—") for one in data["changes"]]
    return Words(_("Company's data changed"), tuple(Thing(f"{name}: {was} → {now}") for name, was, now in changes))


WORDS: Vocabulary = {
    "person.changed": _changed,
    "person.login_changed": _login_changed,
    "person.email_change_asked": _email_change_asked,
    "person.email_link_made": _email_link_made,
    "person.email_changed": _email_changed,
    "person.preferences_changed": _preferences_changed,
    "person.unsubscribed": _unsubscribed,
    "person.session_ended": _session_ended,
    "person.sessions_ended": _sessions_ended,
    "company.changed": _company_changed,
}
