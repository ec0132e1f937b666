"""What words are made of: an action, its things, and the things that many actions share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext
from app.money import NBSP, money

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thing:
    """What an action was done to: a text, and the path where it can be seen, if anywhere."""

    text: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """An action and its things."""

    action: str
    things: tuple[Thing, ...] = ()


Vocabulary = dict[str, Callable[[Data], Words]]


def order(data: Data, anchor: str = "") -> Thing:
    """An order by its number."""
    number = data["order"]
    return Thing(_("Order No. %(number)s") % {"number": number}, f"/orders/{number}{anchor}")


def presentation(data: Data, anchor: str = "") -> Thing:
    """A presentation by its number."""
    number = data["presentation"]
    return Thing(_("Presentation No. %(number)s") % {"number": number}, f"/presentations/{number}{anchor}")


def ticket(data: Data, anchor: str = "") -> Thing:
    """A ticket by its number."""
    number = data["ticket"]
    return Thing(_("Ticket No. %(number)s") % {"number": number}, f"/tickets/{number}{anchor}")


def file_count(data: Data) -> tuple[Thing, ...]:
    """«2 файла», if there are any."""
    count = data.get("files", 0)
    return (Thing(ngettext("%(num)s file", "%(num)s files", count) % {"num": count}),) if count else ()


def offer(data: Data) -> tuple[Thing, ...]:
    """The presentation that a line came from, if from any."""
    return (presentation(data),) if data.get("presentation") else ()


def change(data: Data) -> str:
    """«DS-2CD: 2 → 4 шт»."""
    return f"{data['article']}: {data['was']} → {data['quantity']}{NBSP}{data['unit']}"


def lines(count: int, total: int | None = None) -> str:
    """«14 позиций, 239 260,00 ₽»; `total` in kopecks."""
    text = ngettext("%(num)s line", "%(num)s lines", count) % {"num": count}
    return f"{text}, {money(total)}" if total is not None else text
