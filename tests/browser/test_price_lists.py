"""A partner's price list, made while they look on, and a list of articles that becomes an order."""

import re

import pytest
from playwright.async_api import expect

from app import clock
from app.catalogue.models import Product
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor

CAMERA, SMALL, CONTACT = "DS-2CD2043G2-I", "DS-2CD2023G2-I", "DX-MC10"  # found, discontinued, sold by tens


async def replaced(site: LiveSite) -> None:
    """The small camera is not sold any more."""
    async with site.rows():
        camera = await Product.get(article=CAMERA)
        await Product.filter(article=SMALL).update(discontinued_at=clock.now(), replacement=camera)


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, True), (390, False), (320, False)])
async def test_a_price_list(visit, live, width, js):
    alice: Visitor = await visit(width=width, js=js)
    await alice.sign_in(live.cast.alice)
    await alice.goto("/price-lists")
    await alice.field(re.compile("^CSV")).check()
    await alice.button("Подготовить").click()
    download = alice.page.get_by_role("link", name=re.compile("^Скачать"))
    if js:
        await expect(download).to_be_visible()
    else:
        for _ in range(20):
            if await download.count():
                break
            await alice.page.get_by_role("link", name="Готов ли?").click()
    async with alice.page.expect_download() as waiting:
        await download.click()
    assert (await waiting.value).suggested_filename.endswith(".csv")
    await alice.field("Для чего адрес").fill("Интернет-магазин")
    await alice.button("Создать адрес").click()
    await expect(alice.page.get_by_text("Скопируйте его сейчас")).to_be_visible()
    await looked_at(alice)
    await alice.page.get_by_role("link", name="Отозвать: Интернет-магазин").click()
    await alice.button("Отозвать").click()
    await expect(alice.said("Адрес отозван")).to_be_visible()
    await looked_at(alice)


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, True), (390, False), (1440, False)])
async def test_a_quick_order(visit, live, width, js):
    await replaced(live)
    bob: Visitor = await visit(width=width, js=js)
    bob.watch.refused(422)
    await bob.sign_in(live.cast.bob)
    await bob.goto("/quick-order")
    await bob.button("Разобрать").click()
    await expect(bob.page.get_by_role("alert")).to_contain_text("Вставьте список")
    await bob.field("Артикулы с количествами").fill(f"{CAMERA} – 2 шт\n{SMALL} 1\n{CONTACT}; 7\nчепуха 1")
    await bob.button("Разобрать").click()
    await expect(bob.page.locator("#row-4")).to_be_visible()
    await looked_at(bob)
    await bob.button(re.compile("^Взять 10")).click()
    await expect(bob.field("Количество, 3")).to_have_value("10")
    await bob.page.locator("#row-2").get_by_role("button", name=CAMERA).click()
    await expect(bob.page.locator("#row-2 .tag")).to_have_count(0)
    await bob.button("Убрать, 4").click()
    await expect(bob.page.locator("#row-4")).to_have_count(0)
    await looked_at(bob)
    await bob.button("В корзину").click()
    await expect(bob.page.get_by_role("heading", name="Корзина")).to_be_visible()
    await expect(bob.field(re.compile(f"^Количество: {CAMERA}"))).to_have_value("3")
