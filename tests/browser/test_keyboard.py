"""Everything by the keyboard, and nothing by surprise."""

import asyncio
import re

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser import steps
from tests.browser.visitors import Visitor

FARTHEST = 150  # presses of Tab from one thing to the next


@pytest.fixture
async def partner(visit, live):
    """Alice before an offer."""
    number = await steps.send_offer(live)
    visitor = await visit()
    await visitor.sign_in(live.cast.alice)
    await visitor.goto(f"/presentations/{number}")
    return visitor


async def tab_to(visitor: Visitor, wanted: Locator) -> None:
    """Presses Tab until the focus is there, and can be seen."""
    for _ in range(FARTHEST):
        await visitor.page.keyboard.press("Tab")
        if await wanted.count() and await wanted.evaluate("one => one === document.activeElement"):
            await expect(wanted).to_be_in_viewport()
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


async def press(visitor: Visitor, wanted: Locator, key: str = "Enter") -> None:
    """Goes to a control by Tab and presses a key there."""
    await tab_to(visitor, wanted)
    await visitor.page.keyboard.press(key)


async def hold(visitor: Visitor, pattern: str) -> asyncio.Future[Route]:
    """The next request to such an address waits until it is let go; what follows it is not held."""
    held = asyncio.get_running_loop().create_future()
    await visitor.page.route(pattern, lambda route: held.set_result(route), times=1)
    return held


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
async def test_enter_in_a_quantity_recalculates(visit, live, js):
    """It must not press «−», the first button that can be seen in the form."""
    await steps.send_offer(live)
    partner = await visit(js=js)
    await partner.sign_in(live.cast.alice)
    await partner.goto("/presentations/1")
    field = steps.quantity_field(partner, steps.CAMERA)
    for quantity, total in (("6", "71 952,00"), ("6", "71 952,00"), ("7", "83 944,00")):
        await field.fill(quantity)
        await field.press("Enter")
        await expect(steps.line(partner, steps.CAMERA)).to_contain_text(total)
        await expect(field).to_have_value(quantity)
    await steps.fill_all(partner)
    cart = await steps.open_cart(partner)
    field = cart.get_by_label(re.compile(f"^Количество: {re.escape(steps.CAMERA)}, "))
    await field.fill("8")
    await field.press("Enter")
    await expect(cart).to_contain_text("95 936,00")
    await expect(field).to_have_value("8")


@pytest.mark.parametrize("js", [True, False], ids=["js", "no-js"])
async def test_enter_in_the_catalogue_takes_nothing_off(visit, live, js):
    partner = await visit(js=js)
    await partner.sign_in(live.cast.alice)
    await partner.goto(f"/catalogue/search?q={steps.CAMERA}")
    field = steps.quantity_field(partner, steps.CAMERA)
    await field.fill("6")
    async with partner.page.expect_navigation():
        await field.press("Enter")
    await expect(field).to_have_value("6")
    await partner.button(f"В корзину: {steps.CAMERA}").click()
    await expect(partner.link(f"В корзине: 6 шт, {steps.CAMERA}. Открыть корзину")).to_be_visible()


async def test_the_focus_stays_where_the_hand_is(partner):
    """Tabbed on while the answer is under way: the swapped line leaves the focus alone."""
    held = await hold(partner, "**/quantity")
    await steps.type_quantity(partner, steps.CAMERA, "6")
    await expect(partner.button(f"Больше: {steps.CAMERA}")).to_be_focused()
    under_way = await held
    await partner.page.keyboard.press("Tab")
    pictogram = partner.button(f"В корзину: {steps.CAMERA}")
    await expect(pictogram).to_be_focused()
    await under_way.continue_()
    await expect(steps.line(partner, steps.CAMERA)).to_contain_text("71 952,00")
    await expect(pictogram).to_be_focused()
    await partner.page.keyboard.press("Enter")
    await expect(partner.link(f"В корзине: 6 шт, {steps.CAMERA}. Открыть корзину")).to_be_focused()


async def test_what_is_typed_during_an_answer_stays(partner):
    """The next quantity is being typed while the one before is on its way."""
    held = await hold(partner, "**/quantity")
    await steps.type_quantity(partner, steps.CAMERA, "6")
    under_way = await held
    other = steps.quantity_field(partner, steps.SMALL_CAMERA)
    await other.press("End")
    await other.press_sequentially("0")  # 2 → 20, not sent yet
    await under_way.continue_()
    await expect(steps.line(partner, steps.CAMERA)).to_contain_text("71 952,00")
    await expect(other).to_have_value("20")
    await expect(other).to_be_focused()
    await other.press("Tab")
    await expect(steps.line(partner, steps.SMALL_CAMERA)).to_contain_text("203 830,00")


async def test_the_focus_goes_to_what_stands_in_its_place(partner):
    """A button that an answer takes away does not take the focus with it."""
    await steps.type_quantity(partner, steps.CONTACT, "25")
    partner.watch.refused(422)
    await press(partner, partner.button("Взять 30 шт"))
    await expect(steps.quantity_field(partner, steps.CONTACT)).to_be_focused()
    await steps.fill_all(partner)
    await partner.link(re.compile("^Корзина: ")).click()
    for article in (steps.CAMERA, steps.SMALL_CAMERA, steps.CONTACT):
        remove = partner.button(f"Убрать из корзины: {article}")
        await expect(remove).to_be_visible()
        if article == steps.CAMERA:
            await remove.focus()
        await expect(remove).to_be_focused()
        await partner.page.keyboard.press("Enter")
    await expect(partner.page.get_by_role("dialog")).to_contain_text("Корзина пуста.")
    await expect(partner.page.get_by_role("dialog").locator(":focus")).to_have_count(1)


async def test_slash_goes_to_the_search(partner):
    await partner.page.keyboard.press("/")
    search = partner.field("Поиск по номеру, артикулу или словам")
    await expect(search).to_be_focused()
    await partner.page.keyboard.type("dx/mc10")
    await expect(search).to_have_value("dx/mc10")


async def test_escape_closes_the_cart(partner):
    opener = partner.link(re.compile("^Корзина"))
    await opener.focus()
    await partner.page.keyboard.press("Enter")
    window = partner.page.get_by_role("dialog", name="Корзина")
    await expect(window).to_be_visible()
    await partner.page.keyboard.press("Escape")
    await expect(window).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_a_closed_cart_stays_closed(partner):
    """An answer that comes when it is closed already does not open it again, nor does any later one."""
    await steps.fill_all(partner)
    cart = await steps.open_cart(partner)
    held = await hold(partner, "**/quantity")
    await cart.get_by_role("button", name=f"Больше: {steps.CAMERA}").click()
    under_way = await held
    await partner.page.keyboard.press("Escape")
    async with partner.page.expect_response("**/quantity"):
        await under_way.continue_()
    await partner.button(f"Больше: {steps.CAMERA}").click()
    await expect(steps.line(partner, steps.CAMERA)).to_contain_text("59 960,00")
    await expect(partner.page.get_by_role("dialog")).to_have_count(0)
    cart = await steps.open_cart(partner)
    await expect(cart).to_contain_text("59 960,00")


async def test_the_whole_purchase(visit, live):
    """From the sign-in page to a placed order without a pointer."""
    number = await steps.send_offer(live)
    partner = await visit()
    await partner.goto(f"/presentations/{number}")
    await tab_to(partner, partner.field("Логин или эл. почта"))
    await partner.page.keyboard.type("alice")
    await tab_to(partner, partner.field("Пароль"))
    await partner.page.keyboard.type(partner.password)
    await partner.page.keyboard.press("Enter")
    await press(partner, partner.link("К содержанию"))
    await tab_to(partner, steps.quantity_field(partner, steps.CAMERA))
    await partner.page.keyboard.type("6")  # what stands there is selected
    await press(partner, partner.button(f"В корзину: {steps.CAMERA}"))
    await expect(partner.link(f"В корзине: 6 шт, {steps.CAMERA}. Открыть корзину")).to_be_focused()
    await partner.page.keyboard.press("Enter")
    window = partner.page.get_by_role("dialog", name="Корзина")
    await press(partner, window.get_by_role("button", name="Оформить заказ"))
    await expect(partner.page.get_by_role("heading", name="Оформление заказа")).to_be_visible()
    await tab_to(partner, partner.page.get_by_role("radio", name=re.compile("^Самовывоз")))
    await partner.page.keyboard.press("ArrowDown")
    await tab_to(partner, partner.field("Адрес"))
    await partner.page.keyboard.type("Екатеринбург, Промышленный проезд, 5")
    await press(partner, partner.button("Заказать"))
    await expect(partner.page.get_by_role("heading", name="Заказ № 1 оформлен")).to_be_visible()
    await expect(partner.page.locator("main")).to_contain_text("1 позиция, 71 952,00 ₽.")
