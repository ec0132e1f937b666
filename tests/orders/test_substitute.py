"""While a manager is away, who stands in works on their orders and gets their letters; by the manager's own days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.accounts.models import Person, Role, Session
from app.history.models import Email
from app.orders.models import Order, Status
from app.settings import Settings
from jobs.relay import Relay
from tests.conftest import SignIn
from tests.events import commented, order_placed
from tests.factories import Cast, make_comment, make_order, make_person, make_ticket
from tests.site import Browser

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 5)
BEGINS = datetime(2026, 11, 30, 19, tzinfo=UTC)  # midnight in Yekaterinburg
ENDS = datetime(2026, 12, 5, 19, tzinfo=UTC)


@pytest.fixture
async def order(cast: Cast) -> Order:
    """An order of Maria's, who works in Yekaterinburg and is away; Oleg stands in."""
    await Person.filter(id=cast.maria.id).update(
        absent_from=FIRST, absent_until=LAST, substitute_id=cast.oleg.id, timezone="Asia/Yekaterinburg"
    )
    return await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK, claimed_at=BEGINS)


@pytest.fixture
async def enter(sign_in: SignIn) -> SignIn:
    """Signs somebody in as of the moment that the clock shows."""

    async def entered(person: Person) -> Browser:
        browser = await sign_in(person)
        await Session.all().update(created_at=clock.now(), seen_at=clock.now())
        return browser

    return entered


def on(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Sets the clock."""
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.parametrize(
    ("moment", "away"),
    [
        (BEGINS - timedelta(seconds=1), False),
        (BEGINS, True),
        (ENDS - timedelta(seconds=1), True),
        (ENDS, False),
    ],
)
async def test_from_the_first_to_the_last_day(
    cast: Cast,
    order: Order,
    enter: SignIn,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    moment: datetime,
    away: bool,
) -> None:
    on(monkeypatch, moment)
    oleg = await enter(cast.oleg)
    page = await oleg.get(f"/orders/{order.number}")
    assert page.status_code == (200 if away else 404)
    assert (f'data-row href="/orders/{order.number}"' in (await oleg.get("/desk/orders")).text) is away
    step = await oleg.post(f"/orders/{order.number}/status", {"status": "invoiced"})
    assert step.status_code == (303 if away else 404)
    await order_placed(order, by=cast.alice)
    await commented(await make_comment(on=order, author=cast.alice), on=order, by=cast.alice)
    await Relay(settings).run()
    for template in ("order_arrived", "comment_added"):
        read_by = {one.recipient for one in await Email.filter(template=template)}
        assert read_by == {cast.maria.email} | ({cast.oleg.email} if away else set())


async def test_it_is_said(cast: Cast, order: Order, enter: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, BEGINS)
    oleg, alice = await enter(cast.oleg), await enter(cast.alice)
    assert "вы замещаете" in (await oleg.get(f"/orders/{order.number}")).text
    seen = (await alice.get(f"/orders/{order.number}")).text
    assert "отсутствует до" in seen and "замещает: Олег Синицын" in seen and cast.oleg.email not in seen
    assert (await alice.get(f"/orders/{order.number}")).status_code == 200


async def test_tickets_and_the_desk_too(
    cast: Cast, order: Order, enter: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    on(monkeypatch, BEGINS)
    oleg = await enter(cast.oleg)
    assert (await oleg.get(f"/tickets/{ticket.number}")).status_code == 200
    assert f"/tickets/{ticket.number}" in (await oleg.get("/desk/answers")).text


async def test_their_new_orders_stand_on_the_desk_of_who_stands_in(
    cast: Cast, order: Order, enter: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = await make_order(person=cast.alice, manager=cast.maria)
    await make_order(person=cast.alice, manager=cast.maria, status=Status.DONE)
    for moment, away in ((BEGINS, True), (ENDS, False)):
        on(monkeypatch, moment)
        oleg = await enter(cast.oleg)
        desk = (await oleg.get("/desk")).text
        counted, to_orders = desk.split('mine=1&amp;status=new"><b>')[1][0], desk.split('href="/desk/orders"')[1]
        assert (counted == "1") is away
        assert ('<span class="n">2</span>' in to_orders.split("</li>")[0]) is away
        news = (await oleg.hx_get("/desk/news")).text
        for one in (order, fresh):
            assert (f'data-row href="/orders/{one.number}"' in desk) is away
            assert (f'data-row href="/orders/{one.number}"' in news) is away
        assert ("за: Мария Орлова" in desk) is away
        for query, shown in (("mine=1&status=new", fresh), ("mine=1&status=in_work", order)):
            listed = (await oleg.get(f"/desk/orders?{query}")).text
            assert (f'data-row href="/orders/{shown.number}"' in listed) is away
        assert "data-row" not in (await oleg.get(f"/desk/orders?mine=1&manager={cast.anna.id}")).text


async def test_who_stands_in_answers_what_is_offered(
    cast: Cast, order: Order, enter: SignIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = await make_person(name="Пётр Дёмин", role=Role.MANAGER)
    offered = await make_order(person=cast.charlie, manager=third, status=Status.IN_WORK)
    on(monkeypatch, BEGINS)
    giver, oleg = await enter(third), await enter(cast.oleg)
    await giver.post(f"/orders/{offered.number}/handover", {"colleague": str(cast.maria.id)})
    await Relay(settings).run()
    assert await Email.filter(template="order_handover", recipient=cast.oleg.email).exists()
    assert f'href="/orders/{offered.number}"' in (await oleg.get("/desk/handovers")).text
    assert f'href="/orders/{offered.number}"' in (await oleg.get("/desk/orders")).text
    page = (await oleg.get(f"/orders/{offered.number}")).text
    assert 'value="accept"' in page
    form = {"handover": page.split('name="handover" value="')[1].split('"')[0], "answer": "accept"}
    assert (await oleg.post(f"/orders/{offered.number}/handover/answer", form)).status_code == 303
    assert (await Order.get(id=offered.id)).manager_id == cast.maria.id


async def test_one_hop_and_no_circles(
    cast: Cast, order: Order, enter: SignIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = await make_person(name="Пётр Дёмин", role=Role.MANAGER)
    await Person.filter(id=cast.oleg.id).update(absent_from=FIRST, absent_until=None, substitute_id=third.id)
    on(monkeypatch, BEGINS + timedelta(days=1))
    browser = await enter(third)
    assert (await browser.get(f"/orders/{order.number}")).status_code == 404
    await Person.filter(id=cast.oleg.id).update(substitute_id=cast.maria.id)
    await order_placed(order, by=cast.alice)
    await Relay(settings).run()
    assert await Email.filter(template="order_arrived").count() == 2
    maria, oleg = await enter(cast.maria), await enter(cast.oleg)
    for manager in (maria, oleg):
        assert (await manager.get(f"/orders/{order.number}")).status_code == 200


async def test_who_has_left_stands_in_for_nobody(
    cast: Cast, order: Order, enter: SignIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, BEGINS)
    await Person.filter(id=cast.oleg.id).update(blocked_at=BEGINS)
    await order_placed(order, by=cast.alice)
    await Relay(settings).run()
    assert [one.recipient for one in await Email.filter(template="order_arrived")] == [cast.maria.email]
    assert "Олег" not in (await (await enter(cast.alice)).get(f"/orders/{order.number}")).text
