"""What people do about themselves."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _


def _signed_in(data: Data) -> Words:
    return Words(_("Sign-in"))


def _signed_out(data: Data) -> Words:
    return Words(_("Sign-out"))


def _sign_in_failed(data: Data) -> Words:
    return Words(_("Failed sign-in"), (Thing(_("wrong code of the second factor")),) if data.get("step") else ())


def _password_changed(data: Data) -> Words:
    return Words(_("Password changed"), (Thing(data["person"]),))


def _password_forgotten(data: Data) -> Words:
    return Words(_("Link to a new password asked for"))


WORDS: Vocabulary = {
    "person.signed_in": _signed_in,
    "person.signed_out": _signed_out,
    "person.sign_in_failed": _sign_in_failed,
    "person.password_changed": _password_changed,
    "person.password_forgotten": _password_forgotten,
}
