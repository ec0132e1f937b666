"""A manager corrects a partner's requisites; meanwhile the partner's owner does, and neither is lost."""

import pytest
from playwright.async_api import expect

from app.accounts.models import Company
from tests.browser.looks import looked_at


@pytest.mark.parametrize(("width", "js"), [(1440, True), (320, False)])
async def test_requisites(visit, live, width, js):
    manager, owner = await visit(width=width, js=js), await visit(width=390, js=js)
    manager.watch.refused(409, 422)
    await manager.sign_in(live.cast.maria)
    await owner.sign_in(live.cast.alice)
    await manager.goto(f"/desk/partners/{live.cast.company.id}")
    await manager.link("Редактировать: Реквизиты").click()
    await manager.field("БИК").fill("123")
    await manager.field("Банк").fill("Банк «Пример»")
    await manager.button("Сохранить").click()
    await expect(manager.page.locator("#company-bik-e")).to_contain_text("начинается с 04")
    await looked_at(manager)
    await owner.goto("/profile/company")
    await owner.field("Банк").fill("Банк «Другой»")
    await owner.button("Сохранить").click()
    await expect(owner.said("Сохранено")).to_be_visible()
    await manager.field("БИК").fill("044525225")
    await manager.button("Сохранить").click()
    await expect(manager.page.get_by_text("Кто-то опередил вас")).to_be_visible()
    await expect(manager.page.get_by_text("Сейчас записано: Банк «Другой»")).to_be_visible()
    await expect(manager.field("Банк")).to_have_value("Банк «Пример»")
    await looked_at(manager)
    await manager.button("Сохранить").click()
    await expect(manager.said("Сохранено")).to_be_visible()
    await expect(manager.page.locator("#requisites")).to_contain_text("044525225")
    await looked_at(manager)
    async with live.rows():
        assert (await Company.get(id=live.cast.company.id)).bank == "Банк «Пример»"
