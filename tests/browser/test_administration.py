"""An administrator invites a manager, who comes in, is given a limit and goes absent; a lost letter is sent again."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from app import clock
from app.accounts.models import Person
from app.history.models import Email, EmailState
from tests.browser.live import LiveSite
from tests.browser.looks import faults_of
from tests.browser.visitors import Visitor

ADDRESS = "ruchyov@example.ru"
OWN = "четыре слова подряд и мост"
PAGES = (
    *("", "/staff", "/staff/{person}", "/staff/{person}/blocking"),
    *("/letters", "/letters/sending", "/letters/{letter}", "/jobs"),
    *("/sign-ins", "/sign-ins/people/{person}", "/settings", "/vat"),
)


@pytest.mark.parametrize(("width", "js"), [(1440, True), (390, False)])
async def test_from_the_invitation_to_an_absence(visit, live: LiveSite, width: int, js: bool) -> None:
    anna, lev = await visit(width=width, js=js), await visit(width=width, js=js)
    anna.watch.refused(422)
    await anna.sign_in(live.cast.anna)
    await invite(anna)
    await come_in(lev)
    await give_limit(anna)
    await go_absent(lev)
    await anna.goto("/administration/staff")
    await expect(anna.page.get_by_role("row").filter(has_text="Лев Ручьёв")).to_contain_text("Олег Синицын")
    async with live.rows():
        person = await Person.get(email_key=ADDRESS)
        assert (person.discount_limit, person.substitute_id) == (2500, live.cast.oleg.id)


@pytest.mark.parametrize(("width", "js"), [(390, True), (1440, False)])
async def test_a_lost_letter_is_sent_again(visit, live: LiveSite, width: int, js: bool) -> None:
    live.mail.answers[ADDRESS] = "550 5.1.1 No such user"
    live.provoked.append("550 5.1.1 No such user")
    anna = await visit(width=width, js=js)
    await anna.sign_in(live.cast.anna)
    await invite(anna)
    await anna.goto("/administration/letters?state=failed")
    lost = anna.page.get_by_role("row").filter(has_text=ADDRESS)
    await anna.reload_until(lost)
    await expect(lost).to_contain_text("No such user")
    live.mail.answers.clear()
    await lost.get_by_role("link").first.click()
    await anna.button("Отправить ещё раз").click()
    await expect(anna.said("Письмо снова отправляется")).to_be_visible()
    letter = await live.letters.find(ADDRESS, subject="приглашение сотрудника")
    assert "Одноразовый пароль" in letter.text
    await anna.reload_until(anna.page.locator("#letter").get_by_text("доставлено", exact=True))
    await expect(anna.button("Отправить ещё раз")).to_have_count(0)
    async with live.rows():
        assert await Email.filter(recipient=ADDRESS, state=EmailState.SENT).count() == 1


@pytest.mark.parametrize("width", [390, 1440])
async def test_every_page_is_sound(visit, live: LiveSite, width: int) -> None:
    anna = await visit(width=width)
    await anna.page.emulate_media(reduced_motion="reduce")
    await anna.sign_in(live.cast.anna)
    await invite(anna)
    await live.letters.find(ADDRESS, subject="приглашение сотрудника")
    async with live.rows():
        letter = await Email.get(recipient=ADDRESS)
    faults = []
    for page in PAGES:
        await anna.goto("/administration" + page.format(person=live.cast.maria.id, letter=letter.id))
        faults += [f"{page}: {fault}" for fault in await faults_of(anna)]
    await anna.goto("/profile")
    faults += [f"profile: {fault}" for fault in await faults_of(anna)]
    assert not faults, "\n".join(faults)


async def invite(anna: Visitor) -> None:
    await anna.goto("/administration/staff")
    await anna.field("Имя").fill("Лев Ручьёв")
    await anna.field("Эл. почта").fill(ADDRESS)
    await anna.field("Роль").select_option(label="менеджер")
    await anna.button("Пригласить").click()
    await expect(anna.said(f"Приглашение отправляется на {ADDRESS}")).to_be_visible()
    await expect(anna.page.get_by_role("row").filter(has_text=ADDRESS)).to_contain_text("есть приглашение")


async def come_in(lev: Visitor) -> None:
    """By the letter's one-time password, and on with an own one, to the desk."""
    letter = await lev.site.letters.find(ADDRESS, subject="приглашение сотрудника")
    await lev.goto(letter.link)
    await lev.field("Пароль").fill(re.findall(r"Одноразовый пароль: (\S+)", letter.text)[0])
    await lev.button("Войти").click()
    await lev.field("Ваш пароль").fill(OWN)
    await lev.page.get_by_role("checkbox", name=re.compile("^Согласен на обработку")).check()
    await lev.button("Продолжить").click()
    await expect(lev.page).to_have_url(re.compile("/desk"))


async def give_limit(anna: Visitor) -> None:
    """First one that is none: what was typed stays."""
    await anna.goto("/administration/staff")
    await anna.link("Лев Ручьёв").click()
    for limit in ("101", "25"):
        await anna.field("Предел скидки, %").fill(limit)
        await anna.button("Сохранить").click()
        if limit == "101":
            await expect(anna.page.locator("#discount_limit-e")).to_contain_text("от 0 до 100")
            await expect(anna.field("Предел скидки, %")).to_have_value("101")
    await expect(anna.said("Сохранено")).to_be_visible()


async def go_absent(lev: Visitor) -> None:
    today = clock.distributor_today()
    await lev.goto("/profile")
    await lev.field("Первый день").fill(today.isoformat())
    await lev.field("Последний день").fill((today + timedelta(days=5)).isoformat())
    await lev.field("Заместитель").select_option(label="Олег Синицын")
    await lev.button("Сохранить отсутствие").click()
    await expect(lev.said("Сохранено")).to_be_visible()
