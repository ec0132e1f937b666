"""What one category is narrowed by: its brands and properties, with how many products each value leaves.

What is counted is as the list stands: within the other filters, and for a property (or brand) that is narrowed by
already, as if it were not, so that another of its values can be taken.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from app.catalogue.shelf import Shelf


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
    """A property with its values, the most frequent of the category first."""

    name: str
    values: Sequence[Value]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A shelf that is narrowed: the bits of what is left, how many products of each brand (by id), and the facets."""

    shelf: Shelf
    bits: int
    brands: Mapping[int, int]
    facets: Sequence[Facet]


def narrowed(
    shelf: Shelf,
    codes: Collection[str],
    *,
    brand_id: int | None,
    stock: bool,
    prices: tuple[int, int] | None,
    found: Collection[int] | None,
) -> Narrowed:
    """A shelf within filters; of `codes` those that it does not offer are passed over."""
    around = shelf.stocked if stock else shelf.all
    around &= shelf.within(*prices) if prices else shelf.all
    around &= shelf.among(found) if found is not None else shelf.all
    groups = _groups(shelf, codes)
    in_groups = reduce(and_, groups.values(), around)
    of_brand = shelf.all if brand_id is None else shelf.brands.get(brand_id, 0)
    facets = []
    for name, offered in shelf.offered:
        others = (bits for other, bits in groups.items() if other != name)
        values = _values(shelf, name, offered, reduce(and_, others, around & of_brand), codes)
        if len(values) > 1 or name in groups:
            facets.append(Facet(name, values))
    brands = {number: (in_groups & bits).bit_count() for number, bits in shelf.brands.items()}
    return Narrowed(shelf, in_groups & of_brand, brands, facets)


def _values(
    shelf: Shelf, name: str, offered: Sequence[tuple[str, str]], here: int, codes: Collection[str]
) -> list[Value]:
    """The values of a property that some product among the bits `here` has, and the chosen ones."""
    counted = [(code, value, (here & shelf.values[code]).bit_count()) for code, value in offered]
    return [Value(code, name, value, count, code in codes) for code, value, count in counted if count or code in codes]


def _groups(shelf: Shelf, codes: Collection[str]) -> dict[str, int]:
    """Of each property that is narrowed by, the bits of products with one of the chosen values."""
    chosen = {name: [code for code, _ in offered if code in codes] for name, offered in shelf.offered}
    return {name: reduce(or_, (shelf.values[code] for code in group)) for name, group in chosen.items() if group}
