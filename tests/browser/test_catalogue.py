"""From a list narrowed by properties to a product with all that is known of it; and what administrators add to it."""

import re

import pytest
from playwright.async_api import expect

from app.catalogue.models import Product
from tests.attachments.samples import pdf
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor

CAMERA, OTHER = "DS-2CD2043G2-I", "DS-2CD2143G2-IS"


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, True), (390, False)])
async def test_a_list_narrowed_by_properties(visit, live, width, js):
    """Each filter has a chip that takes it off, and a guest's page of a product says what engines read."""
    guest = await visit(width=width, js=js)
    await guest.goto("/catalogue/categories/ip-cameras")
    before = await guest.page.locator("#lines .line").count()
    await guest.page.locator(".facets summary").click()
    value = guest.page.get_by_role("group", name="Разрешение").get_by_role("checkbox", name=re.compile("^4 Мп"))
    await value.check()
    await guest.field("Розница до, ₽").fill("16 000")
    await guest.page.locator(".filters > .btn").click()
    chip = guest.link(re.compile("^Разрешение: 4 Мп"))
    await expect(chip).to_be_visible()
    await expect(guest.link(re.compile("^Розница до 16 000"))).to_be_visible()
    assert 0 < await guest.page.locator("#lines .line").count() < before
    await guest.page.locator(".facets summary").click()
    await looked_at(guest)
    await chip.click()
    await guest.page.locator(".facets summary").click()
    await expect(value).not_to_be_checked()
    await guest.field("Розница до, ₽").fill("много")
    await guest.page.locator(".filters > .btn").click()
    await expect(guest.page.locator("#f-high-e")).to_contain_text("Напишите цену в рублях")
    await expect(guest.field("Розница до, ₽")).to_have_value("много")
    await guest.goto(f"/catalogue/search?q={CAMERA}")
    await guest.page.locator("#lines .item a").first.click()
    await expect(guest.page.locator("h1")).to_contain_text("IP-камера")
    assert await guest.page.locator('script[type="application/ld+json"]').count() == 2
    await looked_at(guest)


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, False)])
async def test_what_stands_around_a_product(visit, live, width, js):
    keeper, partner = await visit(width=width, js=js), await visit(width=390 if js else 1440, js=js)
    keeper.watch.refused(422)
    await keeper.sign_in(live.cast.anna)
    await keep_warehouse(keeper)
    await keeper.goto(f"/administration/products?q={CAMERA}")
    await keeper.page.locator("a[data-row]").first.click()
    await write_stock(keeper)
    await add_document(keeper)
    await choose_analogue(keeper)
    await partner.sign_in(live.cast.alice)
    async with live.rows():
        camera, other = await Product.get(article=CAMERA), await Product.get(article=OTHER)
        assert camera.stock == 640
    await partner.goto(f"/catalogue/products/{other.id}")
    await partner.goto(f"/catalogue/products/{camera.id}")
    await expect(partner.page.get_by_text("Склад у причала")).to_be_visible()
    await expect(partner.page.locator("#others")).to_contain_text(OTHER)
    await expect(partner.page.locator("#seen")).to_contain_text(OTHER)
    await looked_at(partner)
    async with partner.page.expect_download() as begun:
        await partner.link("Паспорт").click()
    assert (await begun.value).suggested_filename == "паспорт.pdf"


async def keep_warehouse(keeper: Visitor) -> None:
    await keeper.goto("/administration/warehouses")
    await looked_at(keeper)
    await keeper.link("Новый склад").first.click()
    await keeper.field("Название").fill("Склад у причала")
    await keeper.field("Место в списке").fill("x")
    await keeper.button("Сохранить").click()
    await expect(keeper.page.locator("#position-e")).to_be_visible()
    await expect(keeper.field("Название")).to_have_value("Склад у причала")
    await keeper.field("Место в списке").fill("1")
    await keeper.button("Сохранить").click()
    await expect(keeper.said("Сохранено")).to_be_visible()
    await looked_at(keeper)


async def write_stock(keeper: Visitor) -> None:
    stock = keeper.field("Склад у причала")
    await stock.fill("много")
    await keeper.button("Сохранить остатки").click()
    await expect(keeper.page.locator("#stocks .err")).to_contain_text("Целое число")
    await expect(stock).to_have_value("много")
    await stock.fill("640")
    await keeper.button("Сохранить остатки").click()
    await expect(keeper.said("Сохранено")).to_be_visible()
    await expect(keeper.page.get_by_text("Сумма по складам")).to_be_visible()
    await looked_at(keeper)


async def add_document(keeper: Visitor) -> None:
    await keeper.field("Файл").set_input_files({"name": "паспорт.exe", "mimeType": "application/pdf", "buffer": pdf()})
    await keeper.field("Что это").fill("Паспорт")
    await keeper.button("Сохранить документ").click()
    await expect(keeper.page.locator("#files-e")).to_contain_text("не принимается")
    await expect(keeper.field("Что это")).to_have_value("Паспорт")
    await keeper.field("Файл").set_input_files({"name": "паспорт.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    await keeper.button("Сохранить документ").click()
    await expect(keeper.said("Документ сохранён")).to_be_visible()
    await looked_at(keeper)


async def choose_analogue(keeper: Visitor) -> None:
    await keeper.link("Выбрать аналоги").click()
    await keeper.field(re.compile("^Артикул в любом")).fill(OTHER)
    await keeper.button("Найти").click()
    await looked_at(keeper)
    await keeper.button(f"Взять в аналоги: {OTHER}").click()
    await expect(keeper.said("Аналог добавлен")).to_be_visible()
    await expect(keeper.button(f"Убрать: {OTHER}")).to_be_visible()
    await looked_at(keeper)
