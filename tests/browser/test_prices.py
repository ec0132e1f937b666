"""From a type of prices to a partner who pays it, in roubles and at a rate; and a price that is asked for."""

import re

import pytest
from playwright.async_api import expect

from app.catalogue.models import Product
from app.tickets.models import Ticket
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, False)])
async def test_prices_of_a_type(visit, live, width, js):
    keeper, partner = await visit(width=width, js=js), await visit(width=390 if js else 1440, js=js)
    keeper.watch.refused(422)
    async with live.rows():
        cheap, asked = await Product.filter(discontinued_at=None).order_by("id").limit(2)
    await keeper.sign_in(live.cast.anna)
    await make_type(keeper)
    await write_rate(keeper)
    await write_price(keeper, cheap, "Дилер 1", "1,50", "у.е.")
    await write_price(keeper, asked, "Розничная", "", "")
    await give_type(keeper, live.cast.company.id)
    await partner.sign_in(live.cast.alice)
    await partner.goto(f"/catalogue/products/{cheap.id}")
    await expect(partner.page.locator("#offer")).to_contain_text("135,00")
    await expect(partner.page.locator("#offer")).to_contain_text("по курсу 90,0000")
    await looked_at(partner)
    await ask(partner, asked)
    async with live.rows():
        assert asked.article in (await Ticket.all().order_by("-id").first()).subject


async def make_type(keeper: Visitor) -> None:
    """First without a name."""
    await keeper.goto("/administration/price-types/new")
    await keeper.page.locator("#name").evaluate("one => one.required = false")
    await keeper.button("Сохранить").click()
    await expect(keeper.page.locator("#name-e")).to_be_visible()
    await keeper.field("Название").fill("Дилер 1")
    await keeper.button("Сохранить").click()
    await expect(keeper.said("Сохранено")).to_be_visible()
    await looked_at(keeper)
    await keeper.goto("/administration/price-types")
    await looked_at(keeper)


async def write_rate(keeper: Visitor) -> None:
    """By hand: the test has no bank."""
    await keeper.goto("/administration/rates")
    await looked_at(keeper)
    await keeper.field("Рублей за 1 у.е.").fill("90")
    await keeper.button("Задать курс").click()
    await expect(keeper.page.locator("#state")).to_contain_text("90,0000")
    await looked_at(keeper)


async def write_price(keeper: Visitor, product: Product, name: str, amount: str, currency: str) -> None:
    """A price of a type from today on."""
    await keeper.goto(f"/administration/products/{product.id}/prices")
    await keeper.field("Тип цен").select_option(label=name)
    await keeper.page.locator("#amount").fill(amount)
    if currency:
        await keeper.field("Валюта").select_option(label=currency)
    await keeper.button("Сохранить цену").click()
    await expect(keeper.said("Цена сохранена")).to_be_visible()
    await looked_at(keeper)


async def give_type(keeper: Visitor, company: int) -> None:
    """On the partner's card."""
    await keeper.goto(f"/desk/partners/{company}")
    await keeper.field("Другой тип").select_option(label="Дилер 1")
    await keeper.page.locator("#price_type").get_by_role("button", name="Сохранить").click()
    await expect(keeper.said("Тип цен сохранён")).to_be_visible()
    await expect(keeper.page.locator("#price_type")).to_contain_text("Дилер 1")


async def ask(partner: Visitor, product: Product) -> None:
    """A ticket that is written already, but for the quantity."""
    await partner.goto(f"/catalogue/products/{product.id}")
    await expect(partner.page.locator("#offer")).to_contain_text("по запросу")
    await expect(partner.button(f"В корзину: {product.article}")).to_have_count(0)
    await looked_at(partner)
    await partner.link(f"Узнать цену: {product.article}").click()
    await expect(partner.page.locator("#text")).to_have_value(re.compile(re.escape(product.article)))
    await partner.button("Отправить").click()
    await expect(partner.page.get_by_role("heading", level=1)).to_contain_text("Тикет №")
