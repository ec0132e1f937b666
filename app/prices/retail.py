"""Keeps `product.retail` what the retail price of today is, in roubles.

Lists, searches, sorting and drafts read it by the thousand, and so it stands in the product's own row. Rows of
`product_price` say what it is to be: one that begins on a later day, or one in a currency, makes it another by itself.
Three things keep it current, all by `refresh`: whoever writes a price or a rate, in the same transaction; the worker,
within a minute of midnight; and whichever process reads first on a new day of the distributor, before it reads. So
nobody waits for the worker, and no page shows yesterday's price.

A product without such rows keeps the price that was written into it.
"""

import asyncio
from collections.abc import Collection
from datetime import date

from app import clock
from app.catalogue.columns import reprice, turn_types
from app.catalogue.prices import RATE
from app.database import Sql, transaction
from app.money import CONVERTED
from app.remembered import Remembered

# What retail prices are to be today, of the products that are to change.
_DUE = f"""
    SELECT y.product_id, y.price FROM (
        SELECT x.product_id, CASE WHEN x.currency = 'RUB' THEN x.amount
                                  ELSE COALESCE({CONVERTED.format(amount="x.amount", rate="k.rate")}, 0) END AS price
        FROM (SELECT w.product_id, w.amount, w.currency,
                     ROW_NUMBER() OVER (PARTITION BY w.product_id ORDER BY w.valid_from DESC) AS place
              FROM product_price w JOIN price_type t ON t.id = w.price_type_id
              WHERE t.base AND w.valid_from <= :today {{product}}) x
        LEFT JOIN ({RATE}) k ON 1 = 1
        WHERE x.place = 1
    ) y JOIN product o ON o.id = y.product_id AND o.retail <> y.price
"""  # noqa: S608 - constant text
_WRITE = f"UPDATE product SET retail = due.price FROM ({_DUE}) due WHERE product.id = due.product_id"  # noqa: S608
_REFRESH, _REFRESH_ONE = Sql(_WRITE.format(product="")), Sql(_WRITE.format(product="AND w.product_id = :product"))
_REFRESH_SOME = Sql(_WRITE.format(product="AND w.product_id IN :products"))
_ANY_DUE = Sql(_DUE.format(product="") + " LIMIT 1")


async def refresh(product_id: int = 0) -> int:
    """Writes the retail prices of today, of one product or (0) of all; how many became others.

    Within the transaction of the change that it follows, after all else that writes products in it.
    """
    today = clock.distributor_today()
    count = await (_REFRESH_ONE.run(today=today, product=product_id) if product_id else _REFRESH.run(today=today))
    if count:
        await reprice(product_id)
    if not product_id:
        await turn_types()
    return count


async def refresh_some(product_ids: Collection[int]) -> int:
    """The same of many products, but not of all."""
    return await _REFRESH_SOME.run(today=clock.distributor_today(), products=sorted(set(product_ids)))


async def _turn() -> date:
    today = clock.distributor_today()
    if await _ANY_DUE.value(today=today):  # who only reads is not held up by those who write
        async with transaction():
            await refresh()
    return today


async def _turn_types() -> date:
    today = clock.distributor_today()
    await turn_types()
    return today


_turned, _types_turned = Remembered[date | None](_turn, None), Remembered[date | None](_turn_types, None)
_one_at_a_time = asyncio.Lock()


async def up_to_date() -> None:
    """Sees to it that the retail prices are those of today. Costs nothing but on the first call of a day.

    :raises DatabaseUnavailable: they could not be looked at.
    """
    await _once_a_day(_turned)


async def turn_day() -> None:
    """The worker's: the retail prices of today, and where products stand by the other types of prices.

    No page does the second, which writes: until the worker has, only the order of a list by own price is yesterday's.
    """
    await up_to_date()
    await _once_a_day(_types_turned)


async def _once_a_day(turned: Remembered[date | None]) -> None:
    if _is_current(turned):
        return
    async with _one_at_a_time:
        if not _is_current(turned):
            turned.forget()
            await turned.now()


def _is_current(turned: Remembered[date | None]) -> bool:
    return turned.known and turned.latest == clock.distributor_today()
