"""POST /orders/{number}/call: the manager notes that the partner was called."""

import asyncio

from app.history.models import Event
from tests.factories import Cast, make_order
from tests.site import Browser


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)

    answer = await maria.post(f"/orders/{order.number}/call")

    assert answer.status_code == 303
    await order.refresh_from_db()
    assert order.called_by_id == cast.maria.id
    [event] = await Event.all()
    assert (event.name, event.company_id) == ("order.called", cast.company.id)
    assert event.data == {"order": order.number, "order_id": order.id}
    assert f'action="/orders/{order.number}/call"' not in (await maria.get(f"/orders/{order.number}")).text
    assert "/call" not in (await alice.get(f"/orders/{order.number}")).text


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)

    answer = await maria.hx_post(f"/orders/{order.number}/call")

    assert answer.status_code == 200
    assert answer.text.startswith('<div id="state">')
    assert f'href="tel:{order.contact_phone}"' in answer.text


async def test_the_first_note_stays(maria: Browser, anna: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await maria.post(f"/orders/{order.number}/call")

    answers = await asyncio.gather(*(anna.post(f"/orders/{order.number}/call") for _ in range(3)))

    assert {answer.status_code for answer in answers} == {303}
    await order.refresh_from_db()
    assert order.called_by_id == cast.maria.id
    assert await Event.all().count() == 1


async def test_an_unclaimed_order_is_claimed_first(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina)
    door = f"/orders/{order.number}/call"

    assert (await maria.post(door)).status_code == (await maria.hx_post(door)).status_code == 409
    assert door not in (await maria.get(f"/orders/{order.number}")).text
    assert not await Event.exists()


async def test_strangers(guest: Browser, alice: Browser, oleg: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    door = f"/orders/{order.number}/call"

    assert (await guest.post(door)).headers["location"].startswith("/sign-in")
    assert (await alice.post(door)).status_code == 403
    assert (await oleg.post(door)).status_code == 404
    assert not await Event.exists()
