"""What 1C says of orders, of payments and of shipments, as files of version 3.1."""

from app.orders.models import Order

TAX = (
    "<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>{rate}</Ставка></СтавкаНалога></СтавкиНалогов>"
    "<Налоги><Налог><Наименование>НДС</Наименование><УчтеноВСумме>{within}</УчтеноВСумме>{total}</Налог></Налоги>"
)


def tax(rate: str = "22", *, within: bool = False, total: str = "") -> str:
    """What a line says of the VAT in it, or besides it."""
    amount = f"<Сумма>{total}</Сумма>" if total else ""
    return TAX.format(rate=rate, within=str(within).lower(), total=amount)


def good(guid: str, quantity: int, price: str, more: str = "", *, total: str = "") -> str:
    """A line of an order or a shipment."""
    total = total or f"{float(price) * quantity:.2f}"
    return (
        f"<Товар><Ид>{guid}</Ид><Наименование>x</Наименование><Количество>{quantity}</Количество>"
        f"<ЦенаЗаЕдиницу>{price}</ЦенаЗаЕдиницу><Сумма>{total}</Сумма>{more}</Товар>"
    )


def paper(
    guid: str | int,
    number: str | int,
    operation: str = "Заказ товара",
    *goods: str,
    based_on: str | int = "",
    day: str = "2026-11-28",
    deleted: bool = False,
    more: str = "",
    **said: str,
) -> str:
    """A document: an order, or what is based on one; with requisites."""
    requisites = "".join(
        f"<ЗначениеРеквизита><Наименование>{name.replace('_', ' ')}</Наименование><Значение>{value}</Значение>"
        "</ЗначениеРеквизита>"
        for name, value in said.items()
    )
    lines = f"<Товары>{''.join(goods)}</Товары>" if goods else ""
    return (
        f"<Документ><Ид>{guid}</Ид><Номер>{number}</Номер><Дата>{day}</Дата>"
        f"<ПометкаУдаления>{str(deleted).lower()}</ПометкаУдаления><ХозОперация>{operation}</ХозОперация>"
        f"<Основание>{based_on}</Основание>{more}{lines}"
        f"<ЗначенияРеквизитов>{requisites}</ЗначенияРеквизитов></Документ>"
    )


def whole(*containers: str) -> bytes:
    """A file, of containers with the papers of one order each."""
    body = "".join(f"<Контейнер>{one}</Контейнер>" for one in containers)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<КоммерческаяИнформация xmlns="urn:1C.ru:commerceml_3" ВерсияСхемы="3.1">{body}</КоммерческаяИнформация>'
    ).encode()


def document(order: Order, *lines: tuple[str, int, str], deleted: bool = False, **said: str) -> bytes:
    """What 1C says of an order: lines of key, quantity and price, and requisites."""
    goods = (good(*line) for line in lines)
    return whole(paper(order.number, order.number, "Заказ товара", *goods, deleted=deleted, **said))
