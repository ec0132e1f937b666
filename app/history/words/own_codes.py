"""What is done to a company's own codes of products."""

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import gettext as _
from app.i18n import ngettext


def _kept(data: Data) -> Words:
    things = [Thing(f"{code} = {article}" + (f" ({was})" if was else "")) for code, article, was in data["codes"]]
    if data["count"] > len(things):
        things.append(
            Thing(ngettext("%(num)s code in all", "%(num)s codes in all", data["count"]) % {"num": data["count"]})
        )
    return Words(_("Own codes of products kept"), tuple(things))


def _removed(data: Data) -> Words:
    return Words(_("Own code of a product removed"), (Thing(f"{data['code']} = {data['article']}"),))


WORDS: Vocabulary = {
    "own_code.kept": _kept,
    "own_code.removed": _removed,
}
