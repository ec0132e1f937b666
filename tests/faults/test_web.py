"""Web processes killed under a load of orders, and two at once: each form is one order, each order one owner's."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import suppress
from urllib.parse import urlsplit

import httpx2
import pytest

from app.accounts.models import Role
from app.cart.models import CartLine
from app.history.models import Event
from app.orders.models import Order, OrderLine, Status, StatusChange
from app.settings import Settings
from tests.factories import Cast, make_order, make_person
from tests.faults.conftest import Enter, NewWeb
from tests.faults.web import LINES, PATIENCE, Visitor, WebProcess, checkout_form, fill_cart

PARTNERS = 40
AT_ONCE = 6
LIVES = 4  # of the process, before the last one
ORDERS_IN_A_LIFE = 5


class Load:
    """Partners who order, some at once, each sending one form again and again until it is answered."""

    def __init__(self, web: WebProcess, forms: list[tuple[Visitor, dict[str, str]]]) -> None:
        self.web, self.forms = web, forms
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.answers: dict[str, str] = {}  # where the answer leads to, by the form's key

    async def send(self) -> None:
        """Sends everything; returns when all is answered."""
        await asyncio.gather(*(self._until_answered(visitor, form) for visitor, form in self.forms))

    async def _until_answered(self, visitor: Visitor, form: dict[str, str]) -> None:
        async with self.turns:
            while form["key"] not in self.answers:
                with suppress(httpx2.TransportError):
                    answer = await visitor.post(self.web, "/orders", form)
                    assert answer.status_code == 303, answer.text
                    self.answers[form["key"]] = answer.headers["location"]
                await asyncio.sleep(0.05)

    async def unanswered(self) -> int:
        """How many orders there are that nobody was told of: what was sent before the end has been read by now."""
        await asyncio.sleep(0.2)
        return await Order.exclude(key__in=list(self.answers)).count()


@pytest.fixture
async def load(cast: Cast, enter: Enter, new_web: NewWeb, settings: Settings) -> Load:
    forms = []
    for number in range(PARTNERS):
        person = await make_person(name=f"Партнёр {number}", role=Role.BUYER, company=cast.company)
        await fill_cart(person)
        forms.append((await enter(person), await checkout_form(person, settings)))
    return Load(new_web(), forms)


async def die_again_and_again(load: Load) -> None:
    """Kills the process in the middle of its orders, or lets it die between a commit and the answer, in turns."""
    for life in range(LIVES):
        before = await Order.all().count()
        if life % 2:
            await load.web.start(dies_after=ORDERS_IN_A_LIFE)
            await load.web.ended()
            assert await load.unanswered()
        else:
            await load.web.start()
            while await Order.all().count() < before + ORDERS_IN_A_LIFE:
                await asyncio.sleep(0.001)
            load.web.kill()
    assert len(load.answers) < PARTNERS
    await load.web.start()


async def test_killed_under_a_load_of_orders(load: Load, settings: Settings) -> None:
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(die_again_and_again(load), load.send())

    orders = await Order.all()
    assert sorted(order.key for order in orders) == sorted(load.answers)
    assert len(orders) == len({order.number for order in orders}) == PARTNERS
    assert {order.key: f"/orders/{order.number}/confirmation" for order in orders} == load.answers
    await each_is_whole(orders)
    assert not await CartLine.all().exists()
    if settings.database_url.startswith("sqlite"):
        with sqlite3.connect(urlsplit(settings.database_url).path) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def each_is_whole(orders: list[Order]) -> None:
    """All lines with the total that they add up to, one beginning, one event."""
    lines = await OrderLine.all()
    for order in orders:
        own = [line for line in lines if line.order_id == order.id]
        assert sorted(line.position for line in own) == list(range(1, LINES + 1))
        assert sum(line.price * line.quantity for line in own) == order.total
    ids = {order.id: 1 for order in orders}
    assert Counter(await StatusChange.filter(status=Status.NEW).values_list("order_id", flat=True)) == ids
    events = await Event.filter(name="order.placed")
    assert Counter(event.data["order_id"] for event in events) == ids


async def two(new_web: NewWeb) -> list[WebProcess]:
    """Two web processes at work."""
    webs = [new_web(), new_web()]
    await asyncio.gather(*(web.start() for web in webs))
    return webs


async def test_one_form_sent_twenty_times_to_two_processes(
    cast: Cast, enter: Enter, new_web: NewWeb, settings: Settings
) -> None:
    webs = await two(new_web)
    alice = await enter(cast.alice)
    await fill_cart(cast.alice)
    form = await checkout_form(cast.alice, settings)

    answers = await asyncio.gather(*(alice.post(webs[number % 2], "/orders", form) for number in range(20)))

    order = await Order.get()
    assert Counter(answer.status_code for answer in answers) == {303: 20}
    assert {answer.headers["location"] for answer in answers} == {f"/orders/{order.number}/confirmation"}
    await each_is_whole([order])
    assert not await CartLine.all().exists()


async def test_ten_claims_at_two_processes(cast: Cast, enter: Enter, new_web: NewWeb) -> None:
    webs = await two(new_web)
    order = await make_order(person=cast.nina)
    managers = [await make_person(name=f"Менеджер {letter}", role=Role.MANAGER) for letter in "АБВГДЕЖЗИК"]
    visitors = [await enter(manager) for manager in managers]

    claims = [
        visitor.post(webs[number % 2], f"/orders/{order.number}/claim") for number, visitor in enumerate(visitors)
    ]
    answers = await asyncio.gather(*claims)

    await order.refresh_from_db()
    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: 9}
    owner = next(one for one, answer in zip(managers, answers, strict=True) if answer.status_code == 303)
    assert (order.manager_id, order.status) == (owner.id, Status.IN_WORK)
    assert all(f"{owner.name}, сегодня" in answer.text for answer in answers if answer.status_code == 409)
    assert await StatusChange.filter(status=Status.IN_WORK).values_list("author_id", flat=True) == [owner.id]
    [event] = await Event.filter(name="order.claimed")
    assert (event.actor_id, event.data["manager"]) == (owner.id, owner.name)
