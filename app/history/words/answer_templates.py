"""What is done with templates of answers."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _


def _made(data: Data) -> Words:
    return Words(_("Answer template made"), (Thing(data["name"]), Thing(data["text"])))


def _changed(data: Data) -> Words:
    texts = (Thing(data["was"]), Thing(f"→ {data['text']}")) if data["was"] != data["text"] else ()
    names = (Thing(data["was_name"]), Thing(f"→ {data['name']}")) if data["was_name"] != data["name"] else ()
    return Words(_("Answer template changed"), (*(names or (Thing(data["name"]),)), *texts))


def _deleted(data: Data) -> Words:
    return Words(_("Answer template deleted"), (Thing(data["name"]), Thing(data["was"])))


WORDS: Vocabulary = {
    "answer_template.made": _made,
    "answer_template.changed": _changed,
    "answer_template.deleted": _deleted,
}
