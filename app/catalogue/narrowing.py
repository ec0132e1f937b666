"""What a list is narrowed to, as conditions of a statement: a constant one for each set of filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Brands and categories by id (None: all), what is in stock, what is found (None: all), and a range of retail
    prices in kopecks (None: any). Properties narrow within one category: see app.catalogue.shelf.
    """

    brand_ids: Sequence[int] | None = None
    category_ids: Sequence[int] | None = None
    stock: bool = False
    found: Sequence[int] | None = None
    prices: tuple[int, int] | None = None

    @property
    def shape(self) -> tuple[Any, ...]:
        """What of it the statement depends on."""
        categories = min(len(self.category_ids or ()), 2)
        return self.brand_ids is not None, categories, self.stock, self.found is not None, self.prices is not None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of `conditions`."""
        brands, categories = self.brand_ids or [0], self.category_ids or [0]
        least, most = self.prices or (0, 0)
        return {
            **{"brand": brands[0], "category": categories[0], "categories": categories, "found": self.found or []},
            **{"least": least, "most": most},
        }


def conditions(shape: tuple[Any, ...]) -> str:
    """The conditions on `product_entry e` for a shape.

    A plus keeps SQLite from sorting all that some categories or prices have: it reads on in the order of the list.
    """
    brand, categories, stock, found, priced = shape
    chosen = ["e.brand_id = :brand"] if brand else []
    chosen += [["e.category_id = :category"], ["+e.category_id IN :categories"]][categories - 1] if categories else []
    chosen += ["e.stocked = 1"] if stock else []
    chosen += ["e.product_id IN :found"] if found else []
    chosen += ["+e.price >= :least AND +e.price <= :most"] if priced else []
    return " AND ".join(chosen) or "true"
