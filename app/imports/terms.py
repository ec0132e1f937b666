"""What a price list is a list of, and what is done with what stands in it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from app.money import Currency, Vat

OWN = -1  # no warehouse's: the stock that stands in the product itself, of a distributor that keeps no warehouses

NEW_VAT = Vat.STANDARD  # of new products: no list says it


@dataclass(frozen=True, slots=True)
class Terms:
    """`sheets` are the names of those that are read. `price_type` and `warehouse` are ids, 0: not read.

    `currency` is meant where the list says none. `net`: its prices are without VAT; None: as the list says.
    `since` is the first day of the prices, None: the day of applying.
    `new`: what is not in the catalogue is put into it, with `brand` and `category` (ids, 0: none) where the list names
    none. `details`: names, units and packs of known products change too. `hide`: what is gone is taken off sale.
    """

    sheets: tuple[str, ...] = ("",)
    price_type: int = 0
    currency: Currency = Currency.RUB
    net: bool | None = None
    since: date | None = None
    warehouse: int = 0
    new: bool = False
    brand: int = 0
    category: int = 0
    details: bool = False
    hide: bool = False

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {**asdict(self), "since": self.since.isoformat() if self.since else None}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """The terms that `as_json` made. Before it was asked for VAT, all prices were taken as with it."""
        since = date.fromisoformat(kept["since"]) if kept.get("since") else None
        told = {"sheets": tuple(kept["sheets"]), "currency": Currency(kept["currency"]), "since": since}
        return cls(**{"net": False, **kept, **told})
