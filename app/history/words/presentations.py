"""What is done to presentations."""

from collections.abc import Callable
from datetime import UTC, datetime

from app.history.words.things import Data, Thing, Vocabulary, Words, change, lines, presentation
from app.i18n import N_, gettext, ngettext
from app.i18n import gettext as _


def _presentation_sent(data: Data) -> Words:
    things = [presentation(data), Thing(data["title"]), Thing(lines(data["lines"], data.get("total")))]
    if data["version"] == 1:
        return Words(_("Presentation sent"), tuple(things))
    things.append(Thing(_("instead of version %(version)s") % {"version": data["version"] - 1}))
    return Words(_("Presentation sent, version %(version)s") % {"version": data["version"]}, tuple(things))


def _presentation_opened(data: Data) -> Words:
    return Words(_("Presentation opened"), (presentation(data),))


def _quantity_changed(data: Data) -> Words:
    return Words(_("Quantity changed"), (Thing(change(data)), presentation(data, f"#line-{data['line_id']}")))


def _extension_asked(data: Data) -> Words:
    return Words(_("Extension asked for"), (presentation(data), Thing(data["title"])))


def _extension_settled(data: Data) -> Words:
    return Words(_("Request to prolong dealt with"), (presentation(data), Thing(data["title"])))


def _draft(data: Data) -> Thing:
    """A presentation that partners do not know of yet, on the desk."""
    number = data["presentation"]
    return Thing(_("Presentation No. %(number)s") % {"number": number}, f"/desk/presentations/{number}")


def _approval_asked(data: Data) -> Words:
    things = [_draft(data), Thing(data["title"]), Thing(", ".join(data["articles"]))]
    return Words(_("Approval of discounts asked for"), (*things, *_word(data)))


def _approved(data: Data) -> Words:
    return Words(_("Discounts over the limit approved"), (_draft(data), Thing(data["title"]), *_word(data)))


def _declined(data: Data) -> Words:
    return Words(_("Discounts over the limit declined"), (_draft(data), Thing(data["title"]), *_word(data)))


def _word(data: Data) -> tuple[Thing, ...]:
    return (Thing(data["word"]),) if data["word"] else ()


def _template_saved(data: Data) -> Words:
    return Words(
        _("Template of presentations saved"), (Thing(data["name"]), Thing(lines(data["lines"])), *_shared(data))
    )


def _template_changed(data: Data) -> Words:
    named = Thing(f"{data['was']} → {data['name']}" if data["was"] != data["name"] else data["name"])
    return Words(_("Template of presentations changed"), (named, *_shared(data)))


def _template_deleted(data: Data) -> Words:
    return Words(_("Template of presentations deleted"), (Thing(data["name"]),))


def _shared(data: Data) -> tuple[Thing, ...]:
    return (Thing(_("all managers may use it") if data["shared"] else _("only its author may use it")),)


def _scheduled(data: Data) -> Words:
    at = datetime.fromisoformat(data["at"]).astimezone(UTC).strftime("%d.%m.%Y %H:%M UTC")
    return Words(_("Time of sending chosen"), (_draft(data), Thing(data["title"]), Thing(at)))


def _recalled(data: Data) -> Words:
    return Words(_("Sending called off"), (_draft(data), Thing(data["title"])))


def _draft_discarded(data: Data) -> Words:
    what = Thing(_("Presentation No. %(number)s") % {"number": data["presentation"]})
    if data["version"] > 1:  # the versions before it are there still
        what = Thing(f"{what.text}, {_('version')} {data['version']}", f"/desk/presentations/{data['presentation']}")
    things = (what, Thing(data["title"]), Thing(lines(data["lines"], data["total"])), Thing(data["was"]))
    return Words(_("Draft discarded"), things)


def _draft_claimed(data: Data) -> Words:
    names = Thing(f"{data['was']} → {data['author']}")
    return Words(_("Draft taken over"), (_draft(data), Thing(data["title"]), names))


def _sending_failed(data: Data) -> Words:
    return Words(_("Presentation not sent at its time"), (_draft(data), Thing(data["title"]), Thing(data["reason"])))


def _withdrawn(data: Data) -> Words:
    return Words(_("Presentation withdrawn"), (presentation(data), Thing(data["title"]), Thing(data["reason"])))


def _reminded(data: Data) -> Words:
    return Words(_("Reminder of a presentation"), (presentation(data), Thing(data["title"])))


def _reminder_chosen(data: Data) -> Words:
    was, now = (str(data[name] or "—") for name in ("was", "days"))
    return Words(_("Reminder before the last day chosen"), (presentation(data), Thing(f"{was} → {now}")))


def _promo(action: str) -> Callable[[Data], Words]:
    def words(data: Data) -> Words:
        count = ngettext("%(num)s company", "%(num)s companies", data["companies"]) % {"num": data["companies"]}
        return Words(gettext(action), (Thing(data["title"], f"/desk/promos/{data['promo']}"), Thing(count)))

    return words


WORDS: Vocabulary = {
    "promo.sent": _promo(N_("Promo sent")),
    "promo.stopped": _promo(N_("Promo stopped")),
    "promo.resumed": _promo(N_("Promo resumed")),
    "promo.finished": _promo(N_("Promo finished")),
    "presentation.scheduled": _scheduled,
    "presentation.recalled": _recalled,
    "presentation.draft_discarded": _draft_discarded,
    "presentation.draft_claimed": _draft_claimed,
    "presentation.sending_failed": _sending_failed,
    "presentation.withdrawn": _withdrawn,
    "presentation.reminded": _reminded,
    "presentation.reminder_chosen": _reminder_chosen,
    "presentation.sent": _presentation_sent,
    "presentation.opened": _presentation_opened,
    "presentation.quantity_changed": _quantity_changed,
    "presentation.extension_asked": _extension_asked,
    "presentation.extension_settled": _extension_settled,
    "presentation.approval_asked": _approval_asked,
    "presentation.approved": _approved,
    "presentation.declined": _declined,
    "presentation_template.saved": _template_saved,
    "presentation_template.changed": _template_changed,
    "presentation_template.deleted": _template_deleted,
}
