"""The database away, locked or full: pages say so with 503, nothing half-done stays, and afterwards all is well."""

import asyncio
import time
from datetime import timedelta

import httpx2
import pytest

from app import clock
from app.accounts.models import Session
from app.history.models import Event
from app.i18n import gettext
from app.orders.models import Order
from app.settings import Settings
from app.web.errors import RETRY_AFTER, TITLES
from tests.factories import Cast, make_presentation
from tests.faults.conftest import Enter, NewWeb
from tests.faults.web import checkout_form, fill_cart, nobody_else_orders

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("database", ["postgres"], indirect=True)


def is_away(answer: httpx2.Response) -> bool:
    """Whether the answer is the page, or for htmx the note, of a database that cannot answer."""
    assert answer.status_code == 503 and answer.headers["retry-after"] == str(RETRY_AFTER)
    assert gettext(TITLES[503]) in answer.text and answer.headers["x-request-id"] in answer.text
    return answer.headers.get("hx-retarget") == "#problem" or "<h1" in answer.text


@only_sqlite
async def test_sqlite_locked_for_too_long(
    cast: Cast, enter: Enter, new_web: NewWeb, settings: Settings, database: str
) -> None:
    web, alice = new_web(f"{database}?busy_timeout=200"), await enter(cast.alice)
    await web.start()
    offer = await make_presentation(company=cast.company, author=cast.maria)
    await fill_cart(cast.alice)
    form = await checkout_form(cast.alice, settings)
    await Session.all().update(seen_at=clock.now() - timedelta(minutes=5))

    async with nobody_else_orders(database):
        assert is_away(await alice.post(web, "/orders", form))
        assert is_away(await alice.post(web, "/orders", form, **{"hx-request": "true"}))
        for path in ("/presentations", f"/presentations/{offer.number}", "/cart", "/orders", "/readyz"):
            assert (await alice.get(web, path)).status_code == 200  # who only reads is not held up

    for _ in range(2):
        assert (await alice.get(web, f"/presentations/{offer.number}")).status_code == 200
    assert await Event.filter(name="presentation.opened").count() == 1
    answers = [await alice.post(web, "/orders", form) for _ in range(2)]
    order = await Order.get()
    assert {answer.headers["location"] for answer in answers} == {f"/orders/{order.number}/confirmation"}


@only_postgres
async def test_no_connection_to_spare(
    cast: Cast, enter: Enter, new_web: NewWeb, settings: Settings, database: str
) -> None:
    web = new_web(f"{database}{'&' if '?' in database else '?'}maxsize=2")
    await web.start()
    guest, alice, bob, charlie = [await enter(person) for person in (None, cast.alice, cast.bob, cast.charlie)]
    forms = []
    for person in (cast.alice, cast.bob):
        await fill_cart(person)
        forms.append(await checkout_form(person, settings))

    async with nobody_else_orders(database):
        waiting = [
            asyncio.create_task(one.post(web, "/orders", form)) for one, form in zip((alice, bob), forms, strict=True)
        ]
        await asyncio.sleep(1)  # until both hold their connections
        began = time.monotonic()
        answers = await asyncio.gather(charlie.get(web, "/cart"), charlie.post(web, "/sign-out"))
        assert all(is_away(answer) for answer in answers)
        assert time.monotonic() - began < 15
        assert [(await guest.get(web, path)).status_code for path in ("/readyz", "/healthz")] == [503, 200]

    assert [answer.status_code for answer in await asyncio.gather(*waiting)] == [303, 303]
    assert await Order.all().count() == 2
    assert (await charlie.get(web, "/cart")).status_code == 200


async def test_asked_to_end_it_finishes_the_order_in_hand(
    cast: Cast, enter: Enter, new_web: NewWeb, settings: Settings, database: str
) -> None:
    web, alice = new_web(), await enter(cast.alice)
    await web.start()
    await fill_cart(cast.alice)
    form = await checkout_form(cast.alice, settings)

    async with nobody_else_orders(database):
        order = asyncio.create_task(alice.post(web, "/orders", form))
        await asyncio.sleep(1)  # until it waits for the database
        web.ask_to_end()
        await asyncio.sleep(0.5)
        assert not order.done()

    answer = await order
    assert answer.headers["location"] == f"/orders/{(await Order.get()).number}/confirmation"
    assert await web.ended() == 0
    with pytest.raises(httpx2.ConnectError):
        await alice.get(web, "/cart")
