"""What is said, and that it needs no answer."""

from app.history.words.things import Data, Thing, Vocabulary, Words, file_count, order, presentation, ticket
from app.i18n import gettext as _


def _commented(data: Data) -> Words:
    anchor = f"#comment-{data['comment']}"
    about = {"order": order, "presentation": presentation, "ticket": ticket}[data["on"]](data, anchor)
    if data.get("internal"):
        action = _("Internal note")
    elif data.get("position"):
        action = _("Note on a line")
    else:
        action = {
            "order": _("Comment on an order"),
            "presentation": _("Comment on a presentation"),
            "ticket": _("Message in a ticket"),
        }[data["on"]]
    numbers = [_("comment %(number)s") % {"number": data["comment"]}]
    if data.get("position"):
        numbers.insert(0, _("position %(position)s") % {"position": data["position"]})
    return Words(action, (about, Thing(", ".join(numbers)), *file_count(data)))


def _settled(data: Data) -> Words:
    about = {"order": order, "presentation": presentation}[data["on"]](data, f"#comment-{data['comment']}")
    number = _("comment %(number)s") % {"number": data["comment"]}
    return Words(_("No answer needed"), (about, Thing(number)))


WORDS: Vocabulary = {
    "comment.added": _commented,
    "comment.settled": _settled,
}
