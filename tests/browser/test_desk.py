"""A manager's day: the desk leads to what waits, a ticket goes to a colleague, an answer is begun from a template."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor

QUESTION = "Пришлите сертификаты на камеры"


@pytest.mark.parametrize(("js", "width"), [(True, 1440), (False, 390)], ids=["js", "no-js"])
async def test_a_day_of_a_manager(visit, live, js, width):
    partner, manager = await visit(js=js), await visit(width=width, js=js)
    await ask(partner, live)
    await manager.sign_in(live.cast.maria)
    await sound(manager, "/desk")
    await manager.page.locator("#counts").get_by_role("link", name=re.compile("без ответа")).click()
    await expect(manager.page).to_have_url(re.compile("/desk/answers"))
    await sound(manager, "/desk/answers")
    await keep_template(manager, js)
    await sound(manager, "/desk/tickets")
    await manager.link("Сертификаты").click()
    await answer_from_template(manager)
    await sound(manager, "/tickets/1")
    await hand_over(manager, live)


async def sound(visitor: Visitor, path: str) -> None:
    """The page is without faults."""
    await visitor.goto(path)
    await looked_at(visitor)


async def ask(partner: Visitor, live) -> None:
    """A partner opens a ticket."""
    await partner.sign_in(live.cast.alice)
    await partner.goto("/tickets/new")
    await partner.field("Тема").select_option("Документы")
    await partner.field("О чём").fill("Сертификаты")
    await partner.field("Сообщение").fill(QUESTION)
    await partner.button("Отправить").click()
    await expect(partner.said("Тикет отправлен")).to_be_visible()


async def keep_template(manager: Visitor, js: bool) -> None:
    """A template that names whom it answers."""
    await sound(manager, "/desk/answer-templates/new")
    await manager.field("Название шаблона").fill("Сертификаты")
    await manager.field("Текст ответа").fill("Здравствуйте, {имя}! Сертификаты пришлём завтра.")
    await manager.button("Сохранить").click()
    await expect(manager.page.get_by_role("table", name="Мои шаблоны")).to_contain_text("Сертификаты")
    await sound(manager, "/desk/answer-templates")


async def answer_from_template(manager: Visitor) -> None:
    """What is inserted can still be changed; then it is sent."""
    await manager.page.locator("#template-0").select_option("Сертификаты")
    await manager.button("Вставить").click()
    text = manager.field("Новый комментарий")
    await expect(text).to_have_value(re.compile("Сертификаты пришлём завтра"))
    await expect(text).not_to_have_value(re.compile("{имя}"))
    await manager.button("Отправить").click()
    await expect(manager.page.locator("#comment-2")).to_contain_text("Сертификаты пришлём завтра")


async def hand_over(manager: Visitor, live) -> None:
    """The ticket goes to a colleague, with a word."""
    await manager.link("Передать").click()
    await manager.field("Коллега").select_option(live.cast.oleg.name)
    await manager.field("Пара слов коллеге").fill("Это по твоей части")
    await manager.button("Передать").click()
    await expect(manager.said(re.compile("Тикет передан"))).to_be_visible()
