"""From a pasted list of 30 articles in three spellings to a sent presentation: every row is found or explained, and
the partner sees exactly the preview. With JavaScript and without, at a desk and on a phone.
"""

import re
from urllib.parse import quote_plus

import pytest
from playwright.async_api import Locator, expect

from app.catalogue.models import Product
from app.presentations.models import Doubt, Line
from tests.browser.conftest import OpenWindow
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.factories import make_product

TITLE = "Список из мессенджера"
ARTICLES = [f"QX-7{number:03}K-I" for number in range(27)]


async def make_goods(site: LiveSite) -> list[str]:
    """27 cameras, a cable by 305 m and two that are alike; the list of 30 rows that asks for them."""
    async with site.rows():
        for article in ARTICLES:
            await make_product(article=article, picture="dome")
        await make_product(article="UTP-0043Z", unit="м", pack=305, minimum=305, picture="reel")
        await make_product(article="WZ-550-IS")
        await make_product(article="WZ-550-IP")
    rows = [f"• {article} – 4 шт" for article in ARTICLES[:9]]
    rows += [f"{number}. {article.replace('-', ' ').lower()} x2" for number, article in enumerate(ARTICLES[9:18], 10)]
    rows += [f"{article.replace('K', 'К')}\t3" for article in ARTICLES[18:]]  # a Cyrillic К, from a spreadsheet
    return [*rows, "UTP-0043Z 500 м", "WZ-550 – 2 шт", "какой-то ЪЪ-900 1шт"]


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, False)])
async def test_from_a_pasted_list_to_the_partner(live: LiveSite, visit: OpenWindow, width: int, js: bool) -> None:
    rows = await make_goods(live)
    manager = await visit(width=width, js=js)
    await manager.sign_in(live.cast.maria)
    await begin(manager)
    await manager.field("Артикулы с количествами").fill("\n".join(rows))
    await manager.button("Разобрать").click()
    await expect(manager.said("Добавлено 27 позиций, 3 строки ждут вашего решения")).to_be_visible()
    await expect(manager.page.get_by_role("heading", name="27 позиций")).to_be_visible()
    await is_sound(manager)
    await settle(live, manager)
    seen = await preview(manager)
    await manager.goto(manager.page.url.removesuffix("/preview"))
    await manager.button("Отправить").click()
    await expect(manager.said("Отправлено: партнёр получит письмо со ссылкой")).to_be_visible()
    partner = await visit(width=width, js=js)
    await partner.sign_in(live.cast.alice)
    await partner.goto("/presentations/1")
    assert await shown(partner) == seen
    async with live.rows():
        assert await Line.all().count() == 29


async def begin(manager: Visitor) -> None:
    """An empty draft for Alice's company, with a title."""
    await manager.goto("/desk/presentations/new")
    await manager.button("Презентация: ООО «Монтаж-Сервис»").click()
    await manager.field("Название").fill(TITLE)


async def settle(site: LiveSite, manager: Visitor) -> None:
    """One row by its nearest quantity, one by choosing, one is dismissed; each says why it waits."""
    await expect(row(manager, "UTP-0043Z 500 м")).to_contain_text("отпускается по 305 м")
    await row(manager, "UTP-0043Z 500 м").get_by_role("button", name="Взять 610").click()
    await expect(row(manager, "UTP-0043Z 500 м")).to_have_count(0)
    await expect(row(manager, "WZ-550 – 2 шт")).to_contain_text("возможно")
    await manager.page.reload()
    await row(manager, "WZ-550 – 2 шт").get_by_role("button", name=re.compile("Взять 2.*WZ-550-IP")).click()
    await expect(row(manager, "WZ-550 – 2 шт")).to_have_count(0)
    await expect(row(manager, "ЪЪ-900")).to_contain_text("не найден")
    await row(manager, "ЪЪ-900").get_by_role("button", name=re.compile("^Убрать строку")).click()
    await expect(row(manager, "ЪЪ-900")).to_have_count(0)
    await expect(manager.page.get_by_role("heading", name="29 позиций")).to_be_visible()
    async with site.rows():
        assert not await Doubt.exists() and await Product.filter(article="WZ-550-IP").exists()


def row(manager: Visitor, text: str) -> Locator:
    """A row that waits."""
    return manager.page.locator(".doubts > li").filter(has_text=text)


async def preview(manager: Visitor) -> list[str]:
    """What stands there, on the whole page and in the frame of a phone."""
    await manager.button("Как увидит партнёр").click()
    await expect(manager.page.get_by_role("heading", name=TITLE)).to_be_visible()
    seen = await shown(manager)
    await manager.link("На телефоне").click()
    frame = manager.page.frame_locator("iframe")
    await expect(frame.get_by_role("heading", name=TITLE)).to_be_visible()
    await manager.link("На широком экране").click()
    return seen


async def shown(visitor: Visitor) -> list[str]:
    """The products of the lines with their prices and sums, as they stand on the page."""
    lines = visitor.page.locator("table.lines tbody")
    await expect(lines).to_have_count(29)
    parts = ".what a b, .was, .off, .price, .sum"
    return [" ".join(await line.locator(parts).all_inner_texts()) for line in await lines.all()]


async def test_a_draft_saves_itself(live: LiveSite, visit: OpenWindow) -> None:
    """What was typed is there after a reload; another window's text is shown beside one's own."""
    await make_goods(live)
    manager, other = await visit(), await visit()
    await manager.sign_in(live.cast.maria)
    await other.sign_in(live.cast.anna)
    await begin(manager)
    await manager.field("Приветствие").fill("Добрый день!")
    # (What was typed before it may be under way still.)
    async with manager.page.expect_response(lambda one: quote_plus("Добрый день!") in (one.request.post_data or "")):
        await manager.field("Название").press("Tab")
    await expect(manager.said("Сохранено")).to_be_visible()
    await manager.page.reload()
    await expect(manager.field("Приветствие")).to_have_value("Добрый день!")
    await other.goto(manager.page.url.removeprefix(live.origin))
    await other.field("Название").fill("Её название")
    await other.button("Пересчитать").click()
    await expect(other.said("Сохранено")).to_be_visible()
    manager.watch.refused(422)
    await manager.field("Название").fill("Моё название")
    await manager.field("Название").press("Tab")
    await expect(manager.page.locator("#title-e")).to_contain_text("Её название")
    await expect(manager.field("Название")).to_have_value("Моё название")
    await is_sound(manager)
    await manager.button("Взять сохранённое").click()
    await expect(manager.field("Название")).to_have_value("Её название")
    await expect(manager.page.locator("#title-e")).to_have_count(0)


async def is_sound(visitor: Visitor) -> None:
    """Looked at from above: what half hides under the header is no small target."""
    await visitor.page.evaluate("scrollTo(0, 0)")
    await looked_at(visitor)
