"""What does as well as a product: what administrators keep, or else what is found alike.

Alike is what stands in the same category on sale, costs half to twice as much, and has at least half of the product's
properties with the same values: of the NEAR products next in price on either side, those with the most such properties.
"""

from collections.abc import Iterable

from app.catalogue.index_models import UNPRICED
from app.database import Sql

SHOWN = 6
NEAR = 60  # products on either side that are compared

_KEPT = Sql(
    """
    SELECT a.analogue_id AS id FROM analogue a JOIN product_entry e ON e.product_id = a.analogue_id
    WHERE a.product_id = :product ORDER BY e.gone, e.stocked DESC, e.title, e.product_id
    """
)
_KEPT_ON_SALE = Sql(
    """
    SELECT a.product_id AS product, a.analogue_id AS id
    FROM analogue a JOIN product_entry e ON e.product_id = a.analogue_id
    WHERE a.product_id IN :products AND e.gone = 0
    ORDER BY a.product_id, e.stocked DESC, e.title, e.product_id
    """
)
_ONE = Sql(
    """
    SELECT e.category_id, e.price, c.codes FROM product_entry e JOIN product_codes c ON c.product_id = e.product_id
    WHERE e.product_id = :product
    """
)
_NEAR = Sql(
    f"""
    SELECT x.product_id, x.price, c.codes FROM (
        SELECT * FROM (SELECT product_id, price FROM product_entry
                       WHERE category_id = :category AND gone = 0 AND price >= :price AND price < {UNPRICED}
                       ORDER BY price, product_id LIMIT :near) dearer
        UNION ALL
        SELECT * FROM (SELECT product_id, price FROM product_entry
                       WHERE category_id = :category AND gone = 0 AND price < :price
                       ORDER BY price DESC, product_id LIMIT :near) cheaper
    ) x JOIN product_codes c ON c.product_id = x.product_id
    """  # noqa: S608 - constant text
)


async def kept(product_id: int) -> list[int]:
    """The analogues that administrators keep: what is on sale and in stock first."""
    return [row["id"] for row in await _KEPT.all(product=product_id)]


async def kept_on_sale(products: Iterable[int]) -> dict[int, list[int]]:
    """The same of many products, by their ids, of what is on sale: what is in stock first."""
    found: dict[int, list[int]] = {}
    ids = sorted(set(products))
    for row in await _KEPT_ON_SALE.all(products=ids) if ids else []:
        found.setdefault(row["product"], []).append(row["id"])
    return found


async def alike(product_id: int) -> list[int]:
    """Products that are alike, the most alike first."""
    one = await _ONE.one(product=product_id)
    codes = set(one["codes"].split()) if one else set()
    if one is None or one["price"] >= UNPRICED or len(codes) < 2:
        return []
    found = []
    for row in await _NEAR.all(category=one["category_id"], price=one["price"], near=NEAR):
        common = len(codes.intersection(row["codes"].split()))
        alike_in_price = one["price"] <= 2 * row["price"] <= 4 * one["price"]
        if row["product_id"] != product_id and 2 * common >= len(codes) and alike_in_price:
            found.append((-common, abs(row["price"] - one["price"]), row["product_id"]))
    return [number for _, _, number in sorted(found)[:SHOWN]]
