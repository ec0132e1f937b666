"""A lost connection is told, nothing typed is lost, and one press sends again."""

import pytest
from playwright.async_api import expect

from tests.browser import steps
from tests.browser.visitors import Visitor

LOST = "Связь пропала. Всё, что вы набрали, на месте."


@pytest.fixture
async def partner(visit, live):
    """Alice before an offer, whose next requests in the background find no connection."""
    number = await steps.send_offer(live)
    visitor = await visit(width=390)
    await visitor.sign_in(live.cast.alice)
    await visitor.goto(f"/presentations/{number}")
    visitor.watch.lost_connection()
    await visitor.page.route("**/presentations/*/**", lambda route: route.abort("internetdisconnected"))
    return visitor


async def send_again(partner: Visitor) -> None:
    """The note says it; with the connection back, «повторить» sends again and the note goes."""
    note = partner.page.get_by_role("alert").filter(has_text=LOST)
    await expect(note).to_be_visible()
    await partner.page.unroute_all()
    await note.get_by_role("button", name="повторить").click()
    await expect(note).to_be_hidden()


async def test_a_quantity(partner):
    await steps.type_quantity(partner, steps.CAMERA, "6")
    await expect(partner.page.get_by_text(LOST)).to_be_visible()
    await expect(steps.quantity_field(partner, steps.CAMERA)).to_have_value("6")
    await expect(steps.line(partner, steps.CAMERA)).to_contain_text("47 968,00")
    await send_again(partner)
    await expect(steps.line(partner, steps.CAMERA)).to_contain_text("71 952,00")
    await partner.page.reload()
    await expect(steps.quantity_field(partner, steps.CAMERA)).to_have_value("6")


async def test_a_pictogram(partner):
    await partner.button(f"В корзину: {steps.CAMERA}").click()
    await send_again(partner)
    await expect(partner.link(f"В корзине: 4 шт, {steps.CAMERA}. Открыть корзину")).to_be_visible()


async def test_a_comment(partner):
    await partner.field("Новый комментарий").fill("Когда отгрузите?")
    await partner.button("Отправить").click()
    await expect(partner.page.get_by_text(LOST)).to_be_visible()
    await expect(partner.field("Новый комментарий")).to_have_value("Когда отгрузите?")
    await send_again(partner)
    await expect(partner.page.get_by_role("listitem").filter(has_text="Когда отгрузите?")).to_be_visible()
    await expect(partner.field("Новый комментарий")).to_have_value("")


async def test_in_the_cart_window(partner):
    """Over the page stands a window: what is told must stand in it."""
    await partner.page.unroute_all()
    await steps.fill_all(partner)
    cart = await steps.open_cart(partner)
    await partner.page.route("**/cart/**", lambda route: route.abort("internetdisconnected"))
    field = cart.get_by_label(f"Количество: {steps.CAMERA}, шт")
    await field.fill("6")
    await field.press("Tab")
    await partner.sees(partner.page.get_by_text(LOST))
    await expect(field).to_have_value("6")
    await send_again(partner)
    await expect(cart).to_contain_text("71 952,00")


async def test_a_refusal_in_the_cart_window(partner, visit):
    """The line has left the cart meanwhile, on another device."""
    await partner.page.unroute_all()
    await steps.fill_all(partner)
    cart = await steps.open_cart(partner)
    other = await visit()
    await other.sign_in(partner.site.cast.alice)
    await other.goto("/cart")
    await other.button(f"Убрать из корзины: {steps.CAMERA}").click()
    await expect(other.button(f"Убрать из корзины: {steps.CAMERA}")).to_have_count(0)
    partner.watch.refused(404)
    await cart.get_by_role("button", name=f"Больше: {steps.CAMERA}").click()
    await partner.sees(partner.page.get_by_role("alert").filter(has_text="Такой страницы нет"))
    await partner.page.keyboard.press("Escape")
    await expect(partner.button(f"Больше: {steps.CAMERA}")).to_be_visible()
