"""One product with all that is known of it, for its own page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.accounts.user import User
from app.analogues import queries as analogues
from app.catalogue.lines import ProductLine, priced
from app.catalogue.queries import COLUMNS, FROM, reader_of, some
from app.database import Sql, as_datetime
from app.documents import queries as documents
from app.documents.models import ProductDocument
from app.errors import NotFound
from app.settings import Settings
from app.warehouses import queries as warehouses
from app.warehouses.queries import Held

ORDERS = 3  # in which it was ordered before

_DETAILS = Sql(
    COLUMNS
    + ", p.description, p.properties, b.slug AS brand_slug, k.name AS category, k.slug AS category_slug, "
    + "g.name AS group_name, g.slug AS group_slug"
    + FROM
    + "WHERE p.id = :product"
)
_PICTURES = Sql("SELECT code FROM product_picture WHERE product_id = :product ORDER BY position, id")
_REPLACES = Sql(
    """
    SELECT p.id, p.article, b.name AS brand, p.name FROM product p JOIN brand b ON b.id = p.brand_id
    WHERE p.replacement_id = :product ORDER BY p.article, p.id
    """
)
_ORDERED = Sql(
    """
    SELECT o.number, o.placed_at, SUM(l.quantity) AS quantity FROM order_line l JOIN orders o ON o.id = l.order_id
    WHERE l.product_id = :product AND o.company_id = :company AND o.status <> 'cancelled'
    GROUP BY o.id, o.number, o.placed_at ORDER BY o.placed_at DESC, o.id DESC LIMIT :limit
    """
)


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order of the reader's company with the product in it; `quantity` units."""

    number: int
    placed_at: datetime
    quantity: int


@dataclass(frozen=True, slots=True)
class Product:
    """A product with all that is known of it.

    A category, and the group above it, are name and slug. `pictures` are codes of photographs, the first one first.
    `others` do instead of it: kept by administrators, or (`alike`) found. `seen` are what the reader looked at before.
    """

    line: ProductLine
    brand_slug: str
    category: tuple[str, str]
    group: tuple[str, str] | None
    description: str
    properties: Mapping[str, str]
    replaces: Sequence[Mapping[str, Any]]
    pictures: Sequence[str]
    stocks: Sequence[Held]
    documents: Sequence[ProductDocument]
    ordered: Sequence[Ordered]
    others: Sequence[ProductLine]
    alike: bool
    seen: Sequence[ProductLine]


async def product(user: User | None, product_id: int, settings: Settings, seen: Sequence[int] = ()) -> Product:
    """One product for a reader, who looked at those of `seen` before; raises NotFound."""
    row = await _DETAILS.one(product=product_id, owner=reader_of(user)["owner"])
    if row is None:
        raise NotFound
    (found,) = await priced([row], user, settings)
    kept = await analogues.kept(product_id)
    alike = [] if kept or found.discontinued else await analogues.alike(product_id)
    beside = {one.id: one for one in await some(user, sorted({*kept, *alike, *seen} - {product_id}), settings)}
    return Product(
        found,
        brand_slug=row["brand_slug"],
        category=(row["category"], row["category_slug"]),
        group=(row["group_name"], row["group_slug"]) if row["group_slug"] else None,
        description=row["description"],
        properties=json.loads(row["properties"]),
        replaces=await _REPLACES.all(product=product_id),
        pictures=[row["code"] for row in await _PICTURES.all(product=product_id)],
        stocks=await warehouses.of_product(product_id),
        documents=await documents.of_product(product_id),
        ordered=await _ordered(user, product_id),
        others=[beside[one] for one in kept or alike if one in beside],
        alike=not kept,
        seen=[beside[one] for one in seen if one in beside],
    )


async def _ordered(user: User | None, product_id: int) -> list[Ordered]:
    if user is None or user.company_id is None:
        return []
    rows = await _ORDERED.all(product=product_id, company=user.company_id, limit=ORDERS)
    return [Ordered(row["number"], as_datetime(row["placed_at"]), row["quantity"]) for row in rows]
