"""Payments and shipments that are documents of their own: they move their order on, and touch no other."""

import pytest

from app.exchange.models import Connection, ExchangedOrder
from app.history.models import Event
from app.orders.models import Order, OrderLine, Status
from tests.exchange.one_c import OneC, remarks, told
from tests.exchange.papers import document, good, paper, whole
from tests.exchange.shop import wares
from tests.factories import Cast, make_order
from tests.site import Browser

PAYMENT, SHIPMENT = "Выплата безналичных денег", "Отпуск товара"
ONE, TWO, THREE = (f"52cbe99a-7cd5-46ae-acfa-048b258f23c{n}" for n in range(3))
OWN = "bce8cd28-6206-481a-ab23-f614b3a3e0a8"  # the key of an order in 1C


async def lines(order: Order) -> list[tuple[str, int, int]]:
    there = await OrderLine.filter(order_id=order.id).order_by("position")
    return [(one.article, one.quantity, one.price) for one in there]


async def status(order: Order) -> Status:
    return (await Order.get(id=order.id)).status


@pytest.mark.parametrize("operation", [PAYMENT, "Выплата наличных денег", "Эквайринговая операция"])
async def test_a_payment(one_c: OneC, order: Order, alice: Browser, operation: str) -> None:
    before = await lines(order)
    content = whole(paper(ONE, "0000-000077", operation, based_on=order.number))
    assert (await told(one_c, content)).startswith("success\n1 заказ изменён")
    assert await status(order) is Status.PAID and await lines(order) == before
    page = (await alice.get(f"/orders/{order.number}")).text
    assert "0000-000077" in page and "28\u00a0ноября" in page
    assert (await told(one_c, content)).startswith("success\n1 заказ без изменений")
    assert await Event.filter(name="order.papers_set").count() == 1


async def test_a_shipment(one_c: OneC, order: Order) -> None:
    before = await lines(order)
    goods = good(wares(3)[2].guid, 7, "10.00")
    await told(one_c, whole(paper(ONE, "О-8", SHIPMENT, goods, based_on=order.number, day="2026-11-29")))
    assert await status(order) is Status.SHIPPED and await lines(order) == before
    kept = await ExchangedOrder.get(order=order)
    assert (kept.shipment, str(kept.shipped_on), kept.payment) == ("О-8", "2026-11-29", "")


@pytest.mark.parametrize("operation", [PAYMENT, SHIPMENT])
async def test_its_own_number_is_not_that_of_an_order(one_c: OneC, order: Order, operation: str) -> None:
    before, goods = await lines(order), good(wares(3)[2].guid, 7, "10.00")
    for deleted in (False, True):
        content = whole(
            paper(order.number, order.number, operation, goods, based_on="999999", deleted=deleted, Отменен="true")
        )
        assert "1 замечание" in await told(one_c, content)
        assert f"«{operation}» № {order.number}: на сайте нет заказа «999999»" in (await remarks())[0]
    assert await status(order) is Status.IN_WORK and await lines(order) == before


async def test_the_order_by_its_number_in_1c(one_c: OneC, order: Order) -> None:
    await told(one_c, document(order, Номер_по_1С="УТ-000015"))
    await told(one_c, whole(paper(ONE, "П-1", PAYMENT, based_on="УТ-000015")))
    assert await status(order) is Status.PAID


async def test_a_number_that_two_orders_have(one_c: OneC, order: Order, connection: Connection, cast: Cast) -> None:
    other = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    for one in (order, other):
        await ExchangedOrder.create(connection=connection, order=one, number="000000015")
    assert "1 замечание" in await told(one_c, whole(paper(ONE, "П-1", PAYMENT, based_on="000000015")))
    assert {await status(order), await status(other)} == {Status.IN_WORK}


async def test_the_order_beside_it(one_c: OneC, order: Order, cast: Cast) -> None:
    other = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    one, two = paper(order.number, order.number), paper(other.number, other.number)
    await told(one_c, whole(two, one + paper(ONE, "1", PAYMENT)))
    assert (await status(order), await status(other)) == (Status.PAID, Status.IN_WORK)
    await told(one_c, whole(two, one + paper(TWO, "2", SHIPMENT, based_on=OWN)))
    assert (await status(order), await status(other)) == (Status.SHIPPED, Status.IN_WORK)
    await Order.filter(id=order.id).update(status=Status.IN_WORK)
    await told(one_c, whole(paper(THREE, "3", PAYMENT, based_on=OWN)))
    assert await status(order) is Status.PAID, "the key is kept"


async def test_a_base_in_words(one_c: OneC, order: Order) -> None:
    pay = paper(ONE, "1", PAYMENT, based_on="Заказ клиента УТ-000015 от 28.11.2026")
    await told(one_c, whole(paper(order.number, order.number), pay))
    assert await status(order) is Status.IN_WORK
    await told(one_c, whole(paper(order.number, order.number) + pay))
    assert await status(order) is Status.PAID


async def test_no_order_beside_it_or_two(one_c: OneC, order: Order, cast: Cast) -> None:
    other = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    one, two = paper(order.number, order.number), paper(other.number, other.number)
    pay = paper(ONE, "1", PAYMENT)
    for content in (whole(one, pay), whole(one + two + pay), whole(paper(OWN, 1) + pay)):
        await told(one_c, content)
        assert "не указано, к какому заказу" in (await remarks())[-1]
    assert {await status(order), await status(other)} == {Status.IN_WORK}


@pytest.mark.parametrize("void", [{"deleted": True}, {"Отменен": "true"}, {"Проведен": "false"}])
async def test_what_does_not_count(one_c: OneC, order: Order, void: dict[str, object]) -> None:
    content = whole(paper(ONE, "П-1", PAYMENT, based_on=order.number, **void))  # type: ignore[arg-type]
    assert (await told(one_c, content)).startswith("success\n1 заказ без изменений")
    assert await status(order) is Status.IN_WORK and not await remarks()
    await told(one_c, whole(paper(ONE, "П-1", PAYMENT, based_on=order.number)))
    await told(one_c, content)
    assert await status(order) is Status.PAID and "больше не действует" in (await remarks())[0]
    assert (await ExchangedOrder.get(order=order)).payment == "П-1"


async def test_of_several_payments_the_last_is_kept(one_c: OneC, order: Order) -> None:
    first = paper(ONE, "П-1", PAYMENT, based_on=order.number, day="2026-11-27")
    second = paper(TWO, "П-2", PAYMENT, based_on=order.number, day="2026-11-28")
    for content in (whole(first + second), whole(second + first), whole(first, second)):
        await told(one_c, content)
        assert (await ExchangedOrder.get(order=order)).payment == "П-2"
    assert await Event.filter(name="order.papers_set").count() == 2
    await told(one_c, whole(paper(TWO, "П-2", PAYMENT, based_on=order.number, day="2026-11-26")))
    assert str((await ExchangedOrder.get(order=order)).paid_on) == "2026-11-26", "1C has corrected its day"


async def test_an_order_that_nobody_has_taken(one_c: OneC, order: Order) -> None:
    await Order.filter(id=order.id).update(manager_id=None, status=Status.NEW)
    assert "1 замечание" in await told(one_c, whole(paper(ONE, "П-1", PAYMENT, based_on=order.number)))
    assert await status(order) is Status.NEW and (await ExchangedOrder.get(order=order)).payment == "П-1"


async def test_what_came_back_is_not_sent_out_again(one_c: OneC, order: Order) -> None:
    await one_c.enter("sale")
    await one_c.ask("sale", "query")
    await one_c.ask("sale", "success")
    await told(one_c, whole(paper(ONE, "П-1", PAYMENT, based_on=order.number)))
    assert "<Документ>" not in (await one_c.ask("sale", "query")).text


async def test_other_operations_change_nothing(one_c: OneC, order: Order) -> None:
    before, goods = await lines(order), good(wares(3)[2].guid, 7, "10.00")
    papers = [
        paper(order.number, order.number, operation, goods, based_on=order.number, deleted=True)
        for operation in ("Возврат товара", "Счет-фактура", "Счет-фактура")
    ]
    assert "2 замечания" in await told(one_c, whole(*papers))
    assert "Возврат товара" in (await remarks())[0]
    assert await status(order) is Status.IN_WORK and await lines(order) == before


async def test_the_operation_may_be_missing(one_c: OneC, order: Order) -> None:
    content = document(order, Статус_заказа="Оплачен").replace("Заказ товара".encode(), b"")
    await told(one_c, content)
    assert await status(order) is Status.PAID


@pytest.mark.parametrize("guid", [OWN, OWN.upper(), "999999", "000000000"])
async def test_orders_of_1c_that_have_our_number(one_c: OneC, order: Order, guid: str) -> None:
    before, goods = await lines(order), good(wares(3)[2].guid, 7, "10.00")
    for number in (f"{order.number:09d}", order.number):
        content = whole(paper(guid, number, "Заказ товара", goods, deleted=True))
        assert "1 замечание" in await told(one_c, content)
    assert await status(order) is Status.IN_WORK and await lines(order) == before


async def test_its_number_counts_when_the_key_says_nothing(one_c: OneC, order: Order, cast: Cast) -> None:
    for guid in ("", "site-order"):
        await Order.filter(id=order.id).update(status=Status.IN_WORK)
        await told(one_c, whole(paper(guid, order.number, Статус_заказа="Оплачен")))
        assert await status(order) is Status.PAID
    other = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    await told(one_c, document(other, Номер_по_1С="УТ-7"))
    await told(one_c, whole(paper("УТ-7", order.number, Статус_заказа="Собирается")))
    assert (await status(order), await status(other)) == (Status.PAID, Status.PICKING)
