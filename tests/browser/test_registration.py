"""From the form of registration, by the letter that confirms it, to the first order; and from a forgotten password."""

import re

import pytest
from playwright.async_api import expect

from app.accounts.models import Assignment, Company
from tests.browser import steps
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor

INN = "9990001414"
ADDRESS = "lesnoy@example.ru"
SECRET = "четыре слова подряд и мост"
OTHER = "другие слова подряд и пароль"


@pytest.mark.parametrize(("width", "js"), [(390, True), (1440, False), (390, False)])
async def test_from_the_form_to_the_first_order(visit, live, width, js):
    guest: Visitor = await visit(width=width, js=js)
    guest.watch.refused(422)
    await fill_in(guest)
    await confirm(guest)
    await order(guest)
    async with live.rows():
        company = await Company.get(inn=INN)
        assert (await Assignment.get(company=company)).manager_id == live.cast.maria.id
    told = await live.letters.find(live.cast.maria.email, subject="новый партнёр: ООО «Ельник»$")
    assert ADDRESS in told.text


async def fill_in(guest: Visitor) -> None:
    """From the sign-in page to the form; first with mistakes, of which nothing typed is lost."""
    await guest.goto("/sign-in")
    await guest.link("Зарегистрироваться").click()
    await expect(guest.page.get_by_role("heading", name="Регистрация партнёра")).to_be_visible()
    await looked_at(guest)
    await guest.field("Название компании").fill("ООО «Ельник»")
    await guest.field("ИНН").fill(INN[:-1] + "5")
    await guest.field("Имя и фамилия").fill("Иван Лесной")
    await guest.field("Телефон").fill("8 495 000-45-67")
    await guest.field("Эл. почта").fill(ADDRESS)
    await guest.field("Логин").fill("lesnoy")
    await guest.field("Пароль").fill(SECRET)
    await guest.page.get_by_role("radio", name="Мария Орлова").check()
    consent = guest.page.get_by_role("checkbox", name=re.compile("^Согласен на обработку"))
    await expect(consent).not_to_be_checked()
    await consent.check()
    await guest.button("Зарегистрироваться").click()
    await expect(guest.field("ИНН")).to_have_attribute("aria-invalid", "true")
    await expect(guest.field("ИНН")).to_be_focused()
    await expect(guest.field("Название компании")).to_have_value("ООО «Ельник»")
    await expect(guest.page.get_by_role("radio", name="Мария Орлова")).to_be_checked()
    await looked_at(guest)
    await guest.field("ИНН").fill(INN)
    await guest.field("Пароль").fill(SECRET)
    await guest.button("Зарегистрироваться").click()
    await expect(guest.said(f"Мы написали на {ADDRESS}")).to_be_visible()


async def confirm(guest: Visitor) -> None:
    """The link of the letter, and the button that it leads to; a second time it says that it is done."""
    letter = await guest.site.letters.find(ADDRESS, subject="^Спектр-СБ - подтвердите адрес эл. почты$")
    await guest.goto(letter.link)
    await expect(guest.page.get_by_role("heading", name="Подтвердите адрес эл. почты")).to_be_visible()
    await looked_at(guest)
    await guest.button("Подтвердить").click()
    await expect(guest.page).to_have_url(re.compile("/catalogue$"))
    await expect(guest.said("Добро пожаловать, Иван Лесной!")).to_be_visible()


async def order(partner: Visitor) -> None:
    """A product of the catalogue, the cart, the checkout."""
    await partner.goto(f"/catalogue/search?q={steps.CAMERA}")
    await partner.button(f"В корзину: {steps.CAMERA}").click()
    await expect(partner.link(re.compile(f"^В корзине: .*{re.escape(steps.CAMERA)}"))).to_be_visible()
    await partner.goto("/orders/checkout")
    await expect(partner.field("Контактное лицо")).to_have_value("Иван Лесной")
    await partner.button("Заказать").click()
    await expect(partner.page.get_by_role("heading", name=re.compile(r"^Заказ № \d+ оформлен$"))).to_be_visible()


@pytest.mark.parametrize(("width", "js"), [(390, False), (1440, True)])
async def test_a_forgotten_password(visit, live, width, js):
    guest: Visitor = await visit(width=width, js=js)
    guest.watch.refused(410, 422)
    alice = live.cast.alice
    await guest.goto("/sign-in")
    await guest.link("Забыли пароль?").click()
    await guest.field("Логин или эл. почта").fill(alice.email)
    await guest.page.keyboard.press("Enter")
    await expect(guest.page.get_by_role("heading", name="Откройте почту")).to_be_visible()
    letter = await live.letters.find(alice.email, subject="^Спектр-СБ - ссылка для нового пароля$")
    await guest.goto(letter.link)
    await guest.field("Новый пароль").fill("qwerty123")
    await guest.button("Сохранить пароль").click()
    await expect(guest.field("Новый пароль")).to_have_attribute("aria-invalid", "true")
    await looked_at(guest)
    await guest.field("Новый пароль").fill(OTHER)
    await guest.button("Сохранить пароль").click()
    await expect(guest.said("Пароль изменён")).to_be_visible()
    await guest.page.get_by_label("Логин или эл. почта").fill(alice.login)
    await guest.page.get_by_label("Пароль").fill(OTHER)
    await guest.button("Войти").click()
    await expect(guest.page).to_have_url(re.compile("/presentations$"))
    await live.letters.find(alice.email, subject="^Спектр-СБ - пароль изменён$")
    await guest.goto(letter.link)
    await expect(guest.page.get_by_role("heading", name="Эта ссылка уже сработала")).to_be_visible()
