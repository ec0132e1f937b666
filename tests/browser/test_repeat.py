"""From an old order to the cart, and a list that the company keeps: by an owner and a buyer, not by a viewer."""

import re

import pytest
from playwright.async_api import expect

from app import clock
from app.catalogue.models import Product
from app.orders.models import OrderLine
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import WIDTHS, Visitor
from tests.factories import make_cart_line, make_order

CAMERA, SMALL, CONTACT = "DS-2CD2043G2-I", "DS-2CD2023G2-I", "DX-MC10"  # dearer, gone, sold by tens


async def old_order(site: LiveSite) -> int:
    """Of the owner: a camera that is dearer today, one that is replaced by it, and 7 contacts; her cart holds one."""
    async with site.rows():
        products = [await Product.get(article=article) for article in (CAMERA, SMALL, CONTACT)]
        order = await make_order(person=site.cast.alice, manager=site.cast.maria, products=products)
        await OrderLine.filter(order=order).update(price=1_000_00)
        await OrderLine.filter(order=order, product=products[2]).update(quantity=7)
        await Product.filter(id=products[1].id).update(discontinued_at=clock.now(), replacement=products[0])
        for person in (site.cast.alice, site.cast.bob) if order.number == 1 else ():
            await make_cart_line(person=person, product=products[0], quantity=1)
    return order.number


@pytest.mark.parametrize(
    ("who", "width", "js"),
    [("alice", 1440, True), ("bob", 390, True), ("alice", 390, False), ("bob", 1440, False)],
)
async def test_from_an_order_to_the_cart(visit, live, who, width, js):
    number = await old_order(live)
    partner = await visit(width=width, js=js)
    partner.watch.refused(409, 422)
    await partner.sign_in(getattr(live.cast, who))
    await partner.goto(f"/orders/{number}")
    await partner.link("Повторить").click()
    await expect(partner.page.get_by_role("heading", name=f"Повтор заказа № {number}")).to_be_visible()
    main = partner.page.locator("main")
    for word in ("дороже на", "есть замена", "количество не подходит"):
        await expect(main.get_by_text(word).first).to_be_visible()
    await looked_at(partner)
    await merge(partner)
    await replace(partner, number)


async def merge(partner: Visitor) -> None:
    """The wrong quantity is mended by its suggestion, the replacement ticked; the cart keeps what was there."""
    await partner.button(re.compile("^Взять 10")).click()
    await expect(partner.field(re.compile(f"^Количество: {CONTACT}, "))).to_have_value("10")
    await expect(partner.button(re.compile("^Взять 10"))).to_have_count(0)
    await partner.field(f"Взять замену: {CAMERA}").check()
    await partner.button("Пересчитать").first.click()
    await expect(partner.said("Пересчитано")).to_be_visible()
    await partner.button("Добавить в корзину").click()
    await expect(partner.said("В корзину добавлены 3 позиции")).to_be_visible()
    await expect(partner.field(re.compile(f"^Количество: {CAMERA}, "))).to_have_value("5")  # 1 there, 2, and 2 instead
    await expect(partner.field(re.compile(f"^Количество: {CONTACT}, "))).to_have_value("10")


async def replace(partner: Visitor, number: int) -> None:
    """The cart is thrown out after a second press alone."""
    await partner.goto(f"/repeat?order={number}")
    await partner.field(f"Взять: {CONTACT}").uncheck()
    await partner.button("Заменить корзину").click()
    await expect(partner.page.get_by_text("Из корзины пропадёт:")).to_be_visible()
    await looked_at(partner)
    await partner.button("Убрать это и заменить").click()
    await expect(partner.said("В корзину добавлена 1 позиция")).to_be_visible()
    await expect(partner.field(re.compile(f"^Количество: {CAMERA}, "))).to_have_value("2")


@pytest.mark.parametrize(("width", "js"), [(WIDTHS[0], True), (WIDTHS[1], False)])
async def test_a_list_that_the_company_keeps(visit, live, width, js):
    """The owner saves it, the buyer adds to it and deletes it in the end; the viewer looks."""
    number = await old_order(live)
    owner, buyer, viewer = [await visit(width=width, js=js) for _ in range(3)]
    await owner.sign_in(live.cast.alice)
    await owner.goto(f"/repeat?order={number}&q{await product_id(live, CONTACT)}=20")
    await owner.field("Название шаблона").fill("Склад")
    await owner.button("Сохранить как шаблон").click()
    await expect(owner.said("Шаблон сохранён: Склад")).to_be_visible()
    await buyer.sign_in(live.cast.bob)
    await buyer.goto("/order-templates")
    await looked_at(buyer)
    await buyer.link("Изменить: Склад").click()
    await buyer.field("Артикул в любом написании или слова из названия").fill("ds-7608")
    await buyer.button("Найти").click()
    await buyer.button(re.compile("^Добавить: DS-7608")).first.click()
    await expect(buyer.said(re.compile("^Добавлено: DS-7608"))).to_be_visible()
    await looked_at(buyer)
    await viewer.sign_in(live.cast.vera)
    await viewer.goto("/order-templates")
    await viewer.link("Склад").click()
    await expect(viewer.page.get_by_text("DS-7608").first).to_be_visible()
    await expect(viewer.button("Сохранить")).to_have_count(0)
    await viewer.goto(f"/orders/{number}")
    await expect(viewer.link("Повторить")).to_have_count(0)
    await buyer.link("Удалить").click()
    await buyer.button("Удалить").click()
    await expect(buyer.said("Шаблон удалён: Склад")).to_be_visible()


async def test_several_orders_by_keyboard_alone(visit, live):
    first, second = await old_order(live), await old_order(live)
    owner = await visit()
    owner.watch.refused(422)  # the contacts of both orders are not sold by fourteens
    await owner.sign_in(live.cast.alice)
    await owner.goto("/orders")
    for number in (first, second):
        await owner.field(f"Выбрать для повтора: заказ № {number}").focus()
        await owner.page.keyboard.press("Space")
    await owner.button("Повторить выбранные").focus()
    await owner.page.keyboard.press("Enter")
    await expect(owner.page.get_by_role("heading", name="Повтор 2 заказов")).to_be_visible()
    field = owner.field(re.compile(f"^Количество: {CAMERA}, ")).first
    await expect(field).to_have_value("4")
    await field.focus()
    await field.fill("3")
    await owner.page.keyboard.press("Tab")
    await expect(owner.page.locator("main")).to_contain_text("38 224,50")  # three at 12 741,50 ₽
    await expect(field).to_have_value("3")


async def product_id(site: LiveSite, article: str) -> int:
    """The id of a product in the live site."""
    async with site.rows():
        return (await Product.get(article=article)).id
