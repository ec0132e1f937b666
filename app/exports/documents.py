"""Orders and presentations as workbooks: what their pages show of prices and quantities, and nothing of staff's."""

import asyncio
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from app.accounts.user import User
from app.exports.files import Column, Head, Workbook
from app.i18n import gettext as _
from app.money import percent
from app.orders.rows import Sheet as Order
from app.presentations.sheet import Sheet as Presentation
from app.web.labels import label


async def order_workbook(order: Order, user: User) -> bytes:
    """An order as it is now. Times are in the reader's zone."""
    # long: a line for each row of the head
    words = {"number": order.number, "day": f"{order.placed_at.astimezone(user.zone):%d.%m.%Y}"}
    delivery = ", ".join(part for part in (label("delivery", order.delivery), order.carrier, order.address) if part)
    payer = f"{order.payer_name}, {_('INN')} {order.payer_inn}" if order.payer_inn else order.payer_name
    above = [
        _("Order No. %(number)s of %(day)s") % words,
        f"{_('Status')}: {label('status', order.status)}",
        f"{_('Payer')}: {payer}",
        f"{_('Contact')}: {order.contact_name}, {order.contact_phone}, {order.contact_email}",
        f"{_('Delivery')}: {delivery}",
    ]
    below = [(_("Saving"), order.saving)] if order.saving else []
    for row in order.vat_rows:
        without = row.rate is None
        name = _("Without VAT") if without else _("Including VAT %(rate)s") % {"rate": percent((row.rate or 0) * 100)}
        below.append((name, row.sum if without else row.vat))
    lines = [
        [
            str(number),
            *(line.article, line.name, line.brand, line.unit, line.quantity),
            *(line.retail, line.discount, line.price, line.vat_rate, line.sum),
        ]
        for number, line in enumerate(order.lines, 1)
    ]
    head = Head(above[0], _columns(), _("Without VAT"), above, [*below, (_("Total"), order.total)])
    return await asyncio.to_thread(_written, head, lines)


async def presentation_workbook(offer: Presentation) -> bytes:
    """A presentation with the quantities that its reader chose; what is discontinued costs nothing."""
    words = {"number": offer.number, "title": offer.title, "version": offer.version}
    above = [
        _("Presentation No. %(number)s, version %(version)s: %(title)s") % words,
        _("Prices hold until %(day)s inclusive") % {"day": f"{offer.valid_until:%d.%m.%Y}"},
        f"{_('Manager')}: {offer.author}, {offer.author_phone}".rstrip(", "),
    ]
    if not offer.open:
        above[1] = _("The prices of this version hold no more")
    lines = [
        [
            str(line.position),
            *(line.article, line.name, line.brand, line.unit, line.quantity if line.counts else 0),
            *(line.retail, line.discount, line.price, line.vat_rate, line.sum if line.counts else 0),
            _("discontinued") if line.discontinued else line.remark,
        ]
        for line in offer.lines
    ]
    columns = [*_columns(), Column(_("Note"), "text", 30)]
    below = [(_("Saving"), offer.saving)] if offer.saving else []
    head = Head(above[0], columns, _("Without VAT"), above, [*below, (_("Total"), offer.total)])
    return await asyncio.to_thread(_written, head, lines)


def _columns() -> list[Column]:
    return [
        Column("№", "text", 6),
        Column(_("Article"), "text", 24),
        Column(_("Name"), "text", 50),
        Column(_("Brand"), "text", 16),
        Column(_("Unit"), "text", 7),
        Column(_("Quantity"), "whole", 11),
        Column(_("Retail price") + ", ₽", "money", 13),
        Column(_("Discount") + ", %", "percent", 9),
        Column(_("Price with discount") + ", ₽", "money", 13),
        Column(_("VAT rate"), "vat", 10),
        Column(_("Sum") + ", ₽", "money", 14),
    ]


def _written(head: Head, lines: Sequence[Sequence[Any]]) -> bytes:
    to = BytesIO()
    book = Workbook(to, head)
    for line in lines:
        book.put(line)
    book.close()
    return to.getvalue()
