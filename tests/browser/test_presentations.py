"""The section «Презентации»: the list with its states and searches, what a version changed, the customer view, notes
and the request to prolong; by owner, buyer and viewer, with JavaScript and without.
"""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from app import clock
from app.catalogue.models import Product
from app.presentations.models import Line, Version
from tests.browser.conftest import OpenWindow
from tests.browser.live import LiveSite
from tests.browser.looks import looked_at
from tests.browser.steps import CAMERA, CONTACT, SMALL_CAMERA, send_offer
from tests.browser.visitors import Visitor
from tests.factories import make_line, make_presentation

EXPIRED = "Камеры на парковку"


async def send_offers(site: LiveSite) -> tuple[int, int]:
    """An offer in two versions, the second with a cheaper camera and a product less; and one that has expired."""
    number = await send_offer(site)
    async with site.rows():
        first = await Version.get(presentation__number=number)
        await Version.filter(id=first.id).update(replaced_at=clock.now())
        second = await Version.create(
            presentation_id=first.presentation_id,
            number=2,
            title=first.title,
            valid_until=clock.distributor_today() + timedelta(days=2),
            author=site.cast.maria,
            sent_at=clock.now(),
        )
        for line in await Line.filter(version=first).exclude(article=CONTACT).select_related("product"):
            discount = 2500 if line.article == CAMERA else 1500
            await make_line(
                version=second, product=line.product, position=line.position, discount=discount, quantity=line.quantity
            )
        camera, last_day = await Product.get(article=SMALL_CAMERA), clock.distributor_today() - timedelta(days=3)
        expired = await make_presentation(
            company=site.cast.company, author=site.cast.maria, title=EXPIRED, products=[camera], valid_until=last_day
        )
    return number, expired.number


@pytest.mark.parametrize(
    ("who", "width", "js"),
    [("alice", 1440, True), ("alice", 390, False), ("bob", 390, True), ("vera", 1440, False), ("vera", 390, True)],
)
async def test_the_section(live: LiveSite, visit: OpenWindow, who: str, width: int, js: bool) -> None:
    offer, expired = await send_offers(live)
    visitor = await visit(width=width, js=js)
    await visitor.sign_in(getattr(live.cast, who))
    await search(visitor)
    await ask_extension(visitor, expired, may=who != "vera")
    await read_changes(visitor, offer)
    await mark_up(visitor, offer)
    await write_note(visitor, offer, may=who != "vera")


async def search(visitor: Visitor) -> None:
    """By article, and by state."""
    await visitor.goto("/presentations")
    await looked_at(visitor)
    rows = visitor.page.get_by_role("main").get_by_role("row")
    await expect(rows.filter(has_text="новая").first).to_contain_text("осталось 2 дня")
    await visitor.field("Номер, название, артикул или товар").fill(CONTACT)
    await visitor.field("Номер, название, артикул или товар").press("Enter")
    await expect(visitor.page).to_have_url(re.compile("q=" + CONTACT))
    await expect(rows.filter(has_text="заменена")).to_have_count(1)
    await expect(rows.filter(has_text=EXPIRED)).to_have_count(0)
    await visitor.link("Истекли").click()
    await expect(visitor.page.get_by_role("main")).to_contain_text("Таких презентаций нет.")
    await visitor.link("Показать все").click()


async def ask_extension(visitor: Visitor, number: int, *, may: bool) -> None:
    """In the list, by who may order."""
    await visitor.link("Истекли").click()
    await expect(visitor.link(EXPIRED)).to_be_visible()
    button = visitor.button(f"Попросить продлить: № {number}")
    if not may:
        await expect(button).to_have_count(0)
        return
    await button.focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page).to_have_url(re.compile(r"/presentations\?state=expired$"))
    await expect(visitor.page.get_by_role("main")).to_contain_text("продление запрошено")
    await expect(button).to_have_count(0)


async def read_changes(visitor: Visitor, number: int) -> None:
    """From the page of the new version, and from that of the old one."""
    await visitor.goto(f"/presentations/{number}")
    await visitor.link("Что изменилось по сравнению с версией 1").click()
    await expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Что изменилось в версии 2")
    rows = visitor.page.get_by_role("main").get_by_role("row")
    await expect(rows.filter(has_text=CAMERA)).to_contain_text("дешевле")
    await expect(rows.filter(has_text=CAMERA)).to_contain_text(re.compile(r"11\s992,00 → 11\s242,50\s₽"))
    await expect(rows.filter(has_text=CONTACT)).to_contain_text("убрана")
    await expect(visitor.page.get_by_role("main")).to_contain_text("Ещё 1 позиция осталась как была.")
    await looked_at(visitor)
    await visitor.link("Версия 1").click()
    await expect(visitor.link("Что изменилось в версии 2")).to_be_visible()


async def mark_up(visitor: Visitor, number: int) -> None:
    """The customer's prices: retail, then with an own mark-up, which is kept; by the keyboard alone."""
    await visitor.goto(f"/presentations/{number}")
    await visitor.link("Для клиента").click()
    main = visitor.page.get_by_role("main")
    await expect(main).to_contain_text(re.compile(r"14\s990,00"))
    await looked_at(visitor)
    summary, field = visitor.page.locator("summary"), visitor.field("Наценка на мою цену, %")
    await summary.press("Enter")
    await field.fill("много")
    visitor.watch.refused(422)
    await field.press("Enter")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_value("много")
    await expect(main.get_by_role("alert")).to_contain_text("Наценка — число от 0 до 500")
    await looked_at(visitor)
    await field.fill("10")
    await field.press("Enter")
    await expect(main).to_contain_text(re.compile(r"12\s366,75"))  # 14 990,00 less 25 %, plus 10 %
    await expect(main).not_to_contain_text(re.compile(r"11\s242,50"))
    await visitor.page.reload()
    await expect(main).to_contain_text(re.compile(r"12\s366,75"))


async def write_note(visitor: Visitor, number: int, *, may: bool) -> None:
    """About a line; who may not is told who may."""
    await visitor.goto(f"/presentations/{number}")
    pencil = visitor.link(re.compile("^Заметка к позиции 1"))
    if not may:
        await expect(pencil).to_have_count(0)
        await expect(visitor.page.get_by_role("main")).to_contain_text("могут владелец и закупщики вашей компании")
        return
    await pencil.click()
    await visitor.page.get_by_role("textbox", name=re.compile("^Заметка к позиции 1")).fill("Нужен белый корпус")
    await visitor.button("Отправить").first.click()
    await expect(visitor.said("Комментарий отправлен")).to_be_visible()
    await expect(visitor.page.get_by_role("listitem").filter(has_text="Нужен белый корпус")).to_be_visible()
