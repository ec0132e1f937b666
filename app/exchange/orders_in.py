"""What 1C says of orders: lines, payment, shipment, status. The orders' own actions do it, and so the partner is told.

An order only goes on: what 1C says of an earlier step, or says again, changes nothing. What comes back is not sent out
again: an order that 1C had taken stays taken as it is now.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app import money
from app.accounts.models import Person, Role
from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import RuleBroken
from app.exchange.items import Document, DocumentLine
from app.exchange.models import Connection, ExchangedOrder
from app.exchange.offers import number
from app.exchange.orders_out import mark, status_of
from app.exchange.telling import Refusal
from app.exchange.work import Work
from app.i18n import N_, gettext, speaking
from app.orders import actions
from app.orders.editing import Changes, change_lines, last_change
from app.orders.models import Order, OrderLine, Status
from app.outbox import record
from app.presentations.terms import Terms

TRUE = ("true", "1", "да", "истина")
REASON = N_("Changed in 1C")
_PRODUCT = Sql(
    """
    SELECT k.guid, k.object_id FROM external_key k
    WHERE k.connection_id = :connection AND k.kind = 'product' AND k.guid IN :guids
    """
)


def acting(person: Person) -> User:
    """The administrator in whose name a connection changes orders. Raises Refusal for one who has left."""
    if person.blocked_at is not None or person.role != Role.ADMINISTRATOR:
        raise Refusal(N_("%(name)s, in whose name orders are changed, is no administrator any more"), name=person.name)
    same: dict[str, Any] = {
        name: getattr(person, name) for name in ("id", "name", "login", "email", "phone", "timezone", "language")
    }
    nobodys: dict[str, Any] = {"company_id": None, "company_name": "", "company_city": "", "company_inn": ""}
    return User(**same, **nobodys, role=Role.ADMINISTRATOR, default_discount=0, manager=None)


async def apply(work: Work, document: Document) -> None:
    """Does what one document says. What a rule forbids is told, and the rest of the file goes on."""
    by = acting(work.connection.person)
    order = await _order(document)
    if order is None:
        work.trouble(
            document.line, N_("the site has no order № %(number)s: it is passed over"), number=document.number[:40]
        )
        return
    before = await mark(order.id)
    known = await ExchangedOrder.get_or_none(connection_id=work.connection.id, order_id=order.id)
    taken = bool(known and known.taken and known.taken == before)
    changed = False
    for step in (_lines, _papers, _status):
        try:
            changed = await step(work, order, document, by) or changed
        except RuleBroken as broken:
            with speaking("ru"):
                text = gettext(broken.message) % broken.values if broken.values else gettext(broken.message)
            told = N_("order № %(number)s: %(text)s")
            work.trouble(document.line, told, number=str(order.number), text=text)
    work.counts["orders" if changed else "orders_same"] += 1
    if taken and changed:
        await ExchangedOrder.filter(connection_id=work.connection.id, order_id=order.id).update(
            taken=await mark(order.id)
        )


async def _order(document: Document) -> Order | None:
    """The order of the site that a document is: by the number that the site gave it."""
    for text in (document.guid, document.number):
        if re.fullmatch(r"[0-9]{1,9}", text, re.ASCII):
            found = await Order.get_or_none(number=int(text))
            if found:
                return found
    return None


async def _lines(work: Work, order: Order, document: Document, by: User) -> bool:
    """Changes quantities and prices, takes lines out and adds others. Raises RuleBroken."""
    if not document.lines:
        return False
    goods = [one for one in document.lines if not one.service]
    products = await _products(work.connection, goods)
    wanted = _wanted(work, document, goods, products)
    if wanted is None:
        return False
    order = await Order.get(id=order.id)
    there = await OrderLine.filter(order_id=order.id).order_by("position")
    changes = _changes(there, wanted, await last_change(order.id))
    if changes is None:
        return False
    order.must_be_unshipped()
    await change_lines(order, changes, by=by, settings=work.settings)
    return True


def _changes(there: Sequence[OrderLine], wanted: Mapping[int, tuple[int, int]], seen: int) -> Changes | None:
    """How the lines become what 1C has: quantities and prices by product; None: they are that already.

    Of two lines of one product the first takes the quantity of both, as long as that is not theirs already.
    """
    mine: dict[int, list[OrderLine]] = {}
    for line in there:
        mine.setdefault(line.product_id, []).append(line)
    terms: dict[int, Terms] = {}
    removed: set[int] = set()
    for product_id, lines in mine.items():
        if product_id not in wanted:
            removed |= {line.id for line in lines}
            continue
        quantity, price = wanted[product_id]
        if sum(line.quantity for line in lines) == quantity and (len(lines) > 1 or lines[0].price == price):
            continue
        first = lines[0]
        discount = first.discount if price == first.price else money.discount_of(first.retail, price)
        terms[first.id] = Terms(price, discount, quantity)
        removed |= {line.id for line in lines[1:]}
    added = {one: wanted[one][0] for one in wanted if one not in mine}
    if not (terms or removed or added):
        return None
    with speaking("ru"):
        reason = gettext(REASON)
    return Changes(reason, seen, terms, frozenset(removed), added, {one: wanted[one][1] for one in added})


def _wanted(
    work: Work, document: Document, lines: Sequence[DocumentLine], products: Mapping[str, int]
) -> dict[int, tuple[int, int]] | None:
    """Quantities and prices (kopecks) by product; None, with a word, when a line cannot be read."""
    wanted: dict[int, tuple[int, int]] = {}
    for line in lines:
        product_id, quantity, total = products.get(line.guid), number(line.quantity), number(line.total)
        price = number(line.price)
        if product_id is None or not quantity or quantity < 0 or quantity != int(quantity):
            work.trouble(
                document.line,
                N_("order № %(number)s: the line «%(name)s» cannot be read, so its lines stay as they are"),
                number=document.number[:40],
                name=line.name[:80],
            )
            return None
        each = money.rounded(total * 100 / quantity) if total else money.rounded((price or Decimal(0)) * 100)
        before = wanted.get(product_id, (0, each))
        wanted[product_id] = (before[0] + int(quantity), each)
    return wanted or None


async def _products(connection: Connection, lines: Sequence[DocumentLine]) -> dict[str, int]:
    """Products by the keys in lines: of 1C, or the ones that the site gave to what has none."""
    guids = sorted({line.guid for line in lines})
    found = {row["guid"]: int(row["object_id"]) for row in await _PRODUCT.all(connection=connection.id, guids=guids)}
    own = {guid: re.fullmatch(r"kabinet-([0-9]{1,9})", guid, re.ASCII) for guid in guids}
    found |= {guid: int(one[1]) for guid, one in own.items() if one and guid not in found}
    bases = [guid for guid in guids if guid.endswith("#")]
    return found | {guid: found[guid[:-1]] for guid in bases if guid[:-1] in found}


async def _papers(work: Work, order: Order, document: Document, by: User) -> bool:
    """Keeps the numbers of the order, its payment and its shipment in 1C; they stand on the page of the order."""
    said = {
        "number": _requisite(document, "Номер по 1С"),
        "payment": _requisite(document, "Номер оплаты по 1С"),
        "paid_on": _day(_requisite(document, "Дата оплаты по 1С")),
        "shipment": _requisite(document, "Номер отгрузки по 1С"),
        "shipped_on": _day(_requisite(document, "Дата отгрузки по 1С")),
    }
    async with transaction():
        kept, _made = await ExchangedOrder.get_or_create(connection_id=work.connection.id, order_id=order.id)
        new = {name: value for name, value in said.items() if value and getattr(kept, name) != value}
        if not new:
            return False
        was = {name: _plain(getattr(kept, name)) for name in new}
        await ExchangedOrder.filter(id=kept.id).update(**new)
        if set(new) != {"number"}:
            told = {name: _plain(said[name] or getattr(kept, name)) for name in said if name != "number"}
            event = {"order": order.number, "order_id": order.id, "was": was}
            await record("order.papers_set", by=by, company=order.company_id, **event, **told)
    return True


async def _status(work: Work, order: Order, document: Document, by: User) -> bool:
    """Moves the order on to the furthest step that the document tells of. Raises RuleBroken."""
    order = await Order.get(id=order.id)
    if document.deleted or _is_true(document, "Отменен") or _is_true(document, "Отменён"):
        return await actions.advance(order, Status.CANCELLED, by=by)
    said = [status_of(_requisite(document, "Статус заказа"))]
    if (
        _requisite(document, "Номер оплаты по 1С")
        or _is_true(document, "Оплачен")
        or _is_true(document, "Заказ оплачен")
    ):
        said.append(Status.PAID)
    if _requisite(document, "Номер отгрузки по 1С") or _is_true(document, "Отгружен"):
        said.append(Status.SHIPPED)
    if said[0] is Status.CANCELLED:
        return await actions.advance(order, Status.CANCELLED, by=by)
    later = [one for one in said if one and order.status.comes_before(one)]
    if not later:
        return False
    furthest = max(later, key=list(Status).index)
    return await actions.advance(order, furthest, by=by)


def _requisite(document: Document, name: str) -> str:
    return " ".join(document.requisites.get(name, "").split())[:50]


def _is_true(document: Document, name: str) -> bool:
    return document.requisites.get(name, "").strip().casefold() in TRUE


def _day(text: str) -> date | None:
    """A day of «2017-08-04T12:22:01» or «04.08.2017»; None for what is none."""
    found = re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text, re.ASCII)
    turned = re.match(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4})", text, re.ASCII)
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        return date(int(turned[3]), int(turned[2]), int(turned[1])) if turned else None
    except ValueError:
        return None


def _plain(value: Any) -> str | None:
    """As the history keeps it."""
    return value.isoformat() if isinstance(value, date) else value or None
