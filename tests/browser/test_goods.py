"""From a new brand to an ordered product with a picture, and to the day when it is sold no more."""

import re

import pytest
from playwright.async_api import expect

from app.catalogue.models import Product
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.factories import make_brand
from tests.factories import make_product as product_row
from tests.goods import samples

ARTICLE, NAME = "МК-12/3", "Муфта кабельная герметичная"


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, False)])
async def test_a_product_with_a_picture(visit, live, width, js):
    keeper, partner = await visit(width=width, js=js), await visit(width=390 if js else 1440, js=js)
    keeper.watch.refused(422)
    await keeper.sign_in(live.cast.anna)
    await make_groups(keeper)
    await make_product(keeper)
    await add_picture(keeper)
    await partner.sign_in(live.cast.alice)
    await order(partner)
    await discontinue(keeper)
    await partner.goto("/catalogue/search?q=mk123")
    row = partner.page.locator("tbody.gone").filter(has_text=NAME)
    await expect(row).to_contain_text("Снята с производства")
    await expect(row).to_contain_text("DX-MC10")
    await expect(partner.button(f"В корзину: {ARTICLE}")).to_have_count(0)
    async with live.rows():
        product = await Product.get(article=ARTICLE)
        assert product.picture.startswith("@") and product.discontinued_at


@pytest.mark.parametrize(("width", "js"), [(390, True), (1440, False)])
async def test_two_spellings_of_a_brand_become_one(visit, live, width, js):
    """First stopped by an article that is in both; then done, and the old address leads on."""
    async with live.rows():
        gone, stays = await make_brand(name="Mayak"), await make_brand(name="Маяк-М")
        double = await product_row(article="МК-7", brand=gone)
        await product_row(article="MK7", brand=stays)
    keeper = await visit(width=width, js=js)
    await keeper.sign_in(live.cast.anna)
    await keeper.goto(f"/administration/brands/{gone.id}")
    await keeper.link("Объединить с другим").click()
    await looked_at(keeper)
    await keeper.field("Всё перейдёт в").select_option(value=str(stays.id))
    await keeper.button("Показать, что перейдёт").click()
    await expect(keeper.page.get_by_text("1 артикул есть в обоих")).to_be_visible()
    await looked_at(keeper)
    await keeper.link("МК-7").click()
    await keeper.field("Артикул").fill("МК-8")
    await keeper.button("Сохранить").click()
    await expect(keeper.said("Сохранено")).to_be_visible()
    await keeper.goto(f"/administration/brands/{gone.id}/merging?into={stays.id}")
    await expect(keeper.page.get_by_text("Отменить это нельзя")).to_be_visible()
    await looked_at(keeper)
    await keeper.button("Объединить").click()
    await expect(keeper.said("Объединено: всё теперь в «Маяк-М»")).to_be_visible()
    await keeper.goto(f"/catalogue/brands/{gone.slug}")
    await expect(keeper.page.get_by_role("heading", name="Маяк-М")).to_be_visible()
    async with live.rows():
        assert (await Product.get(id=double.id)).brand_id == stays.id


async def make_groups(keeper: Visitor) -> None:
    """A brand, and a category below another one."""
    await keeper.goto("/administration/brands")
    await keeper.link("Новый бренд").click()
    await keeper.field("Название").fill("Маяк")
    await keeper.button("Сохранить").click()
    await expect(keeper.said("Сохранено")).to_be_visible()
    await expect(keeper.page.get_by_role("heading", name="Маяк")).to_be_visible()
    await looked_at(keeper)
    await keeper.link("Категории").click()
    await looked_at(keeper)
    await keeper.link("Новая категория").click()
    await keeper.field("Название").fill("Муфты")
    await keeper.field("Входит в").select_option(index=1)
    await keeper.button("Сохранить").click()
    await expect(keeper.said("Сохранено")).to_be_visible()
    await looked_at(keeper)


async def make_product(keeper: Visitor) -> None:
    """First with a least quantity that does not fit the pack: nothing typed is lost."""
    await keeper.goto("/administration/products")
    await looked_at(keeper)
    await keeper.link("Новый товар").click()
    await keeper.field("Артикул").fill(ARTICLE)
    await keeper.field("Бренд").select_option(label="Маяк")
    await keeper.field("Категория").select_option(label="— Муфты")
    await keeper.field("Название").fill(NAME)
    await keeper.field("Розничная цена с НДС, ₽").fill("1 250,50")
    await keeper.field("Кратность").fill("10")
    await keeper.field("Минимальное количество").fill("15")
    await keeper.field("На складе").fill("300")
    await keeper.button("Выставить на продажу").click()
    await expect(keeper.page.locator("#minimum-e")).to_contain_text("10 или 20")
    await expect(keeper.field("Название")).to_have_value(NAME)
    await looked_at(keeper)
    await keeper.field("Минимальное количество").fill("20")
    await keeper.button("Выставить на продажу").click()
    await expect(keeper.said(f"Товар в продаже: {ARTICLE}")).to_be_visible()


async def add_picture(keeper: Visitor) -> None:
    """First an SVG with a script, which is refused in words; then two photos, of which the second is put first."""
    file = keeper.field("Файлы картинок")
    await file.set_input_files({"name": "знак.svg", "mimeType": "image/svg+xml", "buffer": samples.SCRIPTED})
    await keeper.button("Сохранить картинки").click()
    await expect(keeper.page.locator("#picture-e")).to_contain_text("в SVG могут быть скрипты")
    await file.set_input_files(
        [
            {"name": "сзади.avif", "mimeType": "image/avif", "buffer": samples.photo("AVIF", (300, 400))},
            {"name": "муфта.jpg", "mimeType": "image/jpeg", "buffer": samples.photo()},
        ]
    )
    await keeper.button("Сохранить картинки").click()
    await expect(keeper.said("2 картинки сохранены")).to_be_visible()
    await loaded(keeper, "#photos li img")
    second = await keeper.page.locator("#photos li img").last.get_attribute("src")
    await looked_at(keeper)
    await keeper.button("Переставить картинку 2 на место раньше").click()
    await expect(keeper.said("Сохранено")).to_be_visible()
    await expect(keeper.page.locator("#photos li img").first).to_have_attribute("src", second or "")
    await keeper.link("Убрать картинку 2").click()
    await looked_at(keeper)
    await keeper.link("Оставить как есть").click()
    await expect(keeper.page.locator("#photos li")).to_have_count(2)


async def order(partner: Visitor) -> None:
    """Finds it by its article in another writing, sees the picture in the list and on its page, orders it."""
    await partner.goto("/catalogue/search?q=mk123")
    await loaded(partner, "#lines img.pic")
    await looked_at(partner)
    await partner.link(NAME).click()
    await loaded(partner, "img.photo")
    await looked_at(partner)
    first = await partner.page.locator("img.photo").get_attribute("src")
    await partner.link("картинка 2 из 2").click()
    await expect(partner.page.locator("img.photo")).not_to_have_attribute("src", first or "")
    await expect(partner.link("картинка 2 из 2")).to_have_attribute("aria-current", "true")
    await loaded(partner, "img.photo")
    await looked_at(partner)
    await partner.button(f"В корзину: {ARTICLE}").click()
    await expect(partner.link(re.compile("^В корзине: 20 шт"))).to_be_visible()
    await partner.goto("/orders/checkout")
    await partner.page.get_by_role("radio", name=re.compile("^Самовывоз")).check()
    await partner.button("Заказать").click()
    placed = partner.page.get_by_role("heading", name=re.compile(r"^Заказ № \d+ оформлен$"))
    await expect(placed).to_be_visible()
    found = re.search(r"\d+", await placed.inner_text())
    assert found
    await partner.goto(f"/orders/{found[0]}")
    await loaded(partner, "#ordered img.pic")


async def discontinue(keeper: Visitor) -> None:
    """With a replacement, which is looked for."""
    await keeper.link("Снять с продажи").click()
    await keeper.field(re.compile("^Чем он заменён")).fill("dx-mc10")
    await keeper.button("Найти").click()
    await keeper.page.get_by_role("radio", name=re.compile("DX-MC10")).first.check()
    await looked_at(keeper)
    await keeper.button("Снять с продажи").click()
    await expect(keeper.said(f"Снят с продажи: {ARTICLE}")).to_be_visible()
    await looked_at(keeper)


async def loaded(visitor: Visitor, selector: str) -> None:
    """Waits until a picture is there, and not only its place."""
    picture = visitor.page.locator(selector).first
    await picture.scroll_into_view_if_needed()
    if visitor.js:
        await expect(picture).to_have_js_property("complete", True)
    assert await picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 0
