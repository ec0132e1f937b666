"""What the journeys have in common: the goods, and what partner and manager do in one window or another.

Each step says what a person sees. Sums are those of the goods below.
"""

import re
from datetime import timedelta

from playwright.async_api import Locator, expect

from app import clock
from app.catalogue.models import Product
from app.presentations.models import Line, Version
from tests.browser.live import LiveSite
from tests.browser.visitors import Visitor
from tests.factories import make_line, make_presentation

CAMERA = "DS-2CD2043G2-I"  # 14 990,00 ₽; with 20 % off 11 992,00 ₽
SMALL_CAMERA = "DS-2CD2023G2-I"  # 11 990,00 ₽; with the partner's own 15 % off 10 191,50 ₽
CONTACT = "DX-MC10"  # 68,00 ₽ and sold by tens; with 10 % off 61,20 ₽
TITLE = "Видеонаблюдение для склада"


async def send_offer(site: LiveSite) -> int:
    """An offer as `draft` and `send` make it, for tests that begin with it; its number."""
    terms = ((CAMERA, 2000, 4), (SMALL_CAMERA, 1500, 2), (CONTACT, 1000, 20))
    async with site.rows():
        first = await Product.get(article=CAMERA)
        offer = await make_presentation(company=site.cast.company, author=site.cast.maria, products=[first])
        version = await Version.get(presentation=offer)
        await Line.filter(version=version).delete()
        for position, (article, discount, quantity) in enumerate(terms, 1):
            product = await Product.get(article=article)
            await make_line(version=version, product=product, position=position, discount=discount, quantity=quantity)
    return offer.number


async def draft(manager: Visitor) -> None:
    """From the desk to a draft with three lines, their quantities and discounts."""
    await manager.goto("/desk")
    await manager.link("Новая презентация").click()
    await manager.page.get_by_label("Название, город, ИНН, человек, телефон, почта или логин").fill("монтаж-сервис")
    if not manager.js:
        await manager.button("Найти").click()
    await expect(manager.button(re.compile("^Презентация: "))).to_have_count(1)
    await manager.button("Презентация: ООО «Монтаж-Сервис»").click()
    await expect(manager.page.get_by_role("heading", name="Новая презентация")).to_be_visible()
    await manager.field("Название").fill(TITLE)
    await manager.field("Приветствие").fill("Добрый день! Собрали комплект для склада.")
    await manager.field("Действует по").fill((clock.now() + timedelta(days=10)).date().isoformat())
    for article, quantity in ((CAMERA, "4"), (SMALL_CAMERA, "2"), (CONTACT, "20")):
        await _add(manager, article, quantity)
    await manager.field(f"Скидка: {CAMERA}, %").fill("20")
    await manager.field(f"Скидка: {CONTACT}, %").fill("10")
    await manager.button("Пересчитать").click()
    await expect(manager.field(f"Цена: {CAMERA}, ₽")).to_have_value(re.compile(r"^11\s992,00$"))
    await expect(manager.total).to_contain_text("69 575,00 ₽")


async def _add(manager: Visitor, article: str, quantity: str) -> None:
    await manager.field("Артикул, название или бренд").fill(article)
    if not manager.js:
        await manager.button("Найти").click()
    await manager.field(re.compile(f"^Количество: {re.escape(article)}, ")).fill(quantity)
    await manager.button(f"Добавить: {article}").click()
    await expect(manager.said(f"Добавлено: {article}")).to_be_visible()
    await expect(manager.field(f"Скидка: {article}, %")).to_have_value("15")  # the partner's own


async def send(manager: Visitor) -> None:
    """Sends what was drafted."""
    await manager.button("Отправить").click()
    await expect(manager.said("Отправлено: партнёр получит письмо со ссылкой")).to_be_visible()
    await expect(manager.page.get_by_role("heading", name=TITLE)).to_be_visible()


def line(visitor: Visitor, article: str) -> Locator:
    """A line of a presentation or of the cart, as a table's group of rows."""
    article_alone = visitor.page.get_by_text(article, exact=True)
    return visitor.page.get_by_role("rowgroup").filter(has=article_alone).locator("visible=true")


async def type_quantity(partner: Visitor, article: str, quantity: str) -> None:
    """Types a quantity and goes on; without JavaScript it takes a press of the button, or Enter."""
    field = quantity_field(partner, article)
    await field.fill(quantity)
    if partner.js:
        await field.press("Tab")
    else:
        await partner.button("Пересчитать").first.click()


def quantity_field(partner: Visitor, article: str) -> Locator:
    """The field of a line."""
    return partner.field(re.compile(f"^Количество: {re.escape(article)}, "))


async def change_quantities(partner: Visitor) -> None:
    """By the field and by «+»: the sum of the line and the totals follow."""
    await expect(line(partner, CAMERA)).to_contain_text("47 968,00")
    await expect(partner.total).to_contain_text("69 575,00 ₽")
    await type_quantity(partner, CAMERA, "6")
    await expect(line(partner, CAMERA)).to_contain_text("71 952,00")
    await expect(partner.total).to_contain_text("93 559,00 ₽")
    await partner.button(f"Больше: {CAMERA}").click()
    await expect(quantity_field(partner, CAMERA)).to_have_value("7")
    await expect(line(partner, CAMERA)).to_contain_text("83 944,00")
    await expect(partner.total).to_contain_text("105 551,00 ₽")


async def mistype_quantity(partner: Visitor) -> None:
    """A wrong quantity is refused with the nearest ones and stays as it was typed; one press takes a right one."""
    partner.watch.refused(422)
    await type_quantity(partner, CONTACT, "25")
    wrong = line(partner, CONTACT)
    await expect(wrong.get_by_role("alert")).to_contain_text("25 шт не выйдет: отпускается по 10 шт.")
    await expect(wrong.get_by_role("alert")).to_contain_text("Ближайшие количества — 20 и 30.")
    if partner.js:
        await partner.sees(partner.button("Взять 30 шт"))
    await expect(quantity_field(partner, CONTACT)).to_have_value("25")
    await expect(wrong).to_contain_text("не посчитана")
    await partner.button("Взять 30 шт").click()
    await expect(quantity_field(partner, CONTACT)).to_have_value("30")
    await expect(wrong).to_contain_text("1 836,00")
    await expect(wrong.get_by_role("alert")).to_have_count(0)
    await expect(partner.total).to_contain_text("106 163,00 ₽")


async def fill_cart(partner: Visitor) -> None:
    """The pictogram of a line turns from red to green; then everything goes into the cart."""
    red = partner.button(f"В корзину: {CAMERA}")
    await expect(red).to_have_class("buy")
    await expect(red).to_have_text("в корзину")
    await expect(red).to_have_css("color", "rgb(176, 42, 31)")
    await red.click()
    await expect(partner.said(f"В корзине: {CAMERA}")).to_be_visible()
    green = partner.link(f"В корзине: 7 шт, {CAMERA}. Открыть корзину")
    await expect(green).to_have_class("buy in")
    await expect(green).to_have_text("в корзине · 7")
    await expect(green).to_have_css("color", "rgb(23, 105, 58)")
    await expect(red).to_have_count(0)
    await fill_all(partner)
    await expect(partner.button(re.compile("^В корзину: "))).to_have_count(0)
    await expect(partner.link(re.compile("^В корзине: .*Открыть корзину$"))).to_have_count(3)


async def fill_all(partner: Visitor) -> None:
    """«Всё в корзину»."""
    await partner.button("Всё в корзину").click()
    await expect(partner.said("3 позиции в корзине")).to_be_visible()


async def open_cart(partner: Visitor) -> Locator:
    """A window over the page, or without JavaScript a page of its own."""
    await partner.link(re.compile(r"^Корзина: \d")).click()
    await expect(partner.page.get_by_role("heading", name="Корзина")).to_be_visible()
    await expect(partner.page.get_by_role("dialog", name="Корзина")).to_have_count(1 if partner.js else 0)
    await expect(partner.page).to_have_url(re.compile(r"/presentations/1$" if partner.js else r"/cart$"))
    return partner.page.get_by_role("dialog" if partner.js else "main")


async def recalculate_cart(partner: Visitor) -> None:
    """Changes one quantity, takes a line out, and sees the sums follow; then goes on shopping where it was."""
    cart = await open_cart(partner)
    await expect(cart).to_contain_text("106 163,00 ₽")
    field = cart.get_by_label(re.compile(f"^Количество: {re.escape(CAMERA)}, "))
    await field.fill("8")
    await cart.get_by_role("button", name="Пересчитать").locator("visible=true").last.click()
    await expect(field).to_have_value("8")
    await expect(cart).to_contain_text("95 936,00")
    await expect(cart).to_contain_text("118 155,00 ₽")
    await cart.get_by_role("button", name=f"Убрать из корзины: {SMALL_CAMERA}").click()
    await expect(cart.get_by_role("button", name=re.compile("^Убрать из корзины: "))).to_have_count(2)
    await expect(cart).to_contain_text("97 772,00 ₽")
    await cart.get_by_role("link", name="Продолжить покупки").locator("visible=true").click()
    await expect(partner.page).to_have_url(re.compile("/presentations/1$"))
    await expect(partner.page.get_by_role("dialog")).to_have_count(0)
    await expect(partner.link(f"В корзине: 8 шт, {CAMERA}. Открыть корзину")).to_be_visible()
    await expect(partner.button(f"В корзину: {SMALL_CAMERA}")).to_be_visible()


async def check_out(partner: Visitor, address: str) -> str:
    """From the cart to a placed order; its number."""
    cart = await open_cart(partner)
    await expect(cart).to_contain_text("97 772,00 ₽")
    await cart.get_by_role("button", name="Оформить заказ").click()
    await expect(partner.page.get_by_role("heading", name="Оформление заказа")).to_be_visible()
    await expect(partner.field("Контактное лицо")).to_have_value("Алиса Соколова")
    await partner.page.get_by_role("radio", name=re.compile("^По адресу")).check()
    await partner.field("Адрес").fill(address)
    await partner.field("Что ещё прислать или учесть").fill("Приложите паспорта изделий.")
    await expect(partner.page.get_by_role("region", name="Ваш заказ")).to_contain_text("97 772,00 ₽")
    await partner.button("Заказать").click()
    placed = partner.page.get_by_role("heading", name=re.compile(r"^Заказ № \d+ оформлен$"))
    await expect(placed).to_be_visible()
    await expect(partner.page.locator("main")).to_contain_text("2 позиции, 97 772,00 ₽.")
    found = re.search(r"\d+", await placed.inner_text())
    assert found
    return found[0]


async def take(manager: Visitor) -> None:
    """Takes an order of an own partner into work, notes the call, and moves it a step on."""
    status = manager.page.get_by_role("heading", level=1)
    await expect(status).to_contain_text("новый")
    await manager.button("Взять в работу").click()
    await expect(manager.said("Статус: в работе")).to_be_visible()
    await expect(status).to_contain_text("в работе")
    await manager.button("Позвонили").click()
    await expect(manager.said("Звонок отмечен")).to_be_visible()
    await manager.button("Отметить: счёт выставлен").click()
    await expect(manager.said("Статус: счёт выставлен")).to_be_visible()
    await expect(status).to_contain_text("счёт выставлен")


async def sign_out(visitor: Visitor) -> None:
    """By the button at the end of the cabinet, which a phone folds away."""
    if visitor.phone:
        await visitor.page.locator("summary").filter(has_text="Личный кабинет").click()
    await visitor.button("Выйти").click()
    await expect(visitor.said("Вы вышли")).to_be_visible()


async def comment(visitor: Visitor, text: str) -> None:
    """Writes under an order."""
    await visitor.field("Новый комментарий").fill(text)
    await visitor.button("Отправить").click()
    await expect(visitor.said("Комментарий отправлен")).to_be_visible()
    await expect(visitor.page.get_by_role("listitem").filter(has_text=text)).to_be_visible()


async def answer(visitor: Visitor, author: str, text: str) -> None:
    """Presses the pencil of somebody's comment and answers in place."""
    said = visitor.page.get_by_role("listitem").filter(has=visitor.link(f"Ответить: {author}"))
    await visitor.link(f"Ответить: {author}").click()
    field = visitor.field(f"Ваш ответ: {author}")
    await expect(field).to_be_focused()
    await field.fill(text)
    await visitor.page.get_by_role("listitem").filter(has=field).get_by_role("button", name="Отправить").click()
    await expect(visitor.said("Комментарий отправлен")).to_be_visible()
    await expect(visitor.page.get_by_role("listitem").filter(has_text=text)).to_contain_text("в ответ на комментарий")
    await expect(said.first).to_be_visible()
