"""The section «История»: filtered, paged, its letters read and its table taken along, by each role and in each way."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from app import clock
from app.accounts.models import Person
from app.history.models import Email, EmailState, Event
from jobs.history import write
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.visitors import Visitor
from tests.events import IP
from tests.factories import make_order

TEXT = "Заказ принят.\nМенеджер позвонит до обеда."
ROLES = [("alice", 1440, True), ("bob", 390, False), ("vera", 390, True), ("maria", 1440, False), ("maria", 390, True)]


async def past(live: LiveSite) -> None:
    """Alice ordered twice and was written to, Bob signed in sixty times, Maria called."""
    cast = live.cast
    async with live.rows():
        for _ in range(2):
            order = await make_order(person=cast.alice, manager=cast.maria)
            about = {"order": order.number, "order_id": order.id}
            await told(await noted("order.placed", cast.alice, **about, lines=1, total=order.total), cast.alice)
        await noted("order.called", cast.maria, seen=False, company=cast.company.id, **about)
        for _ in range(60):
            await noted("person.signed_in", cast.bob)


async def noted(name: str, by: Person, *, seen: bool = True, company: int | None = None, **data: object) -> int:
    """An event that the worker need not deal with any more; its id."""
    now = clock.now()
    event = await Event.create(
        name=name, at=now, company_id=company or by.company_id, actor_id=by.id, ip=IP, data=data, handled_at=now
    )
    await write(event, partner_sees=seen)
    return event.id


async def told(event: int, person: Person) -> None:
    """A letter that an event caused."""
    await Email.create(
        **{
            "event_id": event,
            "recipient": person.email,
            "template": "order_placed",
            "person_id": person.id,
            "message_id": f"<{event}@example.ru>",
            "sender": "robot@example.ru",
            "subject": "Спектр-СБ - новый заказ",
            "text": TEXT,
            "html": f"<p>{TEXT}</p>",
            "state": EmailState.FAILED,
        },
    )


def rows(visitor: Visitor, action: str = "") -> Locator:
    """The entries that the page shows."""
    found = visitor.page.locator("tr[id^=entry-]")
    return found.filter(has=visitor.page.get_by_text(action, exact=True)) if action else found


async def show(visitor: Visitor, **fields: str) -> None:
    """Fills the filters in and presses the button."""
    for label, value in fields.items():
        field = visitor.field(LABELS[label])
        await (field.select_option(label=value) if label in ("what", "who") else field.fill(value))
    await visitor.button("Показать").click()
    await visitor.page.wait_for_load_state()


LABELS = {"what": "Действие", "who": "Кто", "thing": "Объект", "since": "С дня", "until": "По", "partner": "Партнёр"}


@pytest.mark.parametrize(
    ("name", "width", "js"), ROLES, ids=[f"{who}-{w}-{'js' if js else 'no-js'}" for who, w, js in ROLES]
)
async def test_the_section(visit, live, name, width, js):
    await past(live)
    visitor = await visit(width=width, js=js)
    await visitor.sign_in(getattr(live.cast, name))
    await visitor.goto("/history")
    await expect(rows(visitor)).to_have_count(50)
    await filters(visitor, staff=name == "maria")
    await mistakes(visitor)
    await pages(visitor)
    await letter(visitor)
    await file(visitor)
    if js:
        await soundness(visitor)


async def filters(visitor: Visitor, *, staff: bool) -> None:
    """By action, by person, by object, and all of them; they stand in the address."""
    await show(visitor, what="Заказ оформлен")
    await expect(rows(visitor)).to_have_count(2)
    await expect(visitor.page).to_have_url(re.compile("what=order.placed"))
    await show(visitor, thing="заказ 2")
    await expect(rows(visitor)).to_have_count(1)
    await expect(rows(visitor, "Заказ оформлен").get_by_role("link", name="Заказ № 2")).to_be_visible()
    await show(visitor, what="Все действия")
    await expect(rows(visitor, "Звонок партнёру")).to_have_count(1 if staff else 0)
    await visitor.link("Показать все").click()
    if staff:
        await show(visitor, partner="монтаж")
        await expect(visitor.field("Партнёр")).to_have_value("ООО «Монтаж-Сервис»")
    await show(visitor, who="Алиса Соколова", what="Заказы: все")
    await expect(rows(visitor)).to_have_count(2)
    await visitor.link("Показать все").click()


async def mistakes(visitor: Visitor) -> None:
    """What means nothing is told at its field, and stays there."""
    visitor.watch.refused(422)
    await show(visitor, thing="склад 5")
    await expect(visitor.field("Объект")).to_have_value("склад 5")
    await expect(visitor.field("Объект")).to_be_focused()
    await expect(visitor.field("Объект")).to_have_accessible_description(re.compile("^Напишите номер: заказ 65"))
    await show(visitor, thing="заказ 777")
    await expect(visitor.page.locator("main")).to_contain_text("Таких записей нет.")
    await visitor.link("Показать все").first.click()


async def pages(visitor: Visitor) -> None:
    """Earlier ones keep the filters, and lead back."""
    await show(visitor, what="Входы: все")
    await expect(rows(visitor)).to_have_count(50)
    await visitor.link(re.compile("^Раньше: до ")).click()
    await expect(rows(visitor).first).to_be_visible()
    await expect(visitor.page).to_have_url(re.compile(r"before=\d+&what=sign-ins"))
    assert 10 <= await rows(visitor).count() < 20
    await visitor.link("К последним").click()
    await expect(rows(visitor)).to_have_count(50)


async def letter(visitor: Visitor) -> None:
    """Its text opens in its place, or on a page of its own."""
    await show(visitor, what="Заказ оформлен")
    link = rows(visitor).first.get_by_role("link", name="Текст письма").first
    await link.focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.get_by_text("robot@example.ru →").first).to_be_visible()
    if visitor.js:
        opened = rows(visitor).first.locator("details[open]")
        await expect(opened).to_contain_text("Менеджер позвонит до обеда")
        await expect(opened.locator("summary")).to_be_focused()
        await visitor.page.keyboard.press("Enter")
        await expect(rows(visitor).first.locator("details")).not_to_have_attribute("open", "")
    else:
        await expect(visitor.page.get_by_role("heading", name="Письмо")).to_be_visible()
        await expect(visitor.page.locator("main")).to_contain_text("Менеджер позвонит до обеда")
        await visitor.link("К истории").click()


async def file(visitor: Visitor) -> None:
    """What is shown comes as a file."""
    await visitor.goto("/history?what=order.placed")
    async with visitor.page.expect_download() as waiting:
        await visitor.link(re.compile("^CSV")).click()
    download = await waiting.value
    assert re.fullmatch(r"kabinet-history-\d{4}-\d\d-\d\d\.csv", download.suggested_filename)
    text = Path(await download.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("Когда (") or text.startswith('"Когда (')
    assert text.count("Заказ оформлен") == 2


async def soundness(visitor: Visitor) -> None:
    """Nothing for axe to say, nothing sticks out, everything is reached by the keyboard."""
    visitor.watch.refused(422)
    await visitor.page.emulate_media(reduced_motion="reduce")
    for path in ("/history", "/history?object=склад&from=31.02.2026"):
        await visitor.goto(path)
        await looked_at(visitor)
    await visitor.goto("/history")
    await visitor.field("Действие").focus()
    for label in ("Кто", "Объект", "С дня"):
        while not await visitor.field(label).evaluate("(one) => one === document.activeElement"):
            await visitor.page.keyboard.press("Tab")
            assert await visitor.page.locator("#filters :focus").count(), f"{label} is not reached"
