"""What administrators do about imports of price lists."""

from collections.abc import Callable
from typing import Any

from app.history.words.things import Data, Thing, Vocabulary, Words
from app.i18n import N_, gettext, ngettext
from app.i18n import gettext as _
from app.web.labels import label

KINDS = ("new", "dearer", "cheaper", "changed", "gone")


def _import(data: Data) -> Thing:
    return Thing(f"{data['supplier']}, {data['file']}", f"/administration/imports/{data['run']}")


def _simply(action: str) -> Callable[[Data], Words]:
    return lambda data: Words(gettext(action), (_import(data),))


def _applied(data: Data) -> Words:
    counts = [f"{label('import-kind', kind)}: {data[kind]}" for kind in KINDS if data[kind]]
    return Words(_("Import applied"), (_import(data), *map(Thing, counts)))


def _undone(data: Data) -> Words:
    told: list[Any] = [
        Thing(ngettext("%(num)s change", "%(num)s changes", data["products"]) % {"num": data["products"]})
    ]
    if data["made"]:
        told.append(Thing(_("New products taken away: %(count)s") % {"count": data["made"]}))
    return Words(_("Import undone"), (_import(data), *told))


WORDS: Vocabulary = {
    "import.begun": _simply(N_("Price list uploaded")),
    "import.applied": _applied,
    "import.stopped": _simply(N_("Import stopped")),
    "import.undone": _undone,
}
