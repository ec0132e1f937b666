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
