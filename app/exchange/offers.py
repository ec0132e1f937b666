"""Offers: prices by type and stocks by warehouse, of products and of their variants; what differs is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, InvalidOperation

from app import clock, money
from app.database import transaction
from app.exchange import keys, reference, variants
from app.exchange.items import Cost, DocumentLine, Offer, Place
from app.exchange.keys import Known
from app.exchange.models import Kind
from app.exchange.work import Work
from app.goods.bulk import (
    PriceRow,
    StockRow,
    other_prices,
    other_stocks,
    read_stocks,
    settle,
    write_prices,
    write_stocks,
)
from app.i18n import N_
from app.money import Currency, Vat
from app.vat import vat_rates

DEAREST = 10**12  # of the smallest units of a currency
LARGEST = 10**9
NO_VARIANT = "00000000-0000-0000-0000-000000000000"


Stocks = dict[tuple[int, int], StockRow]  # by product and warehouse


@dataclass(frozen=True, slots=True)
class Sold:
    """The product that an offer is of."""

    product_id: int
    vat: Vat


async def apply(work: Work, batch: Sequence[Offer]) -> None:
    """Writes some hundreds of offers."""
    await work.settle_words()
    offers = {key_of(one): one for one in batch}
    work.named_offers = work.named_offers or any(one.name for one in batch)
    bases = {variants.base_of(guid) for guid in offers if "#" in guid}
    known = await keys.products(work.connection.id, {*offers, *bases})
    await variants.apply(work, offers, known)
    await _see(work, offers, known)
    await _leaving(work, offers, known)
    sold: dict[str, Sold] = {}
    for guid, offer in offers.items():
        there = known.get(guid)
        if there:
            sold[guid] = Sold(there.product_id, there.vat)
        elif not offer.deleted:
            work.unknown += 1
            work.trouble(
                offer.line, N_("there is no product with the key %(guid)s: send the catalogue first"), guid=guid[:80]
            )
    work.counts["offers"] += len(offers)
    await _write(work, await _prices(work, offers, sold), await _stocks(work, offers, sold))


def key_of(one: Offer | DocumentLine) -> str:
    """The key of what is offered, or ordered: with a variant only where there is one."""
    base, _sign, variant = one.guid.partition("#")
    return base if variant in ("", NO_VARIANT) else one.guid


async def _write(work: Work, prices: Sequence[PriceRow], stocks: Sequence[StockRow]) -> None:
    prices, stocks = await other_prices(prices), await other_stocks(stocks)
    if prices or stocks:
        async with transaction():
            dearer, moved = await write_prices(prices), await write_stocks(stocks)
            await settle(dearer | moved)
        work.counts["prices"] += len(dearer)
        work.counts["stocks"] += len(moved)


async def _see(work: Work, offers: Mapping[str, Offer], known: Mapping[str, Known]) -> None:
    """Notes that products with variants are offered by themselves: the end of the exchange tells whether they are."""
    bare = {guid: known[guid] for guid, one in offers.items() if one.name and not one.deleted and guid in known}
    now = work.exchange.id
    await keys.see([one.id for one in bare.values() if one.parted and now not in (one.seen, one.leaving)], now)


async def _leaving(work: Work, offers: Mapping[str, Offer], known: Mapping[str, Known]) -> None:
    ids = [known[guid].id for guid, one in offers.items() if one.deleted and guid in known]
    ids = [one for one in ids if one]
    if ids:
        work.counts["leaving"] += len(ids)
        await keys.leave(ids, work.exchange.id)


async def _prices(work: Work, offers: Mapping[str, Offer], sold: Mapping[str, Sold]) -> list[PriceRow]:
    """All prices of all types; of a complete package those too that there are none of."""
    rates, today = await vat_rates(), clock.distributor_today()
    rows: dict[tuple[int, int], PriceRow] = {}
    for guid, one in sold.items():
        costs = offers[guid].costs
        if costs is None:
            continue
        if work.complete_offers:
            said = {cost.kind for cost in costs}
            for named in (one for key, one in work.price_types.items() if key not in said):
                if named.object_id:
                    rows[one.product_id, named.object_id] = PriceRow(
                        one.product_id, named.object_id, 0, Currency.RUB, today
                    )
        rate = money.vat_rate(one.vat, today, rates)
        for cost in costs:
            row = _price(work, offers[guid], cost, one.product_id, rate)
            if row:
                rows[row.product_id, row.price_type_id] = row
    return list(rows.values())


def _price(work: Work, offer: Offer, cost: Cost, product_id: int, vat: int | None) -> PriceRow | None:
    named = work.price_types.get(cost.kind)
    if named is None:
        work.trouble(
            offer.line,
            N_("the type of prices %(guid)s is not described"),
            once=f"type {cost.kind}",
            guid=cost.kind[:60],
        )
    if named is None or named.object_id is None:  # None: an administrator does not want it
        return None
    said, _space, net = work.words[Kind.TERMS].get(cost.kind, "").partition(" ")
    currency = _currency(work, offer, cost.currency or said)
    if currency is None:
        return None
    amount, units = number(cost.amount), number(cost.units or "1")
    if amount is None or not units or units < 0 or not 0 <= amount * 100 / units < DEAREST:
        work.trouble(offer.line, N_("«%(text)s» is no price"), text=cost.amount[:40])
        return None
    gross = money.with_vat(amount, vat) if net else amount
    return PriceRow(
        product_id, named.object_id, money.rounded(gross * 100 / units), currency, clock.distributor_today()
    )


def _currency(work: Work, offer: Offer, said: str) -> Currency | None:
    """A currency that prices are taken in."""
    found = reference.currency(said)
    if found is None:
        message = N_("prices in the currency %(currency)s are not taken, only in roubles and dollars")
        work.trouble(offer.line, message, once=f"currency {said}", currency=said[:20])
    return found


async def _stocks(work: Work, offers: Mapping[str, Offer], sold: Mapping[str, Sold]) -> list[StockRow]:
    """All stocks by warehouse; of a complete package also that there is nothing in the others."""
    rows: Stocks = {}
    for guid, one in sold.items():
        stocks = offers[guid].stocks or ()
        if work.complete_offers and any(place for place, _text in stocks):
            said = {place for place, _text in stocks}
            for named in (one for key, one in work.warehouses.items() if key not in said):
                _put(work, rows, one.product_id, named.object_id, 0)
        for place, text in stocks:
            warehouse_id, quantity = await _place(work, offers[guid], place), number(text or "0")
            if quantity is None or abs(quantity) > LARGEST:
                work.trouble(offers[guid].line, N_("«%(text)s» is no quantity"), text=text[:40])
            else:
                _put(work, rows, one.product_id, warehouse_id, int(quantity.to_integral_value(ROUND_FLOOR)))
    if "*" in work.warehouses:
        await _settle_totals(work, {one.product_id: offers[guid] for guid, one in sold.items()}, rows)
    return list(rows.values())


def _put(work: Work, rows: Stocks, product_id: int, warehouse_id: int | None, quantity: int) -> None:
    if warehouse_id:
        rows[product_id, warehouse_id] = StockRow(product_id, warehouse_id, quantity, work.at)


async def _settle_totals(work: Work, offers: Mapping[int, Offer], rows: Stocks) -> None:
    """Sees that nothing is sold twice: by warehouse, and in a total of none. What was said last counts."""
    nowhere = work.warehouses["*"].object_id or 0
    named = {one.object_id for key, one in work.warehouses.items() if key not in ("", "*")}
    there: dict[int, dict[int, int]] = {}
    for (product_id, warehouse_id), (quantity, _at) in (await read_stocks({one for one, _place in rows})).items():
        if quantity > 0 and warehouse_id in named | {nowhere}:
            there.setdefault(product_id, {})[warehouse_id] = quantity
    for product_id, held in there.items():
        said = offers[product_id].stocks or ()
        if any(place for place, _text in said):
            if nowhere in held and nowhere not in named and not any(not place for place, _text in said):
                _put(work, rows, product_id, nowhere, 0)
        elif (total := rows.get((product_id, nowhere))) and set(held) - {nowhere}:
            _settle_total(work, offers[product_id], total, held, rows)


def _settle_total(work: Work, offer: Offer, total: StockRow, held: Mapping[int, int], rows: Stocks) -> None:
    """Of a total it is not known where it lies: as it was when it is as much, else in no warehouse that is named."""
    if total.quantity == sum(held.values()):
        del rows[total.product_id, total.warehouse_id]
        for warehouse_id, quantity in held.items():
            _put(work, rows, total.product_id, warehouse_id, quantity)
        return
    if total.quantity > 0:
        message = N_("a quantity of no warehouse came for products that have stocks by warehouse: it alone counts")
        work.trouble(offer.line, message, once="total")
    for warehouse_id in set(held) - {total.warehouse_id}:
        _put(work, rows, total.product_id, warehouse_id, 0)


async def _place(work: Work, offer: Offer, guid: str) -> int | None:
    """A warehouse; what lies in none that is named lies in one of its own."""
    if not guid and guid not in work.warehouses:
        await work.take_place(Place("*", reference.NO_WAREHOUSE))
        work.warehouses[""] = work.warehouses["*"]
    named = work.warehouses.get(guid)
    if named is None:
        work.trouble(
            offer.line, N_("the warehouse %(guid)s is not described"), once=f"warehouse {guid}", guid=guid[:60]
        )
    return named.object_id if named else None


def number(text: str) -> Decimal | None:
    """A number however 1C writes it; None for what is none."""
    plain = "".join(text.split()).replace(",", ".")
    try:
        found = Decimal(plain) if len(plain) <= 30 else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None
