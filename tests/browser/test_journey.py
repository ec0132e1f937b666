"""The main job: an offer, an e-mail, a cart, an order, the talk about it, and all of it in the history."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser import steps
from tests.browser.letters import Letter
from tests.browser.visitors import WIDTHS, Visitor

ADDRESS = "Екатеринбург, Промышленный проезд, 5"
QUESTION = "Паспорта приложим. Подтвердите, пожалуйста, адрес."
ANSWER = "Адрес верный, ждём."


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("width", WIDTHS)
async def test_from_an_offer_to_an_answered_comment(visit, live, width, js):
    await journey(await visit(width=width, js=js), await visit(width=width, js=js))


@pytest.mark.parametrize("live", ["postgres"], indirect=True)
async def test_the_same_on_postgres(visit, live):
    await journey(await visit(), await visit())


async def journey(manager: Visitor, partner: Visitor) -> None:
    await offer(manager, partner)
    await order(partner)
    await talk(manager, partner)
    check_letters(partner)
    await look_into_history(manager, partner)


async def offer(manager: Visitor, partner: Visitor) -> None:
    """The manager drafts and sends; the partner opens it from the letter, through the sign-in page."""
    alice = partner.site.cast.alice
    await manager.sign_in(manager.site.cast.maria)
    await steps.draft(manager)
    await steps.send(manager)
    letter = await partner.site.letters.find(alice.email, subject=f"^Спектр-СБ - презентация № 1 - {steps.TITLE}$")
    assert letter.link == f"{partner.site.origin}/presentations/1"
    await partner.goto(letter.link)
    await expect(partner.page.get_by_role("heading", name="Вход для партнёров")).to_be_visible()
    await partner.sign_in(alice)
    await expect(partner.page).to_have_url(letter.link)
    await expect(partner.page.get_by_role("heading", name=steps.TITLE)).to_be_visible()
    await expect(partner.page.locator("main")).to_contain_text("Собрали комплект для склада.")


async def order(partner: Visitor) -> None:
    """The partner changes quantities, fills the cart, corrects it and orders."""
    await steps.change_quantities(partner)
    await steps.mistype_quantity(partner)
    await steps.fill_cart(partner)
    await steps.recalculate_cart(partner)
    assert await steps.check_out(partner, ADDRESS) == "1"


async def talk(manager: Visitor, partner: Visitor) -> None:
    """The manager takes the order and asks; the partner comes by the letter, signing in again, and answers."""
    cast, letters = partner.site.cast, partner.site.letters
    arrived = await letters.find(cast.maria.email, subject=about_order("новый заказ"))
    await manager.goto(arrived.link)
    await expect(manager.page.locator("main")).to_contain_text(ADDRESS)
    await expect(manager.page.locator("main")).to_contain_text("Приложите паспорта изделий.")
    await steps.take(manager)
    await steps.comment(manager, QUESTION)
    await steps.sign_out(partner)
    asked = await letters.find(cast.alice.email, subject=about_order("добавление комментария"))
    assert QUESTION in asked.text and QUESTION in asked.html
    await partner.goto(asked.link)
    await partner.sign_in(cast.alice)
    await led_to(partner, QUESTION)
    await steps.answer(partner, "Мария Орлова", ANSWER)
    answered = await letters.find(cast.maria.email, subject=about_order("добавление комментария"))
    await manager.goto(answered.link)
    await led_to(manager, ANSWER)


async def led_to(visitor: Visitor, comment: str) -> None:
    """A letter's link leads to the comment itself."""
    await expect(visitor.page).to_have_url(re.compile(r"/orders/1#comment-\d$"))
    await expect(visitor.page.locator(":target")).to_contain_text(comment)
    await expect(visitor.page.locator(":target")).to_be_in_viewport()


def about_order(what: str) -> str:
    """The subject of a letter about the order, as PRODUCT rule 11 has it."""
    return rf"^Спектр-СБ - заказ № 1 от \d\d\.\d\d\.\d\d \d\d:\d\d - {what}$"


def check_letters(partner: Visitor) -> None:
    """Who got what; the letters about one thing belong to one talk, and each has an id of its own."""
    cast, letters = partner.site.cast, partner.site.letters
    to_alice = [
        *letters.matching(cast.alice.email, about_order("новый заказ")),
        *letters.matching(cast.alice.email, about_order("изменение статуса: в работе")),
        *letters.matching(cast.alice.email, about_order("изменение статуса: счёт выставлен")),
        *letters.matching(cast.alice.email, about_order("добавление комментария")),
    ]
    to_maria = letters.matching(cast.maria.email, "")
    offers = letters.matching(cast.alice.email, "презентация") + letters.matching(cast.bob.email, "презентация")
    assert (len(to_alice), len(to_maria), len(offers)) == (4, 2, 2)
    assert len(letters.all()) == 8, [letter.subject for letter in letters.all()]
    assert len({letter.id for letter in letters.all()}) == 8
    for letter in to_alice + to_maria:
        check_headers(letter, "<order.1@127.0.0.1>")
        assert letter.link.startswith(f"{partner.site.origin}/orders/1")
    for letter in offers:
        check_headers(letter, "<presentation.1@127.0.0.1>")
        assert letter.link == f"{partner.site.origin}/presentations/1"


def check_headers(letter: Letter, talk: str) -> None:
    """What mail programs need."""
    assert re.fullmatch(r"<[\w.-]+@127\.0\.0\.1>", letter.id)
    assert letter.message["In-Reply-To"] == letter.message["References"] == talk
    assert letter.message["From"] == "Спектр-СБ <robot@example.ru>"
    assert letter.message["Date"]


PARTNERS_DEEDS = (
    ("Вход", ""),
    ("Презентация открыта", "Презентация № 1"),
    ("Изменено количество", f"{steps.CAMERA}: 4 → 6 шт"),
    ("Изменено количество", f"{steps.CAMERA}: 6 → 7 шт"),
    ("Изменено количество", f"{steps.CONTACT}: 20 → 30 шт"),
    ("Товар положен в корзину", f"{steps.CAMERA}, 7 шт"),
    ("Презентация положена в корзину", "3 позиции"),
    ("Изменено количество в корзине", f"{steps.CAMERA}: 7 → 8 шт"),
    ("Товар убран из корзины", steps.SMALL_CAMERA),
    ("Заказ оформлен", "Заказ № 1"),
    ("Выход", ""),
    ("Комментарий к заказу", "комментарий 2"),
)
MANAGERS_DEEDS = (
    ("Отправлена презентация", "3 позиции, 69 575,00 ₽"),
    ("Статус: в работе", "Заказ № 1"),
    ("Статус: счёт выставлен", "Заказ № 1"),
    ("Комментарий к заказу", "комментарий 1"),
)


async def look_into_history(manager: Visitor, partner: Visitor) -> None:
    """Both find every step in it: when, who, from where, what it was about, and the letters with their fate."""
    for visitor in (manager, partner):
        await visitor.goto("/history")
        for action, thing in PARTNERS_DEEDS:
            row = entry(visitor, action, "Алиса Соколова", thing)
            await visitor.reload_until(row)
            await expect(row).to_contain_text("127.0.0.1")
            await expect(row).to_contain_text(re.compile(r"сегодня, \d\d:\d\d"))
        for action, thing in MANAGERS_DEEDS:
            row = entry(visitor, action, "Мария Орлова", thing)
            await visitor.reload_until(row)
            await expect(row).to_contain_text("Спектр-СБ" if visitor is partner else "127.0.0.1")
        placed = entry(visitor, "Заказ оформлен", "Алиса Соколова", "Заказ № 1")
        await visitor.reload_until(placed.get_by_text(re.compile(r"^доставлено, \d\d:\d\d$")).nth(1))
        for address in (partner.site.cast.alice.email, partner.site.cast.maria.email):
            await expect(placed).to_contain_text(f"robot@example.ru → {address}")
        await expect(placed).to_contain_text(re.compile(r"«Спектр-СБ - заказ № 1 от .* - новый заказ»"))
    await expect(entry(manager, "Звонок партнёру", "Мария Орлова", "Заказ № 1")).to_be_visible()
    await expect(entry(partner, "Звонок партнёру", "", "")).to_have_count(0)


def entry(visitor: Visitor, action: str, who: str, thing: str) -> Locator:
    """The row of the history about a deed; the last one of those that fit."""
    rows = visitor.page.get_by_role("row").filter(has=visitor.page.get_by_text(action, exact=True))
    return rows.filter(has_text=who).filter(has_text=thing).last
