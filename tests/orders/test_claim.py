"""POST /orders/{number}/claim: one manager wins, the others are told who and when (PRODUCT rule 7)."""

import asyncio
from zoneinfo import ZoneInfo

from app.accounts.models import Role
from app.history.models import Event
from app.orders.models import Order, Status, StatusChange
from tests.conftest import SignIn
from tests.factories import Cast, make_order, make_person
from tests.site import Browser


async def test_without_javascript(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina)

    answer = await maria.post(f"/orders/{order.number}/claim")

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/orders/{order.number}"
    await order.refresh_from_db()
    assert (order.manager_id, order.status) == (cast.maria.id, Status.IN_WORK)
    assert order.claimed_at is not None
    last = await StatusChange.filter(order=order).order_by("-id").first()
    assert last and (last.status, last.author_id, last.at) == (Status.IN_WORK, cast.maria.id, order.claimed_at)
    [event] = await Event.all()
    assert event.name == "order.claimed"
    assert event.data == {"order": order.number, "order_id": order.id, "manager": cast.maria.name}
    assert (event.company_id, event.actor_id) == (cast.lone_company.id, cast.maria.id)


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina)

    answer = await maria.hx_post(f"/orders/{order.number}/claim")

    assert answer.status_code == 200
    assert answer.text.startswith('<div id="state">')
    assert cast.maria.name in answer.text
    assert f'action="/orders/{order.number}/claim"' not in answer.text


async def test_ten_at_once_give_one_owner(sign_in: SignIn, cast: Cast) -> None:
    order = await make_order(person=cast.nina)
    managers = [await make_person(name=f"Менеджер {n}", role=Role.MANAGER) for n in range(10)]
    browsers = [await sign_in(manager) for manager in managers]

    answers = await asyncio.gather(*(browser.post(f"/orders/{order.number}/claim") for browser in browsers))

    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [303] + [409] * 9
    await order.refresh_from_db()
    winner = managers[codes.index(303)]
    assert order.manager_id == winner.id
    assert await StatusChange.filter(order=order, status=Status.IN_WORK).count() == 1
    [event] = await Event.all()
    assert (event.name, event.actor_id) == ("order.claimed", winner.id)


async def test_the_loser_is_told_who_and_when(maria: Browser, oleg: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina)
    await maria.post(f"/orders/{order.number}/claim")

    page, note = await oleg.post(f"/orders/{order.number}/claim"), await oleg.hx_post(f"/orders/{order.number}/claim")

    taken = await Order.get(id=order.id)
    claimed_at = f"{taken.claimed_at.astimezone(ZoneInfo(cast.oleg.timezone)):%H:%M}" if taken.claimed_at else "never"
    for answer in (page, note):
        assert answer.status_code == 409
        assert cast.maria.name in answer.text
        assert claimed_at in answer.text
    assert note.headers["hx-retarget"] == "#problem"


async def test_a_repeat_by_the_winner_changes_nothing(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina)

    first = await maria.post(f"/orders/{order.number}/claim")
    again = await maria.post(f"/orders/{order.number}/claim")

    assert first.status_code == again.status_code == 303
    assert await Event.all().count() == 1
    assert await StatusChange.filter(order=order).count() == 2


async def test_a_cancelled_order_cannot_be_claimed(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina, status=Status.CANCELLED)

    assert (await maria.post(f"/orders/{order.number}/claim")).status_code == 409
    await order.refresh_from_db()
    assert (order.manager_id, order.status) == (None, Status.CANCELLED)


async def test_strangers(
    guest: Browser, alice: Browser, nina: Browser, oleg: Browser, anna: Browser, cast: Cast
) -> None:
    queued = await make_order(person=cast.nina)
    marias = await make_order(person=cast.alice, manager=cast.maria)

    assert (await guest.post(f"/orders/{queued.number}/claim")).headers["location"].startswith("/sign-in")
    for browser in (alice, nina):
        assert (await browser.post(f"/orders/{queued.number}/claim")).status_code == 403
    assert (await oleg.post(f"/orders/{marias.number}/claim")).status_code == 404
    assert (await oleg.post("/orders/999/claim")).status_code == 404
    assert not await Event.exists()
    assert (await anna.post(f"/orders/{queued.number}/claim")).status_code == 303
