"""What is done with order templates: all owners and buyers of a company share them (PRODUCT, Repeat)."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from app import clock
from app.accounts.user import User
from app.catalogue.models import Product
from app.catalogue.prices import discounts_of
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken
from app.i18n import N_
from app.orders.templates import OrderTemplate, OrderTemplateLine
from app.outbox import record
from app.quantities import least

MOST_TEMPLATES = 200  # of a company
MOST_LINES = 200  # of a template

_LOCK = Sql(
    "SELECT id FROM company WHERE id = :company",
    postgres="SELECT id FROM company WHERE id = :company FOR NO KEY UPDATE",
)


class NameTaken(RuleBroken):
    """The company has a template of this name."""


class Wanted(Protocol):
    """A product with its quantity, and its price of today in kopecks."""

    @property
    def product_id(self) -> int: ...
    @property
    def quantity(self) -> int: ...
    @property
    def price(self) -> int: ...


async def save(name: str, wanted: Sequence[Wanted], *, key: str, by: User) -> OrderTemplate:
    """Keeps products under a name, once for each `key`: a repeat of the form returns the template that there is.

    :raises NameTaken: the company has one of this name. RuleBroken: too many templates or lines, or no line at all.
    """
    async with transaction():
        await _LOCK.value(company=by.company)
        saved = await OrderTemplate.get_or_none(key=key, company_id=by.company)
        if saved:
            return saved
        lines = _together(wanted)
        _must_hold(len(lines))
        await _must_be_free(name, by)
        if await OrderTemplate.filter(company_id=by.company).count() >= MOST_TEMPLATES:
            raise RuleBroken("A company keeps at most %(most)s templates: delete one first", most=MOST_TEMPLATES)
        now = clock.now()
        template = await OrderTemplate.create(
            company_id=by.company, author_id=by.id, name=name, key=key, created_at=now, changed_at=now
        )
        for position, line in enumerate(lines, 1):
            line.template_id, line.position = template.id, position
        await OrderTemplateLine.bulk_create(lines)
        await record("order_template.saved", by=by, template=template.id, name=name, lines=len(lines))
        return template


async def change(template: OrderTemplate, name: str, quantities: Mapping[int, int], *, by: User) -> None:
    """Renames a template and sets quantities of its lines, by product id. Raises NameTaken, NotFound."""
    async with transaction():
        template = await _locked(template, by)
        was = template.name
        if name != was:
            await _must_be_free(name, by, but=template.id)
            template.name = name
            await _touch(template)
            await record("order_template.renamed", by=by, template=template.id, was=was, name=name)
        lines = await OrderTemplateLine.filter(template_id=template.id)
        others = [line for line in lines if quantities.get(line.product_id, line.quantity) != line.quantity]
        for line in others:
            line.quantity = quantities[line.product_id]
            await line.save(update_fields=["quantity"])
        if others:
            await _record_change(template, by)


async def remove_line(template: OrderTemplate, product_id: int, *, by: User) -> None:
    """Takes a product out; a template keeps at least one. Raises RuleBroken, NotFound."""
    async with transaction():
        template = await _locked(template, by)
        if await OrderTemplateLine.filter(template_id=template.id).count() == 1:
            raise RuleBroken("The last line cannot be taken out: delete the template instead")
        if await OrderTemplateLine.filter(template_id=template.id, product_id=product_id).delete():
            await _record_change(template, by)


async def add_line(template: OrderTemplate, product_id: int, *, by: User) -> Product:
    """Adds the least quantity of a product; one that is there stays as it is. Raises RuleBroken, NotFound."""
    # long: each rule that may be broken has its words
    product = await Product.get_or_none(id=product_id)
    if product is None:
        raise NotFound
    if product.discontinued_at is not None:
        raise RuleBroken("%(article)s is discontinued and cannot be ordered", article=product.article)
    discounts = await discounts_of(by, [product.id])
    price = discounts.price(
        product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
    )
    if price.on_request:
        raise RuleBroken("%(article)s has its price on request: ask your manager", article=product.article)
    async with transaction():
        template = await _locked(template, by)
        lines = await OrderTemplateLine.filter(template_id=template.id).order_by("-position")
        if product.id in {line.product_id for line in lines}:
            return product
        _must_hold(len(lines) + 1)
        await OrderTemplateLine.create(
            template_id=template.id,
            position=lines[0].position + 1 if lines else 1,
            product_id=product.id,
            quantity=least(product.minimum, product.pack),
            price=price.price,
        )
        await _record_change(template, by)
    return product


async def delete(template: OrderTemplate, *, by: User) -> None:
    """Deletes a template with its lines; a second time changes nothing."""
    async with transaction():
        await _LOCK.value(company=by.company)
        await OrderTemplateLine.filter(template_id=template.id).delete()
        if await OrderTemplate.filter(id=template.id, company_id=by.company).delete():
            await record("order_template.deleted", by=by, name=template.name)


def _together(wanted: Sequence[Wanted]) -> list[OrderTemplateLine]:
    """A line for each product: a replacement may stand beside the same product of another line."""
    lines: dict[int, OrderTemplateLine] = {}
    for one in wanted:
        if one.product_id in lines:
            lines[one.product_id].quantity += one.quantity
        else:
            lines[one.product_id] = OrderTemplateLine(
                product_id=one.product_id, quantity=one.quantity, price=one.price, position=0, template_id=0
            )
    return list(lines.values())


def _must_hold(lines: int) -> None:
    if not lines:
        raise RuleBroken("Nothing is chosen: tick the products that you need")
    if lines > MOST_LINES:
        raise RuleBroken("A template holds at most %(most)s lines", most=MOST_LINES)


async def _must_be_free(name: str, by: User, but: int = 0) -> None:
    names = await OrderTemplate.filter(company_id=by.company).exclude(id=but).values_list("name", flat=True)
    if name.casefold() in {str(one).casefold() for one in names}:
        raise NameTaken(N_("Your company has a template of this name: choose another one"))


async def _locked(template: OrderTemplate, by: User) -> OrderTemplate:
    """The template as it is now, for this transaction alone; raises NotFound when it was deleted meanwhile."""
    await _LOCK.value(company=by.company)
    now = await OrderTemplate.get_or_none(id=template.id, company_id=by.company)
    if now is None:
        raise NotFound
    return now


async def _touch(template: OrderTemplate) -> None:
    template.changed_at = clock.now()
    await template.save(update_fields=["name", "changed_at"])


async def _record_change(template: OrderTemplate, by: User) -> None:
    await _touch(template)
    lines = await OrderTemplateLine.filter(template_id=template.id).count()
    await record("order_template.changed", by=by, template=template.id, name=template.name, lines=lines)
