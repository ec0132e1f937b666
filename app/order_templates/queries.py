"""Reading order templates: the company's list, and one template with its products as they are today."""

from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.user import User
from app.catalogue.filters import printable
from app.catalogue.models import Product
from app.catalogue.search import find
from app.database import Sql, as_datetime
from app.errors import NotFound
from app.orders.templates import OrderTemplate, OrderTemplateLine
from app.quantities import WrongQuantity

FOUND = 8  # products to choose from

_LIST = Sql(
    """
    SELECT t.id, t.name, t.changed_at, p.name AS author,
           (SELECT COUNT(*) FROM order_template_line l WHERE l.template_id = t.id) AS lines
    FROM order_template t JOIN person p ON p.id = t.author_id
    WHERE t.company_id = :company
    ORDER BY t.changed_at DESC, t.id DESC
    """
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A template in the company's list."""

    id: int
    name: str
    author: str
    lines: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of a template; `id` is the product's. `typed` and `error` are set when a quantity does not fit."""

    id: int
    article: str
    name: str
    brand: str
    unit: str
    picture: str
    pack: int
    minimum: int
    stock: int
    restock_on: date | None
    discontinued: bool
    quantity: int
    typed: str = ""
    error: WrongQuantity | None = None


async def listed(user: User, q: str = "") -> list[Listed]:
    """The company's templates, the last changed first; `q` is a part of the name, in any case. At most 200."""
    rows = await _LIST.all(company=user.company)
    found = [row for row in rows if q.casefold() in row["name"].casefold()]
    return [Listed(**{**row, "changed_at": as_datetime(row["changed_at"])}) for row in found]


async def template(user: User, number: int) -> OrderTemplate:
    """A template of the reader's company; raises NotFound."""
    found = await OrderTemplate.get_or_none(id=number, company_id=user.company).select_related("author")
    if found is None:
        raise NotFound
    return found


async def lines(of: OrderTemplate) -> list[TemplateLine]:
    """The lines of a template, in its order."""
    rows = await OrderTemplateLine.filter(template_id=of.id).order_by("position", "id")
    found = await Product.filter(id__in=[row.product_id for row in rows]).select_related("brand")
    products = {product.id: product for product in found}
    return [_line(products[row.product_id], row.quantity) for row in rows]


async def found_products(typed: str, user: User) -> list[Product]:
    """Products that a search in the catalogue finds, at most FOUND of them, best first."""
    ids = (await find(printable(typed), company=user.company, sold=True, limit=FOUND)).ids
    products = {one.id: one for one in await Product.filter(id__in=ids).select_related("brand")} if ids else {}
    return [products[one] for one in ids if one in products]


def _line(product: Product, quantity: int) -> TemplateLine:
    return TemplateLine(
        id=product.id,
        article=product.article,
        name=product.name,
        brand=product.brand.name,
        unit=product.unit,
        picture=product.picture,
        pack=product.pack,
        minimum=product.minimum,
        stock=product.stock,
        restock_on=product.restock_on,
        discontinued=product.discontinued_at is not None,
        quantity=quantity,
    )
