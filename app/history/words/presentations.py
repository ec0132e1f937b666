"""What is done to presentations."""

from app.history.words.things import Data, Thing, Vocabulary, Words, change, lines, presentation
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


WORDS: Vocabulary = {
    "presentation.sent": _presentation_sent,
    "presentation.opened": _presentation_opened,
    "presentation.quantity_changed": _quantity_changed,
    "presentation.extension_asked": _extension_asked,
}
