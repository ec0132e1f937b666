"""Feedback, from side to side: a ticket with a file, the answer, its letter, closing and opening again."""

import re

import pytest
from playwright.async_api import expect

from tests.attachments.samples import png
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor

PRICES = {"name": "прайс.txt", "mimeType": "text/plain", "buffer": "Камеры: 42 шт".encode()}
PHOTO = {"name": "фото.png", "mimeType": "image/png", "buffer": png()}
FAKE = {"name": "фото.png", "mimeType": "image/png", "buffer": b"MZ"}
QUESTION, ANSWER = "Пришлите сертификаты на камеры", "Сертификаты во вложении"


@pytest.mark.parametrize(("js", "width"), [(True, 390), (False, 1440)], ids=["js", "no-js"])
async def test_from_question_to_answer_and_back(visit, live, js, width):
    partner, manager = await visit(width=width, js=js), await visit(js=js)
    await partner.sign_in(live.cast.alice)
    await open_ticket(partner)
    letter = await live.letters.find(live.cast.maria.email, subject="тикет № 1 от .* - новый тикет$")
    await manager.goto(letter.link)
    await manager.sign_in(live.cast.maria)
    await expect(manager.page.locator("#comment-1")).to_contain_text(QUESTION)
    assert await saved(manager, "прайс.txt") == PRICES["buffer"]
    await say(manager, ANSWER, PHOTO)
    answered = await live.letters.find(live.cast.alice.email, subject="тикет № 1 от .* - ответ$")
    await partner.goto(answered.link)
    await expect(partner.page.locator("#comment-2")).to_contain_text(ANSWER)
    await expect(partner.page.get_by_role("heading", level=1)).to_contain_text("отвечен")
    assert await saved(partner, "фото.png") == PHOTO["buffer"]
    await looked_at(partner)
    await close(partner)
    await say(partner, "Есть ещё вопрос")
    await expect(partner.page.get_by_role("heading", level=1)).to_contain_text("открыт")


async def open_ticket(partner: Visitor) -> None:
    """From the empty list to a ticket; a file that is not what it says is refused first, with nothing typed lost."""
    await partner.goto("/tickets")
    await partner.link("Новый тикет").click()
    await partner.field("Тема").select_option("Документы")
    await partner.field("О чём").fill("Сертификаты")
    await partner.field("Сообщение").fill(QUESTION)
    await partner.field("Файлы").set_input_files(FAKE)
    partner.watch.refused(422)
    await partner.button("Отправить").click()
    await expect(partner.page.get_by_text("повреждён или не то, чем назван")).to_be_visible()
    await expect(partner.field("Сообщение")).to_have_value(QUESTION)
    await partner.field("Файлы").set_input_files(PRICES)
    await partner.button("Отправить").click()
    await expect(partner.page.get_by_role("heading", name=re.compile("^Тикет № 1"))).to_be_visible()
    await expect(partner.said("Тикет отправлен")).to_be_visible()


async def say(visitor: Visitor, text: str, *files: object) -> None:
    """Writes a message, with files or without."""
    await visitor.field("Новый комментарий").fill(text)
    if files:
        await visitor.field("Файлы").set_input_files(list(files))
    await visitor.button("Отправить").click()
    await expect(visitor.said("Сообщение отправлено")).to_be_visible()


async def saved(visitor: Visitor, name: str) -> bytes:
    """What the browser saves when the name of a file is pressed."""
    async with visitor.page.expect_download() as download:
        await visitor.link(name).click()
    file = await download.value
    assert file.suggested_filename == name
    return (await file.path()).read_bytes()


async def close(visitor: Visitor) -> None:
    """Either side may."""
    await visitor.button("Закрыть тикет").click()
    await expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("закрыт")
    await expect(visitor.button("Закрыть тикет")).to_have_count(0)


async def test_a_viewer_writes_by_the_keyboard_alone(visit, live):
    viewer = await visit()
    await viewer.sign_in(live.cast.vera)
    await viewer.goto("/tickets/new")
    await viewer.field("Тема").focus()
    for typed in ("Tab", "Вход", "Tab", "Не вижу кнопку заказа", "Tab", "Tab", "Enter"):
        await (viewer.page.keyboard.press(typed) if typed in ("Tab", "Enter") else viewer.page.keyboard.type(typed))
    await expect(viewer.page.locator("#comment-1")).to_contain_text("Не вижу кнопку заказа")
    await viewer.field("Новый комментарий").focus()
    for typed in ("Уже вижу", "Tab", "Tab", "Enter"):
        await (viewer.page.keyboard.press(typed) if typed in ("Tab", "Enter") else viewer.page.keyboard.type(typed))
    await expect(viewer.page.locator("#comment-2")).to_contain_text("Уже вижу")


async def test_the_lists_are_sound(visit, live):
    partner, manager = await visit(width=390), await visit()
    await partner.sign_in(live.cast.nina)
    await partner.goto("/tickets/new")
    await looked_at(partner)
    await open_ticket(partner)
    await partner.goto("/tickets")
    await looked_at(partner)
    await manager.sign_in(live.cast.oleg)
    await manager.goto("/desk/tickets?queue=1")
    await expect(manager.page.get_by_role("table", name="Тикеты")).to_contain_text("ИП Кравцова")
    await looked_at(manager)
    await manager.link("Сертификаты").click()
    await manager.button("Взять в работу").click()
    await expect(manager.said("Тикет теперь ваш")).to_be_visible()
