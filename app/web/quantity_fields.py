"""Quantity fields of priced lines: presentations, the cart and the catalogue post them in the same form."""

from collections.abc import Iterable
from typing import ClassVar, Protocol

from app.quantities import WrongQuantity, parse_quantity, step
from app.web.forms import Form


def id_of(typed: str) -> int:
    """A row id that a button carries; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class CountedLine(Protocol):
    """A line with a quantity field named q and its id."""

    @property
    def id(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def pack(self) -> int: ...
    @property
    def minimum(self) -> int: ...


class QuantitiesForm(Form):
    """Quantities by line id (q31=8); in one pressed line a step (− or +) or a suggestion goes before what is typed.

    `quantities` are the valid ones, `wrong` says of the others why and what is nearest. A button names its line too
    (step=1:31, set=305:31, put=31): without htmx every button goes to the form's one door. (Its formaction would be
    as good, but text browsers do not know it.)
    """

    names = frozenset({"step", "set", "put"})
    patterns: ClassVar[tuple[str, ...]] = (r"q[1-9][0-9]{0,8}",)

    def read_line(self, line: CountedLine, *, pressed: bool = False) -> None:
        """Reads the field of one line; a line without a field is passed over."""
        name = f"q{line.id}"
        if pressed and self.typed["set"]:
            self.typed[name] = self.typed["set"]
        if name not in self.typed:
            return
        by = int(self.typed["step"]) if pressed and self.typed["step"] in ("1", "-1") else 0
        try:
            quantity = parse_quantity(self.typed[name], minimum=line.minimum, pack=line.pack, unit=line.unit)
        except WrongQuantity as wrong:
            if not by:
                self.errors[name], self.wrong[line.id] = wrong.text, wrong
                return
            quantity = wrong.nearest[-1 if by > 0 else 0]
        else:
            if by:
                quantity = step(quantity, by, minimum=line.minimum, pack=line.pack)
        self.quantities[line.id] = quantity

    def __init__(self, data: Iterable[tuple[str, str]] = ()) -> None:
        self.quantities: dict[int, int] = {}
        self.wrong: dict[int, WrongQuantity] = {}
        self.pressed = 0  # the line whose − or +, or whose suggestion, was pressed
        super().__init__(data)
        for name in ("step", "set"):
            self.typed[name], _, line = self.typed[name].partition(":")
            self.pressed = id_of(line) or self.pressed
