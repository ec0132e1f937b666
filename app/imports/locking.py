"""What an import holds while it writes: in the order in which changes by hand and exchanges take the same locks."""

from collections.abc import Collection

from app.database import Sql
from app.goods.bulk import ALONE

_BRANDS = Sql(
    "SELECT 1 AS one",
    postgres="""
    SELECT b.id FROM brand b WHERE b.id IN :brands OR b.id IN (SELECT p.brand_id FROM product p WHERE p.id IN :products)
    ORDER BY b.id FOR KEY SHARE
    """,
)
_PRODUCTS = Sql(
    "SELECT 1 AS one",
    postgres="SELECT p.id FROM product p WHERE p.id IN :products ORDER BY p.id FOR NO KEY UPDATE",
)


async def lock(products: Collection[int], brands: Collection[int] = ()) -> None:
    """Holds products, and brands in which new ones are made, until the end of the transaction.

    (On SQLite nobody else writes then.)
    """
    await ALONE.all()
    await _BRANDS.all(products=sorted(products), brands=sorted(brands))
    await _PRODUCTS.all(products=sorted(products))
