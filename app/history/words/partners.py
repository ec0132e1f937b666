"""What staff do about partners: who takes care of them, their discounts, their access."""

from datetime import date

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _
from app.money import percent


def _taken(data: Data) -> Words:
    return Words(_("The partner has a manager"), (Thing(data["manager"]),))


def _transferred(data: Data) -> Words:
    word = (Thing(data["word"]),) if data["word"] else ()
    return Words(_("The partner has another manager"), (Thing(f"{data['was'] or '—'} → {data['manager']}"), *word))


def _noted(data: Data) -> Words:
    return Words(_("Note for staff"), (Thing(data["text"]),))


def _blocked(data: Data) -> Words:
    return Words(_("Access of the company closed"), (Thing(data["reason"]),))


def _unblocked(data: Data) -> Words:
    return Words(_("Access of the company opened again"))


def _set(data: Data) -> Words:
    was = f"{_terms(data['was'])} → " if data["was"] else ""
    return Words(_("Discount"), (Thing(_what(data["now"])), Thing(f"{was}{_terms(data['now'])}")))


def _removed(data: Data) -> Words:
    return Words(_("Discount taken away"), (Thing(_what(data["was"])), Thing(_terms(data["was"]))))


def _asked(data: Data) -> Words:
    return Words(_("Discount past the limit asked for"), (Thing(_what(data["now"])), Thing(_terms(data["now"]))))


def _approved(data: Data) -> Words:
    return Words(_("Discount past the limit approved"), _decided(data))


def _declined(data: Data) -> Words:
    return Words(_("Discount past the limit declined"), _decided(data))


def _decided(data: Data) -> tuple[Thing, ...]:
    word = (Thing(data["word"]),) if data["word"] else ()
    return (Thing(_what(data["now"])), Thing(_terms(data["now"])), *word)


def _what(terms: Data) -> str:
    return terms["name"] or _("on everything else")


def _terms(terms: Data) -> str:
    """«12,5 % 01.12.2026 – 31.12.2026»."""
    since, until = (_day(terms[name]) for name in ("since", "until"))
    days = f" {since} – {until}".rstrip() if since or until else ""
    return f"{percent(terms['percent'])}{days}"


def _day(iso: str | None) -> str:
    return date.fromisoformat(iso).strftime("%d.%m.%Y") if iso else ""


WORDS: Vocabulary = {
    "company.taken": _taken,
    "company.transferred": _transferred,
    "company.noted": _noted,
    "company.blocked": _blocked,
    "company.unblocked": _unblocked,
    "discount.set": _set,
    "discount.removed": _removed,
    "discount.asked": _asked,
    "discount.approved": _approved,
    "discount.declined": _declined,
}
