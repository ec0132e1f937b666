"""POST /orders/{number}/release: back into the common queue, with a reason that staff alone read."""

import pytest

from app import clock
from app.history.models import Email, Event
from app.orders.models import Order, Status
from app.settings import Settings
from app.threads.models import Comment
from jobs.relay import Relay
from tests.factories import Cast, make_order
from tests.site import Browser

WHY = {"word": "Ухожу в отпуск, не успею"}


async def in_work(cast: Cast, **fields: object) -> Order:
    """An order that Maria took out of the queue."""
    values = {"manager": cast.maria, "status": Status.IN_WORK, "claimed_at": clock.now(), **fields}
    return await make_order(person=cast.nina, **values)


async def test_without_javascript(maria: Browser, oleg: Browser, nina: Browser, cast: Cast, settings: Settings) -> None:
    order = await in_work(cast)
    door = f"/orders/{order.number}/release"
    assert 'name="word"' in (await maria.get(door)).text

    answer = await maria.post(door, WHY)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/orders/{order.number}")
    await order.refresh_from_db()
    assert (order.manager_id, order.status, order.claimed_at) == (None, Status.NEW, None)
    event = await Event.get(name="order.released")
    assert event.data == {"order": order.number, "order_id": order.id, "was": cast.maria.name}
    assert (await Comment.get()).internal
    await Relay(settings).run()
    letters = {(one.template, one.recipient.partition("@")[0]) for one in await Email.all()}
    assert letters == {("order_released", "nina"), ("order_waits", "oleg")}
    assert WHY["word"] in (await oleg.get(f"/orders/{order.number}")).text
    assert WHY["word"] not in (await nina.get(f"/orders/{order.number}")).text
    assert WHY["word"] not in (await nina.get("/history")).text
    assert not any(WHY["word"] in letter.text for letter in await Email.all())
    assert (await oleg.post(f"/orders/{order.number}/claim")).status_code == 303


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    order = await in_work(cast)

    answer = await maria.hx_post(f"/orders/{order.number}/release", WHY)

    assert answer.headers["hx-redirect"] == f"/orders/{order.number}"


async def test_twice_is_once(maria: Browser, cast: Cast) -> None:
    order = await in_work(cast)

    answers = [await maria.post(f"/orders/{order.number}/release", WHY) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await Event.filter(name="order.released").count() == await Comment.all().count() == 1


async def test_a_reason_is_needed(maria: Browser, cast: Cast) -> None:
    order = await in_work(cast)

    answers = [await maria.post(f"/orders/{order.number}/release", {"word": word}) for word in ("", "я" * 501)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "я" * 501 in answers[1].text
    assert not await Event.exists()


@pytest.mark.parametrize("status", [Status.INVOICED, Status.SHIPPED, Status.CANCELLED])
async def test_an_invoiced_order_stays(maria: Browser, cast: Cast, status: Status) -> None:
    order = await in_work(cast, status=status)

    answer = await maria.post(f"/orders/{order.number}/release", WHY)

    assert answer.status_code == 409 and WHY["word"] in answer.text
    assert not await Event.exists()
    assert f"/orders/{order.number}/release" not in (await maria.get(f"/orders/{order.number}")).text


async def test_strangers(guest: Browser, alice: Browser, oleg: Browser, cast: Cast) -> None:
    order = await in_work(cast)
    door = f"/orders/{order.number}/release"

    assert (await guest.post(door, WHY)).headers["location"].startswith("/sign-in")
    assert (await alice.post(door, WHY)).status_code == (await alice.get(door)).status_code == 403
    assert (await oleg.post(door, WHY)).status_code == (await oleg.get(door)).status_code == 404
    assert not await Event.exists()
