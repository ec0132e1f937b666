"""What administrators do to products by hand. Sent presentations and orders keep their own copies (PRODUCT rule 3)."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts.user import User
from app.catalogue.indexing import reindex
from app.catalogue.models import Brand, Category, Product, article_key, search_text
from app.catalogue.pictures import DEFAULT
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken, Stale
from app.goods.changes import differing, told
from app.i18n import N_
from app.outbox import record
from app.prices import actions as prices

# What most products of a category are drawn as.
_SYMBOL = Sql(
    """
    SELECT CASE WHEN p.picture LIKE '@%' THEN p.drawn ELSE p.picture END AS symbol, COUNT(*) AS count
    FROM product p WHERE p.category_id = :category GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1
    """
)


class ArticleTaken(RuleBroken):
    """Another product of the brand has this article, however it is written. `product` is that one."""

    def __init__(self, product: Product) -> None:
        super().__init__(N_("The brand has this article already: %(article)s"), article=product.article)
        self.product = product


async def create(values: Mapping[str, Any], *, by: User) -> int:
    """Puts a new product on sale; its id. Raises ArticleTaken."""
    async with transaction():
        brand = await _locked_brand(values["brand_id"])
        await _lock_category(values["category_id"])
        await _must_be_free(brand, values["article"])
        symbol = await _SYMBOL.value(category=values["category_id"]) or DEFAULT
        product = await Product.create(**values, **_found_by(values, brand), picture=symbol)
        await prices.put_retail(product.id, product.retail, by=by)
        await reindex([product.id])
        await record(
            "product.created", by=by, good=product.id, brand=brand.name, **named(product), retail=product.retail
        )
    return product.id


async def change(product_id: int, values: Mapping[str, Any], version: int, *, by: User) -> bool:
    """Changes a product; whether anything became other than it was. Raises Stale, ArticleTaken, NotFound."""
    async with transaction():
        brand = await _locked_brand(values["brand_id"])
        await _lock_category(values["category_id"])
        product = await locked(product_id)
        if product.version != version:
            raise Stale
        await _must_be_free(brand, values["article"], but=product.id)
        new = differing(product, values)
        if not new:
            return False
        was = await _in_words({name: getattr(product, name) for name in new})
        found_by = _found_by(values, brand)
        await Product.filter(id=product.id).update(**new, **found_by, version=version + 1)
        if "retail" in new:
            await prices.put_retail(product.id, new["retail"], by=by)
        await reindex([product.id])
        changes = told(was, await _in_words(new))
        await record("product.changed", by=by, good=product.id, brand=brand.name, **named(product), changes=changes)
    return True


async def discontinue(product_id: int, replacement_id: int | None, *, by: User) -> None:
    """Takes a product off sale, or gives a discontinued one another replacement (None: there is none).

    :raises RuleBroken: the replacement is the product itself, is not sold, or leads back to it.
    """
    async with transaction():
        # in one order, so that two of them that replace each other at once do not wait for each other for ever
        both = [product_id, replacement_id] if replacement_id else [product_id]
        await Product.filter(id__in=both).order_by("id").select_for_update()
        product = await locked(product_id)
        if product.discontinued_at and product.replacement_id == replacement_id:
            return
        instead = await _replacement(product, replacement_id)
        at = product.discontinued_at or clock.now()
        await Product.filter(id=product.id).update(
            discontinued_at=at, replacement_id=replacement_id, version=product.version + 1
        )
        await reindex([product.id])
        before = await Product.get(id=product.replacement_id) if product.replacement_id else None
        await record(
            "product.discontinued",
            by=by,
            good=product.id,
            **named(product),
            was=before.article if before else None,
            replacement=instead.article if instead else None,
        )


async def restore(product_id: int, *, by: User) -> None:
    """Puts a discontinued product back on sale, without a replacement."""
    async with transaction():
        product = await locked(product_id)
        if product.discontinued_at:
            await Product.filter(id=product.id).update(
                discontinued_at=None, replacement_id=None, version=product.version + 1
            )
            await reindex([product.id])
            await record("product.restored", by=by, good=product.id, **named(product))


async def locked(product_id: int) -> Product:
    """A product that nobody else changes meanwhile. Raises NotFound."""
    product = await Product.filter(id=product_id).select_for_update().first()
    if product is None:
        raise NotFound
    return product


async def _locked_brand(brand_id: int) -> Brand:
    """The brand, in which no other article is made meanwhile."""
    brand = await Brand.filter(id=brand_id).select_for_update().first()
    if brand is None:
        raise RuleBroken(N_("The brand was deleted meanwhile: choose another"))
    return brand


async def _lock_category(category_id: int) -> None:
    if not await Category.filter(id=category_id).select_for_update().first():
        raise RuleBroken(N_("The category was deleted meanwhile: choose another"))


async def _must_be_free(brand: Brand, article: str, but: int = 0) -> None:
    taken = await Product.filter(brand_id=brand.id, article_key=article_key(article)).exclude(id=but).first()
    if taken:
        raise ArticleTaken(taken)


async def _replacement(product: Product, replacement_id: int | None) -> Product | None:
    if replacement_id is None:
        return None
    instead = await Product.get_or_none(id=replacement_id)
    if instead is None:
        raise RuleBroken(N_("There is no such replacement: choose another"))
    if instead.id == product.id:
        raise RuleBroken(N_("A product does not replace itself: choose another"))
    if instead.discontinued_at:
        raise RuleBroken(N_("%(article)s is not sold any more itself: choose another"), article=instead.article)
    if instead.replacement_id == product.id:
        raise RuleBroken(N_("%(article)s is replaced by this one: choose another"), article=instead.article)
    return instead


def _found_by(values: Mapping[str, Any], brand: Brand) -> dict[str, Any]:
    """The columns that searches look at."""
    article = values["article"]
    return {"article_key": article_key(article), "search": search_text(article, values["name"], brand.name)}


def named(product: Product) -> dict[str, Any]:
    """How the history calls a product."""
    return {"article": product.article, "name": product.name}


async def _in_words(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns with names instead of keys."""
    told_of = dict(columns)
    if "brand_id" in told_of:
        told_of["brand_id"] = (await Brand.get(id=told_of["brand_id"])).name
    if "category_id" in told_of:
        told_of["category_id"] = (await Category.get(id=told_of["category_id"])).name
    return told_of
