"""One column of the index, for all products at once where it became another: prices change by the thousand."""

from collections.abc import Collection
from datetime import timedelta

from app import clock
from app.catalogue import shelves
from app.catalogue.index_models import UNPRICED
from app.catalogue.indexing import ALONE, SHELVES_OF, write_shelves
from app.database import Sql, transaction

_STOCKS = """
    (SELECT id, CASE WHEN stock > 0 AND discontinued_at IS NULL THEN 1 ELSE 0 END AS stocked FROM product) x
    {on} x.id = product_entry.product_id AND product_entry.stocked <> x.stocked
"""
_RESTOCK = Sql(f"UPDATE product_entry SET stocked = x.stocked FROM {_STOCKS.format(on='WHERE')}")  # noqa: S608
_TO_RESTOCK = Sql(f"SELECT DISTINCT category_id FROM product_entry JOIN {_STOCKS.format(on='ON')}")  # noqa: S608
_PRICES = f"""
    (SELECT id, CASE WHEN retail > 0 THEN retail ELSE {UNPRICED} END AS price FROM product {{product}}) x
    {{on}} x.id = product_entry.product_id AND product_entry.price <> x.price
"""  # noqa: S608 - constant text
_OF_ONE = "WHERE id = :product"
_REPRICE, _REPRICE_ONE = (
    Sql(f"UPDATE product_entry SET price = x.price FROM {_PRICES.format(product=which, on='WHERE')}")  # noqa: S608
    for which in ("", _OF_ONE)
)
_TO_REPRICE, _TO_REPRICE_ONE = (
    Sql(f"SELECT DISTINCT category_id FROM product_entry JOIN {_PRICES.format(product=which, on='ON')}")  # noqa: S608
    for which in ("", _OF_ONE)
)
# Where products stand whose prices by other types than retail follow a rate, or began lately.
_TURNED = Sql(
    """
    SELECT DISTINCT e.category_id FROM price_type t JOIN product_price w ON w.price_type_id = t.id
    JOIN product_entry e ON e.product_id = w.product_id
    WHERE NOT t.base AND (w.currency <> 'RUB' OR (w.valid_from >= :since AND w.valid_from <= :today))
    """
)
LATELY = timedelta(days=7)  # so long nobody may have been here to see a new day


async def restock() -> None:
    """Follows the stock of all products, when that of many changed at once and nothing else of them."""
    async with transaction():
        await ALONE.all()
        touched = [row["category_id"] for row in await _TO_RESTOCK.all()]
        await _RESTOCK.run()
        await write_shelves(touched)
        await shelves.count()


async def reprice(product_id: int = 0, *, shelves_later: bool = False) -> None:
    """Follows the retail price of one product or (0) of all: lists are put in the order of prices by it."""
    look, write = (_TO_REPRICE_ONE, _REPRICE_ONE) if product_id else (_TO_REPRICE, _REPRICE)
    async with transaction():
        await ALONE.all()
        touched = [row["category_id"] for row in await look.all(product=product_id)]
        await write.run(product=product_id)
        await (shelves.mark(touched) if shelves_later else write_shelves(touched))


async def reprice_types(product_ids: Collection[int], *, shelves_later: bool = False) -> None:
    """Follows the prices of some products by other types than retail: lists are put in their order, too."""
    async with transaction():
        await ALONE.all()
        touched = [row["category_id"] for row in await SHELVES_OF.all(ids=sorted(set(product_ids)))]
        await (shelves.mark(touched) if shelves_later else write_shelves(touched))


async def turn_types() -> None:
    """The same of all products, when it is another day or there is another rate."""
    today = clock.distributor_today()
    await shelves.mark([row["category_id"] for row in await _TURNED.all(since=today - LATELY, today=today)])
