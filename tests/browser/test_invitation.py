"""From the desk, by the letter of invitation, to an own password and the first order; then the owner's colleagues."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from app import clock
from app.accounts.joining import Consent, Invitation
from app.accounts.models import Company, Person
from tests.browser import steps
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor

ADDRESS = "polyanov@example.ru"
OWN = "четыре слова подряд и мост"
SUBJECT = "^Спектр-СБ - приглашение: ООО «Поляна»$"


@pytest.mark.parametrize(("width", "js"), [(390, True), (1440, False)])
async def test_from_the_invitation_to_the_first_order(visit, live, width, js):
    manager, guest = await visit(width=width, js=js), await visit(width=width, js=js)
    for visitor in (manager, guest):
        visitor.watch.refused(422)
    await invite(manager)
    login, password = await read_letter(guest)
    await come_in(guest, login, password)
    await choose_password(guest)
    await order(guest)
    await steps.sign_out(guest)
    await try_again(guest, login, password)
    await manager.goto("/desk/partners/invitations?state=accepted")
    await expect(manager.page.get_by_role("row").filter(has_text=ADDRESS)).to_contain_text("принято")
    async with live.rows():
        person = await Person.get(email_key=ADDRESS)
        assert await Consent.filter(person_id=person.id).count() == 1
        assert (await Company.get(id=person.company_id)).name == "ООО «Поляна»"


async def test_after_seven_days_it_lets_nobody_in(visit, live):
    manager, guest = await visit(), await visit(width=390)
    for visitor in (manager, guest):
        visitor.watch.refused(422)
    await invite(manager)
    login, password = await read_letter(guest)
    async with live.rows():
        await Invitation.all().update(expires_at=clock.now() - timedelta(seconds=1))
    await try_again(guest, login, password)
    await manager.goto("/desk/partners/invitations?state=expired")
    await expect(manager.page.get_by_role("row").filter(has_text=ADDRESS)).to_contain_text("срок истёк")


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, False)])
async def test_the_owner_and_the_colleagues(visit, live, width, js):
    owner, viewer = await visit(width=width, js=js), await visit(width=width, js=js)
    owner.watch.refused(409, 422)
    await owner.sign_in(live.cast.alice)
    await owner.goto("/people")
    await owner.field("Имя").fill("Яна Зимина")
    await owner.field("Эл. почта").fill("zimina@example.ru")
    await owner.button("Пригласить").click()
    await expect(owner.said("Приглашение отправляется на zimina@example.ru")).to_be_visible()
    row = owner.page.get_by_role("row").filter(has_text="zimina@example.ru")
    await expect(row).to_contain_text("есть приглашение")
    await looked_at(owner)
    await live.letters.find("zimina@example.ru", subject="приглашение")
    await owner.link("Отозвать: Яна Зимина").click()
    await owner.button("Отозвать").click()
    await expect(owner.said("Приглашение отозвано")).to_be_visible()
    await expect(row).to_have_count(0)
    await change_role(owner, "Вера Лукина", "закупщик")
    await expect(owner.said("Роль изменена: Вера Лукина")).to_be_visible()
    await change_role(owner, "Алиса Соколова", "закупщик")
    await expect(owner.page.get_by_role("alert").filter(has_text="У компании должен быть владелец")).to_be_visible()
    await viewer.sign_in(live.cast.bob)
    await viewer.goto("/people")
    await expect(viewer.page.get_by_role("row").filter(has_text="Вера Лукина")).to_contain_text("закупщик")
    await expect(viewer.button("Пригласить")).to_have_count(0)
    await owner.goto("/people")
    await owner.link("Закрыть доступ: Борис Соколов").click()
    await looked_at(owner)
    await owner.button("Закрыть доступ").click()
    await expect(owner.page.get_by_role("row").filter(has_text="Борис Соколов")).to_contain_text("доступ закрыт")
    await viewer.goto("/orders")
    await expect(viewer.page).to_have_url(re.compile("/sign-in"))


async def change_role(owner: Visitor, name: str, role: str) -> None:
    """Chooses a role and presses the button beside it, by the keyboard."""
    await owner.field(f"Роль: {name}").select_option(label=role)
    await owner.field(f"Роль: {name}").press("Tab")
    button = owner.button(f"Изменить роль: {name}")
    await expect(button).to_be_focused()
    await button.press("Enter")


async def invite(manager: Visitor) -> None:
    """From the partners to the form of a new company; first without an address, of which nothing typed is lost."""
    await manager.sign_in(manager.site.cast.maria)
    await manager.goto("/desk/partners")
    await manager.link("Пригласить").click()
    await expect(manager.page.get_by_role("heading", name="Пригласить партнёра")).to_be_visible()
    await looked_at(manager)
    await manager.field("Название компании").fill("ООО «Поляна»")
    await manager.field("Контактное лицо").fill("Пётр Полянов")
    await manager.field("Эл. почта").fill(manager.site.cast.bob.email)
    await manager.button("Пригласить").click()
    await expect(manager.field("Эл. почта")).to_have_attribute("aria-invalid", "true")
    await expect(manager.page.locator("#email-e")).to_contain_text("Этот адрес уже занят: Борис Соколов")
    await expect(manager.field("Название компании")).to_have_value("ООО «Поляна»")
    await manager.field("Эл. почта").fill(ADDRESS)
    await manager.button("Пригласить").click()
    await expect(manager.said(f"Приглашение отправляется на {ADDRESS}")).to_be_visible()
    await manager.reload_until(manager.page.get_by_role("row").filter(has_text="доставлено"))
    await looked_at(manager)


async def read_letter(guest: Visitor) -> tuple[str, str]:
    """The login and the one-time password of the letter, whose link leads to the sign-in page."""
    letter = await guest.site.letters.find(ADDRESS, subject=SUBJECT)
    login, password = (
        re.findall(pattern, letter.text)[0] for pattern in (r"Логин: (\S+)", r"Одноразовый пароль: (\S+)")
    )
    assert letter.link == f"{guest.site.origin}/sign-in?login={login}"
    await guest.goto(letter.link)
    await expect(guest.field("Логин или эл. почта")).to_have_value(login)
    return login, password


async def come_in(guest: Visitor, login: str, password: str) -> None:
    """Signs in with them, and whatever else is wanted, the welcome comes first."""
    await guest.field("Пароль").fill(password)
    await guest.button("Войти").click()
    await expect(guest.page.get_by_role("heading", name="Добро пожаловать")).to_be_visible()
    await guest.goto("/orders")
    await expect(guest.page).to_have_url(re.compile("/welcome"))
    await looked_at(guest)


async def choose_password(guest: Visitor) -> None:
    """An own password, first a bad one, and the consent."""
    consent = guest.page.get_by_role("checkbox", name=re.compile("^Согласен на обработку"))
    await expect(consent).not_to_be_checked()
    await guest.field("Ваш пароль").fill("12345678")
    await consent.check()
    await guest.button("Продолжить").click()
    await expect(guest.field("Ваш пароль")).to_have_attribute("aria-invalid", "true")
    await expect(consent).to_be_checked()
    await guest.field("Ваш пароль").fill(OWN)
    await guest.button("Продолжить").click()
    await expect(guest.page).to_have_url(re.compile("/orders$"))
    await expect(guest.said("Готово. Теперь входите со своим паролем")).to_be_visible()


async def order(partner: Visitor) -> None:
    """A product of the catalogue, the cart, the checkout."""
    await partner.goto(f"/catalogue/search?q={steps.CAMERA}")
    await partner.button(f"В корзину: {steps.CAMERA}").click()
    await expect(partner.link(re.compile(f"^В корзине: .*{re.escape(steps.CAMERA)}"))).to_be_visible()
    await partner.goto("/orders/checkout")
    await expect(partner.field("Контактное лицо")).to_have_value("Пётр Полянов")
    await partner.field("Телефон").fill("+7 495 000-12-34")
    await partner.page.get_by_role("radio", name=re.compile("^Самовывоз")).check()
    await partner.button("Заказать").click()
    await expect(partner.page.get_by_role("heading", name=re.compile(r"^Заказ № \d+ оформлен$"))).to_be_visible()


async def try_again(guest: Visitor, login: str, password: str) -> None:
    """The one-time password does not let in any more."""
    await guest.goto(f"/sign-in?login={login}")
    await guest.field("Пароль").fill(password)
    await guest.button("Войти").click()
    await expect(guest.page.get_by_role("alert")).to_contain_text("Логин и пароль не подошли")
