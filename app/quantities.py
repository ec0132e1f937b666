"""Quantities (PRODUCT rule 4): a whole number of units, at least the minimum, a multiple of the pack.

A wrong one is refused with the nearest valid ones; nothing is rounded silently.
"""

import re

from app.i18n import gettext as _
from app.money import NBSP

LARGEST = 1_000_000
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)


class WrongQuantity(ValueError):
    """What was typed cannot be ordered. `text` says why, `nearest` are the one or two valid quantities around it."""

    def __init__(self, text: str, nearest: tuple[int, ...]) -> None:
        super().__init__(text)
        self.text = text
        self.nearest = nearest


class UnclearQuantity(WrongQuantity):
    """One of several numbers is meant; `nearest` are those of them that fit."""


def least(minimum: int, pack: int) -> int:
    """The smallest quantity that may be ordered."""
    return -(-max(minimum, 1) // pack) * pack


def largest(pack: int) -> int:
    """The largest quantity of one line."""
    return LARGEST // pack * pack


def parse_quantity(typed: str, *, minimum: int, pack: int, unit: str) -> int:
    """The quantity in units that a person typed («8», « 1 000 »); raises WrongQuantity.

    «4/5990?» is what a list leaves that has several numbers in a row: any of them may be meant.
    """
    plain = re.sub(r"[ \u00a0\u202f]", "", typed.strip())
    low, high = least(minimum, pack), largest(pack)
    if not plain:
        raise WrongQuantity(_("Write a quantity"), (low,))
    if plain.endswith("?"):
        fitting = _fitting(plain[:-1], low, high, pack)
        raise UnclearQuantity(_("Which number of the row is the quantity?"), fitting or (low,))
    negative = re.fullmatch(r"[-−–][0-9]+", plain, re.ASCII)
    if negative:
        raise WrongQuantity(_("A quantity is more than zero"), (low,))
    if plain.isascii() and plain.isdigit() and (not _WHOLE.fullmatch(plain) or int(plain) > LARGEST):
        raise WrongQuantity(_("This is too much for one line"), (high,))
    if not _WHOLE.fullmatch(plain):
        raise WrongQuantity(
            _("“%(typed)s” is not a whole number") % {"typed": typed.strip()[:20]}, _around(plain, low, high, pack)
        )
    quantity = int(plain)
    if quantity == 0:
        raise WrongQuantity(_("A quantity is more than zero"), (low,))
    return must_fit(quantity, minimum=minimum, pack=pack, unit=unit)


def _fitting(several: str, low: int, high: int, pack: int) -> tuple[int, ...]:
    numbers = (int(one) for one in several.split("/") if _WHOLE.fullmatch(one))
    return tuple(one for one in numbers if low <= one <= high and one % pack == 0)


def must_fit(quantity: int, *, minimum: int, pack: int, unit: str) -> int:
    """The same quantity when it may be ordered; raises WrongQuantity."""
    low, high = least(minimum, pack), largest(pack)
    if quantity < low:
        says = _("The least is %(least)s%(unit)s") % {"least": low, "unit": NBSP + unit}
        raise WrongQuantity(says, (low,))
    if quantity > high:
        raise WrongQuantity(_("This is too much for one line"), (high,))
    if quantity % pack:
        below = quantity // pack * pack
        says = _("%(quantity)s%(unit)s will not do: it is sold by %(pack)s%(unit)s") % {
            "quantity": quantity,
            "pack": pack,
            "unit": NBSP + unit,
        }
        raise WrongQuantity(says, (below, below + pack))
    return quantity


def step(quantity: int, by: int, *, minimum: int, pack: int) -> int:
    """The next valid quantity up (`by` 1) or down (−1), within the limits."""
    moved = (quantity // pack + by) * pack if by > 0 or quantity % pack == 0 else quantity // pack * pack
    return min(max(moved, least(minimum, pack)), largest(pack))


def _around(plain: str, low: int, high: int, pack: int) -> tuple[int, ...]:
    """The valid quantities around a decimal fraction («1,5» → 1 and 2); for what is no number at all, the least one."""
    fraction = re.fullmatch(r"([0-9]{1,9})[.,][0-9]+", plain, re.ASCII)
    if not fraction:
        return (low,)
    below = max(int(fraction[1]) // pack * pack, low)
    above = min(below + pack, high)
    return (below, above) if int(fraction[1]) >= low else (low,)
