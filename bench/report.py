"""How a bench speaks: one line a figure with its limit and its yardstick; exit 1 when one falls short."""

import operator
from collections.abc import Callable

_HOLDS: dict[str, Callable[[float, float], bool]] = {"≤": operator.le, "≥": operator.ge, "=": operator.eq}


class Report:
    """The figures of one run."""

    def __init__(self) -> None:
        self.short = 0

    def figure(self, name: str, value: float, sign: str, limit: float, *, unit: str = "", beside: str = "") -> None:
        """Prints a figure beside its limit (`sign` is ≤, ≥ or =) and its yardstick, and notes when it falls short."""
        holds = _HOLDS[sign](value, limit)
        self.short += not holds
        shown, bound = (f"{number:,.2f}".removesuffix(".00") for number in (value, limit))
        words = f"limit {sign} {bound}{unit}" + (f"; {beside}" if beside else "")
        print(f"{'ok   ' if holds else 'SHORT'}  {name}: {shown}{unit} ({words})", flush=True)

    def exit_code(self) -> int:
        """0 when every figure holds."""
        return 1 if self.short else 0
