"""Merging a brand or a category into another one: what belongs to it moves, and its old address leads there.

Of two discounts that a partner has on both, on the same days, the larger stays. On other days both stay, and where
they overlap the larger counts, as always (app/catalogue/prices.py). Sent presentations and orders keep their own
copies (PRODUCT rule 3).
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import F
from tortoise.queryset import QuerySet

from app.accounts.models import Company
from app.accounts.user import User
from app.catalogue.indexing import reindex
from app.catalogue.models import Brand, Category, Discount, FormerSlug, Product
from app.database import Sql, transaction
from app.desk.partners.models import DiscountRequest, RequestState
from app.errors import NotFound, RuleBroken
from app.goods.groups import index
from app.i18n import N_
from app.outbox import record

Group = Brand | Category
SHOWN = 50  # products with one article, and dropped discounts in the history: the others are counted

# Whoever gives a discount meanwhile waits, and then finds what there is.
_ALONE = Sql("SELECT 1", postgres="LOCK TABLE discount, discount_request IN SHARE ROW EXCLUSIVE MODE")
_CLASHES = Sql(
    """
    SELECT p.id, p.article, p.name, o.id AS other_id, o.article AS other_article, o.name AS other_name,
           COUNT(*) OVER () AS total
    FROM product p JOIN product o ON o.brand_id = :stays AND o.article_key = p.article_key
    WHERE p.brand_id = :gone ORDER BY p.article, p.id LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Clash:
    """A product that moves, and one there with the same article, however the two are written."""

    id: int
    article: str
    name: str
    other_id: int
    other_article: str
    other_name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging does: how many products and discounts move, besides how many there are already.

    `dropped` discounts have a larger one on the same days; `companies` have any on what is to go. `asked` discounts
    wait for an administrator. `children` are names of categories. `seen` tells this plan from any other.
    """

    products: int
    there: int
    discounts: int
    dropped: int
    companies: int
    asked: int
    children: Sequence[str]
    clashes: Sequence[Clash]
    clashing: int
    seen: str


async def plan(gone: Group, stays: Group) -> Plan:
    """What merging `gone` into `stays` would do now."""
    about = kind_of(gone)
    products, there = [await Product.filter(**{about: one.id}).count() for one in (gone, stays)]
    own = [one for one in await _discounts(gone, stays) if getattr(one, f"{about}_id") == gone.id]
    dropped = [one for one, _kept in await _smaller(gone, stays)]
    asked = await DiscountRequest.filter(**{about: gone.id}, state=RequestState.WAITING).count()
    children = [one.name for one in await _children(gone)]
    clashes = await _clashes(gone, stays)
    clashing = clashes[0]["total"] if clashes else 0
    facts = [gone.id, gone.name, stays.id, stays.name, products, there, children, clashing, asked]
    facts += [[one.id, one.percent] for one in (*own, *dropped)]
    return Plan(
        products=products,
        there=there,
        discounts=len(own),
        dropped=len(dropped),
        companies=len({one.company_id for one in own}),
        asked=asked,
        children=children,
        clashes=[Clash(**{name: row[name] for name in Clash.__slots__}) for row in clashes],
        clashing=clashing,
        seen=hashlib.sha256(repr(facts).encode()).hexdigest()[:20],
    )


async def must_fit(gone: Group, stays: Group) -> None:
    """Raises RuleBroken when the two cannot be one, besides for articles: those the plan lists."""
    if gone.id == stays.id:
        raise RuleBroken(N_("It cannot be merged into itself: choose another"))
    if not (isinstance(gone, Category) and isinstance(stays, Category)):
        return
    children = {one.name.casefold(): one for one in await _children(gone)}
    if children and stays.parent_id is not None:
        raise RuleBroken(
            N_("Categories stand in %(gone)s, and %(stays)s stands in another one itself: move them first"),
            gone=gone.name,
            stays=stays.name,
        )
    both = [one.name for one in await _children(stays) if one.name.casefold() in children]
    if both:
        raise RuleBroken(N_("In both of them stands %(names)s: merge these first"), names=", ".join(both))


async def merge(model: type[Brand] | type[Category], gone_id: int, stays_id: int, seen: str, *, by: User) -> Group:
    """Moves all that belongs to one into another, and ends it; a repeat changes nothing. :return: the one that stays.

    :raises NotFound: there is no such thing. RuleBroken: they cannot be one, or are not as they were `seen`.
    """
    async with transaction():
        await _ALONE.run()
        found = {
            one.id: one for one in await model.filter(id__in=[gone_id, stays_id]).order_by("id").select_for_update()
        }
        if gone_id not in found:
            return await _merged_before(model, gone_id)
        if stays_id not in found:
            raise RuleBroken(N_("It was merged or deleted meanwhile: choose another"))
        gone, stays = found[gone_id], found[stays_id]
        await must_fit(gone, stays)
        planned = await plan(gone, stays)
        if planned.seen != seen:
            raise RuleBroken(N_("Something of it changed after the page was shown. Nothing is merged: look again"))
        if planned.clashes:
            raise RuleBroken(N_("Both have products with one article: nothing is merged"))
        dropped = await _move(gone, stays)
        await _record(gone, stays, planned, dropped, by)
    return stays


def kind_of(thing: Group | type[Brand] | type[Category]) -> str:
    """brand or category: so columns and events are named."""
    return str(thing._meta.db_table)


async def _merged_before(model: type[Brand] | type[Category], gone_id: int) -> Group:
    """Where it went: for a form that is sent twice."""
    former = await FormerSlug.get_or_none(kind=kind_of(model), former=gone_id)
    if former is None:
        raise NotFound
    return await model.get(id=former.brand_id or former.category_id)


async def _clashes(gone: Group, stays: Group) -> list[dict[str, Any]]:
    if isinstance(gone, Category):
        return []
    return await _CLASHES.all(gone=gone.id, stays=stays.id, limit=SHOWN)


async def _children(thing: Group) -> list[Category]:
    if isinstance(thing, Brand):
        return []
    return await Category.filter(parent_id=thing.id).order_by("position", "name", "id")


async def _discounts(gone: Group, stays: Group) -> list[Discount]:
    """What the companies have on either of the two that have any on the one that goes."""
    about = kind_of(gone)
    having = Discount.filter(**{about: gone.id}).values_list("company_id", flat=True)
    both: QuerySet[Discount] = Discount.filter(**{f"{about}_id__in": [gone.id, stays.id]})
    return await both.filter(company_id__in=sorted({int(str(one)) for one in await having})).order_by("id")


async def _smaller(gone: Group, stays: Group) -> list[tuple[Discount, Discount]]:
    """Discounts that give way, each with the larger one of the same company and days that stays."""
    alike: dict[Any, list[Discount]] = defaultdict(list)
    for one in await _discounts(gone, stays):
        alike[one.company_id, one.valid_from, one.valid_until].append(one)
    pairs = []
    for group in alike.values():
        best = max(group, key=lambda one: one.percent)
        pairs += [(one, best) for one in group if one is not best]
    return pairs


async def _move(gone: Group, stays: Group) -> list[tuple[Discount, Discount]]:
    about = kind_of(gone)
    dropped = await _smaller(gone, stays)
    instead = {smaller.id: larger.id for smaller, larger in dropped}
    for asked in await DiscountRequest.filter(replaces__in=[*instead]):
        await DiscountRequest.filter(id=asked.id).update(replaces=instead[asked.replaces or 0])
    await Discount.filter(id__in=[*instead]).delete()
    if isinstance(gone, Brand):
        await index(gone.id, stays.name)
        await Brand.filter(id=stays.id, picture="").update(picture=gone.picture)
    else:
        await _raise_version(Category.filter(parent_id=gone.id), parent_id=stays.id)
    moved = [int(str(one)) for one in await Product.filter(**{about: gone.id}).values_list("id", flat=True)]
    await _raise_version(Product.filter(**{about: gone.id}), **{f"{about}_id": stays.id})
    await reindex(moved)
    for model in (Discount, DiscountRequest, FormerSlug):
        await model.filter(**{about: gone.id}).update(**{f"{about}_id": stays.id})
    to = {"brand_id": None, "category_id": None, f"{about}_id": stays.id}
    await FormerSlug.create(
        kind=about, slug=gone.slug, former=gone.id, brand_id=to["brand_id"], category_id=to["category_id"]
    )
    await type(gone).filter(id=gone.id).delete()
    return dropped


async def _raise_version(rows: Any, **columns: Any) -> None:
    """Whoever has a form of one of them open is shown that it changed."""
    await rows.update(**columns, version=F("version") + 1)


async def _record(gone: Group, stays: Group, planned: Plan, dropped: list[tuple[Discount, Discount]], by: User) -> None:
    names = await _companies([one for one, _kept in dropped[:SHOWN]])
    about = kind_of(gone)
    await record(
        f"{about}.merged",
        by=by,
        **{f"good_{about}": stays.id},
        name=stays.name,
        gone={"id": gone.id, "name": gone.name, "slug": gone.slug},
        products=[planned.there, planned.there + planned.products],
        discounts=planned.discounts,
        asked=planned.asked,
        children=list(planned.children),
        dropped=len(dropped),
        smaller=[
            {"company": names[one.company_id], "was": one.percent, "now": kept.percent} for one, kept in dropped[:SHOWN]
        ],
    )


async def _companies(discounts: Sequence[Discount]) -> dict[int, str]:
    rows = await Company.filter(id__in=[one.company_id for one in discounts])
    return {one.id: one.name for one in rows}
