"""What was changed in an order of the demo after it was placed: more of a product, a little cheaper."""

from collections.abc import Sequence
from datetime import timedelta

from app.catalogue.models import Product
from app.demo.annals import Letter
from app.demo.deals import Deal
from app.demo.stage import Stage
from app.money import discounted
from app.orders.editing import BY_HAND
from app.orders.models import LineChange, Order, OrderLine

AMENDED = 2068
REASON = "По телефону: нужно вдвое больше, за объём скинула ещё 2 %."


def amend(stage: Stage, deals: Sequence[Deal]) -> None:
    """Changes the first line of the order, and says so to whoever placed it."""
    deal = next(one for one in deals if one.order.number == AMENDED + stage.rows.before.get(Order, 0))
    order, by, at = deal.order, stage.cast.orlova, deal.order.placed_at + timedelta(minutes=24)
    lines = [one for one in stage.rows.of(OrderLine) if one.order_id == order.id]
    was, (change, *_) = order.total, (_change(stage, lines[0]),)
    order.total = sum(one.price * one.quantity for one in lines)
    order.retail_total = sum(one.retail * one.quantity for one in lines)
    told = {name: getattr(change, name) for name in ("article", "unit", "was", "quantity", "price_was", "price")}
    change.author_id, change.at = by.id, at
    subject = stage.annals.subject("заказ", order.number, order.placed_at, "изменение позиций")
    letter = Letter("order_lines_changed", deal.person, subject, REASON, f"/orders/{order.number}")
    data = {"order": order.number, "order_id": order.id, "changes": [told], "reason": REASON}
    totals = {"total_was": was, "total": order.total}
    stage.annals.note("order.lines_changed", at, by, deal.partner, data | totals, [letter])


def _change(stage: Stage, line: OrderLine) -> LineChange:
    product = next(one for one in stage.rows.of(Product) if one.id == line.product_id)
    quantity, discount = line.quantity * 2, line.discount + 200
    price = discounted(line.retail, discount)
    change = stage.rows.add(
        LineChange,
        order_id=line.order_id,
        author_id=0,
        product_id=product.id,
        article=line.article,
        unit=line.unit,
        was=line.quantity,
        quantity=quantity,
        price_was=line.price,
        price=price,
        reason=REASON,
    )
    line.quantity, line.discount, line.price, line.price_source = quantity, discount, price, BY_HAND
    return change
