"""Lines that come back from 1C: told apart one by one, to the kopeck, with their tax."""

import pytest

from app.orders.models import LineChange, Order, OrderLine
from tests.exchange.one_c import OneC, remarks, told
from tests.exchange.papers import document, good, paper, tax, whole
from tests.exchange.shop import wares

A, B, C = (one.guid for one in wares(3))


@pytest.fixture
async def twice(order: Order) -> Order:
    """An order with two lines of one product: ten at 100, five at 200 roubles."""
    first, second = await OrderLine.filter(order_id=order.id).order_by("position")
    await OrderLine.filter(id=first.id).update(quantity=10, price=100_00)
    await OrderLine.filter(id=second.id).update(
        product_id=first.product_id, article=first.article, quantity=5, price=200_00
    )
    await Order.filter(id=order.id).update(total=2000_00)
    return order


async def lines(order: Order) -> list[tuple[int, int]]:
    """Quantities and prices, of an order whose total is theirs."""
    there = await OrderLine.filter(order_id=order.id).order_by("position")
    assert (await Order.get(id=order.id)).total == sum(one.quantity * one.price for one in there)
    return [(one.quantity, one.price) for one in there]


@pytest.mark.parametrize(
    ("sent", "becomes"),
    [
        ([(11, "100"), (5, "200")], [(11, 100_00), (5, 200_00)]),
        ([(5, "200"), (10, "90")], [(10, 90_00), (5, 200_00)]),
        ([(10, "100"), (5, "180")], [(10, 100_00), (5, 180_00)]),
        ([(5, "210"), (10, "110")], [(5, 210_00), (10, 110_00)]),
        ([(5, "200")], [(5, 200_00)]),
        ([(15, "150")], [(15, 150_00)]),
        ([(10, "100"), (2, "200"), (4, "200")], [(10, 100_00), (6, 200_00)]),
        ([(10, "100"), (5, "200"), (1, "150")], [(10, 100_00), (5, 200_00), (1, 150_00)]),
    ],
)
async def test_two_lines_of_one_product(
    one_c: OneC, twice: Order, sent: list[tuple[int, str]], becomes: list[tuple[int, int]]
) -> None:
    content = document(twice, *((A, quantity, f"{price}.00") for quantity, price in sent))
    assert (await told(one_c, content)).startswith("success\n1 заказ изменён")
    assert await lines(twice) == becomes
    assert (await told(one_c, content)).startswith("success\n1 заказ без изменений")
    assert await lines(twice) == becomes and not await remarks()


@pytest.mark.parametrize("sent", [[(10, "100"), (5, "200")], [(2, "200"), (10, "100"), (3, "200")]])
async def test_the_same_in_other_pieces(one_c: OneC, twice: Order, sent: list[tuple[int, str]]) -> None:
    content = document(twice, *((A, quantity, f"{price}.00") for quantity, price in sent))
    assert (await told(one_c, content)).startswith("success\n1 заказ без изменений")
    assert await lines(twice) == [(10, 100_00), (5, 200_00)] and not await LineChange.all().exists()


async def test_lines_that_cannot_be_told_apart(one_c: OneC, twice: Order) -> None:
    prices = ("100", "200", "300", "400")
    answer = await told(one_c, document(twice, *((A, 1, f"{price}.00") for price in prices)))
    assert "1 замечание" in answer and "нельзя сопоставить" in (await remarks())[0]
    assert await lines(twice) == [(10, 100_00), (5, 200_00)]


async def test_pieces_of_a_new_product(one_c: OneC, order: Order) -> None:
    content = document(order, (A, 2, "1000.00"), (B, 2, "1000.00"), (C, 1, "70.00"), (C, 2, "70.00"))
    await told(one_c, content)
    assert await lines(order) == [(2, 1000_00), (2, 1000_00), (3, 70_00)]
    assert (await told(one_c, content)).startswith("success\n1 заказ без изменений")


@pytest.mark.parametrize(
    ("more", "price"),
    [
        (tax("22", total="360.66"), 1000_00),
        (tax("22"), 1000_00),
        (tax("22%"), 1000_00),
        (tax("НДС22"), 1000_00),
        (tax("10"), 901_64),
        (tax("Без НДС"), 819_67),
        (tax("0"), 819_67),
        (tax("22", within=True, total="295.62"), 819_67),
        ("", 819_67),
    ],
)
async def test_tax_that_is_not_in_the_price(one_c: OneC, order: Order, more: str, price: int) -> None:
    await told(one_c, whole(paper(order.number, order.number, "Заказ товара", good(A, 2, "819.67", more))))
    assert await lines(order) == [(2, price)]


async def test_tax_of_the_whole_document(one_c: OneC, order: Order) -> None:
    rate = "<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>20</Ставка></СтавкаНалога>"
    rate += "</СтавкиНалогов>"
    net = "<Налоги><Налог><Наименование>НДС</Наименование><УчтеноВСумме>false</УчтеноВСумме></Налог></Налоги>"
    goods = good(A, 3, "100.00", rate), good(B, 1, "100.00", tax("20", within=True))
    await told(one_c, whole(paper(order.number, order.number, "Заказ товара", *goods, more=net)))
    assert await lines(order) == [(3, 120_00), (1, 100_00)]
    again = document(order, (A, 3, "120.00"), (B, 1, "100.00"))
    assert (await told(one_c, again)).startswith("success\n1 заказ без изменений")


@pytest.mark.parametrize("rate", ["", "много", "-5", "1e9"])
async def test_a_tax_that_cannot_be_read(one_c: OneC, order: Order, rate: str) -> None:
    goods = good(A, 2, "819.67", tax(rate))
    assert "1 замечание" in await told(one_c, whole(paper(order.number, order.number, "Заказ товара", goods)))
    assert await lines(order) == [(2, 1000_00)] * 2


async def test_a_total_that_has_no_price_of_whole_kopecks(one_c: OneC, order: Order) -> None:
    goods = good(A, 3, "333.34", total="1000.00")
    await told(one_c, whole(paper(order.number, order.number, "Заказ товара", goods)))
    assert await lines(order) == [(3, 333_33)]
    assert "1\u00a0000,00\u00a0₽" in (await remarks())[0] and "999,99\u00a0₽" in (await remarks())[0]


@pytest.mark.parametrize("line", [(A, 2_000_000_000, "1.00"), (A, 2, "-5.00"), (A, 1, "100000000000.00")])
async def test_impossible_numbers(one_c: OneC, order: Order, line: tuple[str, int, str]) -> None:
    assert "1 замечание" in await told(one_c, document(order, line))
    assert await lines(order) == [(2, 1000_00)] * 2


@pytest.mark.parametrize("variant", ["#", "#00000000-0000-0000-0000-000000000000"])
async def test_a_variant_that_is_none(one_c: OneC, order: Order, variant: str) -> None:
    content = document(order, (A + variant, 3, "1000.00"), (B, 2, "1000.00"))
    assert (await told(one_c, content)).startswith("success\n1 заказ изменён")
    assert await lines(order) == [(3, 1000_00), (2, 1000_00)]
