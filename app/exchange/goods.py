"""Products of a catalogue: compared with what stands here, and written where they differ.

The key decides which product it is. One without a key that has the same brand and article is taken for it. Nothing is
deleted, and nothing is hidden here: that is counted first (app.exchange.finishing).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.catalogue.models import article_key
from app.database import transaction
from app.exchange import describing, keys, pictures, variants
from app.exchange.items import Good
from app.exchange.keys import Known, Named
from app.exchange.models import Kind
from app.exchange.work import Work
from app.goods.bulk import ProductRow, ids_by_article, read_products, settle, write_products
from app.i18n import N_

Wanted = dict[str, ProductRow]  # by key


async def apply(work: Work, batch: Sequence[Good]) -> None:
    """Writes some hundreds of products."""
    await work.settle_words()
    known = await keys.products(work.connection.id, [one.guid for one in batch])
    kept = await read_products([one.product_id for one in known.values()])
    wanted, leaving = await _wanted(work, batch, known, kept)
    await _adopt(work, batch, wanted, known, kept)
    await _keep_old_articles(work, batch, wanted, kept)
    _settle_articles(work, batch, wanted, kept)
    await variants.come_back(work, {guid: known[guid] for guid in wanted if guid in known})
    await _write(work, batch, wanted, leaving, known, kept)


async def _wanted(
    work: Work, batch: Sequence[Good], known: Mapping[str, Known], kept: Mapping[int, ProductRow]
) -> tuple[Wanted, list[int]]:
    """The rows by key, and the keys (ids) of what is marked as deleted, with their variants."""
    wanted: Wanted = {}
    leaving: dict[str, Known] = {}
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
            leaving |= {good.guid: there} if there else {}
        elif row := await describing.row(work, good, kept.get(there.product_id) if there else None, there):
            wanted[good.guid] = row
    return wanted, [one.id for one in leaving.values()] + await variants.leaving(work, leaving)


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
        row = await describing.row(work, goods[guid], there[product_id], None)
        if row:
            wanted[guid] = replace(row, id=product_id)


def _settle_articles(work: Work, batch: Sequence[Good], wanted: Wanted, kept: Mapping[int, ProductRow]) -> None:
    """Of two products that are to have one article of a brand the first one has it; one of here keeps its own."""
    lines = {one.guid: one.line for one in batch}
    taken: set[tuple[int, str]] = set()
    for guid, row in list(wanted.items()):
        if _key(row) not in taken:
            taken.add(_key(row))
        elif row.id is None:
            work.trouble(
                lines[guid],
                N_("the article %(article)s stands twice in the brand: the second is passed over"),
                article=row.article,
            )
            del wanted[guid]
        else:
            wanted[guid] = _with_its_own(work, lines[guid], row, kept[row.id])
            taken.add(_key(wanted[guid]))


async def _write(
    work: Work,
    batch: Sequence[Good],
    wanted: Wanted,
    leaving: list[int],
    known: Mapping[str, Known],
    kept: Mapping[int, ProductRow],
) -> None:
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
            wanted[guid] = _with_its_own(work, lines[guid], row, kept[row.id])


def _with_its_own(work: Work, line: int, row: ProductRow, old: ProductRow) -> ProductRow:
    """A product with the article and brand that it has here, and a word about it when 1C says others."""
    if (row.article, row.brand_id) != (old.article, old.brand_id):
        work.trouble(
            line,
            N_("the article %(article)s is that of another product of the brand: the old one stays"),
            article=row.article,
        )
    return replace(row, article=old.article, brand_id=old.brand_id)


def _key(row: ProductRow) -> tuple[int, str]:
    return row.brand_id, article_key(row.article)


def _named(fresh: Wanted, new: Mapping[tuple[int, str], int]) -> dict[str, Named]:
    """What is to be kept of keys that are new: of products that are new, or were here without one."""
    ids = {guid: row.id or new.get((row.brand_id, row.article)) for guid, row in fresh.items()}
    return {guid: Named(one, fresh[guid].name) for guid, one in ids.items() if one}


def _is_to_be_seen(work: Work, there: Known) -> bool:
    """Whether it must be noted that this exchange has the product."""
    counts = bool(work.complete) or there.parted  # see app.exchange.finishing
    return there.hidden or bool(there.leaving) or (counts and there.seen != work.exchange.id)
