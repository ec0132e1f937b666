"""Which order of the site a document of 1C is, or is based on."""

import re
from typing import Any

from app.exchange.items import Document
from app.exchange.models import Connection, ExchangedOrder, ExternalKey, Kind
from app.exchange.work import Work
from app.orders.models import Order

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{1,12})+", re.ASCII)
_OURS = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)  # 1C's own number 000000015 is none of ours


async def order_of(work: Work, document: Document) -> Order | None:
    """The order that a document is: by the key that the site gave it, which is its number.

    The number alone counts when the key says nothing: 1C numbers its own orders, too, and they have keys of its own.
    """
    found = await _ours(document.guid) or await _of_number(work.connection, document.guid)
    foreign = _is_guid(document.guid) or document.guid.isdecimal()
    if found is None and not foreign:
        found = await _ours(document.number)
    if work.container is not None:
        work.container.add(found.id if found else None)
    return found


async def base_of(work: Work, document: Document) -> Order | None:
    """The order that a payment or a shipment is based on: by our number, by what 1C calls it, or it stands beside it.

    A key by which 1C calls it is kept: the next paper may come alone.
    """
    based_on = document.based_on
    found = await _ours(based_on) or await _of_number(work.connection, based_on)
    if found or _OURS.fullmatch(based_on):
        return found
    key: dict[str, Any] = {"connection_id": work.connection.id, "kind": Kind.ORDER, "guid": based_on.casefold()[:150]}
    kept = await ExternalKey.get_or_none(**key) if _is_guid(based_on) else None
    if kept:
        return await Order.get_or_none(id=kept.object_id)
    beside = list(work.container or ())
    found = await Order.get_or_none(id=beside[0]) if len(beside) == 1 and beside[0] else None
    if found and _is_guid(based_on):
        await ExternalKey.get_or_create(**key, defaults={"object_id": found.id, "text": str(found.number)})
    return found


async def _ours(text: str) -> Order | None:
    return await Order.get_or_none(number=int(text)) if _OURS.fullmatch(text) else None


async def _of_number(connection: Connection, text: str) -> Order | None:
    """The order that has this number in 1C, unless two have it: numbers begin anew each year."""
    if not text or len(text) > 50:
        return None
    kept = await ExchangedOrder.filter(connection_id=connection.id, number=text).limit(2).select_related("order")
    return kept[0].order if len(kept) == 1 else None


def _is_guid(text: str) -> bool:
    return _GUID.fullmatch(text.casefold()) is not None
