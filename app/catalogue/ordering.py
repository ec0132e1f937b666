"""The order of a reader's own prices, over shelves: rows stand ready in this order, and are merged.

What is taken off retail is the same for a brand in a category, and the prices of a type are everybody's. Prices are
compared before they are rounded; what is shown is computed by app.catalogue.prices alone. What is discontinued comes
last, and before it what has its price on request.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge

from app.catalogue.index_models import UNPRICED
from app.catalogue.narrowing import Narrowing
from app.catalogue.prices import Discounts
from app.catalogue.shelf import Row, Shelf
from app.money import WHOLE

_Key = tuple[bool, bool, int, int]  # discontinued, on request, the price in parts of a kopeck, id
_ANY = (0, UNPRICED)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a shelf: the bits of products, of which those are meant that cost so much in retail, kopecks."""

    shelf: Shelf
    bits: int
    prices: tuple[int, int] = _ANY

    def places(self, of: Sequence[int]) -> Iterator[int]:
        """Those of some places that are left, in their order."""
        bits, prices, (least, most) = self.bits, self.shelf.prices, self.prices
        return (place for place in of if bits >> place & 1 and least <= prices[place] <= most)


def left_of(shelf: Shelf, within: Narrowing) -> Left:
    """What a narrowing leaves of a shelf."""
    bits = shelf.all
    if within.brand_ids is not None:
        bits &= sum(shelf.brands.get(brand, 0) for brand in within.brand_ids)
    if within.stock:
        bits &= shelf.stocked
    if within.found is not None:
        bits &= shelf.among(within.found)
    return Left(shelf, bits, within.prices or _ANY)


def cheapest(left: Sequence[Left], discounts: Discounts, price_type: int, start: int, count: int) -> list[int]:
    """The ids of so many products from one on, by price.

    :param price_type: that of the reader's company; 0: none.
    """
    streams = []
    for of_one in left:
        shelf = of_one.shelf
        for brand, row in shelf.rows.items():
            if of_one.bits & shelf.brands[brand]:
                streams.append(_discounted(of_one, row, WHOLE - discounts.discount(brand, shelf.category_id)[0]))
        if price_type in shelf.typed:
            streams.append(_typed(of_one, price_type))
    found: dict[int, None] = {}  # a product stands in two rows: where it is cheaper comes first
    for key in merge(*streams):
        found.setdefault(key[-1])
        if len(found) == start + count:
            break
    return [*found][start:]


def _discounted(left: Left, row: Row, part: int) -> Iterator[_Key]:
    prices, ids = left.shelf.prices, left.shelf.ids
    for gone, places in ((False, row.sold), (True, row.gone)):
        for place in left.places(left.shelf.between(places, *left.prices)):
            yield gone, prices[place] == UNPRICED, prices[place] * part, ids[place]


def _typed(left: Left, price_type: int) -> Iterator[_Key]:
    shelf = left.shelf
    for place in left.places(shelf.by_type(price_type)):
        yield place >= shelf.gone, False, shelf.typed[price_type][place] * WHOLE, shelf.ids[place]
