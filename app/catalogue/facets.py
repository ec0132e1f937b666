"""The properties that a list in a category can be narrowed by, with how many products each value leaves.

What is counted is as the list stands: within the other filters, and for a property that is narrowed by already, as if
it were not, so that another of its values can be taken.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from app.catalogue.narrowing import Narrowing, conditions
from app.database import Sql

_OFFERED = Sql(
    """
    SELECT f.place, f.code, f.products, v.name, v.value FROM facet f JOIN property_value v ON v.code = f.code
    WHERE f.category_id = :category ORDER BY f.place, f.products DESC, v.value
    """
)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property; `count` products have it."""

    code: str
    name: str  # of the property
    value: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A property with its values, the most frequent first."""

    name: str
    values: Sequence[Value]

    @property
    def chosen(self) -> list[str]:
        """The codes of the chosen values."""
        return [one.code for one in self.values if one.chosen]


async def of_category(category_id: int, codes: Sequence[str]) -> list[Facet]:
    """What a category offers, counted in all of it; `codes` are the chosen values."""
    rows = await _OFFERED.all(category=category_id)
    return [
        Facet(of_one[0]["name"], [_value(row, row["code"] in codes) for row in of_one])
        for of_one in (list(group) for _, group in groupby(rows, lambda row: row["place"]))
    ]


def groups_of(facets: Sequence[Facet]) -> list[list[str]]:
    """The chosen values by property."""
    return [facet.chosen for facet in facets if facet.chosen]


async def counted(facets: Sequence[Facet], within: Narrowing) -> list[Facet]:
    """The same, counted in a list; without what would leave nothing, and properties that leave no choice."""
    if not facets or within.shape == Narrowing(category_ids=within.category_ids).shape:
        return list(facets)
    of_all = await _counts(within)
    found = []
    for facet in facets:
        others = [group for group in within.groups if group != facet.chosen]
        counts = await _counts(replace(within, groups=others)) if facet.chosen else of_all
        values = [replace(one, count=counts[one.code]) for one in facet.values if counts[one.code] or one.chosen]
        if len(values) > 1 or facet.chosen:
            found.append(Facet(facet.name, values))
    return found


async def _counts(within: Narrowing) -> Mapping[str, int]:
    text = await _statement(within.shape).value(**within.values)
    return Counter((text or "").split())


@lru_cache(500)
def _statement(shape: tuple[Any, ...]) -> Sql:
    of = f"FROM product_entry e WHERE {conditions(shape)}"
    return Sql(f"SELECT GROUP_CONCAT(e.codes, '') {of}", postgres=f"SELECT STRING_AGG(e.codes, '') {of}")


def _value(row: Mapping[str, Any], chosen: bool) -> Value:
    return Value(row["code"], row["name"], row["value"], row["products"], chosen)
