"""Reading what is to be repeated, against today's products, prices and packs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app import clock, money
from app.accounts.user import User
from app.catalogue.models import Product
from app.catalogue.prices import Discounts, discounts_of
from app.errors import NotFound, RuleBroken
from app.orders.models import Order, OrderLine
from app.orders.templates import OrderTemplate, OrderTemplateLine
from app.quantities import MOST_LINES, largest, least
from app.repeat.draft import Draft, DraftLine, Goods, sums
from app.settings import Settings
from app.vat import vat_rates

MOST_ORDERS = 20  # at once


@dataclass(frozen=True, slots=True)
class Origin:
    """What is repeated: orders by their numbers, or a template by its id."""

    orders: tuple[int, ...] = ()
    template: int | None = None


@dataclass(frozen=True, slots=True)
class Once:
    """A product as it was ordered once: kopecks with VAT for one unit; the order's number, 0 in a template."""

    product_id: int
    price: int
    quantity: int
    order: int


async def draft(user: User, origin: Origin, settings: Settings) -> Draft:
    """The draft that repeats `origin`, at the reader's prices of today. Its form says which old quantities fit.

    :raises NotFound: an order or a template of another company, or nothing at all.
    :raises RuleBroken: more than a form holds.
    """
    if origin.template is not None:
        template = await OrderTemplate.get_or_none(id=origin.template, company_id=user.company)
        if template is None:
            raise NotFound
        rows = await OrderTemplateLine.filter(template_id=template.id).order_by("position", "id")
        once = [Once(row.product_id, row.price, row.quantity, 0) for row in rows]
        return Draft(await _lines(user, once, settings), (), template.id, template.name)
    once = await _ordered(user, origin.orders)
    return Draft(await _lines(user, once, settings), origin.orders, None, "")


async def _ordered(user: User, numbers: Sequence[int]) -> list[Once]:
    """The lines of orders, oldest order first."""
    if len(numbers) > MOST_ORDERS:
        raise RuleBroken("At most %(most)s orders are repeated at once: choose fewer", most=MOST_ORDERS)
    orders = await Order.filter(company_id=user.company, number__in=list(numbers))
    if not orders or len(orders) != len(set(numbers)):
        raise NotFound
    number = {order.id: order.number for order in orders}
    rows = await OrderLine.filter(order_id__in=list(number)).order_by("order_id", "position")
    return [Once(row.product_id, row.price, row.quantity, number[row.order_id]) for row in rows]


async def _lines(user: User, once: Sequence[Once], settings: Settings) -> tuple[DraftLine, ...]:
    by_product: dict[int, list[Once]] = {}
    for one in once:
        by_product.setdefault(one.product_id, []).append(one)
    if len(by_product) > MOST_LINES:
        raise RuleBroken("At most %(most)s products are repeated at once: choose fewer orders", most=MOST_LINES)
    found = await Product.filter(id__in=list(by_product)).select_related("brand", "replacement", "replacement__brand")
    products = {product.id: product for product in found}
    ids = {one.id for product in found for one in (product, product.replacement) if one}
    discounts, today, rates = await discounts_of(user, ids), clock.today(settings.timezone), await vat_rates()
    return tuple(_line(products[number], rows, discounts, today, rates) for number, rows in by_product.items())


def _line(product: Product, rows: Sequence[Once], discounts: Discounts, today: date, rates: money.Rates) -> DraftLine:
    # long: a field a line
    instead = product.replacement if product.discontinued_at and product.replacement else None
    if instead and instead.discontinued_at:
        instead = None
    gone = product.discontinued_at is not None and instead is None
    goods = None if gone else _goods(instead or product, discounts, today, rates)
    on_request = goods is not None and goods.price <= 0
    goods = None if on_request else goods
    quantity, old_sum = sums([(row.price, row.quantity) for row in rows])
    wanted = covering(quantity, minimum=goods.minimum, pack=goods.pack) if goods and instead else quantity
    return DraftLine(
        id=product.id,
        article=product.article,
        name=product.name,
        brand=product.brand.name,
        picture=product.picture,
        old_unit=product.unit,
        old_price=rows[-1].price,
        old_quantity=quantity,
        old_sum=old_sum,
        orders=tuple(sorted({row.order for row in rows if row.order})),
        goods=goods,
        replaced=instead is not None and goods is not None,
        on_request=on_request,
        taken=goods is not None and instead is None,
        quantity=wanted,
    )


def covering(quantity: int, *, minimum: int, pack: int) -> int:
    """The least quantity that may be ordered and is not less than `quantity`."""
    return min(max(-(-quantity // pack) * pack, least(minimum, pack)), largest(pack))


def _goods(product: Product, discounts: Discounts, today: date, rates: money.Rates) -> Goods:
    price = discounts.price(
        product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
    )
    return Goods(
        product_id=product.id,
        article=product.article,
        name=product.name,
        brand=product.brand.name,
        unit=product.unit,
        picture=product.picture,
        pack=product.pack,
        minimum=product.minimum,
        stock=product.stock,
        restock_on=product.restock_on,
        price=price.price,
        price_source=price.source,
        vat_rate=money.vat_rate(product.vat, today, rates),
    )
