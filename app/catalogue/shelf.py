"""The products of one category as bits: a bit for each of them, in the order of lists, for each thing to narrow by.

What is left of thousands of products, and how many of these have each value of each property, is then an `&` and a
count of bits away; no row of theirs is read.
"""

import json
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice


@dataclass(frozen=True, slots=True)
class Row:
    """The places of a brand's products on a shelf in the order of prices: what is sold, what of it is in stock, and

    what is discontinued.
    """

    sold: Sequence[int]
    stocked: Sequence[int]
    gone: Sequence[int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Ids and prices by place; rows of brands; of what is in stock, of brands by id and of values by code the bits.

    `offered` are names of properties, each with the codes and values of it. From the place `gone` on all are
    discontinued. `typed` are prices in kopecks by place, of each type (by id) that some product has; 0: none.
    """

    category_id: int
    ids: Sequence[int]
    prices: Sequence[int]
    typed: dict[int, Sequence[int]]
    rows: dict[int, Row]
    gone: int
    stocked: int
    brands: dict[int, int]
    values: dict[str, int]
    offered: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    _by_type: dict[int, Sequence[int]] = field(default_factory=dict)

    @property
    def all(self) -> int:
        """The bits of all products."""
        return (1 << len(self.ids)) - 1

    def within(self, least: int, most: int) -> int:
        """The bits of what costs so much, in kopecks."""
        return _joined(least <= price <= most for price in self.prices)

    def among(self, ids: Collection[int]) -> int:
        """The bits of some products, of which others may stand elsewhere."""
        wanted = set(ids)
        return _joined(one in wanted for one in self.ids)

    def some(self, bits: int, start: int, count: int) -> list[int]:
        """The ids of so many products from one on, in their order."""
        return [self.ids[place] for place in _places(bits, start + count)[start:]]

    def counts(self, least: int, most: int) -> Iterator[tuple[int, int, int]]:
        """Of each brand (by id) how many products cost so much, in kopecks, and how many of them are in stock."""
        for brand, row in self.rows.items():
            sold, stocked, gone = (
                len(self.between(places, least, most)) for places in (row.sold, row.stocked, row.gone)
            )
            yield brand, sold + gone, stocked

    def between(self, places: Sequence[int], least: int, most: int) -> Sequence[int]:
        """Of places in the order of prices those of what costs so much."""
        price = self.prices.__getitem__
        return places[bisect_left(places, least, key=price) : bisect_right(places, most, key=price)]

    def by_type(self, price_type: int) -> Sequence[int]:
        """The places of what has a price of a type, in the order of these; what is discontinued comes last."""
        if price_type not in self._by_type:
            prices = self.typed[price_type]
            places = (place for place, price in enumerate(prices) if price)
            in_order = sorted(places, key=lambda place: (place >= self.gone, prices[place], self.ids[place]))
            self._by_type[price_type] = array("i", in_order)
        return self._by_type[price_type]


def read(category_id: int, text: str) -> Shelf:
    """A shelf as app.catalogue.shelves has written it."""
    content = json.loads(text)
    ids, prices, gone, stocked = content["ids"], content["prices"], content["gone"], int(content["stocked"], 16)
    brands = {int(number): int(bits, 16) for number, bits in content["brands"].items()}

    def in_order(bits: int) -> Sequence[int]:
        return array("i", sorted(_places(bits), key=lambda place: (prices[place], ids[place])))

    sold = (1 << gone) - 1
    return Shelf(
        category_id=category_id,
        ids=array("i", ids),
        prices=array("q", prices),
        typed={int(kind): array("q", of_type) for kind, of_type in content.get("typed", {}).items()},
        rows={
            brand: Row(in_order(bits & sold), in_order(bits & stocked), in_order(bits & ~sold))
            for brand, bits in brands.items()
        },
        gone=gone,
        stocked=stocked,
        brands=brands,
        values={code: int(bits, 16) for code, bits in content["values"].items()},
        offered=content["offered"],
    )


def _joined(each: Iterable[bool]) -> int:
    """A bit for each, the first one lowest."""
    return int("".join("1" if one else "0" for one in each)[::-1] or "0", 2)


def _places(bits: int, most: int | None = None) -> list[int]:
    """Where the bits are: all of them, or the first ones."""
    each = f"{bits:b}"[::-1]
    return list(islice((place for place, bit in enumerate(each) if bit == "1"), most))
