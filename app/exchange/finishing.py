"""The end of an exchange: what it takes off sale is counted first, and held back when it is more than a fifth.

Products go that are marked as deleted, and after a complete catalogue those that it does not have. They are hidden and
never deleted; an exchange that has them again brings them back. A product comes back that has no variants any more.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app import clock
from app.accounts.user import User
from app.catalogue.indexing import write_stale_shelves
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken
from app.exchange import keys
from app.exchange.models import LIVE, Exchange, ExchangeFile, FileState, State
from app.goods.bulk import read_products, settle, write_products
from app.i18n import N_
from app.outbox import record

QUIET = timedelta(minutes=2)  # after the last word of 1C: older versions do not say that they have ended
GUARD = 5  # one of so many may go without a person's word
STEP = 250
_GOING = """
    FROM external_key k JOIN product p ON p.id = k.object_id
    WHERE k.connection_id = :connection AND k.kind = 'product' AND p.discontinued_at IS NULL
    AND ((k.leaving = :exchange AND k.seen <= :exchange)
         OR (k.seen < :exchange AND ((:goods = 1 AND k.guid NOT LIKE '%#%') OR (:offers = 1 AND k.guid LIKE '%#%'))))
"""
_COUNT = Sql(f"SELECT COUNT(*) AS n {_GOING}")
_SOME = Sql(f"SELECT k.id, k.object_id {_GOING} ORDER BY k.id LIMIT {STEP}")
_FIRST = Sql(f"SELECT p.id, p.article, p.name {_GOING} ORDER BY p.article, p.id LIMIT 100")
_ON_SALE = Sql("SELECT COUNT(*) AS n FROM product_entry WHERE gone = 0")
_HIDDEN = Sql("UPDATE external_key SET hidden = true WHERE id IN :ids")
_DUE = Sql(
    """
    SELECT e.id FROM exchange e
    WHERE (e.state = 'closing' OR (e.state = 'open' AND e.seen_at < :quiet))
    AND NOT EXISTS (SELECT 1 FROM exchange_file f WHERE f.exchange_id = e.id AND f.state IN ('waiting', 'working'))
    ORDER BY e.id LIMIT 20
    """
)
# Products of this exchange that were sold by variants, of which none is left. (Which ones it has is known at its end.)
_WHOLE = """
    SELECT b.id, b.object_id FROM external_key b
    WHERE b.connection_id = :connection AND b.kind = 'product' AND b.parted AND b.seen = :exchange AND b.leaving = 0
    AND b.guid NOT IN (
        SELECT {base} FROM external_key v
        WHERE v.connection_id = :connection AND v.kind = 'product' AND v.guid LIKE '%#%'
        AND NOT v.hidden AND v.leaving <> :exchange AND (:offers = 0 OR v.seen >= :exchange)
    ) ORDER BY b.id LIMIT {step}
"""
_SOME_WHOLE = Sql(
    _WHOLE.format(base="substr(v.guid, 1, instr(v.guid, '#') - 1)", step=STEP),
    postgres=_WHOLE.format(base="split_part(v.guid, '#', 1)", step=STEP),
)
_TOTALS = ("added", "changed", "prices", "stocks", "orders", "troubles")


async def finish_due(stop: asyncio.Event) -> int:
    """Ends the exchanges that have nothing to be read any more; how many."""
    due = await _DUE.all(quiet=clock.now() - QUIET)
    for row in due:
        if stop.is_set():
            break
        await _finish(row["id"], stop)
    return len(due)


async def decide(exchange_id: int, *, agreed: bool, by: User) -> None:
    """Lets a held exchange hide what it would, or leaves all of it on sale; the same decision twice is as once.

    :raises NotFound: there is no such exchange. RuleBroken: somebody has decided otherwise, or another one came.
    """
    async with transaction():
        one = await Exchange.filter(id=exchange_id).select_for_update().first()
        if one is None:
            raise NotFound
        states = (State.CLOSING, State.DONE) if agreed else (State.REFUSED,)
        if one.decided_by_id == by.id and one.state in states:
            return
        if one.state is not State.HELD:
            raise RuleBroken(N_("Nothing is held back any more: somebody has decided, or another exchange came"))
        now = clock.now()
        if agreed:
            await Exchange.filter(id=one.id).update(state=State.CLOSING, decided_by_id=by.id, ended_at=None)
        else:
            await Exchange.filter(id=one.id).update(state=State.REFUSED, decided_by_id=by.id, ended_at=now)
        await record("exchange.agreed" if agreed else "exchange.refused", by=by, **await _told(one))


async def going(one: Exchange) -> list[dict[str, Any]]:
    """The first products that an exchange would hide now."""
    return await _FIRST.all(**await _scope(one))


async def _finish(exchange_id: int, stop: asyncio.Event) -> None:
    one = await Exchange.get(id=exchange_id)
    values = await _scope(one)
    hiding, on_sale = await _COUNT.value(**values), await _ON_SALE.value()
    if hiding * GUARD > on_sale and one.decided_by_id is None:
        await _hold(one, hiding, on_sale)
        return
    while not stop.is_set() and (rows := await _SOME.all(**values)):
        await _hide([row["id"] for row in rows], [row["object_id"] for row in rows], one.id)
    while not stop.is_set() and (rows := await _SOME_WHOLE.all(**values)):
        await _sell_whole([row["id"] for row in rows], [row["object_id"] for row in rows])
    if not stop.is_set():
        await write_stale_shelves()
        await _end(one.id)


async def _scope(one: Exchange) -> dict[str, Any]:
    """What the statements ask for: whether all goods, and all offers, were in it; not when a file has failed."""
    files = await ExchangeFile.filter(exchange_id=one.id)
    whole = not any(file.state is not FileState.DONE for file in files)
    goods = {file.complete for file in files} - {None}
    offers = {file.complete_offers for file in files} - {None}
    return {
        "connection": one.connection_id,
        "exchange": one.id,
        "goods": int(whole and goods == {True}),
        "offers": int(whole and offers == {True}),
    }


async def _hold(one: Exchange, hiding: int, on_sale: int) -> None:
    async with transaction():
        await _stop_held(one)
        held = Exchange.filter(id=one.id, state__in=LIVE)
        counts = {"hiding": hiding, "on_sale": on_sale}
        if await held.update(state=State.HELD, ended_at=clock.now(), **counts):
            await record("exchange.held", by=None, **await _told(one), **counts)


async def _hide(key_ids: list[int], product_ids: list[int], exchange_id: int) -> None:
    async with transaction():
        rows = await read_products(product_ids)
        written = await write_products([replace(row, discontinued=True) for row in rows.values()])
        await _HIDDEN.run(ids=key_ids)
        await settle(written.ids)
        await Exchange.filter(id=exchange_id).update(
            hidden=(await Exchange.get(id=exchange_id)).hidden + len(written.ids)
        )


async def _sell_whole(key_ids: list[int], product_ids: list[int]) -> None:
    """Puts products on sale again that have no variants any more."""
    async with transaction():
        rows = await read_products(product_ids)
        written = await write_products([replace(row, discontinued=False) for row in rows.values()])
        await keys.unpart(key_ids)
        await settle(written.ids)


async def _end(exchange_id: int) -> None:
    async with transaction():
        one = await Exchange.get(id=exchange_id)
        if not await Exchange.filter(id=one.id, state__in=LIVE).update(state=State.DONE, ended_at=clock.now()):
            return
        await _stop_held(one)
        counts = await totals(one.id)
        counts = {name: counts[name] for name in _TOTALS if counts.get(name)} | (
            {"hidden": one.hidden} if one.hidden else {}
        )
        failed = await ExchangeFile.filter(exchange_id=one.id, state=FileState.FAILED).count()
        if counts or failed or one.orders_sent:
            sent = {"orders_sent": one.orders_sent, "failed": failed}
            await record("exchange.finished", by=None, **await _told(one), counts=counts, **sent)


async def _stop_held(one: Exchange) -> None:
    """What an earlier exchange of the connection held back is out of date."""
    earlier = Exchange.filter(connection_id=one.connection_id, state=State.HELD, id__lt=one.id)
    await earlier.update(state=State.STOPPED)


async def totals(exchange_id: int) -> dict[str, int]:
    """What came of all files of an exchange."""
    found: dict[str, int] = {}
    for file in await ExchangeFile.filter(exchange_id=exchange_id):
        for name, count in file.counts.items():
            found[name] = found.get(name, 0) + count
    return found


async def _told(one: Exchange) -> dict[str, Any]:
    """How the history calls an exchange."""
    connection = await one.connection
    return {"exchange": one.id, "connection": connection.name}
