"""The places of the catalogue, and what a list in one of them can be narrowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import Any

from app.catalogue import facets
from app.catalogue.facets import Facet, Value
from app.catalogue.filters import EVERYTHING, SEARCH, Filters, Place
from app.catalogue.narrowing import Narrowing, conditions
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
_COUNTS = """
    SELECT b.id AS brand_id, b.name AS brand, b.slug AS brand_slug, k.id AS category_id, k.name AS category,
           k.slug AS category_slug, COALESCE(g.name, k.name) AS group_name, COALESCE(g.slug, k.slug) AS group_slug,
           s.products, s.stocked, b.hidden AS brand_hidden, k.hidden OR COALESCE(g.hidden, k.hidden) AS category_hidden
    FROM {shelves} s
    JOIN brand b ON b.id = s.brand_id
    JOIN category k ON k.id = s.category_id
    LEFT JOIN category g ON g.id = k.parent_id
    ORDER BY COALESCE(g.position, k.position), k.position, k.id, b.name, b.id
"""
_OF_ALL = Sql(_COUNTS.format(shelves="shelf_count"))
_OF_FOUND = Sql(
    _COUNTS.format(
        shelves="""(
        SELECT e.brand_id, e.category_id, COUNT(*) AS products, SUM(e.stocked) AS stocked FROM product_entry e
        WHERE e.product_id IN :found GROUP BY e.brand_id, e.category_id)"""
    )
)


EVERYTHING_IN_IT = Narrowing()


@dataclass(frozen=True, slots=True)
class Choice:
    """A brand or a category with the number of its products in a list; of a category also the group above it."""

    name: str
    slug: str
    count: int
    group: str = ""
    group_slug: str = ""
    hidden: bool = False  # not to be chosen, though its products are here


@dataclass(frozen=True, slots=True)
class Group:
    """A category of the upper level with those in it."""

    name: str
    slug: str
    categories: Sequence[Choice]

    @property
    def hidden(self) -> bool:
        """Whether nothing of it is to be chosen."""
        return all(one.hidden for one in self.categories)

    @property
    def count(self) -> int:
        """How many products there are in all of them."""
        return sum(one.count for one in self.categories)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to, and what it is narrowed to. `facets` are there within one category."""

    brands: Sequence[Choice] = ()
    categories: Sequence[Choice] = ()
    facets: Sequence[Facet] = ()
    total: int = 0
    narrowing: Narrowing = EVERYTHING_IN_IT

    @property
    def chosen(self) -> list[Value]:
        """The values of properties that it is narrowed to."""
        return [value for facet in self.facets for value in facet.values if value.chosen]

    @property
    def groups(self) -> list[Group]:
        """The categories by group, in the catalogue's order."""
        by_group = groupby(self.categories, lambda one: (one.group, one.group_slug))
        return [Group(name, slug, list(categories)) for (name, slug), categories in by_group]

    def name(self, slug: str) -> str:
        """The name of a brand, category or group among the choices; empty when there is none."""
        names = {one.slug: one.name for one in self.groups}
        names |= {one.slug: one.name for one in [*self.brands, *self.categories]}
        return names.get(slug, "")


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


async def choices(at: Place, filters: Filters, found: Sequence[int] | None = None) -> Choices:
    """What a place can be narrowed to: brands and categories each within what the other is narrowed to.

    :param found: the products among which it is; None for all of them.
    """
    every = await (_OF_ALL.all() if found is None else _OF_FOUND.all(found=found))
    brand, category = at.brand or filters.brand, at.category or filters.category
    here = _within(every, at.brand, at.category)
    chosen = _within(here, brand, category)
    category_ids = _ids(chosen, "category_id") if category else None
    within = Narrowing(found=found, prices=filters.prices, category_ids=category_ids if at.category else None)
    priced = await _counted(here, within)
    offered = await facets.of_category(category_ids[0], filters.codes) if category_ids and not category_ids[1:] else []
    within = replace(within, category_ids=category_ids, groups=facets.groups_of(offered))
    left = await _counted(here, within) if within.groups else priced
    within = replace(within, brand_ids=_ids(chosen, "brand_id") if brand else None, stock=filters.stock)
    return Choices(
        sorted(_brands(_within(left, "", category), brand), key=lambda one: one.name),
        _categories(_within(priced, brand, ""), category),
        await facets.counted(offered, within),
        total=sum(row["stocked" if filters.stock else "products"] for row in _within(left, brand, category)),
        narrowing=within,
    )


async def _counted(rows: Sequence[Mapping[str, Any]], within: Narrowing) -> Sequence[Mapping[str, Any]]:
    """The same brands and categories with what a range of prices and properties leave of them."""
    if within.prices is None and not within.groups:
        return rows
    counts = {
        (row["brand_id"], row["category_id"]): {"products": row["products"], "stocked": row["stocked"]}
        for row in await _counting(within.shape).all(**within.values)
    }
    nothing = {"products": 0, "stocked": 0}
    return [{**row, **counts.get((row["brand_id"], row["category_id"]), nothing)} for row in rows]


@lru_cache(500)
def _counting(shape: tuple[Any, ...]) -> Sql:
    return Sql(
        "SELECT e.brand_id, e.category_id, COUNT(*) AS products, SUM(e.stocked) AS stocked FROM product_entry e "  # noqa: S608
        f"WHERE {conditions(shape)} GROUP BY e.brand_id, e.category_id"
    )


def _within(rows: Sequence[Mapping[str, Any]], brand: str, category: str) -> list[Mapping[str, Any]]:
    """Those of a brand, and of a category or of those in it; empty slugs are any."""
    return [
        row
        for row in rows
        if brand in ("", row["brand_slug"]) and category in ("", row["category_slug"], row["group_slug"])
    ]


def _ids(rows: Sequence[Mapping[str, Any]], name: str) -> list[int]:
    return sorted({row[name] for row in rows})


def _brands(rows: Sequence[Mapping[str, Any]], chosen: str) -> list[Choice]:
    """Those with products, and the chosen one."""
    found: dict[str, Choice] = {}
    for row in rows:
        slug = row["brand_slug"]
        before = found[slug].count if slug in found else 0
        found[slug] = Choice(row["brand"], slug, before + row["products"], hidden=bool(row["brand_hidden"]))
    return [one for one in found.values() if one.count or one.slug == chosen]


def _categories(rows: Sequence[Mapping[str, Any]], chosen: str) -> list[Choice]:
    """Those with products, and the chosen one or those in it."""
    found: dict[str, Choice] = {}
    for row in rows:
        slug = row["category_slug"]
        before = found[slug].count if slug in found else 0
        count, hidden = before + row["products"], bool(row["category_hidden"])
        found[slug] = Choice(row["category"], slug, count, row["group_name"], row["group_slug"], hidden)
    return [one for one in found.values() if one.count or chosen in (one.slug, one.group_slug)]
