"""What administrators do to brands and categories by hand."""

from collections.abc import Mapping
from typing import Any, TypeVar

from tortoise.exceptions import IntegrityError

from app.accounts.user import User
from app.catalogue.indexing import reindex_brands
from app.catalogue.models import Brand, Category, Discount, FormerSlug, Product, search_text
from app.catalogue.synonyms import proposed
from app.database import transaction
from app.desk.partners.models import DiscountRequest
from app.errors import NotFound, RuleBroken, Stale
from app.goods import slugs
from app.goods.changes import Taken, differing, keep_picture, told
from app.i18n import N_
from app.outbox import record
from app.pictures.making import Made
from app.settings import Settings

T = TypeVar("T", Brand, Category)


async def create_brand(values: Mapping[str, Any], *, by: User) -> int:
    """A new brand; its id. Raises Taken."""
    try:
        async with transaction():
            await _must_be_free(Brand, values["name"])
            synonyms = values.get("synonyms") or proposed(values["name"])
            brand = await Brand.create(
                **{**values, "synonyms": synonyms}, slug=slugs.free(values["name"], await _slugs(Brand))
            )
            await record("brand.created", by=by, good_brand=brand.id, name=brand.name)
    except IntegrityError as error:  # somebody made it at the same moment
        raise Taken from error
    return brand.id


async def change_brand(brand_id: int, values: Mapping[str, Any], version: int, *, by: User) -> None:
    """Changes a brand; what its products are found by follows its name. Raises Stale, Taken, NotFound."""
    async with transaction():
        brand = await _locked(Brand, brand_id)
        if brand.version != version:
            raise Stale
        new = differing(brand, values)
        if not new:
            return
        await _must_be_free(Brand, values["name"], but=brand.id)
        await Brand.filter(id=brand.id).update(**new, version=version + 1)
        if "name" in new:
            await index(brand.id, values["name"])
        if "name" in new or "synonyms" in new:
            await reindex_brands([brand.id])
        changes = told({name: getattr(brand, name) for name in new}, new)
        await record("brand.changed", by=by, good_brand=brand.id, name=brand.name, changes=changes)


async def delete_brand(brand_id: int, *, by: User) -> None:
    """Deletes a brand of which there is nothing. Raises RuleBroken."""
    async with transaction():
        brand = await _locked(Brand, brand_id)
        held = [model.filter(brand_id=brand.id) for model in (Product, Discount, DiscountRequest)]
        if any([await one.exists() for one in held]):
            raise RuleBroken(N_("Products or discounts of partners belong to it: hide it instead"))
        await FormerSlug.filter(brand_id=brand.id).delete()
        await Brand.filter(id=brand.id).delete()
        await record("brand.deleted", by=by, good_brand=brand.id, name=brand.name)


async def set_logo(brand_id: int, made: Made | None, *, by: User, settings: Settings) -> None:
    """Gives a brand a logo, or takes it away (None). Raises RuleBroken."""
    if made:
        await keep_picture(made, settings)
    code = made.code if made else ""
    async with transaction():
        brand = await _locked(Brand, brand_id)
        if brand.picture != code:
            await Brand.filter(id=brand.id).update(picture=code)
            verb = "brand.logo_set" if made else "brand.logo_removed"
            await record(verb, by=by, good_brand=brand.id, name=brand.name)


async def create_category(values: Mapping[str, Any], *, by: User) -> int:
    """A new category; its id. Raises Taken."""
    try:
        async with transaction():
            await _must_fit(0, values)
            category = await Category.create(**values, slug=slugs.free(values["name"], await _slugs(Category)))
            await record("category.created", by=by, good_category=category.id, name=category.name)
    except IntegrityError as error:
        raise Taken from error
    return category.id


async def change_category(category_id: int, values: Mapping[str, Any], version: int, *, by: User) -> None:
    """Changes a category. Raises Stale, Taken, NotFound, and RuleBroken for a place that would make a circle."""
    async with transaction():
        category = await _locked(Category, category_id)
        if category.version != version:
            raise Stale
        new = differing(category, values)
        if not new:
            return
        await _must_fit(category.id, values)
        await Category.filter(id=category.id).update(**new, version=version + 1)
        changes = told(await _with_parent({name: getattr(category, name) for name in new}), await _with_parent(new))
        await record("category.changed", by=by, good_category=category.id, name=category.name, changes=changes)


async def delete_category(category_id: int, *, by: User) -> None:
    """Deletes a category of which there is nothing. Raises RuleBroken."""
    async with transaction():
        category = await _locked(Category, category_id)
        if await Category.filter(parent_id=category.id).exists():
            raise RuleBroken(N_("Other categories stand in it: move them first"))
        held = [model.filter(category_id=category.id) for model in (Product, Discount, DiscountRequest)]
        if any([await one.exists() for one in held]):
            raise RuleBroken(N_("Products or discounts of partners belong to it: hide it instead"))
        await FormerSlug.filter(category_id=category.id).delete()
        await Category.filter(id=category.id).delete()
        await record("category.deleted", by=by, good_category=category.id, name=category.name)


async def _locked(model: type[T], number: int) -> T:
    found = await model.filter(id=number).select_for_update().first()
    if found is None:
        raise NotFound
    return found


async def _must_be_free(model: type[Brand] | type[Category], name: str, but: int = 0, **within: Any) -> None:
    """Names differ by more than the case of their letters."""
    rows = await model.filter(**within).exclude(id=but).values_list("name", flat=True)
    if name.casefold() in {str(one).casefold() for one in rows}:
        raise Taken


async def _slugs(model: type[Brand] | type[Category]) -> set[str]:
    """Those that are taken, also by addresses that lead on."""
    former = FormerSlug.filter(kind=str(model._meta.db_table))
    return {str(one) for rows in (model.all(), former) for one in await rows.values_list("slug", flat=True)}


async def index(brand_id: int, name: str) -> None:
    """Writes anew what the products of a brand are found by."""
    products = await Product.filter(brand_id=brand_id).only("id", "article", "name", "search")
    for product in products:
        product.search = search_text(product.article, product.name, name)
    if products:
        await Product.bulk_update(products, ["search"], batch_size=500)


async def _must_fit(category_id: int, values: Mapping[str, Any]) -> None:
    """Two levels: what has a parent is no parent itself. Names differ within one parent."""
    parent_id = values["parent_id"]
    await _must_be_free(Category, values["name"], but=category_id, parent_id=parent_id)
    if parent_id is None:
        return
    parent = await Category.filter(id=parent_id).select_for_update().first()
    if parent is None or parent.parent_id is not None or parent.id == category_id:
        raise RuleBroken(N_("It cannot stand there: choose another category of the upper level"))
    if category_id and await Category.filter(parent_id=category_id).exists():
        raise RuleBroken(N_("Other categories stand in it: it stays on the upper level"))


async def _with_parent(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns with the parent's name instead of its key."""
    told_of = dict(columns)
    if told_of.get("parent_id"):
        told_of["parent_id"] = (await Category.get(id=told_of["parent_id"])).name
    return told_of
