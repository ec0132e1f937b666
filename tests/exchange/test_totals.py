"""Stocks of no warehouse beside those by warehouse: nothing is sold that there is not."""

import re

import pytest

from app.catalogue.models import Product
from app.exchange.models import ExchangeFile
from app.warehouses.models import WarehouseStock
from tests.exchange.one_c import OneC
from tests.exchange.shop import HERE, THERE, Shop, Ware, but, wares

STORES = ((HERE, "Склад на Лесной"), (THERE, "Магазин"))
NOTHING, NONE = "<Остатки/>", "<Остатки><Остаток><Количество>0</Количество></Остаток></Остатки>"
TOTAL = "<Остатки><Остаток><Количество>{}</Количество></Остаток></Остатки>"


async def rests(one_c: OneC, what: str, *, complete: bool = True) -> list[str]:
    """Sends other stocks of the first product; what was told of them."""
    content = Shop([Ware()], new=True, complete=complete).files()["rests0_1.xml"].decode()
    await one_c.enter()
    await one_c.send("rests0_1.xml", re.sub("<Остатки>.*</Остатки>", what, content).encode())
    assert (await one_c.read("rests0_1.xml")).startswith("success")
    file = await ExchangeFile.all().order_by("-id").first()
    assert file
    return [one[1] for one in file.troubles]


async def held() -> dict[str, int]:
    found = await WarehouseStock.filter(product__article=Ware().article, quantity__gt=0).select_related("warehouse")
    return {one.warehouse.name: one.quantity for one in found}


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("what", [NOTHING, NONE])
@pytest.mark.parametrize("named", ["Основной склад", "Склад на Лесной"])
async def test_nothing_is_nothing_anywhere(one_c: OneC, complete: bool, what: str, named: str) -> None:
    other = but(wares(2)[1], article="Z-1")
    await one_c.exchange(Shop([Ware(), other], new=True, stores=((HERE, named), STORES[1])))
    assert await rests(one_c, what, complete=complete) == []
    assert (await Product.get(article=Ware().article)).stock == 0 and await held() == {}
    assert (await Product.get(article="Z-1")).stock == 7


async def test_a_total_beside_stocks_by_warehouse_is_not_added(one_c: OneC) -> None:
    await one_c.exchange(Shop([Ware()], new=True, stores=STORES))
    told = await rests(one_c, TOTAL.format(3))
    assert told == ["a quantity of no warehouse came for products that have stocks by warehouse: it alone counts"]
    assert (await Product.get()).stock == 3 and await held() == {"Основной склад": 3}
    assert await rests(one_c, TOTAL.format(4)) == [] and await held() == {"Основной склад": 4}


@pytest.mark.parametrize("complete", [True, False])
async def test_a_total_that_is_as_much_changes_nothing(one_c: OneC, complete: bool) -> None:
    await one_c.exchange(Shop([Ware()], new=True, stores=STORES))
    before = await held()
    assert await rests(one_c, TOTAL.format(7), complete=complete) == []
    assert await held() == before == {"Склад на Лесной": 5, "Магазин": 2}


@pytest.mark.parametrize("complete", [True, False])
async def test_stocks_by_warehouse_follow_a_total(one_c: OneC, complete: bool) -> None:
    await one_c.exchange(Shop([Ware()], new=True, stores=STORES))
    await rests(one_c, TOTAL.format(30))
    await one_c.exchange(Shop([Ware()], new=True, stores=STORES, complete=complete))
    assert (await Product.get()).stock == 7 and await held() == {"Склад на Лесной": 5, "Магазин": 2}
