"""Keeps `product.stock` the sum of what its warehouses have."""

from collections.abc import Collection

from app.database import Sql

# (A product that no warehouse was ever told of keeps the stock that was written into it by hand.)
_REFRESH = Sql(
    """
    UPDATE product SET stock = x.stock FROM (
        SELECT s.product_id, SUM(CASE WHEN w.hidden OR s.quantity < 0 THEN 0 ELSE s.quantity END) AS stock
        FROM warehouse_stock s JOIN warehouse w ON w.id = s.warehouse_id
        WHERE s.product_id IN :ids GROUP BY s.product_id
    ) x WHERE x.product_id = product.id AND product.stock <> x.stock
    """
)


async def refresh(product_ids: Collection[int]) -> None:
    """Writes the stock of products, in the transaction of the change that it follows; `reindex` comes after."""
    await _REFRESH.run(ids=sorted(set(product_ids)))
