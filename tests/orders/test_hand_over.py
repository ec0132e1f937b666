"""POST /orders/{number}/handover and its answer: an order passes to a colleague who agrees."""

import asyncio

import pytest

from app import clock
from app.accounts.models import Person, Role
from app.history.models import Email, Event
from app.orders.handovers import Handover, HandoverState
from app.orders.models import Order, Status
from app.settings import Settings
from jobs.relay import Relay
from tests.conftest import SignIn
from tests.factories import Cast, make_order, make_person
from tests.site import Browser

WORD = "Ты лучше знаешь СКУД"


@pytest.fixture
async def order(cast: Cast) -> Order:
    """An order that Maria took out of the queue."""
    values = {"manager": cast.maria, "status": Status.IN_WORK, "claimed_at": clock.now()}
    return await make_order(person=cast.nina, **values)


async def offered(browser: Browser, order: Order, to: Person, **word: str) -> int:
    """Offers the order; the status of the answer."""
    return (await browser.post(f"/orders/{order.number}/handover", {"colleague": str(to.id), **word})).status_code


async def answered(browser: Browser, order: Order, answer: str) -> int:
    """Answers the last hand-over."""
    last = await Handover.filter(order_id=order.id).order_by("-id").first()
    form = {"handover": str(last.id if last else 0), "answer": answer}
    return (await browser.post(f"/orders/{order.number}/handover/answer", form)).status_code


async def holder(order: Order) -> int | None:
    """Who holds the order now."""
    return (await Order.get(id=order.id)).manager_id


async def letters(settings: Settings) -> set[tuple[str, str]]:
    """Templates and recipients of all letters."""
    await Relay(settings).run()
    return {(one.template, one.recipient.partition("@")[0]) for one in await Email.all()}


async def test_offered_and_accepted(
    maria: Browser, oleg: Browser, nina: Browser, cast: Cast, order: Order, settings: Settings
) -> None:
    page = f"/orders/{order.number}"
    assert cast.oleg.name in (await maria.get(f"{page}/handover")).text
    assert (await oleg.get(page)).status_code == 404

    assert await offered(maria, order, cast.oleg, word=WORD) == 303

    assert await holder(order) == cast.maria.id, "until it is accepted"
    seen = (await oleg.get(page)).text
    assert WORD in seen and 'value="accept"' in seen and f'action="{page}/status"' not in seen
    assert (await oleg.post(f"{page}/status", {"status": "invoiced"})).status_code == 409
    assert await letters(settings) == {("order_handover", "oleg")}
    assert f'data-row href="{page}"' in (await oleg.get("/desk/orders")).text
    assert WORD not in (await nina.get(page)).text

    assert await answered(oleg, order, "accept") == 303

    assert await holder(order) == cast.oleg.id
    assert await letters(settings) >= {("order_handed_over", "nina"), ("order_handover", "maria")}
    assert (await maria.get(page)).status_code == 404
    history = (await nina.get("/history")).text
    assert "Заказ передан" in history and "Мария Орлова → Олег Синицын" in history
    assert "Заказ предложен" not in history and WORD not in history
    assert WORD not in "".join(one.text for one in await Email.filter(recipient=cast.nina.email))


async def test_with_htmx(maria: Browser, cast: Cast, order: Order) -> None:
    answer = await maria.hx_post(f"/orders/{order.number}/handover", {"colleague": str(cast.oleg.id)})
    assert answer.headers["hx-redirect"] == f"/orders/{order.number}"


async def test_declined_and_taken_back(
    maria: Browser, oleg: Browser, cast: Cast, order: Order, settings: Settings
) -> None:
    await offered(maria, order, cast.oleg)
    assert await answered(oleg, order, "decline") == await answered(oleg, order, "decline") == 303
    assert (await oleg.get(f"/orders/{order.number}")).status_code == 404
    await offered(maria, order, cast.oleg)
    assert await answered(maria, order, "withdraw") == 303
    assert await answered(oleg, order, "accept") == 409

    assert await holder(order) == cast.maria.id
    states = await Handover.all().order_by("id").values_list("state", flat=True)
    assert states == [HandoverState.DECLINED, HandoverState.WITHDRAWN]
    names = [event.name.partition(".")[2] for event in await Event.all().order_by("id")]
    assert names == ["handover_offered", "handover_declined", "handover_offered", "handover_withdrawn"]
    assert await letters(settings) == {("order_handover", "oleg"), ("order_handover", "maria")}


async def test_a_second_offer_takes_the_place_of_the_first(
    maria: Browser, oleg: Browser, cast: Cast, order: Order, sign_in: SignIn
) -> None:
    third = await make_person(name="Пётр Дёмин", role=Role.MANAGER)
    await offered(maria, order, cast.oleg)
    assert await offered(maria, order, third) == await offered(maria, order, third) == 303

    assert await Handover.filter(open_for=order.id).values_list("taker_id", flat=True) == [third.id]
    assert (await oleg.get(f"/orders/{order.number}")).status_code == 404
    assert await answered(await sign_in(third), order, "accept") == 303
    assert await holder(order) == third.id


async def test_asked_for_and_agreed(
    maria: Browser, oleg: Browser, cast: Cast, order: Order, settings: Settings
) -> None:
    door = f"/orders/{order.number}/request"
    assert cast.maria.name in (await oleg.get(door)).text

    answers = [await oleg.post(door, {"word": WORD}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert await Handover.all().count() == 1
    assert (await oleg.get(f"/orders/{order.number}")).status_code == 404
    assert 'value="withdraw"' in (await oleg.get(door)).text
    assert await letters(settings) == {("order_handover", "maria")}
    assert WORD in (await maria.get(f"/orders/{order.number}")).text
    assert await answered(oleg, order, "accept") == 404, "it is not the asker who agrees"
    assert await answered(maria, order, "accept") == 303
    assert await holder(order) == cast.oleg.id
    assert await letters(settings) >= {("order_handover", "oleg"), ("order_handed_over", "nina")}


async def test_an_offer_to_who_asked_is_a_yes(maria: Browser, oleg: Browser, cast: Cast, order: Order) -> None:
    await oleg.post(f"/orders/{order.number}/request")
    assert await offered(maria, order, cast.oleg) == 303
    assert await holder(order) == cast.oleg.id


async def test_of_many_at_once_one_is_open(cast: Cast, order: Order, maria: Browser, sign_in: SignIn) -> None:
    people = [await make_person(name=f"Менеджер {number}", role=Role.MANAGER) for number in range(4)]
    browsers = [await sign_in(person) for person in people]

    await asyncio.gather(
        *(browser.post(f"/orders/{order.number}/request") for browser in browsers),
        *(offered(maria, order, person) for person in people[:2]),
    )

    assert await Handover.filter(state=HandoverState.OPEN).count() <= 1
    assert await Handover.filter(open_for=order.id).count() == await Handover.filter(state="open").count()


async def test_accepting_and_taking_back_at_once(maria: Browser, oleg: Browser, cast: Cast, order: Order) -> None:
    await offered(maria, order, cast.oleg)
    codes = await asyncio.gather(answered(oleg, order, "accept"), answered(maria, order, "withdraw"))
    state = (await Handover.get()).state
    accepted = state is HandoverState.ACCEPTED
    assert codes[0] == (303 if accepted else 409)
    assert await holder(order) == (cast.oleg.id if accepted else cast.maria.id)


async def test_what_closes_an_order_closes_its_hand_over(maria: Browser, cast: Cast, order: Order) -> None:
    await offered(maria, order, cast.oleg)
    await maria.post(f"/orders/{order.number}/release", {"word": "Передумала"})
    assert (await Handover.get()).state is HandoverState.WITHDRAWN


async def test_it_is_not_taken_out_of_other_hands(maria: Browser, oleg: Browser, cast: Cast, order: Order) -> None:
    third = await make_person(name="Пётр Дёмин", role=Role.MANAGER)
    await offered(maria, order, cast.oleg)
    for now in (third.id, None):
        await Order.filter(id=order.id).update(manager_id=now)
        form = {"handover": str((await Handover.get()).id), "answer": "accept"}
        for post in (oleg.post, oleg.hx_post):
            refusal = await post(f"/orders/{order.number}/handover/answer", form)
            assert refusal.status_code == 409 and "в других руках" in refusal.text
        assert await holder(order) == now
    assert (await Handover.get()).state is HandoverState.OPEN
    assert await answered(oleg, order, "decline") == 303


@pytest.mark.parametrize("status", [Status.DONE, Status.CANCELLED])
async def test_a_closed_order_stays(maria: Browser, cast: Cast, status: Status) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=status)
    assert await offered(maria, order, cast.oleg) == 409
    assert not await Handover.exists()


async def test_only_to_those_who_work_here(maria: Browser, cast: Cast, order: Order) -> None:
    await Person.filter(id=cast.oleg.id).update(blocked_at=clock.now())
    door = f"/orders/{order.number}/handover"
    assert f'value="{cast.oleg.id}"' not in (await maria.get(door)).text
    for person in (cast.oleg, cast.maria, cast.alice):
        answer = await maria.post(door, {"colleague": str(person.id), "word": WORD})
        assert answer.status_code == 409 and WORD in answer.text
    assert (await maria.post(door, {"colleague": "", "word": WORD})).status_code == 422
    assert not await Handover.exists()


async def test_who_is_away_is_said_to_be(maria: Browser, cast: Cast, order: Order) -> None:
    today = clock.distributor_today()
    await Person.filter(id=cast.oleg.id).update(absent_from=today, absent_until=today)
    assert "отсутствует до" in (await maria.get(f"/orders/{order.number}/handover")).text


async def test_strangers(
    guest: Browser, alice: Browser, oleg: Browser, maria: Browser, cast: Cast, order: Order
) -> None:
    door, form = f"/orders/{order.number}/handover", {"colleague": str(cast.oleg.id)}
    assert (await guest.post(door, form)).headers["location"].startswith("/sign-in")
    assert (await alice.post(door, form)).status_code == 403
    assert (await oleg.post(door, form)).status_code == (await oleg.get(door)).status_code == 404
    direct = await make_order(person=cast.alice, manager=cast.maria)
    assert (await oleg.get(f"/orders/{direct.number}/request")).status_code == 404
    assert (await oleg.post(f"/orders/{direct.number}/request")).status_code == 404
    assert not await Handover.exists()
    await offered(maria, order, cast.oleg)
    stranger = {"handover": str((await Handover.get()).id), "answer": "accept"}
    assert (await maria.post(f"/orders/{order.number}/handover/answer", stranger)).status_code == 404
    assert (await oleg.post(f"/orders/{direct.number}/handover/answer", stranger)).status_code == 404
