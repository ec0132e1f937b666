"""An order in managers' hands: a line changed with a reason, offered to a colleague, accepted; the partner reads it."""

import re

import pytest
from playwright.async_api import expect

from app.accounts.models import Person
from app.catalogue.models import Product
from app.orders.models import Status
from tests.browser.looks import looked_at
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
    await looked_at(maria)
    await maria.button("Сохранить изменения").click()
    await expect(maria.page.locator("#ordered")).to_contain_text("2 → 5")

    await maria.link(re.compile("^Передать")).click()
    await maria.field("Кому").select_option("Олег Синицын")
    await maria.field("Несколько слов коллеге").fill("Ты ближе")
    await looked_at(maria)
    await maria.button("Передать").click()
    await expect(maria.page.locator("#state")).to_contain_text("Предложен: Олег Синицын, ответа ещё нет")

    await oleg.sign_in(live.cast.oleg)
    letter = await live.letters.find(live.cast.oleg.email, subject="предложен вам$")
    await oleg.goto(letter.link)
    await expect(oleg.page.locator("#state")).to_contain_text("Ты ближе")
    await looked_at(oleg)
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
