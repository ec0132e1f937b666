"""Shelves of categories as they are kept: see app.catalogue.shelf.

A shelf is written anew when a product on it changes in anything that it holds: at once, or, while many change one after
the other, once they have: till then it is stale, and serves as it is.
"""

import json
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from typing import Any

from app import clock
from app.catalogue import properties
from app.catalogue.prices import RATE
from app.catalogue.shelf import Shelf, read
from app.database import Sql
from app.money import CONVERTED

_ROWS = Sql(
    """
    SELECT e.product_id, e.brand_id, e.gone, e.stocked, e.price, c.codes
    FROM product_entry e JOIN product_codes c ON c.product_id = e.product_id WHERE e.category_id = :category
    ORDER BY e.gone, e.title, e.product_id
    """
)
# What the products of a category cost by other types than retail on a day, in kopecks.
_TYPED = Sql(
    f"""
    SELECT x.product_id, x.price_type_id, x.price FROM (
        SELECT w.product_id, w.price_type_id,
               CASE WHEN w.currency = 'RUB' THEN w.amount
                    ELSE COALESCE({CONVERTED.format(amount="w.amount", rate="k.rate")}, 0) END AS price,
               ROW_NUMBER() OVER (PARTITION BY w.product_id, w.price_type_id ORDER BY w.valid_from DESC) AS place
        FROM product_entry e JOIN product_price w ON w.product_id = e.product_id
        JOIN price_type t ON t.id = w.price_type_id LEFT JOIN ({RATE}) k ON 1 = 1
        WHERE e.category_id = :category AND NOT t.base AND w.valid_from <= :today) x
    WHERE x.place = 1 AND x.price > 0
    """  # noqa: S608 - constant text
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
_DIGESTS = Sql("SELECT category_id, digest FROM category_shelf WHERE category_id IN :categories AND digest <> ''")
_ALL_DIGESTS = Sql("SELECT category_id, digest FROM category_shelf WHERE digest <> ''")
_CONTENTS = Sql(
    "SELECT category_id, digest, content FROM category_shelf WHERE category_id IN :categories AND digest <> ''"
)
_COUNTS = (
    Sql("DELETE FROM shelf_count"),
    Sql(
        """
        INSERT INTO shelf_count (brand_id, category_id, products, stocked)
        SELECT brand_id, category_id, COUNT(*), SUM(stocked) FROM product_entry GROUP BY brand_id, category_id
        """
    ),
)
KEPT = 256  # shelves in a process, some 25 bytes for each product on them and an eighth for each of their values


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
        "typed": await _typed(category_id, [row["product_id"] for row in rows]),
        "gone": sum(not row["gone"] for row in rows),
        "stocked": _bits([[1] if row["stocked"] else [] for row in rows]).get(1, "0"),
        "brands": _bits([[row["brand_id"]] for row in rows]),
        "values": _bits([chosen.intersection(of_one) for of_one in codes]),
        "offered": offered,
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    await _PUT.run(category=category_id, digest=blake2b(text.encode(), digest_size=16).hexdigest(), content=text)


async def _typed(category_id: int, ids: Sequence[int]) -> dict[int, list[int]]:
    """The prices of each type, by place."""
    by_type: dict[int, dict[int, int]] = {}
    for row in await _TYPED.all(category=category_id, today=clock.distributor_today()):
        by_type.setdefault(row["price_type_id"], {})[row["product_id"]] = row["price"]
    return {kind: [prices.get(one, 0) for one in ids] for kind, prices in sorted(by_type.items())}


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


async def take(category_ids: Collection[int] | None) -> dict[int, Shelf]:
    """The shelves of categories (None: of all), of those where something stands.

    What this process has read is not read again.
    """
    chosen = _DIGESTS.all(categories=sorted(category_ids)) if category_ids is not None else _ALL_DIGESTS.all()
    digests = {row["category_id"]: row["digest"] for row in await chosen}
    new = [category for category, digest in digests.items() if digest not in _kept]
    for row in await _CONTENTS.all(categories=new) if new else []:
        _kept[row["digest"]] = read(row["category_id"], row["content"])
    found = {category: _kept[digest] for category, digest in digests.items() if digest in _kept}
    for category in found:
        _kept.move_to_end(digests[category])
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


_kept: OrderedDict[str, Shelf] = OrderedDict()  # by their digests, the one that was asked for last at the end


def _bits(of_each: Sequence[Iterable[Any]]) -> dict[Any, str]:
    """For each thing the bits of the products that have it, in hexadecimal digits."""
    found: dict[Any, bytearray] = {}
    size = len(of_each) // 8 + 1
    for place, things in enumerate(of_each):
        for thing in things:
            found.setdefault(thing, bytearray(size))[place >> 3] |= 1 << (place & 7)
    return {thing: f"{int.from_bytes(bits, 'little'):x}" for thing, bits in found.items()}
