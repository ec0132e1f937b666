"""An open page follows what the other side does, and takes nothing away from who is typing."""

import asyncio
import re
from time import monotonic

import pytest
from playwright.async_api import expect

from app import clock
from app.accounts.models import Session
from app.orders import actions as orders
from app.orders.models import Status
from app.threads import actions as threads
from app.tokens import new_secret
from tests.browser.visitors import Visitor
from tests.factories import make_comment, make_order, make_presentation
from tests.users import make_user

SOON = 15.0  # seconds until an open page shows what the other side did


async def tell(live, on, text):
    async with live.rows():
        await threads.add_comment(on, text, by=await make_user(live.cast.maria), key=new_secret())


@pytest.mark.parametrize("width", [390, 1440])
async def test_a_comment_arrives_while_one_types(visit, live, width):
    async with live.rows():
        order = await make_order(person=live.cast.alice, manager=live.cast.maria, status=Status.IN_WORK)
        await make_comment(on=order, author=live.cast.maria, text="Какой подъезд?")
    visitor = await visit(width=width)
    await visitor.sign_in(live.cast.alice)
    await visitor.goto(f"/orders/{order.number}")
    await visitor.field("Новый комментарий").fill("Пишу долго")
    await visitor.link("Ответить: Мария Орлова").click()
    answer = visitor.field("Ваш ответ: Мария Орлова")
    await answer.fill("Подъезд тре")
    began = monotonic()

    await tell(live, order, "Машина приедет в пятницу")
    await expect(visitor.page.locator("#comment-2")).to_contain_text("Машина приедет в пятницу")

    assert monotonic() - began < SOON
    await expect(visitor.page.locator("#comment-2 .tag")).to_have_text("новый")
    await expect(answer).to_be_focused()
    await answer.press_sequentially("тий")
    await expect(answer).to_have_value("Подъезд третий")
    await expect(visitor.field("Новый комментарий")).to_have_value("Пишу долго")
    await visitor.button("Отправить").first.click()
    await expect(visitor.page.locator("#comment-3")).to_contain_text("Подъезд третий")


async def test_a_status_and_a_new_version(visit, live):
    async with live.rows():
        order = await make_order(person=live.cast.alice, manager=live.cast.maria, status=Status.IN_WORK)
        offer = await make_presentation(company=live.cast.company, author=live.cast.maria)
    first, second = await visit(), await visit(width=390)
    for visitor, path in ((first, f"/orders/{order.number}"), (second, f"/presentations/{offer.number}")):
        await visitor.sign_in(live.cast.alice)
        await visitor.goto(path)
    async with live.rows():
        await orders.change_status(order, Status.INVOICED, by=await make_user(live.cast.maria))
    await tell(live, offer, "Посмотрите вторую строку")

    await expect(first.page.get_by_role("heading", level=1)).to_contain_text("счёт выставлен", timeout=SOON * 1000)
    await expect(second.page.locator("#thread")).to_contain_text("Посмотрите вторую строку", timeout=SOON * 1000)


async def test_nobody_asks_for_a_page_that_is_not_seen(visit, live):
    async with live.rows():
        order = await make_order(person=live.cast.alice, manager=live.cast.maria)
    visitor = await visit()
    await visitor.sign_in(live.cast.alice)
    await visitor.goto(f"/orders/{order.number}")
    asked = questions(visitor)
    await visitor.page.evaluate(
        "Object.defineProperty(document, 'visibilityState', { get: () => window.seen, configurable: true })"
    )
    await asyncio.sleep(11)
    assert asked == []
    await visitor.page.evaluate("window.seen = 'visible'; dispatchEvent(new Event('visibilitychange'))")
    while not asked:
        await asyncio.sleep(0.1)
    assert asked == [304]


async def test_a_session_that_ended_leads_nobody_away(visit, live):
    async with live.rows():
        order = await make_order(person=live.cast.alice, manager=live.cast.maria)
    visitor = await visit()
    visitor.watch.refused(401)
    await visitor.sign_in(live.cast.alice)
    await visitor.goto(f"/orders/{order.number}")
    field = visitor.field("Новый комментарий")
    await field.fill("Когда отгрузите?")
    await visitor.page.context.clear_cookies(name="session")
    await visitor.page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    await expect(visitor.page.locator("#news")).to_have_count(0)
    await expect(field).to_have_value("Когда отгрузите?")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
async def test_what_was_sent_too_late_is_found_again(visit, live, js):
    async with live.rows():
        order = await make_order(person=live.cast.alice, manager=live.cast.maria)
        visitor = await visit(width=390, js=js)
        visitor.watch.refused(401)
        await visitor.sign_in(live.cast.alice)
        await visitor.goto(f"/orders/{order.number}")
        await visitor.field("Новый комментарий").fill("Когда отгрузите?")
        await end_sessions()
    await visitor.button("Отправить").click()
    await expect(visitor.page).to_have_url(re.compile("/sign-in"))
    await visitor.sign_in(live.cast.alice)
    await expect(visitor.page.locator("main")).to_contain_text("Когда отгрузите?")
    await visitor.button("Отправить").click()
    await expect(visitor.page.locator("#comment-1")).to_contain_text("Когда отгрузите?")


async def end_sessions() -> None:
    await Session.all().update(ended_at=clock.now())


def questions(visitor: Visitor) -> list[int]:
    """The answers to what the page asked for its news, as they come."""
    asked: list[int] = []
    visitor.page.on("response", lambda answer: asked.append(answer.status) if "/news" in answer.url else None)
    return asked
