"""What a manager changes in the lines of a placed order before it is shipped; the partner sees old and new."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app import clock, money
from app.accounts.models import Person, Role
from app.accounts.user import User
from app.catalogue.models import Product
from app.catalogue.prices import Discounts, Price, discounts_of_company
from app.database import transaction
from app.errors import RuleBroken
from app.orders import words
from app.orders.handing import locked
from app.orders.models import LineChange, Order, OrderLine
from app.outbox import record
from app.presentations.terms import Terms
from app.quantities import MOST_LINES, WrongQuantity, must_fit
from app.settings import Settings
from app.vat import vat_rates

BY_HAND = "manager"  # the source of a price that a manager has set in the order


class LinesChanged(RuleBroken):
    """Somebody has changed the order since its lines were shown (or shipped, or closed it)."""

    def __init__(self) -> None:
        super().__init__("The lines have changed meanwhile. Nothing is saved yet: look at both and save again")


@dataclass(frozen=True, slots=True)
class Changes:
    """New terms by line id, ids of lines to take out, quantities of products to add by their ids, and the reason.

    `seen` is the id of the last change that the manager has seen, 0 for none. `prices` (kopecks) are of products to
    add that cost something else than the company pays today.
    """

    reason: str
    seen: int
    terms: Mapping[int, Terms] = field(default_factory=dict)
    removed: frozenset[int] = frozenset()
    added: Mapping[int, int] = field(default_factory=dict)
    prices: Mapping[int, int] = field(default_factory=dict)


async def last_change(order_id: int) -> int:
    """The id of the last change of the lines, 0 for none."""
    last = await LineChange.filter(order_id=order_id).order_by("-id").first()
    return last.id if last else 0


async def change_lines(order: Order, changes: Changes, *, by: User, settings: Settings) -> None:
    """Changes lines and totals and tells what was and what is; the same form sent twice is one change.

    :raises LinesChanged: the manager has not seen the lines as they are. RuleBroken: it is shipped or nobody's, nothing
        is changed or left, a product cannot be ordered so, or a discount is past the manager's limit.
    """
    async with transaction():
        order = await locked(order.id)
        order.must_have_manager()
        order.must_be_unshipped()
        if await last_change(order.id) != changes.seen:
            await _must_be_as_wanted(order.id, changes, by)
            return
        limit = await _Limit.of(by)
        told = await _change(order, changes, limit)
        told += await _add(order, changes, settings)
        if not told:
            raise RuleBroken("Nothing is changed: there is nothing to save")
        was = await write_changes(order, told, changes.reason, by=by)
        await _tell(order, told, changes.reason, was, by=by)


async def write_changes(order: Order, told: list[LineChange], reason: str, *, by: User) -> int:
    """Writes the new totals and what was changed in the lines. :return: the total before, in kopecks."""
    was: int = order.total
    lines = await OrderLine.filter(order_id=order.id)
    order.total = sum(line.price * line.quantity for line in lines)
    order.retail_total = sum(line.retail * line.quantity for line in lines)
    await order.save(update_fields=["total", "retail_total"])
    for change in told:
        change.order_id, change.author_id, change.at, change.reason = order.id, by.id, clock.now(), reason
    await LineChange.bulk_create(told)
    await words.index_products(order.id)
    return was


async def _tell(order: Order, told: list[LineChange], reason: str, was: int, *, by: User) -> None:
    names = ("article", "unit", "was", "quantity", "price_was", "price")
    changed = [{name: getattr(change, name) for name in names} for change in told]
    event = {"order": order.number, "order_id": order.id, "changes": changed, "reason": reason}
    await record("order.lines_changed", by=by, company=order.company_id, **event, total_was=was, total=order.total)


async def _must_be_as_wanted(order_id: int, changes: Changes, by: User) -> None:
    """Raises LinesChanged unless the lines are what the form wants already: it was sent twice."""
    after = await LineChange.filter(order_id=order_id, id__gt=changes.seen).order_by("id")
    lines = await OrderLine.filter(order_id=order_id)
    same = all(_terms(line) == changes.terms.get(line.id, _terms(line)) for line in lines)
    there = {(line.product_id, line.quantity) for line in lines}
    added = all(one in there for one in changes.added.items())
    gone = not any(line.id in changes.removed for line in lines)
    if not (same and added and gone and all(one.author_id == by.id for one in after)):
        raise LinesChanged


@dataclass(frozen=True, slots=True)
class _Limit:
    """The largest discount that somebody may set, in basis points (None: any), and who may set more."""

    most: int | None
    administrators: str = ""

    @classmethod
    async def of(cls, user: User) -> "_Limit":
        most = (await Person.get(id=user.id)).discount_limit
        if user.is_administrator or most is None:
            return cls(None)
        names = Person.filter(role=Role.ADMINISTRATOR, blocked_at=None).order_by("name").values_list("name", flat=True)
        return cls(most, ", ".join(str(name) for name in await names))

    def must_allow(self, line: OrderLine, discount: int) -> None:
        """Raises RuleBroken for a discount past the limit; what the line has already may stay, or become less."""
        if self.most is not None and discount > max(self.most, line.discount):
            raise RuleBroken(
                "%(article)s: a discount of %(discount)s is past your limit of %(most)s. Ask: %(who)s",
                article=line.article,
                discount=money.percent(discount),
                most=money.percent(self.most),
                who=self.administrators,
            )


async def _change(order: Order, changes: Changes, limit: _Limit) -> list[LineChange]:
    """Writes new terms and takes lines out. Raises RuleBroken when no line would be left."""
    lines = await OrderLine.filter(order_id=order.id).order_by("position").select_related("product")
    if not changes.added and all(line.id in changes.removed for line in lines):
        raise RuleBroken("An order has at least one line: cancel the order instead")
    told = []
    for line in lines:
        terms = changes.terms.get(line.id, _terms(line))
        if line.id in changes.removed:
            told.append(_told(line, quantity=None, price=None))
            await line.delete()
        elif terms != _terms(line):
            told.append(_told(line, quantity=terms.quantity, price=terms.price))
            await _set(line, terms, limit)
    return told


async def _set(line: OrderLine, terms: Terms, limit: _Limit) -> None:
    if terms.quantity != line.quantity:
        _must_fit(line.product, terms.quantity)
    if (terms.price, terms.discount) != (line.price, line.discount):
        limit.must_allow(line, terms.discount)
        line.price_source, line.rate, line.rate_on = BY_HAND, None, None
    line.quantity, line.price, line.discount = terms.quantity, terms.price, terms.discount
    await line.save(update_fields=["quantity", "price", "discount", "price_source", "rate", "rate_on"])


async def _add(order: Order, changes: Changes, settings: Settings) -> list[LineChange]:
    """Adds products at the end, at the prices that the company has today outside of presentations."""
    if not changes.added:
        return []
    lines = await OrderLine.filter(order_id=order.id).order_by("-position")
    if len(lines) + len(changes.added) > MOST_LINES:
        raise RuleBroken("An order has at most %(most)s lines", most=MOST_LINES)
    position = lines[0].position if lines else 0
    discounts, rates = await discounts_of_company(order.company_id, changes.added), await vat_rates()
    today = clock.today(settings.timezone)
    told = []
    for product in await Product.filter(id__in=list(changes.added)).select_related("brand").order_by("article", "id"):
        quantity = changes.added[product.id]
        if product.discontinued_at is not None:
            raise RuleBroken("%(article)s is discontinued and cannot be ordered", article=product.article)
        _must_fit(product, quantity)
        price = _price(product, discounts, changes.prices.get(product.id))
        if price.on_request:
            raise RuleBroken("%(article)s has its price on request: it cannot be added yet", article=product.article)
        position += 1
        line = _new_line(order, product, position, quantity, price, money.vat_rate(product.vat, today, rates))
        await line.save()
        told.append(_told(line, quantity=quantity, price=price.price, new=True))
    return told


def _price(product: Product, discounts: Discounts, agreed: int | None) -> Price:
    """What a product costs the company today, or (kopecks) what was agreed upon instead."""
    today = discounts.price(
        product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
    )
    if agreed in (None, today.price):
        return today
    return Price(agreed or 0, money.discount_of(product.retail, agreed or 0), BY_HAND)  # type: ignore[arg-type]


def _new_line(
    order: Order, product: Product, position: int, quantity: int, price: Price, vat_rate: int | None
) -> OrderLine:
    return OrderLine(
        order_id=order.id,
        position=position,
        product_id=product.id,
        **{name: getattr(product, name) for name in ("article", "name", "unit", "picture")},
        retail=product.retail or price.price,
        brand=product.brand.name,
        quantity=quantity,
        discount=price.discount,
        price=price.price,
        price_source=price.source,
        rate=price.rate,
        rate_on=price.rate_on,
        vat_rate=vat_rate,
    )


def _must_fit(product: Product, quantity: int) -> None:
    try:
        must_fit(quantity, minimum=product.minimum, pack=product.pack, unit=product.unit)
    except WrongQuantity as wrong:
        raise RuleBroken("%(article)s: %(wrong)s", article=product.article, wrong=wrong.text) from None


def _terms(line: OrderLine) -> Terms:
    return Terms(line.price, line.discount, line.quantity)


def _told(line: OrderLine, *, quantity: int | None, price: int | None, new: bool = False) -> LineChange:
    return LineChange(
        product_id=line.product_id,
        article=line.article,
        unit=line.unit,
        was=None if new else line.quantity,
        quantity=quantity,
        price_was=None if new else line.price,
        price=price,
    )
