"""POST /orders/{number}/status: the way of an order, and its cancellation (PRODUCT rule 8)."""

import asyncio

import pytest

from app.history.models import Event
from app.orders.models import WAY, Status, StatusChange
from tests.factories import Cast, make_order
from tests.site import Browser


async def test_without_javascript(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)

    answer = await maria.post(f"/orders/{order.number}/status", {"status": "in_work"})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/orders/{order.number}"
    await order.refresh_from_db()
    assert order.status is Status.IN_WORK
    last = await StatusChange.filter(order=order).order_by("-id").first()
    assert last and (last.status, last.author_id) == (Status.IN_WORK, cast.maria.id)
    [event] = await Event.all()
    assert event.name == "order.status_changed"
    assert event.data == {"order": order.number, "order_id": order.id, "status": "in_work", "was": "new"}
    assert event.company_id == cast.company.id


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.PAID)

    answer = await maria.hx_post(f"/orders/{order.number}/status", {"status": "picking"})

    assert answer.status_code == 200
    assert answer.text.startswith('<div id="state">')
    assert 'name="status" value="shipped"' in answer.text


async def test_the_whole_way(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    for status in WAY[1:]:
        answer = await maria.post(f"/orders/{order.number}/status", {"status": status.value})
        assert answer.status_code == 303

    await order.refresh_from_db()
    assert order.status is Status.DONE
    assert [change.status for change in await StatusChange.filter(order=order).order_by("id")] == list(WAY)
    assert f'action="/orders/{order.number}/status"' not in (await maria.get(f"/orders/{order.number}")).text


@pytest.mark.parametrize(
    ("was", "to"),
    [
        (Status.NEW, "paid"),
        (Status.PAID, "invoiced"),
        (Status.PAID, "new"),
        (Status.SHIPPED, "cancelled"),
        (Status.DONE, "cancelled"),
        (Status.CANCELLED, "in_work"),
    ],
)
@pytest.mark.parametrize("way", ["post", "hx_post"])
async def test_another_step_is_refused(maria: Browser, cast: Cast, was: Status, to: str, way: str) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=was)

    answer = await getattr(maria, way)(f"/orders/{order.number}/status", {"status": to})

    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    await order.refresh_from_db()
    assert order.status is was
    assert not await Event.exists()


async def test_a_lost_race_is_told(maria: Browser, anna: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    step = {"status": "in_work"}

    answers = await asyncio.gather(
        maria.post(f"/orders/{order.number}/status", step), anna.post(f"/orders/{order.number}/status", step)
    )

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert await StatusChange.filter(order=order, status=Status.IN_WORK).count() == 1
    assert await Event.all().count() == 1


async def test_a_repeat_by_the_same_manager_changes_nothing(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    step = {"status": "in_work"}

    answers = await asyncio.gather(*(maria.post(f"/orders/{order.number}/status", step) for _ in range(5)))

    assert {answer.status_code for answer in answers} == {303}
    assert await StatusChange.filter(order=order, status=Status.IN_WORK).count() == 1
    assert await Event.all().count() == 1


async def test_cancelling_asks_once_more(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.INVOICED)

    page = await maria.get(f"/orders/{order.number}/cancellation")
    answer = await maria.post(f"/orders/{order.number}/status", {"status": "cancelled"})

    assert 'name="status" value="cancelled"' in page.text
    assert answer.status_code == 303
    await order.refresh_from_db()
    assert order.status is Status.CANCELLED


async def test_an_unclaimed_order_is_claimed_first(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina)

    for status in ("in_work", "cancelled"):
        assert (await maria.post(f"/orders/{order.number}/status", {"status": status})).status_code == 409
    await order.refresh_from_db()
    assert order.status is Status.NEW


@pytest.mark.parametrize("status", ["", "lost", "NEW"])
async def test_a_status_that_there_is_not(maria: Browser, cast: Cast, status: str) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)

    assert (await maria.post(f"/orders/{order.number}/status", {"status": status})).status_code == 422
    assert (await maria.hx_post(f"/orders/{order.number}/status", {"status": status})).status_code == 422


async def test_strangers(guest: Browser, alice: Browser, oleg: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    door, step = f"/orders/{order.number}/status", {"status": "in_work"}

    assert (await guest.post(door, step)).headers["location"].startswith("/sign-in")
    assert (await alice.post(door, step)).status_code == 403
    assert (await alice.get(f"/orders/{order.number}/cancellation")).status_code == 403
    assert (await oleg.post(door, step)).status_code == 404
    assert (await oleg.get(f"/orders/{order.number}/cancellation")).status_code == 404
    assert not await Event.exists()
