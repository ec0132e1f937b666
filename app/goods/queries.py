"""Reading products, brands and categories for those who keep them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.analogues.queries import kept
from app.catalogue.models import Brand, Category, Product
from app.catalogue.search import find
from app.database import Sql, as_date
from app.errors import NotFound

PAGE = 50
CANDIDATES = 20  # that are shown as replacements

_PRODUCTS = """
    SELECT p.id, p.article, p.name, b.name AS brand, k.name AS category, p.unit, p.retail, p.stock, p.restock_on,
           p.picture, p.discontinued_at IS NOT NULL AS discontinued, r.article AS replacement
    FROM product p
    JOIN brand b ON b.id = p.brand_id
    JOIN category k ON k.id = p.category_id
    LEFT JOIN product r ON r.id = p.replacement_id
    WHERE (:after = 0 OR (p.article_key, p.id) > (SELECT a.article_key, a.id FROM product a WHERE a.id = :after))
      AND (:brand = 0 OR p.brand_id = :brand)
      AND (:category = 0 OR p.category_id = :category OR k.parent_id = :category)
      AND (:state = '' OR (:state = 'sale' AND p.discontinued_at IS NULL)
           OR (:state = 'discontinued' AND p.discontinued_at IS NOT NULL)
           OR (:state = 'unpictured' AND p.picture NOT LIKE '@%') OR (:state = 'unpriced' AND p.retail <= 0))
"""
_ORDER = " ORDER BY p.article_key, p.id LIMIT :limit"
_LIST = Sql(_PRODUCTS + _ORDER)
_FOUND = Sql(_PRODUCTS + " AND p.id IN :found" + _ORDER)
_BRANDS = Sql(
    """
    SELECT b.id, b.name, b.slug, b.position, b.hidden, b.picture,
           (SELECT COUNT(*) FROM product p WHERE p.brand_id = b.id) AS products
    FROM brand b ORDER BY b.position, b.name, b.id
    """
)
_CATEGORIES = Sql(
    """
    SELECT k.id, k.name, k.slug, k.position, k.hidden, k.parent_id IS NOT NULL AS inner_one,
           (SELECT COUNT(*) FROM product p WHERE p.category_id = k.id) AS products
    FROM category k LEFT JOIN category g ON g.id = k.parent_id
    ORDER BY COALESCE(g.position, k.position), COALESCE(g.name, k.name), COALESCE(g.id, k.id),
             k.parent_id IS NOT NULL, k.position, k.name, k.id
    """
)
_HELD = Sql(
    """
    SELECT (SELECT COUNT(*) FROM product WHERE brand_id = :brand OR category_id = :category) AS products,
           (SELECT COUNT(*) FROM discount WHERE brand_id = :brand OR category_id = :category)
           + (SELECT COUNT(*) FROM discount_request WHERE brand_id = :brand OR category_id = :category) AS discounts,
           (SELECT COUNT(*) FROM category WHERE parent_id = :category) AS categories
    """
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A product in the list. `retail` is kopecks with VAT for one `unit`."""

    id: int
    article: str
    name: str
    brand: str
    category: str
    unit: str
    retail: int
    stock: int
    restock_on: date | None
    picture: str
    discontinued: bool
    replacement: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A brand or a category in its list; `inner` is a category of the lower level."""

    id: int
    name: str
    slug: str
    position: int
    hidden: bool
    products: int
    picture: str = ""
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What belongs to a brand or to a category, and keeps it from being deleted."""

    products: int
    discounts: int
    categories: int

    @property
    def empty(self) -> bool:
        """Whether it may be deleted."""
        return not (self.products or self.discounts or self.categories)


async def products(*, q: str, brand: int, category: int, state: str, after: int) -> tuple[list[Listed], int]:
    """A page of products by article, and the key of the next page (0: there is none).

    `brand` and `category` are ids, 0 for all; `state` is one of the list's filters, or empty.
    """
    values = {"brand": brand, "category": category, "state": state, "after": after}
    if q:
        rows = await _FOUND.all(found=(await find(q)).ids, **values, limit=PAGE + 1)
    else:
        rows = await _LIST.all(**values, limit=PAGE + 1)
    shown = [_listed(row) for row in rows[:PAGE]]
    return shown, shown[-1].id if len(rows) > PAGE else 0


async def candidates(q: str, *, but: int) -> list[Listed]:
    """Products on sale that may replace another one, by article or words."""
    if not q:
        return []
    values = {"brand": 0, "category": 0, "state": "sale", "after": 0, "limit": CANDIDATES + 1}
    ids = (await find(q, sold=True, limit=CANDIDATES + 1)).ids
    rows = {row["id"]: row for row in await _FOUND.all(found=ids, **values)} if ids else {}
    return [_listed(rows[one]) for one in ids if one in rows and one != but][:CANDIDATES]


async def analogues(product_id: int) -> list[Listed]:
    """What is kept as an analogue of a product, by article."""
    ids = await kept(product_id)
    values = {"brand": 0, "category": 0, "state": "", "after": 0, "limit": len(ids)}
    return [_listed(row) for row in await _FOUND.all(found=ids, **values)] if ids else []


async def product(product_id: int) -> Product:
    """A product to change, with its brand and replacement; raises NotFound."""
    found = await Product.get_or_none(id=product_id).select_related("brand", "category", "replacement")
    if found is None:
        raise NotFound
    return found


async def brand(brand_id: int) -> Brand:
    """A brand to change; raises NotFound."""
    found = await Brand.get_or_none(id=brand_id)
    if found is None:
        raise NotFound
    return found


async def category(category_id: int) -> Category:
    """A category to change; raises NotFound."""
    found = await Category.get_or_none(id=category_id)
    if found is None:
        raise NotFound
    return found


async def brands() -> list[Group]:
    """All brands in their order, with how many products they have."""
    return [Group(**{**row, "hidden": bool(row["hidden"])}) for row in await _BRANDS.all()]


async def categories() -> list[Group]:
    """All categories in the catalogue's order, those of the lower level after their own."""
    rows = await _CATEGORIES.all()
    return [Group(**{**_without(row), "hidden": bool(row["hidden"]), "inner": bool(row["inner_one"])}) for row in rows]


async def upper_categories(but: int = 0) -> list[Category]:
    """Categories that others may stand in."""
    return await Category.filter(parent_id=None).exclude(id=but).order_by("position", "name", "id")


async def held(*, brand: int = 0, category: int = 0) -> Held:
    """What belongs to a brand or to a category."""
    return Held(**(await _HELD.one(brand=brand, category=category) or {}))


def _listed(row: Mapping[str, Any]) -> Listed:
    moments = {"restock_on": as_date(row["restock_on"]), "discontinued": bool(row["discontinued"])}
    return Listed(**{**row, **moments})


def _without(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "inner_one"}
