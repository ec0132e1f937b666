"""Orders for 1C: those that it has not taken yet as they are, in the encoding and the form that the connection asks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from xml.sax.saxutils import escape

from app import clock, money
from app.database import Sql, as_datetime, transaction
from app.database.rows import as_rows, over_rows
from app.exchange.models import Connection, Encoding, Exchange
from app.orders.models import Delivery, Status
from app.settings import Settings

MOST = 200  # orders at once; the others come with the next exchange
STATUSES = {
    Status.NEW: "Новый",
    Status.IN_WORK: "В работе",
    Status.INVOICED: "Счёт выставлен",
    Status.PAID: "Оплачен",
    Status.PICKING: "Собирается",
    Status.SHIPPED: "Отгружен",
    Status.DONE: "Выполнен",
    Status.CANCELLED: "Отменён",
}
_DELIVERIES = {Delivery.PICKUP: "Самовывоз", Delivery.ADDRESS: "Доставка по адресу", Delivery.CARRIER: "ТК"}
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKED = """
    SELECT o.id, CAST(COALESCE((SELECT MAX(s.id) FROM order_status_change s WHERE s.order_id = o.id), 0) AS text) || '.'
        || CAST(COALESCE((SELECT MAX(h.id) FROM order_line_change h WHERE h.order_id = o.id), 0) AS text) AS mark
    FROM orders o WHERE {which}
"""
_MARK = Sql(_MARKED.format(which="o.id = :order"))
_DUE = Sql(
    f"""
    SELECT d.mark, o.id, o.number, o.status, o.placed_at, o.total, o.contact_name, o.contact_phone, o.contact_email,
           o.payer_name, o.payer_inn, o.delivery, o.carrier, o.address, o.comment, c.id AS company_id,
           c.name AS company, c.inn, c.kpp, c.legal_address, c.actual_address, c.bank, c.bik, c.bank_account
    FROM ({_MARKED.format(which="o.placed_at >= :since")}) d
    JOIN orders o ON o.id = d.id JOIN company c ON c.id = o.company_id
    LEFT JOIN exchanged_order x ON x.order_id = o.id AND x.connection_id = :connection
    WHERE x.taken IS NULL OR x.taken <> d.mark
    ORDER BY o.number LIMIT {MOST}
    """  # noqa: S608 - constant text
)
_LINES = Sql(
    """
    SELECT l.order_id, l.product_id, l.article, l.name, l.brand, l.unit, l.quantity, l.price, l.vat_rate,
           (SELECT k.guid FROM external_key k WHERE k.kind = 'product' AND k.object_id = l.product_id
            AND k.connection_id = :connection ORDER BY k.id LIMIT 1) AS guid
    FROM order_line l WHERE l.order_id IN :orders ORDER BY l.order_id, l.position
    """
)
_OFFER = over_rows(
    """
    INSERT INTO exchanged_order (connection_id, order_id, offered, offered_in, taken, number, payment, shipment)
    SELECT r.connection, r.placed, r.mark, r.exchange, '', '', '', '' FROM {rows} AS r WHERE true
    ON CONFLICT (connection_id, order_id) DO UPDATE
    SET offered = excluded.offered, offered_in = excluded.offered_in
    """,
    "connection:int placed:int mark:text exchange:int",
)
_TAKE = Sql(
    "UPDATE exchanged_order SET taken = offered, taken_at = :now, offered_in = 0"
    " WHERE connection_id = :connection AND offered_in = :exchange"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent: bytes, and how many orders are in it."""

    content: bytes
    count: int


async def query(connection: Connection, exchange: Exchange, settings: Settings) -> Sent:
    """The orders that 1C has not taken as they are now. They count as taken only when it says so: see `take`."""
    since = datetime.combine(connection.orders_since, time(), settings.timezone).astimezone(UTC)
    async with transaction():
        orders = await _DUE.all(connection=connection.id, since=since)
        ids = [row["id"] for row in orders]
        lines = await _LINES.all(connection=connection.id, orders=ids)
        marked = ((connection.id, row["id"], row["mark"], exchange.id) for row in orders)
        if orders:
            await _OFFER.run(rows=as_rows(marked))
    documents = [_document(row, [one for one in lines if one["order_id"] == row["id"]], settings) for row in orders]
    return Sent(_encoded(connection, _whole(connection, documents, settings)), len(orders))


async def take(connection: Connection, exchange: Exchange) -> int:
    """1C has them: those that this exchange sent last; how many. A second time it is none."""
    return await _TAKE.run(connection=connection.id, exchange=exchange.id, now=clock.now())


async def mark(order_id: int) -> str:
    """What an order is known by as it is: its last step and its last change of lines."""
    row = await _MARK.one(order=order_id)
    return str(row["mark"]) if row else ""


def _whole(connection: Connection, documents: Sequence[str], settings: Settings) -> str:
    now = clock.now().astimezone(settings.timezone).replace(tzinfo=None, microsecond=0).isoformat()
    version, space = ("3.1", ' xmlns="urn:1C.ru:commerceml_3"') if connection.wrapped else ("2.05", "")
    name = "windows-1251" if connection.encoding is Encoding.WINDOWS else "UTF-8"
    body = "".join(f"<Контейнер>{one}</Контейнер>\n" if connection.wrapped else f"{one}\n" for one in documents)
    head = f'<КоммерческаяИнформация{space} ВерсияСхемы="{version}" ДатаФормирования="{now}">'
    return f'<?xml version="1.0" encoding="{name}"?>\n{head}\n{body}</КоммерческаяИнформация>\n'


def _encoded(connection: Connection, text: str) -> bytes:
    if connection.encoding is Encoding.WINDOWS:
        return text.encode("windows-1251", "xmlcharrefreplace")
    return text.encode("utf-8-sig" if connection.encoding is Encoding.UTF8_BOM else "utf-8")


def _document(row: Mapping[str, Any], lines: Sequence[Mapping[str, Any]], settings: Settings) -> str:
    # long: an element of the document a line
    placed = (as_datetime(row["placed_at"]) or clock.now()).astimezone(settings.timezone)
    status = Status(row["status"])
    address = row["address"] and f"{row['carrier']} {row['address']}".strip()
    requisites = {
        "Статус заказа": STATUSES[status],
        "Заказ оплачен": _truth(Status.INVOICED.comes_before(status)),
        "Отменен": _truth(status is Status.CANCELLED),
        "Финальный статус": _truth(status is Status.DONE),
        "Способ доставки": row["carrier"] or _DELIVERIES[Delivery(row["delivery"])],
        "Адрес доставки": address,
        "Сайт": settings.site_name,
    }
    return _element(
        "Документ",
        _text("Ид", row["number"]),
        _text("Номер", row["number"]),
        _text("Дата", placed.date().isoformat()),
        _text("ХозОперация", "Заказ товара"),
        _text("Роль", "Продавец"),
        _text("Валюта", "руб"),
        _text("Курс", 1),
        _text("Сумма", _roubles(row["total"])),
        _element("Контрагенты", _partner(row)),
        _text("Время", placed.time().isoformat("seconds")),
        _text("Комментарий", row["comment"]),
        _element("Товары", *(_line(one) for one in lines)),
        _requisites(requisites),
    )


def _partner(row: Mapping[str, Any]) -> str:
    """The payer of the order, with what its company has told of itself."""
    # long: an element of the document a line
    inn = row["payer_inn"] or row["inn"]
    own = inn == row["inn"]
    name = row["payer_name"] or row["company"]
    official = "ПолноеНаименование" if len(inn) == 12 else "ОфициальноеНаименование"
    address = "АдресРегистрации" if len(inn) == 12 else "ЮридическийАдрес"
    contacts = [("Телефон рабочий", row["contact_phone"]), ("Почта", row["contact_email"])]
    account = _element(
        "РасчетныеСчета",
        _element(
            "РасчетныйСчет",
            _text("НомерСчета", row["bank_account"]),
            _element("Банк", _text("Наименование", row["bank"]), _text("БИК", row["bik"])),
        ),
    )
    person = [_text("Отношение", "Контактное лицо"), _text("Наименование", row["contact_name"])]
    return _element(
        "Контрагент",
        _text("Ид", f"kabinet-{row['company_id']}" + ("" if own else f"-{inn}")),
        _text("Наименование", name),
        _text(official, name),
        _text("Роль", "Покупатель"),
        _text("ИНН", inn),
        _text("КПП", row["kpp"]) if own and row["kpp"] else "",
        _element(address, _text("Представление", row["legal_address"])) if own and row["legal_address"] else "",
        _element("Адрес", _text("Представление", row["actual_address"])) if own and row["actual_address"] else "",
        account if own and row["bank_account"] else "",
        _element(
            "Контакты", *(_element("Контакт", _text("Тип", kind), _text("Значение", v)) for kind, v in contacts if v)
        ),
        _element("Представители", _element("Представитель", _element("Контрагент", *person))),
    )


def _line(row: Mapping[str, Any]) -> str:
    total = row["price"] * row["quantity"]
    rate = "Без НДС" if row["vat_rate"] is None else row["vat_rate"]
    tax = [_text("Наименование", "НДС"), _text("УчтеноВСумме", "true")]
    kinds = {"ВидНоменклатуры": "Товар", "ТипНоменклатуры": "Товар"}
    return _element(
        "Товар",
        _text("Ид", row["guid"] or f"kabinet-{row['product_id']}"),
        _text("Артикул", row["article"]),
        _text("Наименование", row["name"]),
        f'<БазоваяЕдиница НаименованиеКраткое="{_escaped(row["unit"])}">{_escaped(row["unit"])}</БазоваяЕдиница>',
        _element("СтавкиНалогов", _element("СтавкаНалога", _text("Наименование", "НДС"), _text("Ставка", rate))),
        _text("ЦенаЗаЕдиницу", _roubles(row["price"])),
        _text("Количество", row["quantity"]),
        _text("Сумма", _roubles(total)),
        _element("Налоги", _element("Налог", *tax, _text("Сумма", _roubles(money.vat_within(total, row["vat_rate"]))))),
        _requisites(kinds),
    )


def _requisites(values: Mapping[str, str]) -> str:
    return _element("ЗначенияРеквизитов", *(_requisite(name, value) for name, value in values.items() if value))


def _requisite(name: str, value: str) -> str:
    return _element("ЗначениеРеквизита", _text("Наименование", name), _text("Значение", value))


def _element(name: str, *parts: str) -> str:
    return f"<{name}>{''.join(parts)}</{name}>"


def _text(name: str, value: str | int | date) -> str:
    return f"<{name}>{_escaped(str(value))}</{name}>"


def _escaped(text: str) -> str:
    return escape(_UNWRITABLE.sub(" ", text), {'"': "&quot;"})


def _roubles(kopecks: int) -> str:
    return f"{kopecks // 100}.{kopecks % 100:02d}"


def _truth(value: bool) -> str:
    return "true" if value else "false"
