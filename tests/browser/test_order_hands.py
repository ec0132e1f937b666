"""An order in managers' hands: a line changed with a reason, offered to a colleague, accepted; the partner reads it."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import expect

from app.accounts.models import Person
from app.catalogue.models import Product
from app.orders.models import Status
from tests.browser.test_pages import RULES, STICKING_OUT, told_by_axe
from tests.factories import make_order

WHY = "Согласовали по телефону"


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
async def test_an_order_changes_and_changes_hands(visit, live, js):
    async with live.rows():
        product = await Product.filter(discontinued_at=None, pack=1).order_by("id").first()
        partner = await Person.get(id=live.cast.alice.id)
        order = await make_order(person=partner, manager=live.cast.maria, products=[product], status=Status.IN_WORK)
    page = f"/orders/{order.number}"
    maria, oleg, alice = await visit(js=js), await visit(width=390, js=js), await visit(width=390, js=js)

    await maria.sign_in(live.cast.maria)
    await maria.goto(page)
    await maria.link(re.compile("^Изменить позиции")).click()
    await maria.field(re.compile("^Количество: ")).fill("5")
    await maria.field("Почему").fill(WHY)
    await axe_finds_nothing(maria)
    await maria.button("Сохранить изменения").click()
    await expect(maria.page.locator("#ordered")).to_contain_text("2 → 5")

    await maria.link(re.compile("^Передать")).click()
    await maria.field("Кому").select_option("Олег Синицын")
    await maria.field("Несколько слов коллеге").fill("Ты ближе")
    await axe_finds_nothing(maria)
    await maria.button("Передать").click()
    await expect(maria.page.locator("#state")).to_contain_text("Предложен: Олег Синицын, ответа ещё нет")

    await oleg.sign_in(live.cast.oleg)
    letter = await live.letters.find(live.cast.oleg.email, subject="предложен вам$")
    await oleg.goto(letter.link)
    await expect(oleg.page.locator("#state")).to_contain_text("Ты ближе")
    await axe_finds_nothing(oleg)
    await oleg.button("Принять заказ").click()
    await expect(oleg.button(re.compile("^Отметить: "))).to_be_visible()
    await oleg.button("Отметить: счёт выставлен").click()
    await oleg.button("Отменить шаг: счёт выставлен").click()
    await expect(oleg.button("Отметить: счёт выставлен")).to_be_visible()

    await alice.sign_in(live.cast.alice)
    await alice.goto(page)
    await expect(alice.page.locator("#ordered")).to_contain_text(WHY)
    await expect(alice.page.locator("main")).to_contain_text("Олег Синицын")
    await expect(alice.page.locator("main")).not_to_contain_text("Ты ближе")


async def axe_finds_nothing(visitor):
    """Where there are scripts: axe is one. And nothing sticks out at 320 px."""
    if visitor.js:
        await visitor.page.evaluate(AXE_SCRIPT)
        assert not await told_by_axe(visitor, {"type": "tag", "values": RULES})
    size = visitor.page.viewport_size
    await visitor.page.set_viewport_size({"width": 320, "height": 844})
    assert not await visitor.page.evaluate(STICKING_OUT)
    await visitor.page.set_viewport_size(size)
