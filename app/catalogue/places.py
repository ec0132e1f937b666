"""The places of the catalogue: brands and categories by the slugs that they have, or had."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.catalogue.filters import EVERYTHING, SEARCH, Filters, Place
from app.database import Sql
from app.errors import NotFound

_BRAND = Sql("SELECT name, slug, picture FROM brand WHERE slug = :slug")
_CATEGORY = Sql(
    """
    SELECT k.name, k.slug, g.name AS group_name, g.slug AS group_slug
    FROM category k LEFT JOIN category g ON g.id = k.parent_id
    WHERE k.slug = :slug
    """
)
_FORMER_BRAND = Sql(
    """
    SELECT b.name, b.slug, b.picture FROM former_slug f JOIN brand b ON b.id = f.brand_id
    WHERE f.kind = 'brand' AND f.slug = :slug
    """
)
_FORMER_CATEGORY = Sql(
    """
    SELECT k.name, k.slug, g.name AS group_name, g.slug AS group_slug
    FROM former_slug f JOIN category k ON k.id = f.category_id LEFT JOIN category g ON g.id = k.parent_id
    WHERE f.kind = 'category' AND f.slug = :slug
    """
)


async def place(parts: Sequence[str]) -> Place:
    """The place with these parts of a path (as "catalogue", "brands", "sony"); raises NotFound."""
    match tuple(parts):
        case EVERYTHING.parts:
            return EVERYTHING
        case SEARCH.parts:
            return SEARCH
        case ("catalogue", "brands", slug):
            return await brand(slug)
        case ("catalogue", "categories", slug):
            return await category(slug)
    raise NotFound


async def brand(slug: str) -> Place:
    """The place of a brand, with its own slug if `slug` is that of one that went into it; raises NotFound."""
    row = await _found(_BRAND, _FORMER_BRAND, slug)
    return Place(("catalogue", "brands", row["slug"]), row["name"], brand=row["slug"], picture=row["picture"])


async def category(slug: str) -> Place:
    """The place of a category, as a brand's; raises NotFound."""
    row = await _found(_CATEGORY, _FORMER_CATEGORY, slug)
    group = (row["group_name"], row["group_slug"]) if row["group_slug"] else None
    return Place(("catalogue", "categories", row["slug"]), row["name"], category=row["slug"], group=group)


async def followed(filters: Filters) -> Filters:
    """The same filters, with what a brand or category of them went into; for a list in which they left nothing."""
    brand_row = await _FORMER_BRAND.one(slug=filters.brand)
    category_row = await _FORMER_CATEGORY.one(slug=filters.category)
    return replace(
        filters,
        brand=brand_row["slug"] if brand_row else filters.brand,
        category=category_row["slug"] if category_row else filters.category,
    )


async def _found(now: Sql, former: Sql, slug: str) -> Mapping[str, Any]:
    row = (await now.one(slug=slug) or await former.one(slug=slug)) if slug.isprintable() else None
    if row is None:
        raise NotFound
    return row
