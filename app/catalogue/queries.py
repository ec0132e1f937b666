"""Reading the catalogue: lists of products at the reader's own prices, and one product with all that is known of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from app import clock, money
from app.accounts.user import User
from app.catalogue.filters import Filters, Place
from app.catalogue.lines import ProductLine, priced
from app.catalogue.places import Choices, choices
from app.catalogue.prices import RATE
from app.catalogue.search import Found, find
from app.database import Sql
from app.errors import NotFound
from app.settings import Settings

PAGE = 48

_COLUMNS = """
    SELECT p.id, p.article, p.name, b.name AS brand, p.brand_id, p.category_id, p.unit, p.pack, p.minimum, p.picture,
           p.vat, p.retail, p.stock, p.restock_on, p.discontinued_at, c.id AS cart_line, c.quantity AS in_cart,
           r.id AS replacement_id, r.article AS replacement_article, rb.name AS replacement_brand,
           r.name AS replacement_name, r.retail AS replacement_retail, r.brand_id AS replacement_brand_id,
           r.category_id AS replacement_category_id, r.stock AS replacement_stock, r.unit AS replacement_unit
"""
_FROM = """
    FROM product p
    JOIN brand b ON b.id = p.brand_id
    JOIN category k ON k.id = p.category_id
    LEFT JOIN category g ON g.id = k.parent_id
    LEFT JOIN product r ON r.id = p.replacement_id AND r.discontinued_at IS NULL
    LEFT JOIN brand rb ON rb.id = r.brand_id
    LEFT JOIN cart_line c ON c.product_id = p.id AND c.person_id = :owner AND c.presentation_line_id IS NULL
"""
# The order of the reader's own prices, before rounding: what is shown is computed by Discounts.price alone. The
# better of retail less the discount and of the price of the company's type; what has its price on request comes last.
_OF_TYPE = f"""
    SELECT NULLIF(w.amount, 0) * CASE w.currency WHEN 'RUB' THEN 10000
                                 ELSE (SELECT z.rate FROM ({RATE.replace(":today", ":discounts_on")}) z) END
    FROM product_price w
    WHERE w.product_id = p.id AND w.price_type_id = :price_type AND w.valid_from <= :discounts_on
    ORDER BY w.valid_from DESC LIMIT 1
"""  # noqa: S608 - constant text
_BY_PRICE = f"""
    (SELECT MIN(x.price) FROM (
        SELECT NULLIF(p.retail, 0)
             * (10000 - COALESCE((SELECT MAX(d.percent) FROM discount d WHERE d.company_id = :company
                                  AND (d.valid_from IS NULL OR d.valid_from <= :discounts_on)
                                  AND (d.valid_until IS NULL OR d.valid_until >= :discounts_on)
                                  AND (d.brand_id = p.brand_id OR d.category_id = p.category_id)),
                                 (SELECT MAX(d.percent) FROM discount d WHERE d.company_id = :company
                                  AND (d.valid_from IS NULL OR d.valid_from <= :discounts_on)
                                  AND (d.valid_until IS NULL OR d.valid_until >= :discounts_on)
                                  AND d.brand_id IS NULL AND d.category_id IS NULL
                                  AND d.percent > :default_discount), :default_discount)) AS price
        UNION ALL SELECT ({_OF_TYPE})) x) NULLS LAST
"""  # noqa: S608 - constant text
_ORDERS = {
    "name": "e.gone, e.title, e.product_id",
    "price": "e.gone, " + _BY_PRICE + ", e.product_id",
    "article": "e.article_key, e.product_id",
}
_SOME = Sql(_COLUMNS + _FROM + "WHERE p.id IN :ids")
_ONE = Sql(_COLUMNS + _FROM + "WHERE p.id = :product")
_DETAILS = Sql(
    _COLUMNS
    + ", p.description, p.properties, b.slug AS brand_slug, k.name AS category, k.slug AS category_slug, "
    + "g.name AS group_name, g.slug AS group_slug"
    + _FROM
    + "WHERE p.id = :product"
)
_PICTURES = Sql("SELECT code FROM product_picture WHERE product_id = :product ORDER BY position, id")
_REPLACES = Sql(
    """
    SELECT p.id, p.article, b.name AS brand, p.name FROM product p JOIN brand b ON b.id = p.brand_id
    WHERE p.replacement_id = :product ORDER BY p.article, p.id
    """
)


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of products in a place of the catalogue, and what else is there to choose from."""

    place: Place
    filters: Filters
    lines: Sequence[ProductLine]
    total: int
    choices: Choices
    nearly: bool = False  # a search found this with typing mistakes mended

    @property
    def first(self) -> int:
        """The number of the first product on this page."""
        return (self.filters.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last one."""
        return self.first + len(self.lines) - 1

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.total // PAGE), 1)

    @property
    def vat_word(self) -> str:
        """What the prices say about VAT: see app.money.vat_word."""
        return money.vat_word(line.vat_rate for line in self.lines)


@dataclass(frozen=True, slots=True)
class Product:
    """A product with all that is known of it.

    A category, and the group above it, are name and slug. `pictures` are codes of photographs, the first one first.
    """

    line: ProductLine
    brand_slug: str
    category: tuple[str, str]
    group: tuple[str, str] | None
    description: str
    properties: Mapping[str, str]
    replaces: Sequence[Mapping[str, Any]]
    pictures: Sequence[str]


async def listing(
    user: User | None, place: Place, filters: Filters, settings: Settings, *, literally: bool = False
) -> Listing:
    """A page of a place's products for a reader; raises NotFound past the last page.

    A search that finds nothing is understood otherwise, unless `literally`: the filters tell what was looked for then.
    """
    found = None
    if place.is_search:
        found = await find(filters.q, company=_reader(user)["company"], literally=literally) if filters.q else Found("")
        filters = replace(filters, q=found.text)
    offered = await choices(place, filters, found.ids if found else None)
    ids = await _page(user, filters, offered, found) if offered.total else []
    if filters.page > 1 and not ids:
        raise NotFound
    rows = {row["id"]: row for row in await _SOME.all(ids=ids, owner=_reader(user)["owner"])} if ids else {}
    lines = await priced([rows[one] for one in ids if one in rows], user, settings)
    return Listing(place, filters, lines, offered.total, offered, nearly=bool(found and found.nearly))


async def _page(user: User | None, filters: Filters, offered: Choices, found: Found | None) -> Sequence[int]:
    """The ids of the products of a page."""
    start, narrowed = (filters.page - 1) * PAGE, offered.brand_ids is not None or offered.category_ids is not None
    best_first = found is not None and not filters.sort
    if found and best_first and not narrowed and not filters.stock:
        return found.ids[start : start + PAGE]
    brands, categories = offered.brand_ids or [], offered.category_ids or []
    statement = _ids(filters.sort or "name", len(brands), min(len(categories), 2), filters.stock, found is not None)
    rows = await statement.all(
        brand=brands[0] if brands else 0,
        category=categories[0] if categories else 0,
        categories=categories,
        found=found.ids if found else [],
        discounts_on=clock.distributor_today(),
        limit=offered.total if best_first else PAGE,
        offset=0 if best_first else start,
        **_reader(user),
    )
    if found and best_first:
        left = {row["id"] for row in rows}
        return [one for one in found.ids if one in left][start : start + PAGE]
    return [row["id"] for row in rows]


@cache
def _ids(sort: str, brands: int, categories: int, stock: bool, found: bool) -> Sql:
    """The statement for a page's products, narrowed to a brand, one category or some, what is in stock, what is found.

    The plus keeps SQLite from sorting all that some categories have: it reads on in the order of the list instead.
    """
    conditions = ["e.brand_id = :brand"] if brands else []
    conditions += (
        [["e.category_id = :category"], ["+e.category_id IN :categories"]][categories - 1] if categories else []
    )
    conditions += ["e.stocked = 1"] if stock else []
    conditions += ["e.product_id IN :found"] if found else []
    joined = " JOIN product p ON p.id = e.product_id" if sort == "price" else ""
    return Sql(
        f"SELECT e.product_id AS id FROM product_entry e{joined} WHERE {' AND '.join(conditions) or 'true'} "  # noqa: S608
        f"ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset"
    )


async def product(user: User | None, product_id: int, settings: Settings) -> Product:
    """One product for a reader; raises NotFound."""
    row = await _DETAILS.one(product=product_id, owner=_reader(user)["owner"])
    if row is None:
        raise NotFound
    (found,) = await priced([row], user, settings)
    return Product(
        found,
        brand_slug=row["brand_slug"],
        category=(row["category"], row["category_slug"]),
        group=(row["group_name"], row["group_slug"]) if row["group_slug"] else None,
        description=row["description"],
        properties=json.loads(row["properties"]),
        replaces=await _REPLACES.all(product=product_id),
        pictures=[row["code"] for row in await _PICTURES.all(product=product_id)],
    )


async def line(user: User | None, product_id: int, settings: Settings) -> ProductLine:
    """One product as it stands in lists; raises NotFound."""
    row = await _ONE.one(product=product_id, owner=_reader(user)["owner"])
    if row is None:
        raise NotFound
    (found,) = await priced([row], user, settings)
    return found


def _reader(user: User | None) -> dict[str, int]:
    """Whose cart and whose discounts a list is about."""
    if user is None or user.company_id is None:
        return {"owner": 0, "company": 0, "default_discount": 0, "price_type": 0}
    terms = {"default_discount": user.default_discount, "price_type": user.price_type or 0}
    return {"owner": user.cart_owner, "company": user.company_id, **terms}
