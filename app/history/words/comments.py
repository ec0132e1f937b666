"""What is said."""

from app.history.words.things import Data, Thing, Vocabulary, Words, order, presentation
from app.i18n import gettext as _


def _commented(data: Data) -> Words:
    anchor = f"#comment-{data['comment']}"
    about = order(data, anchor) if data["on"] == "order" else presentation(data, anchor)
    if data.get("internal"):
        action = _("Internal note")
    elif data.get("position"):
        action = _("Note on a line")
    else:
        action = _("Comment on an order") if data["on"] == "order" else _("Comment on a presentation")
    numbers = [_("comment %(number)s") % {"number": data["comment"]}]
    if data.get("position"):
        numbers.insert(0, _("position %(position)s") % {"position": data["position"]})
    return Words(action, (about, Thing(", ".join(numbers))))


WORDS: Vocabulary = {
    "comment.added": _commented,
}
