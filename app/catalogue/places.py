"""The places of the catalogue, and what a list in one of them can be narrowed to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.catalogue.filters import EVERYTHING, SEARCH, Filters, Place
from app.catalogue.search import MATCHES, sought
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
_COUNTS = """
    SELECT b.name AS brand, b.slug AS brand_slug, k.name AS category, k.slug AS category_slug,
           COALESCE(g.name, k.name) AS group_name, COALESCE(g.slug, k.slug) AS group_slug, COUNT(*) AS count,
           b.hidden AS brand_hidden, k.hidden OR COALESCE(g.hidden, k.hidden) AS category_hidden
    FROM product p
    JOIN brand b ON b.id = p.brand_id
    JOIN category k ON k.id = p.category_id
    LEFT JOIN category g ON g.id = k.parent_id
    WHERE (:brand = '' OR b.slug = :brand) AND (:category = '' OR k.slug = :category OR g.slug = :category)
"""
_GROUPED = """
    GROUP BY b.id, b.name, b.slug, b.hidden, k.id, k.name, k.slug, k.position, k.hidden,
             g.id, g.name, g.slug, g.position, g.hidden
    ORDER BY COALESCE(g.position, k.position), k.position, b.name
"""
_LIST_COUNTS = Sql(_COUNTS + _GROUPED)
_SEARCH_COUNTS = Sql(_COUNTS + MATCHES["sqlite"] + _GROUPED, postgres=_COUNTS + MATCHES["postgres"] + _GROUPED)


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
    """What a list can be narrowed to."""

    brands: Sequence[Choice]
    categories: Sequence[Choice]

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
    """The place of a brand; raises NotFound."""
    row = await _BRAND.one(slug=slug) if slug.isprintable() else None
    if row is None:
        raise NotFound
    return Place(("catalogue", "brands", slug), row["name"], brand=slug, picture=row["picture"])


async def category(slug: str) -> Place:
    """The place of a category; raises NotFound."""
    row = await _CATEGORY.one(slug=slug) if slug.isprintable() else None
    if row is None:
        raise NotFound
    group = (row["group_name"], row["group_slug"]) if row["group_slug"] else None
    return Place(("catalogue", "categories", slug), row["name"], category=slug, group=group)


async def choices(at: Place, filters: Filters) -> Choices:
    """The brands and categories in a place, each within what the other is narrowed to."""
    if at.is_search and not filters.q:
        return Choices((), ())
    if at.is_search:
        rows = await _SEARCH_COUNTS.all(brand="", category="", **sought(filters))
    else:
        rows = await _LIST_COUNTS.all(brand=at.brand, category=at.category)
    of_category = [row for row in rows if filters.category in ("", row["category_slug"], row["group_slug"])]
    of_brand = [row for row in rows if filters.brand in ("", row["brand_slug"])]
    return Choices(sorted(_brands(of_category), key=lambda one: one.name), _categories(of_brand))


def _brands(rows: Sequence[Mapping[str, Any]]) -> list[Choice]:
    found: dict[str, Choice] = {}
    for row in rows:
        slug = row["brand_slug"]
        before = found[slug].count if slug in found else 0
        found[slug] = Choice(row["brand"], slug, before + row["count"], hidden=bool(row["brand_hidden"]))
    return list(found.values())


def _categories(rows: Sequence[Mapping[str, Any]]) -> list[Choice]:
    found: dict[str, Choice] = {}
    for row in rows:
        slug = row["category_slug"]
        before = found[slug].count if slug in found else 0
        count, hidden = before + row["count"], bool(row["category_hidden"])
        found[slug] = Choice(row["category"], slug, count, row["group_name"], row["group_slug"], hidden)
    return list(found.values())
