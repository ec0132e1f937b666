"""What administrators do about warehouses, and about what lies in them."""

from collections.abc import Mapping
from typing import Any

from tortoise.exceptions import IntegrityError

from app import clock
from app.accounts.user import User
from app.catalogue.columns import restock
from app.catalogue.indexing import reindex
from app.database import Sql, transaction
from app.errors import NotFound, Stale
from app.goods.actions import locked, named
from app.goods.changes import Taken, differing, told
from app.outbox import record
from app.warehouses import stock
from app.warehouses.models import Warehouse, WarehouseStock

_PRODUCTS_IN = Sql("SELECT product_id FROM warehouse_stock WHERE warehouse_id = :warehouse ORDER BY product_id")


async def create(values: Mapping[str, Any], *, by: User) -> int:
    """A new warehouse; its id. Raises Taken."""
    try:
        async with transaction():
            await _must_be_free(values["name"])
            made = await Warehouse.create(**values)
            await record("warehouse.created", by=by, warehouse=made.id, name=made.name)
    except IntegrityError as error:  # somebody made it at the same moment
        raise Taken from error
    return made.id


async def change(warehouse_id: int, values: Mapping[str, Any], version: int, *, by: User) -> None:
    """Renames, moves, hides or shows one: what lies in a hidden one is not for sale. Raises Stale, Taken, NotFound."""
    async with transaction():
        one = await Warehouse.filter(id=warehouse_id).select_for_update().first()
        if one is None:
            raise NotFound
        if one.version != version:
            raise Stale
        new = differing(one, values)
        if not new:
            return
        await _must_be_free(values["name"], but=one.id)
        await Warehouse.filter(id=one.id).update(**new, version=version + 1)
        if "hidden" in new:
            await stock.refresh([row["product_id"] for row in await _PRODUCTS_IN.all(warehouse=one.id)])
            await restock()
        changes = told({name: getattr(one, name) for name in new}, new)
        await record("warehouse.changed", by=by, warehouse=one.id, name=one.name, changes=changes)


async def put(product_id: int, quantities: Mapping[int, int | None], *, by: User) -> bool:
    """Writes what warehouses (by id) have of a product, in units as of now; None: nothing is known there any more.

    Warehouses that are not named keep their quantity and its moment.

    :return: whether anything became other than it was. :raises NotFound: no such product.
    """
    async with transaction():
        product = await locked(product_id)
        names = {one.id: one.name for one in await Warehouse.filter(id__in=list(quantities))}
        there = {one.warehouse_id: one for one in await WarehouseStock.filter(product_id=product.id)}
        changes = []
        for number, name in sorted(names.items()):
            was, now = there[number].quantity if number in there else None, quantities[number]
            if was != now:
                changes.append({"field": name, "was": was, "now": now})
                await _write(product.id, number, now)
        if not changes:
            return False
        await stock.refresh([product.id])
        await reindex([product.id])
        await record("product.stock_set", by=by, good=product.id, **named(product), changes=changes)
    return True


async def _write(product_id: int, warehouse_id: int, quantity: int | None) -> None:
    row = WarehouseStock.filter(product_id=product_id, warehouse_id=warehouse_id)
    if quantity is None:
        await row.delete()
    elif not await row.update(quantity=quantity, at=clock.now()):
        await WarehouseStock.create(product_id=product_id, warehouse_id=warehouse_id, quantity=quantity, at=clock.now())


async def _must_be_free(name: str, but: int = 0) -> None:
    """Names differ by more than the case of their letters."""
    names = await Warehouse.exclude(id=but).values_list("name", flat=True)
    if name.casefold() in {str(one).casefold() for one in names}:
        raise Taken
