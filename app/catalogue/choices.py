"""What a list in a place of the catalogue can be narrowed to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.catalogue import facets
from app.catalogue.facets import Facet, Narrowed, Value
from app.catalogue.filters import Filters, Place
from app.catalogue.narrowing import Narrowing
from app.catalogue.shelf import Shelf
from app.catalogue.shelves import take
from app.database import Sql

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

_PRICED_OF_FOUND = Sql(
    """
    SELECT e.brand_id, e.category_id, COUNT(*) AS products, SUM(e.stocked) AS stocked FROM product_entry e
    WHERE e.product_id IN :found AND e.price >= :least AND e.price <= :most GROUP BY e.brand_id, e.category_id
    """
)


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
    """What a list can be narrowed to, and what it is narrowed to.

    Within one category there are `facets`, and what is `left` of its shelf stands for the `narrowing`.
    """

    brands: Sequence[Choice] = ()
    categories: Sequence[Choice] = ()
    facets: Sequence[Facet] = ()
    total: int = 0
    narrowing: Narrowing = EVERYTHING_IN_IT
    left: Narrowed | None = None

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


async def choices(at: Place, filters: Filters, found: Sequence[int] | None = None) -> Choices:
    """What a place can be narrowed to: brands and categories each within what the other is narrowed to.

    Within one category brands are counted within all filters; categories are never counted within properties.

    :param found: the products among which it is; None for all of them.
    """
    every = await (_OF_ALL.all() if found is None else _OF_FOUND.all(found=found))
    brand, category = at.brand or filters.brand, at.category or filters.category
    here = _within(every, at.brand, at.category)
    chosen = _within(here, brand, category)
    category_ids, brand_ids = (_ids(chosen, name) for name in ("category_id", "brand_id"))
    if category and len(category_ids) == 1 and (shelf := (await take(category_ids)).get(category_ids[0])):
        return _on_shelf(shelf, here, (brand, category), brand_ids, filters, found)
    left = await _priced(here, Narrowing(found=found, prices=filters.prices))
    return Choices(
        sorted(_brands(_within(left, "", category), brand), key=lambda one: one.name),
        _categories(_within(left, brand, ""), category),
        total=sum(row["stocked" if filters.stock else "products"] for row in _within(left, brand, category)),
        narrowing=Narrowing(
            brand_ids if brand else None, category_ids if category else None, filters.stock, found, filters.prices
        ),
    )


def _on_shelf(
    shelf: Shelf,
    rows: Sequence[Mapping[str, Any]],
    slugs: tuple[str, str],
    brand_ids: Sequence[int],
    filters: Filters,
    found: Sequence[int] | None,
) -> Choices:
    """The same within one category; `slugs` are those of the brand and the category that are chosen."""
    brand, category = slugs
    brand_id = brand_ids[0] if brand and brand_ids else None
    left = facets.narrowed(
        shelf, filters.codes, brand_id=brand_id, stock=filters.stock, prices=filters.prices, found=found
    )
    counted = [{**row, "products": left.brands.get(row["brand_id"], 0)} for row in _within(rows, "", category)]
    return Choices(
        sorted(_brands(counted, brand), key=lambda one: one.name),
        _categories(_within(rows, brand, ""), category),
        left.facets,
        total=left.bits.bit_count(),
        left=left,
    )


async def _priced(rows: Sequence[Mapping[str, Any]], within: Narrowing) -> Sequence[Mapping[str, Any]]:
    """The same brands and categories with what a range of prices leaves of them."""
    if within.prices is None:
        return rows
    if within.found is None:
        counted = await _counted({row["category_id"] for row in rows}, within.prices)
    else:
        found = await _PRICED_OF_FOUND.all(**within.values)
        counted = {(row["brand_id"], row["category_id"]): (row["products"], row["stocked"]) for row in found}
    pairs = ((row, counted.get((row["brand_id"], row["category_id"]), (0, 0))) for row in rows)
    return [{**row, "products": products, "stocked": stocked} for row, (products, stocked) in pairs]


async def _counted(category_ids: Collection[int], prices: tuple[int, int]) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each brand in a category how many products there are in a range of prices, and how many of them in stock."""
    return {
        (brand, category): (products, stocked)
        for category, shelf in (await take(category_ids)).items()
        for brand, products, stocked in shelf.counts(*prices)
    }


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
