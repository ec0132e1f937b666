"""POST /administration/staff/{person}/blocking: who leaves is out at once, and what they had goes on."""

import asyncio

import pytest

from app import clock
from app.accounts.models import Assignment, Person, Session
from app.administration.staff_actions import block
from app.errors import RuleBroken
from app.history.models import Email, Event
from app.orders import handing
from app.orders.handovers import Handover, HandoverState
from app.orders.models import Order, Status, StatusChange
from app.promos.models import Promo
from app.settings import Settings
from app.tickets.models import Ticket
from jobs.relay import Relay
from tests.factories import Cast, make_order, make_ticket
from tests.site import Browser
from tests.users import make_user


@pytest.mark.parametrize("htmx", [False, True])
async def test_all_goes_to_whom_it_is_given(
    anna: Browser, maria: Browser, alice: Browser, cast: Cast, htmx: bool
) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.PAID)
    done = await make_order(person=cast.alice, manager=cast.maria, status=Status.DONE)
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    to = f"/administration/staff/{cast.maria.id}/blocking"
    page = (await anna.get(to)).text
    assert "1 партнёр" in page and "1 открытый заказ" in page and "1 открытый тикет" in page
    answer = await (anna.hx_post if htmx else anna.post)(to, {"to": str(cast.oleg.id)})
    assert answer.status_code == (200 if htmx else 303)
    assert (await Person.get(id=cast.maria.id)).blocked_at is not None
    assert not await Session.filter(person_id=cast.maria.id, ended_at=None).exists()
    assert (await maria.get("/desk")).headers["location"].startswith("/sign-in")
    assert (await Assignment.get(company_id=cast.company.id)).manager_id == cast.oleg.id
    assert (await Order.get(id=order.id)).manager_id == cast.oleg.id
    assert (await Order.get(id=done.id)).manager_id == cast.maria.id, "what is done stays theirs"
    assert (await Ticket.get(id=ticket.id)).manager_id == cast.oleg.id
    told = await Event.get(name="company.handed_over")
    assert (told.company_id, told.data["was"], told.data["manager"]) == (
        cast.company.id,
        "Мария Орлова",
        "Олег Синицын",
    )
    assert told.data["orders"] == [order.number] and told.data["tickets"] == [ticket.number]
    assert (await Event.get(name="staff.blocked")).data["to"] == "Олег Синицын"
    await anna.post(to, {"to": str(cast.oleg.id)})
    assert await Event.filter(name="staff.blocked").count() == 1
    assert (await anna.post(f"/administration/staff/{cast.maria.id}/unblocking")).status_code == 303
    assert (await Person.get(id=cast.maria.id)).blocked_at is None


async def test_of_nobody_it_goes_to_the_common_queue(anna: Browser, oleg: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    to = f"/administration/staff/{cast.maria.id}/blocking"
    assert (await anna.post(to, {"to": "nobody"})).status_code == 303
    assert not await Assignment.filter(company_id=cast.company.id).exists()
    now = await Order.get(id=order.id)
    assert (now.manager_id, now.status, now.claimed_at) == (None, Status.NEW, None)
    assert await StatusChange.filter(order_id=order.id).count() == 3
    assert (await oleg.post(f"/orders/{order.number}/claim")).status_code == 303


async def test_who_waits_for_an_order_is_told_that_it_is_in_the_queue(
    anna: Browser, cast: Cast, settings: Settings
) -> None:
    orders = [await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK) for _ in range(2)]
    await anna.post(f"/administration/staff/{cast.maria.id}/blocking", {"to": "nobody"})
    events = await Event.filter(name="order.released").order_by("id")
    assert [(one.data["order"], one.data["was"]) for one in events] == [(one.number, cast.maria.name) for one in orders]
    await Relay(settings).run()
    letters = [(one.template, one.recipient.partition("@")[0]) for one in await Email.all().order_by("id")]
    about_orders = sorted(one for one in letters if one[0].startswith("order_"))
    assert about_orders == sorted([("order_released", "alice"), ("order_waits", "oleg")] * 2)


@pytest.mark.parametrize("to", ["nobody", "anna"])
async def test_what_was_offered_cannot_be_accepted_any_more(
    anna: Browser, maria: Browser, oleg: Browser, cast: Cast, to: str
) -> None:
    order = await make_order(person=cast.nina, manager=cast.maria, status=Status.IN_WORK, claimed_at=clock.now())
    await maria.post(f"/orders/{order.number}/handover", {"colleague": str(cast.oleg.id)})
    offer = await Handover.get()
    taker = to if to == "nobody" else str(cast.anna.id)
    await anna.post(f"/administration/staff/{cast.maria.id}/blocking", {"to": taker})
    answer = {"handover": str(offer.id), "answer": "accept"}
    assert (await oleg.post(f"/orders/{order.number}/handover/answer", answer)).status_code == 409
    assert (await Handover.get()).state is HandoverState.WITHDRAWN
    assert await Event.filter(name="order.handover_withdrawn").count() == 1
    assert (await Order.get(id=order.id)).manager_id == (None if to == "nobody" else cast.anna.id)


async def test_nobody_hands_over_to_who_has_left(anna: Browser, maria: Browser, oleg: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina, manager=cast.maria, status=Status.IN_WORK, claimed_at=clock.now())
    await oleg.post(f"/orders/{order.number}/request")
    asked = await Handover.get()
    await anna.post(f"/administration/staff/{cast.oleg.id}/blocking", {"to": "nobody"})
    assert (await Handover.get()).state is HandoverState.WITHDRAWN
    await Handover.filter(id=asked.id).update(state=HandoverState.OPEN, open_for=order.id)
    answer = {"handover": str(asked.id), "answer": "accept"}
    for post in (maria.post, maria.hx_post):
        refusal = await post(f"/orders/{order.number}/handover/answer", answer)
        assert refusal.status_code == 409 and "больше не работает" in refusal.text
    assert (await Order.get(id=order.id)).manager_id == cast.maria.id


async def test_accepting_while_the_giver_is_blocked_leaves_one_holder(cast: Cast, maria: Browser) -> None:
    order = await make_order(person=cast.nina, manager=cast.maria, status=Status.IN_WORK, claimed_at=clock.now())
    await maria.post(f"/orders/{order.number}/handover", {"colleague": str(cast.oleg.id)})
    offer, anna, oleg = await Handover.get(), await make_user(cast.anna), await make_user(cast.oleg)
    accepted, blocked = await asyncio.gather(
        handing.answer(offer.id, True, by=oleg), block(cast.maria, None, by=anna), return_exceptions=True
    )
    assert blocked is None
    now, state = await Order.get(id=order.id), (await Handover.get()).state
    assert (now.manager_id, state) in ((cast.oleg.id, HandoverState.ACCEPTED), (None, HandoverState.WITHDRAWN))
    assert (accepted is True) == (state is HandoverState.ACCEPTED)


async def test_what_they_were_sending_to_many_stops(anna: Browser, cast: Cast) -> None:
    values = {"title": "Неделя камер", "valid_until": clock.distributor_today(), "sent_at": clock.now()}
    running = await Promo.create(author=cast.maria, key="a", **values)
    other = await Promo.create(author=cast.oleg, key="b", **values)
    door = f"/administration/staff/{cast.maria.id}/blocking"
    for _ in range(2):
        await anna.post(door, {"to": str(cast.oleg.id)})
    assert (await Event.get(name="promo.stopped")).data["promo"] == running.id
    assert (await Promo.get(id=other.id)).stopped_at is None
    assert "остановлено" in (await anna.get(f"/desk/promos/{running.id}")).text
    for post in (anna.post, anna.hx_post):
        refusal = await post(f"/desk/promos/{running.id}/resumption")
        assert refusal.status_code == 409 and "больше не работает" in refusal.text
    await anna.post(f"/administration/staff/{cast.maria.id}/unblocking")
    assert (await anna.post(f"/desk/promos/{running.id}/resumption")).status_code == 303


async def test_who_takes_over_is_asked_for(anna: Browser, cast: Cast) -> None:
    to = f"/administration/staff/{cast.maria.id}/blocking"
    for wrong in ("", "999999", str(cast.maria.id), str(cast.alice.id)):
        for post in (anna.post, anna.hx_post):
            answer = await post(to, {"to": wrong})
            assert answer.status_code == 422 and 'id="to-e"' in answer.text
    await make_order(person=cast.alice, manager=cast.maria, status=Status.INVOICED)
    answer = await anna.post(to, {"to": "nobody"})
    assert answer.status_code == 422 and "в очередь не возвращаются" in answer.text
    assert (await Person.get(id=cast.maria.id)).blocked_at is None


async def test_who_has_nothing_needs_nobody(anna: Browser, cast: Cast) -> None:
    await Assignment.filter(manager_id=cast.oleg.id).delete()
    assert (await anna.post(f"/administration/staff/{cast.oleg.id}/blocking")).status_code == 303


async def test_neither_oneself_nor_by_strangers(anna: Browser, maria: Browser, cast: Cast) -> None:
    for post in (anna.post, anna.hx_post):
        answer = await post(f"/administration/staff/{cast.anna.id}/blocking")
        assert answer.status_code == 409 and "Закрыть доступ себе нельзя" in answer.text
    answer = await maria.post(f"/administration/staff/{cast.oleg.id}/blocking", {"to": "nobody"})
    assert answer.status_code == 403
    assert not await Person.exclude(blocked_at=None).exists()


async def test_who_stood_for_others_does_not_any_more(anna: Browser, maria: Browser, cast: Cast) -> None:
    await maria.post(
        "/profile/absence",
        {"absent_from": "2026-01-01", "absent_until": "2028-01-01", "substitute": str(cast.oleg.id)},
    )
    await anna.post(f"/administration/staff/{cast.oleg.id}/blocking", {"to": "nobody"})
    assert (await Person.get(id=cast.maria.id)).substitute_id is None


async def test_two_administrators_who_block_each_other_leave_one(cast: Cast) -> None:
    await Person.filter(id=cast.oleg.id).update(role="administrator")
    oleg = await Person.get(id=cast.oleg.id)
    users = {one.id: await make_user(one) for one in (cast.anna, oleg)}
    outcomes = await asyncio.gather(
        block(oleg, cast.maria, by=users[cast.anna.id]),
        block(cast.anna, cast.maria, by=users[oleg.id]),
        return_exceptions=True,
    )
    assert sum(isinstance(one, RuleBroken) for one in outcomes) == 1
    assert await Person.filter(role="administrator", blocked_at=None).count() == 1
