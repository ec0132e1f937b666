"""POST /orders/{number}/merging: two orders of a company become one."""

import asyncio
import re

import pytest

from app.history.models import Email, Event
from app.orders.models import Order, OrderLine, Status
from app.settings import Settings
from jobs.relay import Relay
from tests.factories import Cast, make_order, make_product
from tests.site import Browser


async def two(cast: Cast, **fields: object) -> tuple[Order, Order]:
    """Two orders of Alice's company: a camera, and the same camera with a lock (ordered by Bob)."""
    camera, lock = await make_product(article="DS-1", retail=1_000), await make_product(article="ML-1", retail=500)
    first = await make_order(person=cast.alice, manager=cast.maria, products=[camera], status=Status.IN_WORK)
    values = {"manager": cast.maria, **fields}
    second = await make_order(person=cast.bob, products=[camera, lock], quantity=3, **values)
    return first, second


async def form(browser: Browser, first: Order, second: Order) -> dict[str, str]:
    """What the page of the result holds."""
    page = await browser.get(f"/orders/{first.number}/merging?with={second.number}")
    seen = re.search(r'name="seen" value="(\w+)"', page.text)
    return {"with": str(second.number), "seen": seen[1] if seen else ""}


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast, settings: Settings) -> None:
    first, second = await two(cast)
    door = f"/orders/{first.number}/merging"
    assert f'href="{door}?with={second.number}"' in (await maria.get(door)).text
    assert "2 → <b>5</b>" in (await maria.get(f"{door}?with={second.number}")).text
    filled = await form(maria, first, second)

    answers = [await maria.post(door, filled) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == [f"/orders/{first.number}"] * 2
    await first.refresh_from_db()
    await second.refresh_from_db()
    rows = await OrderLine.filter(order=first).order_by("position")
    assert [(row.article, row.quantity) for row in rows] == [("DS-1", 5), ("ML-1", 3)]
    assert (first.total, first.status) == (5 * 1_000 + 3 * 500, Status.IN_WORK)
    assert (second.status, second.merged_into_id) == (Status.CANCELLED, first.id)
    assert await OrderLine.filter(order=second).count() == 2, "it keeps what was ordered"
    assert [event.name for event in await Event.all().order_by("id")] == ["order.merged_into", "order.merged"]
    await Relay(settings).run()
    letters = await Email.filter(template="order_merged")
    assert {one.recipient for one in letters} == {cast.alice.email, cast.bob.email}
    closed, kept = await alice.get(f"/orders/{second.number}"), await alice.get(f"/orders/{first.number}")
    assert f"объединён с № {first.number}" in closed.text and f'href="/orders/{first.number}"' in closed.text
    assert f'href="/orders/{second.number}"' in kept.text and "2 → 5" in kept.text
    assert (await maria.post(f"/orders/{second.number}/undoing", {"status": "cancelled"})).status_code == 409


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    first, second = await two(cast)
    answer = await maria.hx_post(f"/orders/{first.number}/merging", await form(maria, first, second))
    assert answer.headers["hx-redirect"] == f"/orders/{first.number}"


async def test_what_is_not_as_it_was_shown(maria: Browser, cast: Cast) -> None:
    first, second = await two(cast)
    filled = await form(maria, first, second)
    await OrderLine.filter(order=second).update(quantity=7)
    answer = await maria.post(f"/orders/{first.number}/merging", filled)
    assert answer.status_code == 409 and "2 → <b>9</b>" in answer.text
    assert not await Event.exists()


async def test_both_into_each_other_at_once(maria: Browser, anna: Browser, cast: Cast) -> None:
    first, second = await two(cast)
    forms = await form(maria, first, second), await form(maria, second, first)
    answers = await asyncio.gather(
        maria.post(f"/orders/{first.number}/merging", forms[0]), anna.post(f"/orders/{second.number}/merging", forms[1])
    )
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert await Order.filter(status=Status.CANCELLED).count() == 1


@pytest.mark.parametrize("status", [Status.SHIPPED, Status.CANCELLED])
async def test_a_shipped_or_closed_one(maria: Browser, cast: Cast, status: Status) -> None:
    first, second = await two(cast, status=status)
    assert f"with={second.number}" not in (await maria.get(f"/orders/{first.number}/merging")).text
    answer = await maria.post(f"/orders/{first.number}/merging", await form(maria, first, second))
    assert answer.status_code == 409
    assert (await maria.get(f"/orders/{second.number}/merging")).status_code == 409
    assert not await Event.exists()


async def test_of_another_company_or_in_other_hands(maria: Browser, cast: Cast) -> None:
    first, others = await two(cast, manager=cast.oleg)
    strange = await make_order(person=cast.nina, manager=cast.maria)
    for other in (others, strange, first):
        form = {"with": str(other.number), "seen": "0"}
        assert (await maria.post(f"/orders/{first.number}/merging", form)).status_code == 404
    assert (await maria.get(f"/orders/{first.number}/merging?with=999")).status_code == 404


async def test_strangers(guest: Browser, alice: Browser, oleg: Browser, cast: Cast) -> None:
    first, second = await two(cast)
    door, filled = f"/orders/{first.number}/merging", {"with": str(second.number), "seen": "0"}
    assert (await guest.post(door, filled)).headers["location"].startswith("/sign-in")
    assert (await alice.post(door, filled)).status_code == (await alice.get(door)).status_code == 403
    assert (await oleg.post(door, filled)).status_code == (await oleg.get(door)).status_code == 404
