"""What everybody may read, for search engines."""

from collections.abc import AsyncIterator

from app.database import Sql

MOST = 50_000  # addresses in a file, as search engines take them
PIECE = 5_000

_LAST = Sql("SELECT COALESCE(MAX(id), 0) AS last FROM product")
_PRODUCTS = Sql(
    """
    SELECT id FROM product WHERE id > :after AND id <= :last AND discontinued_at IS NULL ORDER BY id LIMIT :limit
    """
)
_BRANDS = Sql(
    """
    SELECT b.slug FROM brand b WHERE NOT b.hidden AND EXISTS (SELECT 1 FROM shelf_count s WHERE s.brand_id = b.id)
    ORDER BY b.slug LIMIT :limit
    """
)
_CATEGORIES = Sql("SELECT slug FROM category WHERE NOT hidden ORDER BY slug LIMIT :limit")


async def parts() -> int:
    """How many files of products there are: each of MOST ids, so that a product stays in its file."""
    return -(-int(await _LAST.value()) // MOST)


async def brands() -> list[str]:
    """The slugs of the brands that have products and are not hidden."""
    return [row["slug"] for row in await _BRANDS.all(limit=MOST // 3)]


async def categories() -> list[str]:
    """The slugs of the categories that are not hidden."""
    return [row["slug"] for row in await _CATEGORIES.all(limit=MOST // 3)]


async def products(part: int) -> AsyncIterator[list[int]]:
    """The ids of the products on sale of a file (1 is the first), some at a time."""
    after, last = (part - 1) * MOST, part * MOST
    while rows := await _PRODUCTS.all(after=after, last=last, limit=PIECE):
        yield [row["id"] for row in rows]
        after = rows[-1]["id"]
