"""A next version beside the one that was sent: what became of that one is at hand, and the draft can be discarded, or
taken over by who has the partner now. With JavaScript and without, at a desk and on a phone.
"""

from typing import Any

import pytest
from playwright.async_api import expect

from app.accounts.models import Assignment
from app.presentations.models import Version
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.factories import make_presentation


@pytest.mark.parametrize(("js", "width"), [(True, 1440), (False, 320)], ids=["js", "no-js"])
async def test_beside_what_was_sent(visit: Any, live: LiveSite, js: bool, width: int) -> None:
    async with live.rows():
        offer = await make_presentation(company=live.cast.company, author=live.cast.maria, title="Неделя камер")
    maria: Visitor = await visit(width=width, js=js)
    await maria.sign_in(live.cast.maria)
    await maria.goto(f"/desk/presentations/{offer.number}")
    await maria.button("Новая версия").click()
    await maria.link("Что с ней стало; напомнить, отозвать").click()
    await expect(maria.page.get_by_role("heading", name="Что стало с презентацией")).to_be_visible()
    await looked_at(maria)
    await maria.button("Напомнить сейчас").click()
    await expect(maria.said("Напоминание уйдёт тем, кто не заказал")).to_be_visible()
    await maria.link("черновик версии 2").click()
    await maria.button("Отправить").click()
    await maria.link("версия 1, заменена").click()
    await expect(maria.page.get_by_text("Заменена новой версией")).to_be_visible()
    await looked_at(maria)
    await maria.link("версия 2").click()
    await maria.button("Новая версия").click()
    await maria.link("Удалить черновик…").click()
    await expect(maria.page.get_by_role("heading", name="Удалить черновик?")).to_be_visible()
    await looked_at(maria)
    await maria.button("Удалить черновик").click()
    await expect(maria.said("Черновик удалён")).to_be_visible()
    await expect(maria.button("Новая версия")).to_be_visible()
    async with live.rows():
        assert await Version.all().count() == 2


@pytest.mark.parametrize(("js", "width"), [(True, 390), (False, 1440)], ids=["js", "no-js"])
async def test_taken_over(visit: Any, live: LiveSite, js: bool, width: int) -> None:
    async with live.rows():
        fields: dict[str, Any] = {"company": live.cast.company, "author": live.cast.maria}
        offer = await make_presentation(title="Неделя камер", sent=False, **fields)
        await Assignment.filter(company_id=live.cast.company.id).update(manager_id=live.cast.oleg.id)
    oleg: Visitor = await visit(width=width, js=js)
    await oleg.sign_in(live.cast.oleg)
    await oleg.goto("/desk/presentations")
    await oleg.link("Неделя камер").click()
    await expect(oleg.page.get_by_text("Этот черновик оставлен")).to_be_visible()
    await looked_at(oleg)
    await oleg.button("Взять черновик себе").click()
    await expect(oleg.said("Черновик теперь ваш")).to_be_visible()
    await looked_at(oleg)
    await oleg.button("Отправить").click()
    await expect(oleg.said("Отправлено: партнёр получит письмо со ссылкой")).to_be_visible()
    async with live.rows():
        assert (await Version.get(presentation_id=offer.id)).author_id == live.cast.oleg.id
