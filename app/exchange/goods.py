"""Products of a catalogue: compared with what stands here, and written where they differ.

The key decides which product it is. One without a key that has the same brand and article is taken for it. Nothing is
deleted, and nothing is hidden here: that is counted first (app.exchange.finishing).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.catalogue.models import article_key
from app.database import transaction
from app.exchange import keys, pictures, reference
from app.exchange.items import Good
from app.exchange.keys import Known, Named
from app.exchange.models import Kind
from app.exchange.work import Work
from app.goods.bulk import ProductRow, ids_by_article, read_products, settle, write_products
from app.i18n import N_
from app.money import Vat

MAKERS = frozenset({"производитель", "изготовитель", "бренд", "марка", "торговая марка", "brand"})
LONGEST_TEXT = 20_000
_VAT = {"20": Vat.STANDARD, "22": Vat.STANDARD, "18": Vat.STANDARD, "10": Vat.TEN, "7": Vat.SEVEN, "5": Vat.FIVE}
_VAT |= {"0": Vat.ZERO}

Wanted = dict[str, ProductRow]  # by key


async def apply(work: Work, batch: Sequence[Good]) -> None:
    """Writes some hundreds of products."""
    await work.settle_words()
    known = await keys.products(work.connection.id, [one.guid for one in batch])
    kept = await read_products([one.product_id for one in known.values()])
    wanted, leaving = await _wanted(work, batch, known, kept)
    await _adopt(work, batch, wanted, known, kept)
    _settle_articles(work, batch, wanted, kept)
    await _write(work, batch, wanted, leaving, known, kept)


async def _wanted(
    work: Work, batch: Sequence[Good], known: Mapping[str, Known], kept: Mapping[int, ProductRow]
) -> tuple[Wanted, list[int]]:
    """The rows by key, and the keys (ids) of what is marked as deleted."""
    wanted: Wanted = {}
    leaving: list[int] = []
    for good in batch:
        there = known.get(good.guid)
        if not good.guid or len(good.guid) > 150:
            work.trouble(
                good.line, N_("the product «%(name)s» has no key (Ид): it is passed over"), name=good.name[:80]
            )
        elif good.guid in wanted:
            work.trouble(good.line, N_("the key %(guid)s stands twice: the second is passed over"), guid=good.guid)
        elif good.deleted:
            work.counts["leaving"] += 1
            leaving += [there.id] if there else []
        elif row := await _row(work, good, kept.get(there.product_id) if there else None, there):
            wanted[good.guid] = row
    return wanted, leaving


async def _row(work: Work, good: Good, kept: ProductRow | None, there: Known | None) -> ProductRow | None:
    """A product as it is to stand here; None for what cannot."""
    article = _article(good) or (kept.article if kept else "")
    if not article:
        work.trouble(good.line, N_("«%(name)s» has neither article nor code: it is passed over"), name=good.name[:80])
        return None
    if not good.name:
        work.trouble(good.line, N_("%(article)s has no name: it is passed over"), article=article)
        return None
    properties = _properties(work, good)
    maker = good.brand or next((text for name, text in properties.items() if name.casefold() in MAKERS), "")
    return ProductRow(
        id=there.product_id if there else None,
        article=article,
        name=good.name[:250],
        brand_id=kept.brand_id if kept and not maker else await work.brands.id_of(maker),
        category_id=await _category(work, good, kept),
        unit=work.unit(good.unit) or (kept.unit if kept else "шт"),
        pack=kept.pack if kept else 1,
        minimum=kept.minimum if kept else 1,
        vat=_vat(work, good) or (kept.vat if kept else Vat.STANDARD),
        description=good.description[:LONGEST_TEXT] or (kept.description if kept else ""),
        properties={name: text for name, text in properties.items() if name.casefold() not in MAKERS},
        discontinued=_is_gone(kept, there),
    )


async def _category(work: Work, good: Good, kept: ProductRow | None) -> int:
    """The category of the product's group; where there is none, the one that it is in, or that of all others."""
    found = await work.categories.id_of(good.group)
    if found is None and good.group:
        work.trouble(
            good.line,
            N_("the group %(guid)s is in no classifier: its products are in «%(name)s»"),
            once=f"group {good.group}",
            guid=good.group[:60],
            name=reference.NO_GROUP,
        )
    if found is None:
        return kept.category_id if kept else await work.categories.other()
    return found


def _is_gone(kept: ProductRow | None, there: Known | None) -> bool:
    """Taken off sale by hand it stays so; by an exchange it comes back."""
    if there and there.parted:
        return True
    return bool(kept and kept.discontinued and not (there and there.hidden))


async def _adopt(
    work: Work, batch: Sequence[Good], wanted: Wanted, known: Mapping[str, Known], kept: dict[int, ProductRow]
) -> None:
    """Takes products without a key for those that have the same brand and article."""
    new = {guid: (row.brand_id, article_key(row.article)) for guid, row in wanted.items() if row.id is None}
    found = await ids_by_article(new.values()) if new else {}
    keyed = await keys.guids(work.connection.id, found.values())
    there = await read_products(list(found.values()))
    goods = {one.guid: one for one in batch}
    for guid, key in new.items():
        product_id = found.get(key)
        if product_id is None:
            continue
        if product_id in keyed or any(row.id == product_id for row in wanted.values()):
            work.trouble(
                goods[guid].line,
                N_("the article %(article)s is that of another product of the brand: it is passed over"),
                article=wanted[guid].article,
            )
            del wanted[guid]
            continue
        kept[product_id] = there[product_id]
        row = await _row(work, goods[guid], there[product_id], None)
        if row:
            wanted[guid] = replace(row, id=product_id)


def _settle_articles(work: Work, batch: Sequence[Good], wanted: Wanted, kept: Mapping[int, ProductRow]) -> None:
    """Of two products that are to have one article of a brand the first one has it."""
    lines = {one.guid: one.line for one in batch}
    taken: dict[tuple[int, str], str] = {}
    for guid, row in list(wanted.items()):
        key = (row.brand_id, article_key(row.article))
        if key not in taken:
            taken[key] = guid
            continue
        work.trouble(
            lines[guid],
            N_("the article %(article)s stands twice in the brand: the second is passed over"),
            article=row.article,
        )
        del wanted[guid]


async def _write(
    work: Work,
    batch: Sequence[Good],
    wanted: Wanted,
    leaving: list[int],
    known: Mapping[str, Known],
    kept: Mapping[int, ProductRow],
) -> None:
    await _keep_old_articles(work, batch, wanted, kept)
    other = [row for row in wanted.values() if row.id is None or kept[row.id] != row]
    seen = [known[guid].id for guid in wanted if guid in known and _is_to_be_seen(work, known[guid])]
    fresh = [guid for guid in wanted if guid not in known]
    work.counts["same"] += len(wanted) - len(other)
    owners = {guid: one.product_id for guid, one in known.items() if guid in wanted}
    if other or seen or fresh or leaving:
        async with transaction():
            written = await write_products(other)
            named = _named({guid: wanted[guid] for guid in fresh}, written.new)
            await keys.keep(work.connection.id, Kind.PRODUCT, named, exchange_id=work.exchange.id)
            await keys.see(seen, work.exchange.id)
            await keys.leave(leaving, work.exchange.id)
            await settle(written.changed)  # new ones are listed by the thousand: see app.exchange.running
        work.counts.update({"added": len(written.new), "changed": len(written.changed)})
        owners |= {guid: one.object_id for guid, one in named.items() if one.object_id}
    await pictures.note(work, batch, owners)


async def _keep_old_articles(work: Work, batch: Sequence[Good], wanted: Wanted, kept: Mapping[int, ProductRow]) -> None:
    """A product whose new article is another one's keeps its own, with a word about it."""
    moved = {
        guid: (row.brand_id, article_key(row.article))
        for guid, row in wanted.items()
        if row.id and _key(kept[row.id]) != _key(row)
    }
    found = await ids_by_article(moved.values()) if moved else {}
    lines = {one.guid: one.line for one in batch}
    for guid, key in moved.items():
        row = wanted[guid]
        if row.id and found.get(key, row.id) != row.id:
            old = kept[row.id]
            work.trouble(
                lines[guid],
                N_("the article %(article)s is that of another product of the brand: the old one stays"),
                article=row.article,
            )
            wanted[guid] = replace(row, article=old.article, brand_id=old.brand_id)


def _key(row: ProductRow) -> tuple[int, str]:
    return row.brand_id, article_key(row.article)


def _named(fresh: Wanted, new: Mapping[tuple[int, str], int]) -> dict[str, Named]:
    """What is to be kept of keys that are new: of products that are new, or were here without one."""
    ids = {guid: row.id or new.get((row.brand_id, row.article)) for guid, row in fresh.items()}
    return {guid: Named(one, fresh[guid].name) for guid, one in ids.items() if one}


def _is_to_be_seen(work: Work, there: Known) -> bool:
    """Whether it must be noted that this exchange has the product."""
    return there.hidden or bool(there.leaving) or (bool(work.complete) and there.seen != work.exchange.id)


def _article(good: Good) -> str:
    """The article, or the code in 1C where there is none. (One of signs alone is none.)"""
    texts = (" ".join(text.split())[:80] for text in (good.article, good.requisites.get("Код", "")))
    return next((text for text in texts if article_key(text)), "")


def _properties(work: Work, good: Good) -> dict[str, str]:
    """Names and texts of the properties that have one."""
    named: dict[str, str] = {}
    for guid, value in good.properties:
        name = work.words[Kind.PROPERTY].get(guid, "")
        text = work.words[Kind.VALUE].get(value, value)
        if name and text:
            named[name[:100]] = text[:500]
        elif text and not name:
            work.trouble(
                good.line,
                N_("the property %(guid)s is in no classifier: it is passed over"),
                once=f"property {guid}",
                guid=guid[:60],
            )
    return named | {name[:100]: text[:500] for name, text in good.features if name and text}


def _vat(work: Work, good: Good) -> Vat | None:
    text = good.vat.replace("%", "").strip().casefold()
    if not text:
        return None
    found = Vat.NONE if text.startswith("без") else _VAT.get(text.split(",")[0].split(".")[0])
    if found is None:
        work.trouble(good.line, N_("the VAT rate %(rate)s is not known"), once=f"vat {text}", rate=good.vat[:40])
    return found
