"""What a row of a list counts: the quantity that it says, or that nobody can tell which of its numbers that is."""

import re
from decimal import Decimal

LONGEST = 20  # characters of a quantity
_MOST = 8  # numbers of a row among which a sum is looked for
UNIT = (
    r"(?:штук[аи]?|шт|единиц[аы]?|ед|pcs|pc|м(?:етр(?:а|ов)?)?"
    r"|компл(?:ект(?:а|ов)?)?|к-т|бухт[аы]?|упак(?:овк[аи])?|уп)"
)
NUMBER = r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]+)?|[0-9]{1,12}(?:[.,][0-9]{1,6})?"
WITH_UNIT = re.compile(rf"(?P<number>{NUMBER})[ \u00a0]*(?P<unit>{UNIT})?\.?", re.IGNORECASE)
_KOPECKS = re.compile(r"[.,][0-9]{2}$")
# What numbers in a row may be: counted things, money, what names are full of; of others nobody knows.
_SAID = re.compile(
    rf"(?:(?P<times>(?<!\w)[xх×*]\s?)|(?<![\w.,/])(?<!\w-))(?P<number>{NUMBER})(?![0-9])"
    r"[ \u00a0]?(?P<word>[^\W\d_]+|[×*₽$€\"″%])?",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"(?!м){UNIT}$|[xх×*]$", re.IGNORECASE)
_METRES = re.compile(r"м(?:етр(?:а|ов)?)?$", re.IGNORECASE)
_MONEY = re.compile(r"р(?:уб\w*)?$|[₽$€]$|rub|usd|eur|коп|у$", re.IGNORECASE)
_PRICED = re.compile(r"(?:\bпо|цена|стоимость|price)[\s:]*$", re.IGNORECASE)
_MEASURED = re.compile(
    r"м?п(?:икс\w*)?$|мп\w*$|[мск]?м$|[гтмк]б(?:ит)?$|к?в(?:ольт\w*|т\w*)?$|м?ач?$|[гмк]{0,2}гц$|кан|порт|дюйм|дб$|ом$|[\"″%]$"
    r"|[mck]?m$|mp$|[gtm]b$|[vawk]$|[gmk]?hz$|ch$|port",
    re.IGNORECASE,
)


def explained(line: str, sought: str, quantity: str, *, unit: str, alone: bool) -> str:
    """The quantity in a line that names a product by `sought`, as `quantity` was read, or what is to be asked for.

    Nothing in it goes unread: where it has numbers besides, or another product (`alone` is false then), the quantity
    is in doubt. «4 шт» goes before numbers of which nobody knows what they count, and before money.
    """
    counted, others = _numbers(line.replace(sought, " ", 1), unit)
    if not alone:
        return in_doubt([*counted, *others])
    if counted:
        return counted[0] if len(counted) == 1 else in_doubt(counted)
    if quantity and quantity not in others:  # it was read where money or a measure stands
        return in_doubt([*others, quantity])
    return in_doubt(others) if others not in ([], [quantity]) else quantity


def in_doubt(numbers: list[str]) -> str:
    """What stands for a quantity where it may be any of these numbers: see app.quantities.parse_quantity."""
    said = ""
    for number in numbers:
        if len(said) + len(number) < LONGEST - 1:
            said += f"/{number}" if said else number
    return f"{said}?"


def _numbers(text: str, unit: str) -> tuple[list[str], list[str]]:
    """The numbers of a text that count things, and those of which nobody knows; each once, as they were written."""
    counted: dict[str, None] = {}
    others: dict[str, None] = {}
    for said in _SAID.finditer(text):
        word = said["word"] or ""
        by_metres = unit.startswith("м") and _METRES.match(word)
        if said["times"] or by_metres or _COUNTED.match(word):
            found = WITH_UNIT.match(text, said.start("number"))
            counted[written(found) if found else said["number"]] = None
        elif not (_MONEY.match(word) or _MEASURED.match(word) or _PRICED.search(text[: said.start()][-12:])):
            others[as_written(said["number"])] = None
    return list(counted), list(others)


def counted_in(numbers: list[str], *, right: bool, unit: bool) -> str:
    """The quantity among the numbers of a spreadsheet's row, if it can be only one of them."""
    said = list(dict.fromkeys(as_written(one) for one in numbers))
    plain = [one for one in numbers if not _KOPECKS.search(one)]
    sure = said if unit else _factors(numbers[:_MOST]) or plain if right else []
    meant = list(dict.fromkeys(as_written(one) for one in sure))
    return meant[0] if len(meant) == 1 else in_doubt(said) if said else ""


def _factors(numbers: list[str]) -> list[str]:
    """Those that, times a price among the others, are a sum among them; a number with kopecks is no quantity."""
    amounts = [_amount(one) for one in numbers]
    found = []
    for place, one in enumerate(numbers):
        others = amounts[:place] + amounts[place + 1 :]
        sums = (amounts[place] * price in others[:at] + others[at + 1 :] for at, price in enumerate(others))
        if not _KOPECKS.search(one) and any(sums):
            found.append(one)
    return found


def _amount(number: str) -> Decimal:
    found = WITH_UNIT.fullmatch(number)
    return Decimal(re.sub(r"[ \u00a0\u202f]", "", found["number"]).replace(",", ".")) if found else Decimal(0)


def as_written(cell: str) -> str:
    found = WITH_UNIT.fullmatch(cell)
    return written(found) if found else cell[:LONGEST]


def written(found: re.Match[str]) -> str:
    """A quantity as a field for it shows it: «4 шт.» is 4, but «2 уп» is not 2 of anything that is known here."""
    unit = (found["unit"] or "").casefold()
    number = found["number"].rstrip()
    whole, _, rest = number.replace(",", ".").partition(".")
    if rest.strip("0") == "":
        number = whole  # a spreadsheet's 4.0
    packed = unit.startswith(("уп", "бухт", "компл", "к-т"))
    return f"{number} {unit}"[:LONGEST] if packed else number[:LONGEST]
