"""Acting for a partner: begun in the list, ordered in an own cart, ended by the banner; with JavaScript and without."""

import pytest
from playwright.async_api import expect

from tests.browser.looks import looked_at

BOTH_WAYS = pytest.mark.parametrize(("js", "width"), [(True, 390), (False, 1440)], ids=["js", "no-js"])
BANNER = "Вы действуете за партнёра: Алиса Соколова, ООО «Монтаж-Сервис» (Мария Орлова)"


@BOTH_WAYS
async def test_an_order_for_a_partner(visit, live, js, width):
    visitor = await visit(js=js, width=width)
    await visitor.sign_in(live.cast.maria)
    await visitor.goto("/desk/partners")
    await visitor.button("Действовать за партнёра: Алиса Соколова").click()
    banner = visitor.page.get_by_role("complementary", name="Действия за партнёра")
    await expect(banner).to_contain_text(BANNER)
    await looked_at(visitor)
    await visitor.goto("/catalogue")
    await visitor.page.locator("main .buy").first.click()
    await expect(visitor.page.locator("main .buy.in").first).to_be_visible()
    await expect(banner).to_be_visible()
    await visitor.goto("/orders/checkout")
    await looked_at(visitor)
    await visitor.button("Заказать").click()
    await expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("Заказ")
    await live.letters.find("alice@example.ru", subject="заказ")
    await visitor.page.emulate_media(media="print")
    await expect(banner).to_be_visible()
    await visitor.page.emulate_media(media="screen")
    await visitor.goto("/orders")
    await visitor.button("Закончить").click()
    await expect(visitor.said("Вы снова действуете от своего имени")).to_be_visible()
    await expect(banner).to_have_count(0)
