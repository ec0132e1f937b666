"""The products of one category as bits: a bit for each of them, in the order of lists, for each thing to narrow by.

What is left of thousands of products, and how many of these have each value of each property, is then an `&` and a
count of bits away; no row of theirs is read. A shelf is written anew when a product on it changes in anything that it
holds: at once, or, while many change one after the other, once they have: till then it is stale, and serves as it is.
"""

import json
from array import array
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

from app.catalogue import properties
from app.database import Sql

_ROWS = Sql(
    """
    SELECT e.product_id, e.brand_id, e.gone, e.stocked, e.price, c.codes
    FROM product_entry e JOIN product_codes c ON c.product_id = e.product_id WHERE e.category_id = :category
    ORDER BY e.gone, e.title, e.product_id
    """
)
_FORGET = Sql("DELETE FROM category_shelf WHERE category_id = :category")
_PUT = Sql(
    """
    INSERT INTO category_shelf (category_id, digest, content, stale) VALUES (:category, :digest, :content, false)
    """
)
_MARK = Sql(
    """
    INSERT INTO category_shelf (category_id, digest, content, stale)
    SELECT c.id, '', '', true FROM category c WHERE c.id IN :categories
    ON CONFLICT (category_id) DO UPDATE SET stale = true
    """
)
_STALE = Sql("SELECT category_id FROM category_shelf WHERE stale ORDER BY category_id")
_DIGEST = Sql("SELECT digest FROM category_shelf WHERE category_id = :category AND digest <> ''")
_CONTENT = Sql("SELECT digest, content FROM category_shelf WHERE category_id = :category AND digest <> ''")
_COUNTS = (
    Sql("DELETE FROM shelf_count"),
    Sql(
        """
        INSERT INTO shelf_count (brand_id, category_id, products, stocked)
        SELECT brand_id, category_id, COUNT(*), SUM(stocked) FROM product_entry GROUP BY brand_id, category_id
        """
    ),
)
KEPT = 64  # shelves in a process, some 15 bytes for each product on them and an eighth for each of their values


@dataclass(frozen=True, slots=True)
class Shelf:
    """Ids and prices by place, places in the order of prices; of what is in stock, of brands by id, and of values by
    code the bits.

    `offered` are names of properties, each with the codes and values of it. From the place `gone` on all are
    discontinued.
    """

    ids: Sequence[int]
    prices: Sequence[int]
    by_price: Sequence[int]
    gone: int
    stocked: int
    brands: dict[int, int]
    values: dict[str, int]
    offered: Sequence[tuple[str, Sequence[tuple[str, str]]]]

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

    def cheapest(self, bits: int, start: int, count: int) -> list[int]:
        """The same in the order of prices; what is discontinued comes last."""
        left = (place for place in self.by_price if bits >> place & 1)
        return [self.ids[place] for place in islice(left, start, start + count)]


async def write(category_id: int) -> None:
    """Writes the shelf of a category."""
    rows = await _ROWS.all(category=category_id)
    await _FORGET.run(category=category_id)
    if not rows:
        return
    codes = [row["codes"].split() for row in rows]
    offered = await properties.offered(Counter(code for of_one in codes for code in of_one))
    chosen = {code for _, values in offered for code, _ in values}
    content = {
        "ids": [row["product_id"] for row in rows],
        "prices": [row["price"] for row in rows],
        "gone": sum(not row["gone"] for row in rows),
        "stocked": _bits([[1] if row["stocked"] else [] for row in rows]).get(1, "0"),
        "brands": _bits([[row["brand_id"]] for row in rows]),
        "values": _bits([chosen.intersection(of_one) for of_one in codes]),
        "offered": offered,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    await _PUT.run(category=category_id, digest=blake2b(text.encode(), digest_size=16).hexdigest(), content=text)


async def count() -> None:
    """Counts again how many products each brand has in each category, and how many of them are in stock."""
    for statement in _COUNTS:
        await statement.run()


async def mark(category_ids: Collection[int]) -> None:
    """Says that the shelves of categories are to be written anew."""
    if category_ids:
        await _MARK.run(categories=sorted(category_ids))


async def stale() -> list[int]:
    """The categories whose shelves are to be written anew."""
    return [row["category_id"] for row in await _STALE.all()]


async def take(category_id: int) -> Shelf | None:
    """The shelf of a category; None: nothing stands there. One that this process has read is not read again."""
    digest = await _DIGEST.value(category=category_id)
    if digest not in _kept:
        row = await _CONTENT.one(category=category_id)
        if row is None:
            return None
        digest = row["digest"]
        _kept[digest] = _read(row["content"])
    _kept.move_to_end(digest)
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return _kept[digest]


_kept: OrderedDict[str, Shelf] = OrderedDict()  # by their digests, the one that was asked for last at the end


def _read(text: str) -> Shelf:
    content = json.loads(text)
    ids, prices, gone = content["ids"], content["prices"], content["gone"]
    by_price = sorted(range(len(ids)), key=lambda place: (place >= gone, prices[place], ids[place]))
    return Shelf(
        ids=array("i", ids),
        prices=array("q", prices),
        by_price=array("i", by_price),
        gone=gone,
        stocked=int(content["stocked"], 16),
        brands={int(number): int(bits, 16) for number, bits in content["brands"].items()},
        values={code: int(bits, 16) for code, bits in content["values"].items()},
        offered=content["offered"],
    )


def _bits(of_each: Sequence[Iterable[Any]]) -> dict[Any, str]:
    """For each thing the bits of the products that have it, in hexadecimal digits."""
    found: dict[Any, bytearray] = {}
    size = len(of_each) // 8 + 1
    for place, things in enumerate(of_each):
        for thing in things:
            found.setdefault(thing, bytearray(size))[place >> 3] |= 1 << (place & 7)
    return {thing: f"{int.from_bytes(bits, 'little'):x}" for thing, bits in found.items()}


def _joined(each: Iterable[bool]) -> int:
    """A bit for each, the first one lowest."""
    return int("".join("1" if one else "0" for one in each)[::-1] or "0", 2)


def _places(bits: int, most: int | None = None) -> list[int]:
    """Where the bits are: all of them, or the first ones."""
    each = f"{bits:b}"[::-1]
    return list(islice((place for place, bit in enumerate(each) if bit == "1"), most))
