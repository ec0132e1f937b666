"""What 1C says of orders: lines, payment, shipment, status. The orders' own actions do it, and so the partner is told.

An order only goes on: what 1C says of an earlier step, or says again, changes nothing. What comes back is not sent out
again: an order that 1C had taken stays taken as it is now. Since version 3.1 payments and shipments are documents of
their own, based on an order: they move it on, and nothing else.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any

from app.accounts.models import Person, Role
from app.accounts.user import User
from app.database import transaction
from app.errors import RuleBroken
from app.exchange import finding, lines_in, statuses
from app.exchange.items import Document
from app.exchange.models import ExchangedOrder
from app.exchange.orders_out import mark
from app.exchange.telling import Refusal
from app.exchange.work import Work
from app.i18n import N_, gettext, speaking
from app.orders import actions
from app.orders.models import Order, Status
from app.outbox import record

TRUE = ("true", "1", "да", "истина")
FALSE = ("false", "0", "нет", "ложь")
ORDERS = ("", "заказ товара")
PAPERS = {  # by operation: which step of the order it is
    "выплата безналичных денег": Status.PAID,
    "выплата наличных денег": Status.PAID,
    "эквайринговая операция": Status.PAID,
    "отпуск товара": Status.SHIPPED,
}
_FIELDS = {Status.PAID: ("payment", "paid_on"), Status.SHIPPED: ("shipment", "shipped_on")}
Step = Callable[[Work, Order, Document, User], Awaitable[bool]]


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
    by, operation = acting(work.connection.person), _operation(document)
    if operation in ORDERS:
        await _apply(work, document, await finding.order_of(work, document), (lines_in.change, _papers, _status), by)
    elif operation in PAPERS:
        await _apply(work, document, await finding.base_of(work, document), (_paper, _move), by)
    else:
        told = N_("documents «%(operation)s» are passed over: orders, payments and shipments are read")
        work.trouble(document.line, told, once=f"operation {operation}", operation=document.operation[:60])


async def _apply(work: Work, document: Document, order: Order | None, steps: Sequence[Step], by: User) -> None:
    if order is None:
        _tell_unknown(work, document)
        return
    before = await mark(order.id)
    known = await ExchangedOrder.get_or_none(connection_id=work.connection.id, order_id=order.id)
    taken = bool(known and known.taken and known.taken == before)
    changed = False
    for step in steps:
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


def _tell_unknown(work: Work, document: Document) -> None:
    number = document.number[:40]
    if _operation(document) in ORDERS:
        work.trouble(document.line, N_("the site has no order № %(number)s: it is passed over"), number=number)
        return
    told = N_("«%(operation)s» № %(number)s: the site has no order «%(order)s», it is passed over")
    if not document.based_on:
        told = N_("«%(operation)s» № %(number)s does not say of which order it is (Основание): it is passed over")
    values = {"operation": document.operation[:60], "order": document.based_on[:50]}
    work.trouble(document.line, told, number=number, **values)


async def _papers(work: Work, order: Order, document: Document, by: User) -> bool:
    """Keeps the numbers of the order, its payment and its shipment in 1C, as the requisites of the order have them."""
    said = {
        "number": _requisite(document, "Номер по 1С"),
        "payment": _requisite(document, "Номер оплаты по 1С"),
        "paid_on": _day(_requisite(document, "Дата оплаты по 1С")),
        "shipment": _requisite(document, "Номер отгрузки по 1С"),
        "shipped_on": _day(_requisite(document, "Дата отгрузки по 1С")),
    }
    return await _keep(work, order, said, by)


async def _paper(work: Work, order: Order, document: Document, by: User) -> bool:
    """Keeps the number and the day of a payment or a shipment that is a document of its own."""
    name, day = _FIELDS[PAPERS[_operation(document)]]
    number = " ".join(document.number.split())[:50]
    if not _is_void(document):
        return await _keep(work, order, {name: number, day: _day(document.day)}, by)
    if (
        number
        and await ExchangedOrder.filter(connection_id=work.connection.id, order_id=order.id, **{name: number}).exists()
    ):
        told = N_("order № %(order)s: «%(operation)s» № %(number)s does not count in 1C any more: the order stays")
        values = {"order": str(order.number), "operation": document.operation[:60]}
        work.trouble(document.line, told, number=number, **values)
    return False


async def _keep(work: Work, order: Order, said: Mapping[str, Any], by: User) -> bool:
    """Writes down what is new; it stands on the page of the order."""
    async with transaction():
        kept, _made = await ExchangedOrder.get_or_create(connection_id=work.connection.id, order_id=order.id)
        new = {name: value for name, value in _latest(kept, said).items() if value and getattr(kept, name) != value}
        if not new:
            return False
        was = {name: _plain(getattr(kept, name)) for name in new}
        await ExchangedOrder.filter(id=kept.id).update(**new)
        if set(new) != {"number"}:
            names = [name for pair in _FIELDS.values() for name in pair]
            told = {name: _plain(new.get(name, getattr(kept, name))) for name in names}
            event = {"order": order.number, "order_id": order.id, "was": was}
            await record("order.papers_set", by=by, company=order.company_id, **event, **told)
    return True


def _latest(kept: ExchangedOrder, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, without papers that are older than the kept ones: of several the last is shown."""
    new = dict(said)
    for name, day in _FIELDS.values():
        number, when = said.get(name), said.get(day)
        there, since = getattr(kept, name), getattr(kept, day)
        if number and there and number != there and when and since and (when, number) < (since, there):
            del new[name], new[day]
    return new


async def _move(_work: Work, order: Order, document: Document, by: User) -> bool:
    """Moves the order on to the step that a payment or a shipment is. Raises RuleBroken."""
    return not _is_void(document) and await actions.advance(order, PAPERS[_operation(document)], by=by)


async def _status(work: Work, order: Order, document: Document, by: User) -> bool:
    """Moves the order on to the furthest step that the document tells of. Raises RuleBroken."""
    order = await Order.get(id=order.id)
    named = await _named(work, document)
    if document.deleted or _is_cancelled(document) or named is Status.CANCELLED:
        return await actions.advance(order, Status.CANCELLED, by=by)
    said = [named]
    if (
        _requisite(document, "Номер оплаты по 1С")
        or _is_true(document, "Оплачен")
        or _is_true(document, "Заказ оплачен")
    ):
        said.append(Status.PAID)
    if _requisite(document, "Номер отгрузки по 1С") or _is_true(document, "Отгружен"):
        said.append(Status.SHIPPED)
    later = [one for one in said if one and order.status.comes_before(one)]
    if not later:
        return False
    furthest = max(later, key=list(Status).index)
    return await actions.advance(order, furthest, by=by)


async def _named(work: Work, document: Document) -> Status | None:
    """The step that 1C's own word is here; one that nobody knows is told."""
    text = _requisite(document, "Статус заказа")
    word = statuses.word_of(text)
    code = await statuses.code_of(work.connection.id, text) if word else statuses.IGNORED
    if code is None:
        told = N_("the status «%(status)s» is unknown: say on the page of the connection what it is here")
        work.trouble(document.line, told, once=f"status {statuses.plain(text)}", status=word)
        return None
    return statuses.CODES.get(code)


def _operation(document: Document) -> str:
    return " ".join(document.operation.split()).casefold()


def _is_void(document: Document) -> bool:
    """Whether a paper does not count: it is marked as deleted, cancelled, or a draft."""
    posted = (document.requisites.get("Проведен") or document.requisites.get("Проведён") or "").strip().casefold()
    return document.deleted or _is_cancelled(document) or posted in FALSE


def _is_cancelled(document: Document) -> bool:
    return _is_true(document, "Отменен") or _is_true(document, "Отменён")


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
