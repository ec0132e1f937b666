"""POST /order-templates/3/removal, after a question."""

from app.history.models import Event
from app.orders.templates import OrderTemplate, OrderTemplateLine
from tests.site import Browser


async def test_asks_and_deletes(bob: Browser, template: OrderTemplate) -> None:
    door = f"/order-templates/{template.id}/removal"
    assert "Удалить шаблон «Склад»?" in (await bob.get(door)).text and await OrderTemplate.exists()
    answer = await bob.post(door)
    assert (answer.status_code, answer.headers["location"]) == (303, "/order-templates")
    assert not await OrderTemplate.exists() and not await OrderTemplateLine.exists()
    assert (await Event.get(name="order_template.deleted")).data == {"name": "Склад"}
    assert (await bob.post(door)).status_code == 404


async def test_with_htmx(alice: Browser, template: OrderTemplate) -> None:
    answer = await alice.hx_post(f"/order-templates/{template.id}/removal")
    assert answer.headers["hx-redirect"] == "/order-templates" and not await OrderTemplate.exists()


async def test_strangers_and_viewers(charlie: Browser, vera: Browser, template: OrderTemplate) -> None:
    door = f"/order-templates/{template.id}/removal"
    assert (await charlie.get(door)).status_code == (await charlie.post(door)).status_code == 404
    assert (await vera.get(door)).status_code == (await vera.post(door)).status_code == 403
    assert await OrderTemplate.exists()
