"""What becomes of the second factor of staff. (Staff alone see it.)"""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _
from app.i18n import ngettext


def _turned_on(data: Data) -> Words:
    return Words(_("Second factor turned on"), (Thing(data["person"]),))


def _turned_off(data: Data) -> Words:
    return Words(_("Second factor turned off"), (Thing(data["person"]),))


def _reset(data: Data) -> Words:
    return Words(_("Second factor reset"), (Thing(data["person"]),))


def _codes_renewed(data: Data) -> Words:
    return Words(_("Recovery codes made anew"), (Thing(data["person"]),))


def _code_used(data: Data) -> Words:
    left = ngettext("%(num)s recovery code is left", "%(num)s recovery codes are left", data["left"])
    return Words(_("Recovery code used"), (Thing(data["person"]), Thing(left % {"num": data["left"]})))


WORDS: Vocabulary = {
    "person.second_factor_turned_on": _turned_on,
    "person.second_factor_turned_off": _turned_off,
    "person.second_factor_reset": _reset,
    "person.recovery_codes_renewed": _codes_renewed,
    "person.recovery_code_used": _code_used,
}
