"""Which companies a promo goes to, as an address or a form says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.catalogue.filters import LONGEST, printable

DAYS = (30, 90, 180, 365)  # within which a company has ordered
DISCOUNTS = (5, 10, 15, 20, 25, 30)  # the least default discount, in percents
FILTERS = ("q", "city", "brand", "discount", "days", "manager")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which companies: by words, city, a discount of their own by `brand` (an id), the least default discount.

    `days`: they ordered within so many. `manager`: empty, all, or an id; only administrators look for others' partners.
    """

    q: str = ""
    city: str = ""
    brand: int = 0
    discount: int = 0
    days: int = 0
    manager: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """The wishes of an address; what makes no sense is passed over."""
        number = {name: _number(asked.get(name, "")) for name in ("brand", "discount", "days")}
        manager = asked.get("manager", "")
        return cls(
            q=printable(asked.get("q", "")).strip()[:LONGEST],
            city=printable(asked.get("city", "")).strip()[:100],
            brand=number["brand"],
            discount=min(number["discount"], 100),
            days=min(number["days"], 3650),
            manager=manager if manager == "all" or _number(manager) else "",
        )

    @property
    def manager_id(self) -> int:
        """The id of the manager whose partners are wanted, 0 for none."""
        return _number(self.manager)

    @property
    def narrowed(self) -> bool:
        """Whether something is left out by more than whose partner it is."""
        return bool(self.q or self.city or self.brand or self.discount or self.days or self.manager_id)

    def fields(self) -> dict[str, Any]:
        """The wishes as fields of an address or of a form."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
