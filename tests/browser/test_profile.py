"""«Информация»: own data, the company's, what lets one in, letters and devices, with JavaScript and without."""

import pytest
from playwright.async_api import Locator, expect

from app.accounts.models import Company
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.test_keyboard import press, tab_to
from tests.browser.visitors import Visitor

BOTH_WAYS = pytest.mark.parametrize(("js", "width"), [(True, 390), (False, 1440)], ids=["js", "no-js"])


def card(visitor: Visitor, name: str) -> Locator:
    """A card of the page by its heading."""
    return visitor.page.get_by_role("region", name=name, exact=True)


async def change_phone(visitor: Visitor) -> None:
    """Edits the own data: a mistake first, which is kept in its field."""
    await visitor.goto("/profile")
    await visitor.link("Редактировать: Личные данные").click()
    mine = card(visitor, "Личные данные")
    await expect(mine.get_by_label("Имя")).to_be_focused()
    visitor.watch.refused(422)
    await mine.get_by_label("Телефон").fill("позвоните")
    await mine.get_by_role("button", name="Сохранить").click()
    await expect(mine.get_by_label("Телефон")).to_have_attribute("aria-invalid", "true")
    await expect(mine.get_by_label("Телефон")).to_have_value("позвоните")
    await mine.get_by_label("Телефон").fill("8 495 000-12-39")
    await mine.get_by_label("Часовой пояс").select_option(label="Омск, UTC+6")
    await mine.get_by_role("button", name="Сохранить").click()
    await expect(visitor.said("Сохранено")).to_be_visible()
    await expect(mine).to_contain_text("000-12-39")
    await expect(mine).to_contain_text("Омск, UTC+6")


async def change_email(visitor: Visitor, site: LiveSite) -> None:
    """Asks for another address and follows the link that came there."""
    await visitor.link("Изменить: Эл. почта").click()
    await visitor.field("Новый адрес почты").fill("alisa@example.com")
    await visitor.field("Текущий пароль").fill(visitor.password)
    await visitor.button("Отправить ссылку").click()
    await expect(card(visitor, "Вход")).to_contain_text("На alisa@example.com отправлено письмо")
    await site.letters.find("alice@example.ru", subject="запрошена смена адреса почты")
    letter = await site.letters.find("alisa@example.com", subject="подтвердите новый адрес почты")
    await visitor.goto(letter.link)
    await visitor.button("Подтвердить адрес").click()
    await expect(visitor.said("Теперь ваш адрес почты")).to_be_visible()
    await expect(card(visitor, "Вход")).to_contain_text("alisa@example.com")


@BOTH_WAYS
async def test_the_owner(visit, live, js, width):
    owner, phone = await visit(js=js, width=width), await visit(js=js)
    await owner.sign_in(live.cast.alice)
    await phone.sign_in(live.cast.alice)
    await change_phone(owner)
    await owner.link("Редактировать: Компания и реквизиты").click()
    company = card(owner, "Компания и реквизиты")
    await company.get_by_label("БИК").fill("044525225")
    await company.get_by_label("Расчётный счёт").fill("00000000400000000000")
    await company.get_by_role("button", name="Сохранить").click()
    await expect(company).to_contain_text("БИК и счёт не подходят друг к другу")
    await company.get_by_label("Расчётный счёт").fill("0000 0000 3000 0000 0000")
    await company.get_by_role("button", name="Сохранить").click()
    await expect(company).to_contain_text("00000000300000000000")
    await change_email(owner, live)
    await card(owner, "Устройства").get_by_role("button", name="Завершить все остальные").click()
    await expect(owner.said("Завершён 1 сеанс")).to_be_visible()
    await phone.page.reload()
    await expect(phone.page.get_by_role("heading", name="Вход для партнёров")).to_be_visible()
    await looked_at(owner)
    async with live.rows():
        assert (await Company.get(id=live.cast.company.id)).bank_account == "00000000300000000000"


@BOTH_WAYS
@pytest.mark.parametrize("login", ["bob", "vera"], ids=["buyer", "viewer"])
async def test_others_change_their_own_alone(visit, live, js, width, login):
    visitor = await visit(js=js, width=width)
    await visitor.sign_in_as(login)
    await change_phone(visitor)
    await expect(card(visitor, "Компания и реквизиты")).to_contain_text("Изменить их может владелец компании.")
    await expect(visitor.link("Редактировать: Компания и реквизиты")).to_have_count(0)
    await visitor.link("Редактировать: Письма").click()
    await card(visitor, "Письма").get_by_role("checkbox", name="Комментарии и ответы").uncheck()
    await card(visitor, "Письма").get_by_role("button", name="Сохранить").click()
    await expect(visitor.said("Сохранено")).to_be_visible()
    await expect(card(visitor, "Письма").get_by_text("нет", exact=True)).to_have_count(2)


async def test_by_the_keyboard(visit, live):
    visitor = await visit()
    await visitor.sign_in(live.cast.vera)
    await visitor.goto("/profile")
    await press(visitor, visitor.link("Изменить: Пароль"))
    await tab_to(visitor, visitor.field("Текущий пароль"))
    await visitor.page.keyboard.type(visitor.password)
    await tab_to(visitor, visitor.field("Новый пароль"))
    await visitor.page.keyboard.type("Афанасий Никитин в Бидаре")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.said("Пароль изменён")).to_be_visible()
    await press(visitor, visitor.link("Изменить: Логин"))
    await expect(visitor.field("Новый логин")).to_be_focused()
    await press(visitor, card(visitor, "Другой логин").get_by_role("link", name="Отменить"))
    await expect(visitor.link("Изменить: Логин")).to_be_visible()
    await looked_at(visitor)
