"""Variants of products (`key#variant`): each is a product of its own, made of the one that its key begins with.

That one is then not sold itself, until it has no variants any more (app.exchange.finishing).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.catalogue.models import article_key
from app.database import transaction
from app.exchange import describing, keys
from app.exchange.items import Offer
from app.exchange.keys import Known, Named
from app.exchange.models import Kind
from app.exchange.texts import one_line
from app.exchange.work import Work
from app.goods.bulk import ProductRow, ids_by_article, read_products, settle, write_products
from app.i18n import N_

_PASSED_OVER = N_("the article %(article)s is that of another product of the brand: it is passed over")
_KEEPS_ITS_OWN = N_("the article %(article)s is that of another product of the brand: the old one stays")


async def apply(work: Work, offers: Mapping[str, Offer], known: dict[str, Known]) -> None:
    """Makes products of variants, and changes those that became others. (Files of prices alone say no names.)"""
    told = {guid: one for guid, one in offers.items() if "#" in guid and one.name and not one.deleted}
    told = {guid: one for guid, one in told.items() if base_of(guid) in known}
    told = {guid: one for guid, one in told.items() if known[base_of(guid)].leaving != work.exchange.id}
    if not told:
        return
    bases = {guid: known[guid] for guid in {base_of(one) for one in told}}
    ids = [one.product_id for one in bases.values()] + [known[one].product_id for one in told if one in known]
    kept = await read_products(ids)
    wanted = {
        guid: _variant(offer, kept[bases[base_of(guid)].product_id], known.get(guid), kept)
        for guid, offer in told.items()
    }
    await _free_articles(work, told, wanted, kept)
    await _write(work, wanted, kept, known, [one for one in bases.values() if not one.parted])


async def _write(
    work: Work,
    wanted: Mapping[str, ProductRow],
    kept: Mapping[int, ProductRow],
    known: dict[str, Known],
    parted: Sequence[Known],
) -> None:
    """Writes what differs. `parted` are the products that are sold by their variants from now on."""
    hidden = [replace(kept[one.product_id], discontinued=True) for one in parted]
    other = [row for row in wanted.values() if row.id is None or kept[row.id] != row]
    seen = [known[guid].id for guid in wanted if guid in known and _is_to_be_seen(work, known[guid])]
    work.counts["same"] += len(wanted) - len(other)
    if not (other or parted or seen):
        return
    async with transaction():
        written = await write_products([*other, *hidden])
        new = {guid: written.new.get((row.brand_id, row.article)) for guid, row in wanted.items() if not row.id}
        named = {guid: Named(one, wanted[guid].name) for guid, one in new.items() if one}
        await keys.keep(work.connection.id, Kind.PRODUCT, named, exchange_id=work.exchange.id)
        await keys.part([one.id for one in parted])
        await keys.see(seen, work.exchange.id)
        await settle(written.ids)
    changed = written.changed - {one.product_id for one in parted}
    work.counts.update({"added": len(written.new), "changed": len(changed)})
    known.update(await keys.products(work.connection.id, list(named)))


def _variant(offer: Offer, base: ProductRow, there: Known | None, kept: Mapping[int, ProductRow]) -> ProductRow:
    """A variant as it is to stand here."""
    now = kept.get(there.product_id) if there else None
    features = describing.features(offer.features)
    mark = ", ".join(features.values()) or offer.guid.partition("#")[2][:8]
    article = " ".join(offer.article.split())
    has_own = article_key(article) not in ("", article_key(base.article))
    own = article if has_own else f"{base.article} ({mark})"
    return replace(
        base,
        id=there.product_id if there else None,
        article=own[:80],
        name=one_line(offer.name)[:250],
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
            own = kept.get(row.id) if row.id else None
            if own is None or own.article != row.article:
                message = _KEEPS_ITS_OWN if own else _PASSED_OVER
                work.trouble(told[guid].line, message, article=row.article)
            if own:
                wanted[guid] = replace(row, article=own.article, brand_id=own.brand_id)
                key = (own.brand_id, article_key(own.article))
            else:
                del wanted[guid]
        taken.add(key)


async def leaving(work: Work, bases: Mapping[str, Known]) -> list[int]:
    """The keys (ids) of variants that go with their products; not of those that went before, by themselves."""
    found = await keys.variants(work.connection.id, [guid for guid, one in bases.items() if one.parted])
    return [
        one.id for guid, one in found.items() if not one.hidden or one.leaving == (bases[base_of(guid)].leaving or -1)
    ]


async def come_back(work: Work, bases: Mapping[str, Known]) -> None:
    """Has variants on sale again that went with their products, which 1C has marked as deleted no more."""
    back = {guid: one for guid, one in bases.items() if one.parted and one.leaving}
    found = await keys.variants(work.connection.id, back)
    gone = [one for guid, one in found.items() if one.leaving == back[base_of(guid)].leaving]
    if gone:
        rows = await read_products([one.product_id for one in gone if one.hidden])
        async with transaction():
            written = await write_products([replace(row, discontinued=False) for row in rows.values()])
            await keys.stay([one.id for one in gone])
            await settle(written.ids)
        work.counts["changed"] += len(written.changed)


def base_of(guid: str) -> str:
    """The key of the product that a variant is of."""
    return guid.partition("#")[0]


def _is_to_be_seen(work: Work, there: Known) -> bool:
    return there.hidden or bool(there.leaving) or (bool(work.complete_offers) and there.seen != work.exchange.id)
