"""Orders go out, are taken, and come back with lines, numbers and statuses that the partner sees."""

from datetime import timedelta

import pytest
from lxml import etree
from starlette.applications import Starlette

from app import clock
from app.exchange.models import Connection, Encoding, ExchangeFile
from app.history.models import Event
from app.orders.models import Order, OrderLine, Status
from tests.exchange.one_c import OneC, packed, told, work
from tests.exchange.papers import document
from tests.exchange.shop import Shop, Ware, wares
from tests.factories import Cast, make_product
from tests.site import Browser


async def fetched(one_c: OneC) -> etree._Element:
    answer = await one_c.ask("sale", "query")
    assert answer.headers["content-type"].startswith("application/xml")
    return etree.fromstring(answer.content)


def numbers(root: etree._Element) -> list[str]:
    return [one.findtext("{*}Номер") for one in root.iter("{*}Документ")]


async def test_an_order_goes_out_until_it_is_taken(one_c: OneC, order: Order) -> None:
    await one_c.enter("sale")
    await one_c.ask("sale", "init")
    root = await fetched(one_c)
    assert numbers(root) == [str(order.number)]
    document = root.find("Документ")
    assert document.findtext("Сумма") == f"{order.total / 100:.2f}" and "☎" in document.findtext("Комментарий")
    assert document.findtext("Контрагенты/Контрагент/ИНН") == order.payer_inn
    lines = document.findall("Товары/Товар")
    assert [one.findtext("Ид") for one in lines] == [one.guid for one in wares(2)]
    assert [(one.findtext("ЦенаЗаЕдиницу"), one.findtext("Количество"), one.findtext("Сумма")) for one in lines] == [
        ("1000.00", "2", "2000.00")
    ] * 2
    assert lines[0].findtext("Налоги/Налог/УчтеноВСумме") == "true"
    assert numbers(await fetched(one_c)) == [str(order.number)], "it was not taken yet"
    assert (await one_c.ask("sale", "success")).text == "success\n"
    assert numbers(await fetched(one_c)) == []
    assert (await one_c.ask("sale", "success")).text == "success\n"


async def test_an_order_that_changed_goes_out_again(one_c: OneC, order: Order, maria: Browser) -> None:
    await one_c.enter("sale")
    await fetched(one_c)
    await maria.post(f"/orders/{order.number}/status", {"status": "invoiced"})
    await one_c.ask("sale", "success")
    root = await fetched(one_c)
    assert numbers(root) == [str(order.number)], "what changed between the two words was not taken"
    assert "Счёт выставлен" in etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize("encoding", list(Encoding))
@pytest.mark.parametrize("wrapped", [False, True])
async def test_in_the_form_that_the_connection_asks_for(
    one_c: OneC, order: Order, connection: Connection, encoding: Encoding, wrapped: bool
) -> None:
    await Connection.filter(id=connection.id).update(encoding=encoding, wrapped=wrapped)
    await one_c.enter("sale")
    content = (await one_c.ask("sale", "query")).content
    assert content.startswith(b"\xef\xbb\xbf") == (encoding is Encoding.UTF8_BOM)
    assert ("Заказ товара".encode("windows-1251") in content) == (encoding is Encoding.WINDOWS)
    root = etree.fromstring(content)
    assert (root.find("{*}Контейнер/{*}Документ") is not None) == wrapped and numbers(root) == [str(order.number)]
    assert root.get("ВерсияСхемы") == ("3.1" if wrapped else "2.05")


async def test_old_orders_and_those_of_others_stay(one_c: OneC, order: Order, connection: Connection) -> None:
    await Connection.filter(id=connection.id).update(orders_since=clock.distributor_today() + timedelta(days=1))
    await one_c.enter("sale")
    assert numbers(await fetched(one_c)) == []


async def test_statuses_and_numbers_come_back(one_c: OneC, order: Order, alice: Browser) -> None:
    said = {"Номер_по_1С": "УТ-15", "Номер_оплаты_по_1С": "П-7", "Дата_оплаты_по_1С": "2026-11-28T12:00:00"}
    assert (await told(one_c, document(order, **said))).startswith("success\n1 заказ изменён")
    assert (await Order.get(id=order.id)).status is Status.PAID
    changed = await Event.get(name="order.status_changed")
    assert changed.company_id == order.company_id and changed.data["was"] == "in_work"
    page = (await alice.get(f"/orders/{order.number}")).text
    assert "П-7" in page and "28\u00a0ноября" in page
    assert "П-7" in (await Event.get(name="order.papers_set")).data["payment"]
    assert (await told(one_c, document(order, **said))).startswith("success\n1 заказ без изменений")
    assert await Event.filter(name="order.papers_set").count() == 1
    await told(one_c, document(order, Статус_заказа="[N] Выполнен", Номер_отгрузки_по_1С="О-9"))
    assert (await Order.get(id=order.id)).status is Status.DONE
    await told(one_c, document(order, Статус_заказа="В работе"))
    assert (await Order.get(id=order.id)).status is Status.DONE, "an order only goes on"
    assert await Event.filter(name="order.status_changed").count() == 2


async def test_changed_lines_come_back(one_c: OneC, order: Order, alice: Browser) -> None:
    one, _two, three = wares(3)
    answer = await told(one_c, document(order, (one.guid, 3, "950.00"), (three.guid, 1, "700.00")))
    assert answer.startswith("success\n1 заказ изменён"), answer
    lines = await OrderLine.filter(order_id=order.id).order_by("position")
    assert [(line.article, line.quantity, line.price) for line in lines] == [
        (one.article, 3, 950_00),
        (three.article, 1, 700_00),
    ]
    order = await Order.get(id=order.id)
    assert order.total == 3 * 950_00 + 700_00
    event = await Event.get(name="order.lines_changed")
    assert event.data["reason"] == "Изменено в 1С" and len(event.data["changes"]) == 3
    assert "Изменено в 1С" in (await alice.get(f"/orders/{order.number}")).text
    again = await told(one_c, document(order, (one.guid, 3, "950.00"), (three.guid, 1, "700.00")))
    assert again.startswith("success\n1 заказ без изменений")


async def test_what_came_back_is_not_sent_out_again(one_c: OneC, order: Order) -> None:
    await one_c.enter("sale")
    await fetched(one_c)
    await one_c.ask("sale", "success")
    await told(one_c, document(order, (wares(1)[0].guid, 1, "1000.00"), Статус_заказа="Собирается"))
    assert numbers(await fetched(one_c)) == []


async def test_cancelled(one_c: OneC, order: Order) -> None:
    await told(one_c, document(order, deleted=True))
    assert (await Order.get(id=order.id)).status is Status.CANCELLED


@pytest.mark.parametrize("status", [Status.SHIPPED, Status.DONE])
async def test_what_a_rule_forbids_is_told(one_c: OneC, order: Order, status: Status) -> None:
    await Order.filter(id=order.id).update(status=status)
    answer = await told(one_c, document(order, (wares(1)[0].guid, 9, "1.00"), Отменен="true"))
    assert answer.startswith("success") and "2 замечания" in answer
    assert (await Order.get(id=order.id)).status is status
    assert await OrderLine.filter(order_id=order.id, quantity=2).count() == 2


async def test_an_order_that_nobody_has_taken(one_c: OneC, order: Order) -> None:
    await Order.filter(id=order.id).update(manager_id=None, status=Status.NEW)
    answer = await told(one_c, document(order, Статус_заказа="Оплачен"))
    assert "1 замечание" in answer and (await Order.get(id=order.id)).status is Status.NEW


async def test_lines_that_cannot_be_read(one_c: OneC, order: Order) -> None:
    for guid, quantity in (("unknown", 1), (wares(1)[0].guid, 0), (wares(1)[0].guid, -1)):
        answer = await told(one_c, document(order, (guid, quantity, "5.00")))
        assert "1 замечание" in answer
    assert await OrderLine.filter(order_id=order.id).count() == 2


async def test_orders_of_others(one_c: OneC, order: Order) -> None:
    content = document(order, Статус_заказа="Оплачен").replace(f">{order.number}<".encode(), b">999999<")
    assert "1 замечание" in await told(one_c, content)
    content = document(order).replace(f">{order.number}<".encode(), b">c0ffee00-0000<")
    assert "1 замечание" in await told(one_c, content)


async def test_files_of_orders_are_read_though_nobody_asks(one_c: OneC, order: Order, site: Starlette) -> None:
    await one_c.enter("sale")
    await one_c.send("orders.zip", packed({"orders-1.xml": document(order, Статус_заказа="Оплачен")}), "sale")
    await work(site)
    await work(site)
    assert (await Order.get(id=order.id)).status is Status.PAID
    assert await ExchangeFile.filter(orders=True).count() == 2


async def test_a_product_without_a_key_is_known_by_ours(one_c: OneC, order: Order) -> None:
    product = await make_product(article="OWN-1", retail=500_00)
    await told(one_c, document(order, (wares(1)[0].guid, 2, "1000.00"), (f"kabinet-{product.id}", 1, "500.00")))
    assert {line.article for line in await OrderLine.filter(order_id=order.id)} == {wares(1)[0].article, "OWN-1"}


async def test_the_name_that_orders_are_changed_in_has_left(one_c: OneC, order: Order, cast: Cast) -> None:
    cast.anna.blocked_at = clock.now()
    await cast.anna.save()
    answer = await told(one_c, document(order, Статус_заказа="Оплачен"))
    assert answer.startswith("failure\nАнна Ветрова, от чьего имени")


async def test_variants_in_orders(one_c: OneC, order: Order) -> None:
    ware = Ware(7, "TR-V", variants=(("v-white", "белый"),))
    await one_c.exchange(Shop([*wares(3), ware]))
    answer = await told(one_c, document(order, (f"{ware.guid}#v-white", 1, "1499.90")))
    assert answer.startswith("success\n1 заказ изменён"), answer
    assert (await OrderLine.get(order_id=order.id)).article == "TR-V (белый)"
