"""Offers: variants of products, prices by type, stocks by warehouse; what differs is written.

A variant (`key#variant`) is a product of its own, made of the product that its key begins with: that one is then not
sold itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal, InvalidOperation

from app import clock, money
from app.catalogue.models import article_key
from app.database import transaction
from app.exchange import keys, reference
from app.exchange.items import Cost, Offer, Place
from app.exchange.keys import Known, Named
from app.exchange.models import Kind
from app.exchange.work import Work
from app.goods.bulk import (
    PriceRow,
    ProductRow,
    StockRow,
    ids_by_article,
    other_prices,
    other_stocks,
    read_products,
    settle,
    write_prices,
    write_products,
    write_stocks,
)
from app.i18n import N_
from app.money import Currency, Vat
from app.vat import vat_rates

DEAREST = 10**12  # of the smallest units of a currency
LARGEST = 10**9
NO_VARIANT = "00000000-0000-0000-0000-000000000000"


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
    bases = {_base(guid) for guid in offers if "#" in guid}
    known = await keys.products(work.connection.id, {*offers, *bases})
    await _variants(work, offers, known)
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


def key_of(offer: Offer) -> str:
    """The key of what is offered: with a variant only where there is one."""
    base, _sign, variant = offer.guid.partition("#")
    return base if variant in ("", NO_VARIANT) else offer.guid


async def _write(work: Work, prices: Sequence[PriceRow], stocks: Sequence[StockRow]) -> None:
    prices, stocks = await other_prices(prices), await other_stocks(stocks)
    if prices or stocks:
        async with transaction():
            dearer, moved = await write_prices(prices), await write_stocks(stocks)
            await settle(dearer | moved)
        work.counts["prices"] += len(dearer)
        work.counts["stocks"] += len(moved)


async def _leaving(work: Work, offers: Mapping[str, Offer], known: Mapping[str, Known]) -> None:
    ids = [known[guid].id for guid, one in offers.items() if one.deleted and guid in known]
    ids = [one for one in ids if one]
    if ids:
        work.counts["leaving"] += len(ids)
        await keys.leave(ids, work.exchange.id)


async def _variants(work: Work, offers: Mapping[str, Offer], known: dict[str, Known]) -> None:
    """Makes products of variants, and changes those that became others. (Files of prices alone say no names.)"""
    told = {guid: one for guid, one in offers.items() if "#" in guid and one.name and not one.deleted}
    told = {guid: one for guid, one in told.items() if _base(guid) in known}
    if not told:
        return
    bases = {guid: known[guid] for guid in {_base(one) for one in told}}
    kept = await read_products(
        [*(one.product_id for one in bases.values()), *(known[g].product_id for g in told if g in known)]
    )
    wanted: dict[str, ProductRow] = {}
    for guid, offer in told.items():
        row = _variant(offer, kept[bases[_base(guid)].product_id], known.get(guid), kept)
        if row:
            wanted[guid] = row
    await _free_articles(work, told, wanted, kept)
    parted = [one for one in bases.values() if not one.parted]
    hidden = [replace(kept[one.product_id], discontinued=True) for one in parted]
    other = [row for row in wanted.values() if row.id is None or kept[row.id] != row]
    seen = [known[g].id for g in wanted if g in known and _is_to_be_seen(work, known[g])]
    if other or parted or seen:
        async with transaction():
            written = await write_products([*other, *hidden])
            new = {guid: written.new.get((row.brand_id, row.article)) for guid, row in wanted.items() if not row.id}
            named = {guid: Named(one, wanted[guid].name) for guid, one in new.items() if one}
            await keys.keep(work.connection.id, Kind.PRODUCT, named, exchange_id=work.exchange.id)
            await keys.part([one.id for one in parted])
            await keys.see(seen, work.exchange.id)
            await settle(written.ids)
        work.counts["added"] += len(written.new)
        work.counts["changed"] += len(written.changed) - len(written.changed & {one.product_id for one in parted})
        known.update(await keys.products(work.connection.id, list(named)))
    work.counts["same"] += len(wanted) - len(other)


def _variant(offer: Offer, base: ProductRow, there: Known | None, kept: Mapping[int, ProductRow]) -> ProductRow:
    """A variant as it is to stand here."""
    now = kept.get(there.product_id) if there else None
    features = {name[:100]: text[:500] for name, text in offer.features if name and text}
    mark = ", ".join(features.values()) or offer.guid.partition("#")[2][:8]
    article = " ".join(offer.article.split())
    has_own = article_key(article) not in ("", article_key(base.article))
    own = article if has_own else f"{base.article} ({mark})"
    return replace(
        base,
        id=there.product_id if there else None,
        article=own[:80],
        name=offer.name[:250],
        pack=now.pack if now else base.pack,
        minimum=now.minimum if now else base.minimum,
        properties={**base.properties, **features},
        discontinued=bool(now and now.discontinued and not (there and there.hidden)),
    )


async def _free_articles(
    work: Work, told: Mapping[str, Offer], wanted: dict[str, ProductRow], kept: Mapping[int, ProductRow]
) -> None:
    """Lets one variant have an article; of others it is told."""
    found = await ids_by_article((row.brand_id, article_key(row.article)) for row in wanted.values())
    taken: set[tuple[int, str]] = set()
    for guid, row in list(wanted.items()):
        key = (row.brand_id, article_key(row.article))
        if key in taken or found.get(key, row.id) != row.id:
            work.trouble(
                told[guid].line,
                N_("the article %(article)s is that of another product of the brand: it is passed over"),
                article=row.article,
            )
            del wanted[guid]
        taken.add(key)


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
    currency = reference.currency(cost.currency or said)
    if currency is None:
        work.trouble(
            offer.line,
            N_("prices in the currency %(currency)s are not taken, only in roubles and dollars"),
            once=f"currency {cost.currency or said}",
            currency=(cost.currency or said)[:20],
        )
        return None
    amount, units = number(cost.amount), number(cost.units or "1")
    if amount is None or not units or units < 0 or not 0 <= amount * 100 / units < DEAREST:
        work.trouble(offer.line, N_("«%(text)s» is no price"), text=cost.amount[:40])
        return None
    gross = amount * (100 + (vat or 0)) / 100 if net else amount
    return PriceRow(
        product_id, named.object_id, money.rounded(gross * 100 / units), currency, clock.distributor_today()
    )


async def _stocks(work: Work, offers: Mapping[str, Offer], sold: Mapping[str, Sold]) -> list[StockRow]:
    """All stocks by warehouse; of a complete package also that there is nothing in the others."""
    rows: dict[tuple[int, int], StockRow] = {}
    for guid, one in sold.items():
        stocks = offers[guid].stocks
        if stocks is None:
            continue
        if work.complete_offers and any(place for place, _text in stocks):
            said = {place for place, _text in stocks}
            for named in (one for key, one in work.warehouses.items() if key not in said):
                if named.object_id:
                    rows[one.product_id, named.object_id] = StockRow(one.product_id, named.object_id, 0, work.at)
        for place, text in stocks:
            warehouse_id, quantity = await _place(work, offers[guid], place), number(text or "0")
            if quantity is None or abs(quantity) > LARGEST:
                work.trouble(offers[guid].line, N_("«%(text)s» is no quantity"), text=text[:40])
            elif warehouse_id:
                whole = int(quantity.to_integral_value(ROUND_FLOOR))
                rows[one.product_id, warehouse_id] = StockRow(one.product_id, warehouse_id, whole, work.at)
    return list(rows.values())


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


def _base(guid: str) -> str:
    return guid.partition("#")[0]


def _is_to_be_seen(work: Work, there: Known) -> bool:
    return there.hidden or bool(there.leaving) or (bool(work.complete_offers) and there.seen != work.exchange.id)
