"""A manager offers one presentation to many partners and follows it; one of them calls such letters off."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import expect

from app import clock
from app.accounts.joining import Consent, ConsentKind
from app.accounts.models import Role
from app.presentations.models import Presentation
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.factories import make_company, make_person, make_presentation


async def offered(live: LiveSite) -> Presentation:
    """An offer of Maria's, and three more partners of hers; the first one's owner agreed to promotional letters."""
    async with live.rows():
        offer = await make_presentation(
            company=live.cast.company, author=live.cast.maria, title="Неделя камер", greeting="Только до конца недели."
        )
        for number in range(3):
            company = await make_company(
                name=f"ООО «Дом-{number}»", manager=live.cast.maria, default_discount=number * 500
            )
            owner = await make_person(
                name=f"Иван {number}", role=Role.OWNER, company=company, email=f"dom{number}@example.ru"
            )
            if number == 0:
                await Consent.create(person=owner, kind=ConsentKind.PROMO, version="1", given_at=clock.now())
    return offer


@pytest.mark.parametrize(("js", "width"), [(True, 1440), (False, 390)], ids=["js", "no-js"])
async def test_to_many(visit: Any, live: LiveSite, js: bool, width: int) -> None:
    offer = await offered(live)
    maria: Visitor = await visit(width=width, js=js)
    await maria.sign_in(live.cast.maria)
    await maria.goto(f"/desk/presentations/{offer.number}")
    await looked_at(maria)
    await maria.link("Предложить многим").click()
    await maria.page.get_by_label("Название, город или ИНН").fill("дом")
    await maria.page.get_by_label("Название, город или ИНН").press("Enter")
    await expect(maria.page.get_by_role("heading", name="Найдено: 3")).to_be_visible()
    maria.watch.refused(422)
    await maria.button("Проверить отмеченных").click()
    await expect(maria.page.get_by_text("Отметьте компании или возьмите всех найденных")).to_be_visible()
    await maria.page.get_by_role("checkbox").first.check()
    await looked_at(maria)
    await maria.button("Все найденные: 3").click()
    await expect(maria.page.get_by_text("В 2 компаниях никто не согласился")).to_be_visible()
    await looked_at(maria)
    await maria.button("Отправить 3 компаниям").click()
    letter = await live.letters.find("dom0@example.ru", subject="Неделя камер$")
    done = maria.page.locator("#progress").get_by_text("разослано всем: 3 из 3")
    await (expect(done).to_be_visible() if js else maria.reload_until(done))
    await looked_at(maria)
    door = next(line for line in letter.text.splitlines() if "/unsubscribe/" in line)
    partner: Visitor = await visit(width=width, js=js)
    await partner.goto(door)
    await looked_at(partner)
    await partner.button("Отказаться от писем").click()
    await expect(partner.page.get_by_role("heading", level=1)).to_contain_text("Рекламные письма не приходят")


@pytest.mark.parametrize(("js", "width"), [(True, 390), (False, 1440)], ids=["js", "no-js"])
async def test_later_and_taken_back_and_withdrawn(visit: Any, live: LiveSite, js: bool, width: int) -> None:
    offer = await offered(live)
    maria: Visitor = await visit(width=width, js=js)
    await maria.sign_in(live.cast.maria)
    await maria.goto(f"/desk/presentations/{offer.number}")
    await maria.button("Новая версия").click()
    await maria.button("Позже или многим").click()
    await expect(maria.page.get_by_role("heading", level=1)).to_have_text("Отправка презентации")
    await looked_at(maria)
    await maria.page.get_by_label("Время", exact=True).fill("25:00")
    maria.watch.refused(422)
    await maria.button("Отправить в это время").click()
    await expect(maria.page.get_by_text("Это не время: 09:30")).to_be_visible()
    await maria.page.get_by_label("День", exact=True).fill(str(clock.distributor_today() + timedelta(days=360)))
    await maria.page.get_by_label("Время", exact=True).fill("9:30")
    maria.watch.refused(409)
    await maria.button("Отправить в это время").click()
    await expect(maria.page.get_by_text("К этому времени предложение истечёт")).to_be_visible()
    await maria.button("Отправить сейчас").click()
    await maria.link("Отозвать предложение…").click()
    await maria.page.get_by_label("Почему? Партнёр узнает это из письма").fill("Ошибка в цене")
    await looked_at(maria)
    await maria.button("Отозвать").click()
    await expect(maria.page.locator("main")).to_contain_text("Ошибка в цене")
    partner: Visitor = await visit(width=width, js=js)
    await partner.sign_in(live.cast.alice)
    await partner.goto(f"/presentations/{offer.number}")
    await expect(partner.page.locator("main")).to_contain_text("Менеджер отозвал это предложение")
    await looked_at(partner)
