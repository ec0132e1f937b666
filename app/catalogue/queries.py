"""Reading the catalogue: lists of products at the reader's own prices. One with all that is known of it: details.py."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from app import money
from app.accounts.user import User
from app.catalogue.choices import Choices, choices
from app.catalogue.filters import Filters, Place
from app.catalogue.lines import ProductLine, priced
from app.catalogue.narrowing import Narrowing, conditions
from app.catalogue.ordering import Left, cheapest, left_of
from app.catalogue.prices import discounts_of
from app.catalogue.search import Found, find
from app.catalogue.shelves import take
from app.database import Sql
from app.errors import NotFound
from app.settings import Settings

PAGE = 48

COLUMNS = """
    SELECT p.id, p.article, p.name, b.name AS brand, p.brand_id, p.category_id, p.unit, p.pack, p.minimum, p.picture,
           p.vat, p.retail, p.stock, p.restock_on, p.discontinued_at, c.id AS cart_line, c.quantity AS in_cart,
           r.id AS replacement_id, r.article AS replacement_article, rb.name AS replacement_brand,
           r.name AS replacement_name, r.retail AS replacement_retail, r.brand_id AS replacement_brand_id,
           r.category_id AS replacement_category_id, r.stock AS replacement_stock, r.unit AS replacement_unit
"""
FROM = """
    FROM product p
    JOIN brand b ON b.id = p.brand_id
    JOIN category k ON k.id = p.category_id
    LEFT JOIN category g ON g.id = k.parent_id
    LEFT JOIN product r ON r.id = p.replacement_id AND r.discontinued_at IS NULL
    LEFT JOIN brand rb ON rb.id = r.brand_id
    LEFT JOIN cart_line c ON c.product_id = p.id AND c.person_id = :owner AND c.presentation_line_id IS NULL
"""
_ORDERS = {
    "name": "e.gone, e.title, e.product_id",
    "price": "e.gone, e.price, e.product_id",
    "article": "e.article_key, e.product_id",
}
# Without one of these the order of a partner's prices is that of retail.
_SPECIAL = Sql(
    "SELECT 1 FROM discount WHERE company_id = :company AND (brand_id IS NOT NULL OR category_id IS NOT NULL) LIMIT 1"
)
_SOME = Sql(COLUMNS + FROM + "WHERE p.id IN :ids")
_ONE = Sql(COLUMNS + FROM + "WHERE p.id = :product")


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


async def listing(
    user: User | None, place: Place, filters: Filters, settings: Settings, *, literally: bool = False
) -> Listing:
    """A page of a place's products for a reader; raises NotFound past the last page.

    A search that finds nothing is understood otherwise, unless `literally`: the filters tell what was looked for then.
    """
    found = None
    if place.is_search:
        found = (
            await find(filters.q, company=reader_of(user)["company"], literally=literally) if filters.q else Found("")
        )
        filters = replace(filters, q=found.text)
    offered = await choices(place, filters, found.ids if found else None)
    filters = replace(filters, codes=[one.code for one in offered.chosen])  # of another category they mean nothing here
    ids = await _page(user, filters, offered, found) if offered.total else []
    if filters.page > 1 and not ids:
        raise NotFound
    return Listing(
        place, filters, await some(user, ids, settings), offered.total, offered, nearly=bool(found and found.nearly)
    )


async def _page(user: User | None, filters: Filters, offered: Choices, found: Found | None) -> Sequence[int]:
    """The ids of the products of a page."""
    start, within, left = (filters.page - 1) * PAGE, offered.narrowing, offered.left
    if found and not filters.sort:
        return (await _best_first(found, offered))[start : start + PAGE]
    sort = await _sort(user, filters)
    if left and sort == "name":
        return left.shelf.some(left.bits, start, PAGE)
    if sort == "own" or (left and sort == "price"):
        return await _cheapest(user, offered, start)
    if left:
        within = Narrowing(found=left.shelf.some(left.bits, 0, offered.total))
    return await _statement_ids(sort, within, start, PAGE)


async def _cheapest(user: User | None, offered: Choices, start: int) -> Sequence[int]:
    """The ids of a page in the order of the reader's own prices."""
    within, left = offered.narrowing, offered.left
    if left:
        every = [Left(left.shelf, left.bits)]
    else:
        every = [left_of(shelf, within) for shelf in (await take(within.category_ids)).values()]
    return cheapest(every, await discounts_of(user, []), reader_of(user)["price_type"], start, PAGE)


async def _best_first(found: Found, offered: Choices) -> Sequence[int]:
    """What a search found and filters leave, in its order."""
    within = offered.narrowing
    if offered.left:
        left = {*offered.left.shelf.some(offered.left.bits, 0, offered.total)}
    elif within.shape == Narrowing(found=found.ids).shape:
        return found.ids
    else:
        left = {*await _statement_ids("name", within, 0, offered.total)}
    return [one for one in found.ids if one in left]


async def _statement_ids(sort: str, within: Narrowing, start: int, count: int) -> list[int]:
    rows = await _ids(sort, within.shape).all(**within.values, limit=count, offset=start)
    return [row["id"] for row in rows]


async def _sort(user: User | None, filters: Filters) -> str:
    """The order of a list, one of _ORDERS, or own: a partner's prices are in another one than retail."""
    if filters.sort != "price" or user is None or user.company_id is None:
        return filters.sort or "name"
    return "own" if user.price_type or await _SPECIAL.one(company=user.company_id) else "price"


@lru_cache(500)
def _ids(sort: str, shape: tuple[Any, ...]) -> Sql:
    """The statement for a page's products in an order, narrowed."""
    return Sql(
        "SELECT e.product_id AS id FROM product_entry e "  # noqa: S608
        f"WHERE {conditions(shape)} ORDER BY {_ORDERS[sort]} LIMIT :limit OFFSET :offset"
    )


async def some(user: User | None, ids: Sequence[int], settings: Settings) -> list[ProductLine]:
    """Products as they stand in lists, in the order of their ids; those that there are."""
    rows = {row["id"]: row for row in await _SOME.all(ids=ids, owner=reader_of(user)["owner"])} if ids else {}
    return await priced([rows[one] for one in ids if one in rows], user, settings)


async def line(user: User | None, product_id: int, settings: Settings) -> ProductLine:
    """One product as it stands in lists; raises NotFound."""
    row = await _ONE.one(product=product_id, owner=reader_of(user)["owner"])
    if row is None:
        raise NotFound
    (found,) = await priced([row], user, settings)
    return found


def reader_of(user: User | None) -> dict[str, int]:
    """Whose cart and whose discounts a list is about."""
    if user is None or user.company_id is None:
        return {"owner": 0, "company": 0, "default_discount": 0, "price_type": 0}
    terms = {"default_discount": user.default_discount, "price_type": user.price_type or 0}
    return {"owner": user.cart_owner, "company": user.company_id, **terms}
