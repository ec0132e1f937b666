"""Reading an order to edit its lines: as they are, what is to be added, and what others have changed meanwhile."""

from collections.abc import Collection
from dataclasses import dataclass

from app.catalogue.models import Product
from app.catalogue.prices import Discounts, discounts_of_company
from app.catalogue.search import find
from app.database import Sql, as_datetime
from app.orders.editing import last_change
from app.orders.models import Order, OrderLine
from app.orders.rows import Changed
from app.presentations.terms import Terms
from app.quantities import least

FOUND = 10
_MEANWHILE = Sql(
    """
    SELECT h.article, h.unit, h.was, h.quantity, h.price_was, h.price, h.reason, h.at, p.name AS author
    FROM order_line_change h JOIN person p ON p.id = h.author_id
    WHERE h.order_id = :order AND h.id > :seen ORDER BY h.id
    """
)


@dataclass(frozen=True, slots=True)
class EditLine:
    """A line as it is now, with what its product asks of a quantity; kopecks with VAT, discount in basis points."""

    id: int
    product_id: int
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    minimum: int
    retail: int
    kept: Terms
    discontinued: bool
    replacement: int | None
    replacement_article: str


@dataclass(frozen=True, slots=True)
class Goods:
    """A product that can be added; `price` is the company's own, `quantity` the least that may be ordered."""

    id: int
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    minimum: int
    retail: int
    price: int
    discount: int
    stock: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Editing:
    """An order's lines while they are edited. `seen` is the last change of them, see app.orders.editing.Changes."""

    number: int
    company_id: int
    company: str
    seen: int
    lines: tuple[EditLine, ...]
    added: tuple[Goods, ...]


async def editing(order: Order, added: Collection[int] = ()) -> Editing:
    """An order's lines, and the products that are about to be added."""
    rows = await OrderLine.filter(order_id=order.id).order_by("position").select_related("product__replacement")
    return Editing(
        number=order.number,
        company_id=order.company_id,
        company=(await order.company).name,
        seen=await last_change(order.id),
        lines=tuple(_line(row) for row in rows),
        added=tuple(await _goods(list(added), order.company_id)),
    )


async def found(text: str, company_id: int) -> list[Goods]:
    """Products that a search in the catalogue finds, at the company's prices outside of presentations."""
    ids = (await find(text, company=company_id, sold=True, limit=FOUND)).ids
    goods = {one.id: one for one in await _goods(list(ids), company_id)}
    return [goods[one] for one in ids if one in goods]


async def meanwhile(order_id: int, seen: int) -> list[Changed]:
    """What was changed in the lines after the change `seen`."""
    rows = await _MEANWHILE.all(order=order_id, seen=seen)
    return [Changed(**{**row, "at": as_datetime(row["at"])}) for row in rows]


async def _goods(ids: list[int], company_id: int) -> list[Goods]:
    if not ids:
        return []
    discounts = await discounts_of_company(company_id, ids)
    products = await Product.filter(id__in=ids).select_related("brand").order_by("article", "id")
    return [_one(product, discounts) for product in products]


def _one(product: Product, discounts: Discounts) -> Goods:
    price = discounts.price(
        product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
    )
    names = ("id", "article", "name", "unit", "pack", "minimum", "retail", "stock")
    return Goods(
        **{name: getattr(product, name) for name in names},
        brand=product.brand.name,
        price=price.price,
        discount=price.discount,
        quantity=least(product.minimum, product.pack),
    )


def _line(row: OrderLine) -> EditLine:
    product = row.product
    instead = product.replacement if product.discontinued_at and product.replacement else None
    usable = instead is not None and instead.discontinued_at is None
    return EditLine(
        **{name: getattr(row, name) for name in ("id", "product_id", "article", "name", "brand", "unit", "retail")},
        pack=product.pack,
        minimum=product.minimum,
        kept=Terms(row.price, row.discount, row.quantity),
        discontinued=product.discontinued_at is not None,
        replacement=instead.id if instead and usable else None,
        replacement_article=instead.article if instead and usable else "",
    )
