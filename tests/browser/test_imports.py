"""A dirty price list of a supplier, from the file to the catalogue and back, by clicks alone."""

import re

import pytest
from playwright.async_api import expect

from app.catalogue.models import Product
from app.warehouses.models import Warehouse
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.factories import make_brand, make_product
from tests.imports.books import DIRTY, feed, offer, old_workbook, opendocument, table, workbook

COUNTS = {
    "Новые товары": 2,
    "Подорожали": 1,
    "Подешевели": 1,
    "Изменились иначе": 1,
    "Без изменений": 1,
    "Не читаются": 4,
}
# (What is not in windows-1251 is written out.)
IN_WINDOWS = [[str(cell).replace("₽", "руб.") for cell in row] for row in DIRTY]
LISTS = {
    "прайс.xlsx": lambda: workbook(("Прайс", DIRTY)),
    "прайс.xls": lambda: old_workbook(DIRTY),
    "прайс.ods": lambda: opendocument(DIRTY),
    "прайс.csv": lambda: table(IN_WINDOWS, encoding="windows-1251"),
}
Known = dict[int, tuple[int, int]]


async def stocked(live: LiveSite) -> None:
    """What the list is about."""
    async with live.rows():
        hikvision, lighthouse = await make_brand(name="HIKVISION"), await make_brand(name="Маяк")
        await make_product(article="DS-1", brand=hikvision, retail=100_000)
        await make_product(article="120", brand=hikvision, retail=20_000)
        await make_product(article="X-3", brand=lighthouse, retail=30_000)
        await make_product(article="SAME", brand=lighthouse, retail=77_700)
        await Warehouse.create(name="Главный склад")


async def standing(live: LiveSite) -> Known:
    """The price and the stock of every product."""
    async with live.rows():
        return {one.id: (one.retail, one.stock) for one in await Product.all()}


@pytest.mark.parametrize(
    ("name", "width", "js"),
    [("прайс.xlsx", 1440, True), ("прайс.xls", 390, True), ("прайс.ods", 390, False), ("прайс.csv", 1440, False)],
)
async def test_a_dirty_list(visit, live, name, width, js):
    await stocked(live)
    anna: Visitor = await visit(width=width, js=js)
    anna.watch.refused(422)
    await anna.sign_in(live.cast.anna)
    before = await standing(live)
    await chosen(anna, name)
    assert await counts(anna) == {**COUNTS, "Пропали": 0}
    await anna.link(re.compile("Не читаются")).click()
    for words in ("Нет артикула", "Тот же товар, что в строке 5", "тысячи или дробь", "в рублях и долларах"):
        await expect(anna.page.locator("#run")).to_contain_text(words)
    await looked_at(anna)
    await anna.button(re.compile("^Применить: 5 изменений")).click()
    await done(anna, "Применён")
    await looked_at(anna)
    after = await standing(live)
    assert changes(before, after) == {one: COUNTS[one] for one in list(COUNTS)[:4]}
    await chosen(anna, name, again=True)
    await expect(anna.page.get_by_text("Ничего не изменится")).to_be_visible()
    assert (await counts(anna))["Без изменений"] == 6 and await standing(live) == after
    await anna.goto("/administration/imports")
    await looked_at(anna)
    await anna.page.get_by_role("row", name=re.compile("применён")).get_by_role("link").click()
    await anna.link("Отменить импорт").click()
    await looked_at(anna)
    await anna.button("Отменить импорт").click()
    await done(anna, "Отменён")
    assert await standing(live) == before


@pytest.mark.parametrize("js", [True, False])
async def test_several_sheets_and_a_feed(visit, live, js):
    """Both with a known product that is cheaper and a new one; taken back in the other order."""
    await stocked(live)
    anna: Visitor = await visit(js=js)
    await anna.sign_in(live.cast.anna)
    before = await standing(live)
    heading = ["Артикул", "Наименование", "Цена"]
    known = [heading, ["DS-1", "Камера", "900,00"]]
    new = [["новинки"], heading, ["Маяк"], ["NEW-1", "Камера 4 Мп", "1 500"]]
    await uploaded(anna, "прайс.xlsx", workbook(("Склад", known), ("Новинки", new), ("О нас", [["Звоните"]])))
    for sheet in ("Склад", "Новинки"):
        await anna.page.get_by_role("checkbox", name=sheet).check()
    await anna.page.get_by_role("checkbox", name=re.compile("^Новые товары")).check()
    await anna.field("Категория новых").select_option(label="IP-камеры")
    await looked_at(anna)
    await previewed(anna)
    assert (await counts(anna))["Новые товары"] == (await counts(anna))["Подешевели"] == 1
    await anna.button(re.compile("^Применить: 2 изменения")).click()
    await done(anna, "Применён")
    then = await standing(live)
    await uploaded(anna, "feed.yml", feed(offer("DS-1", "800.00") + offer("F-1", "5", vendor="Маяк")), again=True)
    await anna.field("Бренд").select_option(label="C: Бренд")
    await previewed(anna)
    assert (await counts(anna))["Новые товары"] == (await counts(anna))["Подешевели"] == 1
    await anna.button(re.compile("^Применить: 2 изменения")).click()
    await done(anna, "Применён")
    assert len(await standing(live)) == len(then) + 1
    for left in (then, before):
        await anna.goto("/administration/imports")
        await anna.page.get_by_role("row", name=re.compile("применён")).first.get_by_role("link").click()
        await anna.link("Отменить импорт").click()
        await anna.button("Отменить импорт").click()
        await done(anna, "Отменён")
        assert await standing(live) == left


async def uploaded(anna: Visitor, name: str, content: bytes, *, again: bool = False) -> None:
    """Uploads a list of one supplier."""
    await anna.goto("/administration/imports/new")
    if again:
        await anna.field("Поставщик").select_option(label="Маяк-Снаб")
    else:
        await anna.field("Название поставщика").fill("Маяк-Снаб")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    await anna.page.locator("#files").set_input_files(file)
    await anna.button("Дальше: столбцы").click()


async def previewed(anna: Visitor) -> None:
    """Has the preview made."""
    await anna.button("Показать, что изменится").click()
    await expect(anna.page).to_have_url(re.compile(r"/imports/\d+$"))
    if anna.js:
        await expect(anna.page.locator("#run .counts")).to_be_visible()
    else:
        await anna.reload_until(anna.page.locator("#run .counts"))


async def chosen(anna: Visitor, name: str, *, again: bool = False) -> None:
    """Uploads the list, first without saying whose it is; mends the columns, and has the preview made."""
    await anna.goto("/administration/imports/new")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": LISTS[name]()}
    if again:
        await anna.field("Поставщик").select_option(label="Маяк-Снаб")
    else:
        await anna.button("Дальше: столбцы").click()
        await expect(anna.page.locator("#files-e")).to_be_visible()
        await looked_at(anna)
        await anna.field("Название поставщика").fill("Маяк-Снаб")
    await anna.page.locator("#files").set_input_files(file)
    await anna.button("Дальше: столбцы").click()
    await expect(anna.field("Строка с заголовками")).to_have_value("3")
    await expect(anna.field("Артикул")).to_have_value("1")
    await looked_at(anna)
    if not again:
        await anna.field("Строка с заголовками").fill("7")
        await anna.button("Показать так").click()
        await expect(anna.page.locator(".sheet .heading")).to_contain_text("7")
        await anna.field("Остатки склада").select_option(label="Главный склад")
        await anna.field("Артикул").select_option(label="нет")
        await anna.button("Показать, что изменится").click()
        await expect(anna.page.locator("#at_article-e")).to_contain_text("Выберите столбец с артикулами")
        await looked_at(anna)
        await anna.field("Артикул").select_option(label="B: Артикул")
        await anna.field("Строка с заголовками").fill("3")
        await anna.page.get_by_role("checkbox", name=re.compile("^Новые товары")).check()
        await anna.field("Категория новых").select_option(label="IP-камеры")
    await previewed(anna)


async def done(anna: Visitor, words: str) -> None:
    """Waits for the worker: the page renews itself, or is asked whether it is ready."""
    shown = anna.page.locator("#run .note b", has_text=words)
    if anna.js:
        await expect(shown).to_be_visible()
    else:
        await anna.reload_until(shown)


async def counts(anna: Visitor) -> dict[str, int]:
    """The totals of the preview."""
    texts = await anna.page.locator("#run .counts a").all_inner_texts()
    found = (re.fullmatch(r"\s*(\d+)\s*(.+?)\s*", text, re.DOTALL) for text in texts)
    return {one[2]: int(one[1]) for one in found if one}


def changes(before: Known, after: Known) -> dict[str, int]:
    """What became of the products, as a preview counts it."""
    found = dict.fromkeys(list(COUNTS)[:4], 0)
    found["Новые товары"] = len(after) - len(before)
    for one, (price, _stock) in before.items():
        if after[one][0] != price:
            now = after[one][0]
            found["Изменились иначе" if not now else "Подорожали" if now > price else "Подешевели"] += 1
    return found
