"""POST /orders/{number}/undoing: a step is taken back within a minute by who took it (PRODUCT rule 8)."""

from datetime import timedelta

import pytest

from app import clock
from app.history.models import Email, Event
from app.orders.models import Order, Status, StatusChange
from app.settings import Settings
from jobs.relay import Relay
from tests.factories import Cast, make_order
from tests.site import Browser


async def stepped(maria: Browser, cast: Cast, status: Status = Status.INVOICED) -> Order:
    """An order that Maria has just moved to `status` from being in work."""
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    assert (await maria.post(f"/orders/{order.number}/status", {"status": status.value})).status_code == 303
    return order


async def undo(browser: Browser, order: Order, status: str = "invoiced") -> int:
    """Presses the button; the status of the answer."""
    return (await browser.post(f"/orders/{order.number}/undoing", {"status": status})).status_code


@pytest.mark.parametrize("status", [Status.INVOICED, Status.CANCELLED])
async def test_without_javascript(maria: Browser, cast: Cast, settings: Settings, status: Status) -> None:
    order = await stepped(maria, cast, status)
    assert f'action="/orders/{order.number}/undoing"' in (await maria.get(f"/orders/{order.number}")).text

    assert await undo(maria, order, status) == await undo(maria, order, status) == 303

    await order.refresh_from_db()
    assert order.status is Status.IN_WORK
    event = await Event.get(name="order.step_undone")
    assert event.data == {"order": order.number, "order_id": order.id, "status": "in_work", "was": status}
    assert await StatusChange.filter(order=order, status=status).count() == 0
    await Relay(settings).run()
    assert [one.template for one in await Email.all().order_by("id")] == ["order_status_changed", "order_step_undone"]


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    order = await stepped(maria, cast)
    answer = await maria.hx_post(f"/orders/{order.number}/undoing", {"status": "invoiced"})
    assert answer.status_code == 200 and answer.text.startswith('<div id="state">')
    assert 'name="status" value="invoiced"><button class="btn go">' in answer.text


@pytest.mark.parametrize(("seconds", "code"), [(59, 303), (60, 409)])
async def test_for_a_minute(
    maria: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, seconds: int, code: int
) -> None:
    order = await stepped(maria, cast)
    [*_, last] = await StatusChange.filter(order=order).order_by("id")
    monkeypatch.setattr(clock, "now", lambda: last.at + timedelta(seconds=seconds))
    page = (await maria.get(f"/orders/{order.number}")).text
    assert ("/undoing" in page) is (code == 303)
    assert await undo(maria, order) == code


async def test_not_what_another_did_nor_a_claim(maria: Browser, anna: Browser, cast: Cast) -> None:
    order = await stepped(maria, cast)
    assert await undo(anna, order) == 409
    queued = await make_order(person=cast.nina)
    await maria.post(f"/orders/{queued.number}/claim")
    assert await undo(maria, queued, "in_work") == 409
    await maria.post(f"/orders/{queued.number}/release", {"word": "Не моё"})
    assert await undo(maria, queued, "new") == 409
    assert not await Event.filter(name="order.step_undone").exists()


async def test_strangers(guest: Browser, maria: Browser, alice: Browser, oleg: Browser, cast: Cast) -> None:
    order = await stepped(maria, cast)
    assert await undo(guest, order) == 303
    assert await undo(alice, order) == 403
    assert await undo(oleg, order) == 404
    assert await undo(maria, order, "lost") == 422
    assert not await Event.filter(name="order.step_undone").exists()
