"""What a list is narrowed to, as conditions of a statement: a constant one for each set of filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Brands and categories by id (None: all), what is in stock, what is found (None: all), a range of retail prices
    in kopecks (None: any), and `groups`: of each property the codes of values, one of which a product must have.
    """

    brand_ids: Sequence[int] | None = None
    category_ids: Sequence[int] | None = None
    stock: bool = False
    found: Sequence[int] | None = None
    prices: tuple[int, int] | None = None
    groups: Sequence[Sequence[str]] = ()

    @property
    def shape(self) -> tuple[Any, ...]:
        """What of it the statement depends on."""
        categories = min(len(self.category_ids or ()), 2)
        sizes = tuple(len(group) for group in self.groups)
        flags = self.brand_ids is not None, categories, self.stock, self.found is not None, self.prices is not None
        return *flags, sizes

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of `conditions`."""
        brands, categories = self.brand_ids or [0], self.category_ids or [0]
        least, most = self.prices or (0, 0)
        return {
            **{"brand": brands[0], "category": categories[0], "categories": categories, "found": self.found or []},
            **{"least": least, "most": most},
            **{f"v{n}_{m}": f"% {code}%" for n, group in enumerate(self.groups) for m, code in enumerate(group)},
        }


def conditions(shape: tuple[Any, ...]) -> str:
    """The conditions on `product_entry e` for a shape.

    The plus keeps SQLite from sorting all that some categories have: it reads on in the order of the list instead.
    """
    brand, categories, stock, found, priced, sizes = shape
    chosen = ["e.brand_id = :brand"] if brand else []
    chosen += [["e.category_id = :category"], ["+e.category_id IN :categories"]][categories - 1] if categories else []
    chosen += ["e.stocked = 1"] if stock else []
    chosen += ["e.product_id IN :found"] if found else []
    chosen += ["e.price >= :least AND e.price <= :most"] if priced else []
    for n, size in enumerate(sizes):
        chosen.append("(" + " OR ".join(f"e.codes LIKE :v{n}_{m}" for m in range(size)) + ")")
    return " AND ".join(chosen) or "true"
