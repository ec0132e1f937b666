"""The second factor: set up by the key under the picture, asked for at the next sign-in; with JavaScript or not."""

import re

import pyotp
import pytest
from playwright.async_api import expect

from app import clock
from tests.browser.live import PASSWORD
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor

BOTH_WAYS = pytest.mark.parametrize(("js", "width"), [(True, 390), (False, 1440)], ids=["js", "no-js"])


async def set_up(visitor: Visitor) -> tuple[str, list[str]]:
    """The key that the phone was given, and the recovery codes."""
    await visitor.goto("/profile")
    await visitor.link("Настроить: Второй фактор").click()
    await visitor.field("Текущий пароль").fill(PASSWORD)
    await visitor.button("Настроить").click()
    await expect(visitor.page.get_by_role("img", name="QR-код для приложения")).to_be_visible()
    await looked_at(visitor)
    key = (await visitor.page.locator(".key").inner_text()).replace(" ", "")
    visitor.watch.refused(422)
    await visitor.field("Код из приложения").fill("000000")
    await visitor.button("Включить").click()
    await expect(visitor.field("Код из приложения")).to_be_focused()
    await visitor.field("Код из приложения").fill(pyotp.TOTP(key).at(clock.now()))
    await visitor.page.keyboard.press("Enter")
    codes = visitor.page.locator(".codes code")
    await expect(codes).to_have_count(10)
    await looked_at(visitor)
    return key, await codes.all_inner_texts()


@BOTH_WAYS
async def test_set_up_and_sign_in(visit, live, js, width):
    visitor = await visit(js=js, width=width)
    await visitor.sign_in(live.cast.maria)
    _key, codes = await set_up(visitor)
    await visitor.link("Коды сохранены, продолжить").click()
    await expect(visitor.page.get_by_text("Осталось 10 запасных кодов")).to_be_visible()
    await live.letters.find("maria@example.ru", subject="второй фактор вашей учётной записи")
    other = await visit(js=js, width=width)
    await other.goto("/desk/partners?q=x")
    await other.page.get_by_label("Логин или эл. почта").fill("maria")
    await other.page.get_by_label("Пароль").fill(PASSWORD)
    await other.button("Войти").click()
    asked = other.field("Код из приложения или запасной код")
    await expect(asked).to_be_focused()
    await looked_at(other)
    await asked.fill(codes[0].replace("-", " "))
    await other.page.keyboard.press("Enter")
    await expect(other.page).to_have_url(re.compile(r"/desk/partners\?q=x$"))
