"""A manager ticks orders in the list and prints what the warehouse is to collect for all of them."""

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.factories import make_order, make_product


@pytest.mark.parametrize(("js", "width"), [(True, 1440), (False, 390)], ids=["js", "no-js"])
async def test_picking_list(visit: Any, live: LiveSite, js: bool, width: int) -> None:
    async with live.rows():
        product = await make_product(article="DS-1", name="Камера")
        persons = (live.cast.alice, live.cast.nina)
        orders = [await make_order(person=one, products=[product], quantity=4) for one in persons]
    maria: Visitor = await visit(width=width, js=js)
    await maria.sign_in(live.cast.maria)
    await maria.goto("/desk/orders")
    await maria.button("Сборочный лист по отмеченным").click()
    await expect(maria.page.get_by_text("Отметьте заказы, которые складу нужно собрать")).to_be_visible()
    for order in orders:
        await maria.page.get_by_label(f"В сборочный лист: № {order.number}").check()
    await looked_at(maria)
    await maria.button("Сборочный лист по отмеченным").click()
    goods = maria.page.get_by_role("row").filter(has_text="DS-1")
    await expect(goods).to_have_count(1)
    await expect(goods).to_contain_text("8 шт")
    await looked_at(maria)
    await maria.page.emulate_media(media="print")
    await expect(maria.page.get_by_text("Собрал", exact=True)).to_be_visible()
    await expect(maria.page.get_by_role("link", name="Заказы").first).to_be_hidden()
    await maria.goto(f"/orders/{orders[0].number}")
    await maria.page.emulate_media(media="screen")
    await maria.link("Сборочный лист").click()
    await expect(goods).to_contain_text("4 шт")
