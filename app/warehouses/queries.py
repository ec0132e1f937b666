"""Reading warehouses, and what lies in them."""

from dataclasses import dataclass
from datetime import datetime

from app.database import Sql, as_datetime
from app.errors import NotFound
from app.warehouses.models import Warehouse

_OF_PRODUCT = Sql(
    """
    SELECT w.id, w.name, s.quantity, s.at FROM warehouse_stock s JOIN warehouse w ON w.id = s.warehouse_id
    WHERE s.product_id = :product AND NOT w.hidden ORDER BY w.position, w.name, w.id
    """
)
_LIST = Sql(
    """
    SELECT w.id, w.name, w.position, w.hidden, COUNT(s.id) AS products, MAX(s.at) AS at
    FROM warehouse w LEFT JOIN warehouse_stock s ON s.warehouse_id = w.id AND s.quantity > 0
    GROUP BY w.id, w.name, w.position, w.hidden ORDER BY w.position, w.name, w.id
    """
)


@dataclass(frozen=True, slots=True)
class Held:
    """What a warehouse had of a product at a moment, in units."""

    id: int
    name: str
    quantity: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A warehouse in the list: how many products it has, and when it was last known of one."""

    id: int
    name: str
    position: int
    hidden: bool
    products: int
    at: datetime | None


async def of_product(product_id: int) -> list[Held]:
    """What lies where of a product, in the order of the warehouses; of those that are shown."""
    rows = await _OF_PRODUCT.all(product=product_id)
    return [Held(row["id"], row["name"], max(row["quantity"], 0), as_datetime(row["at"])) for row in rows]


async def warehouses() -> list[Listed]:
    """All of them in their order."""
    return [Listed(**{**row, "hidden": bool(row["hidden"]), "at": as_datetime(row["at"])}) for row in await _LIST.all()]


async def shown() -> list[Warehouse]:
    """Those that are not hidden, in their order."""
    return await Warehouse.filter(hidden=False).order_by("position", "name", "id")


async def warehouse(warehouse_id: int) -> Warehouse:
    """One to change; raises NotFound."""
    found = await Warehouse.get_or_none(id=warehouse_id)
    if found is None:
        raise NotFound
    return found
