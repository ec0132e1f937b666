"""POST /orders: an order is placed once for each form, and only as the person saw it (PRODUCT rule 6)."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.accounts.models import Assignment
from app.cart import queries as cart_queries
from app.cart.models import CartLine
from app.cart.queries import Cart
from app.catalogue.models import Product
from app.history.models import Event
from app.orders import actions
from app.orders.models import Delivery, Order, OrderLine, Status, StatusChange
from app.presentations.models import Version
from tests.factories import Cast, make_cart_line, make_product
from tests.orders.forms import fields, fill_cart, open_checkout, orders_of
from tests.site import Browser


async def test_without_javascript(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice, name="Павел Ершов", comment="Одной партией,\r\nпожалуйста", inn="")

    answer = await alice.post("/orders", form)

    [order] = await orders_of(cast.alice)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/orders/{order.number}/confirmation"
    assert (order.contact_name, order.contact_phone) == ("Павел Ершов", "+73430004567")
    assert (order.payer_name, order.payer_inn, order.delivery) == ("ООО «Монтаж-Сервис»", "", Delivery.PICKUP)
    assert order.comment == "Одной партией,\nпожалуйста"
    assert not await CartLine.filter(person=cast.alice).exists()
    page = await alice.get(answer.headers["location"])
    assert f'href="/orders/{order.number}"' in page.text
    assert cast.alice.email in page.text


async def test_with_htmx(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)

    answer = await alice.hx_post("/orders", await open_checkout(alice))

    [order] = await orders_of(cast.alice)
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == f"/orders/{order.number}/confirmation"


async def test_keeps_its_own_copies(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria, lines=1)
    dearer = await make_product(retail=333_33, vat="none", name="Кабель")
    price = 283_33  # 15 % off, half up
    await make_cart_line(person=cast.alice, product=dearer, quantity=3, price=price)
    await alice.post("/orders", await open_checkout(alice))
    await Product.all().update(retail=1, name="другое", vat="ten")

    [order] = await orders_of(cast.alice)
    offered, own = await OrderLine.filter(order=order).order_by("position")
    assert (offered.price, offered.quantity, offered.discount, offered.price_source) == (
        1_199_200,
        2,
        2000,
        "presentation",
    )
    assert offered.vat_rate == 22
    assert (own.name, own.retail, own.price, own.price_source, own.vat_rate) == (
        "Кабель",
        333_33,
        price,
        "company",
        None,
    )
    assert order.total == 2 * 1_199_200 + 3 * price
    assert order.retail_total == 2 * 1_499_000 + 3 * 333_33


async def test_goes_to_the_companys_manager(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    await alice.post("/orders", await open_checkout(alice))

    [order] = await orders_of(cast.alice)
    assert (order.manager_id, order.claimed_at, order.status) == (cast.maria.id, None, Status.NEW)
    [change] = await StatusChange.filter(order=order)
    assert (change.status, change.author_id) == (Status.NEW, cast.alice.id)
    [event] = await Event.filter(name="order.placed")
    assert event.data == {"order": order.number, "order_id": order.id, "lines": 2, "total": order.total}
    assert (event.company_id, event.actor_id) == (cast.company.id, cast.alice.id)


async def test_goes_to_the_queue_without_a_manager(nina: Browser, cast: Cast) -> None:
    await fill_cart(cast.nina, author=cast.maria)
    await nina.post("/orders", await open_checkout(nina))

    [order] = await orders_of(cast.nina)
    assert order.manager_id is None


async def test_goes_to_the_queue_when_the_manager_has_left(alice: Browser, cast: Cast) -> None:
    cast.maria.blocked_at = clock.now()
    await cast.maria.save()
    await fill_cart(cast.alice, author=cast.maria)
    await alice.post("/orders", await open_checkout(alice))

    [order] = await orders_of(cast.alice)
    assert await Assignment.filter(company=cast.company).exists()
    assert order.manager_id is None


async def test_the_same_form_twice_is_one_order(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice)

    first = await alice.post("/orders", form)
    await fill_cart(cast.alice, author=cast.maria)  # whatever the cart is by then
    again = await alice.post("/orders", form)

    assert again.status_code == 303
    assert again.headers["location"] == first.headers["location"]
    assert len(await orders_of(cast.alice)) == 1
    assert await CartLine.filter(person=cast.alice).count() == 2


async def test_twenty_parallel_posts_of_one_form_are_one_order(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice)

    answers = await asyncio.gather(*(alice.post("/orders", form) for _ in range(20)))

    [order] = await orders_of(cast.alice)
    assert {answer.status_code for answer in answers} == {303}
    assert {answer.headers["location"] for answer in answers} == {f"/orders/{order.number}/confirmation"}
    assert await OrderLine.all().count() == 2
    assert await Event.filter(name="order.placed").count() == 1


async def test_the_database_keeps_the_key_unique(
    database: str, alice: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the lock two posts come as far as the insert: the unique key stops one of them."""
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice)
    both_have_looked = asyncio.Barrier(2)
    look = cart_queries.checked

    async def no_lock(person_id: int) -> None:
        assert person_id == cast.alice.id

    async def look_together(*arguments: Any) -> Cart:
        cart = await look(*arguments)
        await asyncio.wait_for(both_have_looked.wait(), 5)
        return cart

    monkeypatch.setattr(actions, "lock_person", no_lock)
    if database.startswith("postgres"):  # SQLite's writers wait for each other before they look
        monkeypatch.setattr(cart_queries, "checked", look_together)
    answers = await asyncio.gather(alice.post("/orders", form), alice.post("/orders", form))

    [order] = await orders_of(cast.alice)
    assert {answer.headers.get("location") for answer in answers} == {f"/orders/{order.number}/confirmation"}
    assert await OrderLine.all().count() == 2


async def test_the_same_key_of_another_person_is_another_order(alice: Browser, bob: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    await fill_cart(cast.bob, author=cast.maria)
    hers, his = await open_checkout(alice), await open_checkout(bob)

    await alice.post("/orders", hers)
    await bob.post("/orders", {**his, "key": hers["key"]})

    assert len(await orders_of(cast.alice)) == len(await orders_of(cast.bob)) == 1


async def cheaper(line: CartLine) -> None:
    await Product.filter(id=line.product_id).update(retail=100)
    await CartLine.filter(id=line.id).update(presentation_line_id=None, source=f"product:{line.product_id}")


async def dearer(line: CartLine) -> None:
    await CartLine.filter(id=line.id).update(price=1)


async def more(line: CartLine) -> None:
    await CartLine.filter(id=line.id).update(quantity=4)


async def gone(line: CartLine) -> None:
    await Product.filter(id=line.product_id).update(discontinued_at=clock.now())


async def expired(line: CartLine) -> None:
    await Version.all().update(valid_until=clock.distributor_today() - timedelta(days=3))


async def added(line: CartLine) -> None:
    await make_cart_line(person=await line.person)


async def emptied(line: CartLine) -> None:
    await CartLine.all().delete()


@pytest.mark.parametrize("change", [cheaper, dearer, more, gone, expired, added, emptied])
@pytest.mark.parametrize("way", ["post", "hx_post"])
async def test_a_cart_that_changed_is_shown_and_not_ordered(
    alice: Browser, cast: Cast, change: Callable[[CartLine], Any], way: str
) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice, name="Павел Ершов", comment="Звонить после 10")
    await change(await CartLine.all().order_by("id").first())

    answer = await getattr(alice, way)("/orders", form)

    assert answer.status_code == 409
    assert not await Order.exists()
    assert not await Event.filter(name="order.placed").exists()
    if change is not emptied:
        shown = fields(answer.text)
        assert (shown["name"], shown["comment"]) == ("Павел Ершов", "Звонить после 10")
        assert shown["key"] == form["key"]
        assert shown["seen"] not in ("", form["seen"])


async def test_the_corrected_cart_can_be_ordered(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice)
    await more(await CartLine.all().first())

    corrected = fields((await alice.post("/orders", form)).text)
    answer = await alice.post("/orders", corrected)

    assert answer.status_code == 303
    assert len(await orders_of(cast.alice)) == 1


WRONG = [
    ({"name": ""}, "name"),
    ({"name": "я" * 151}, "name"),
    ({"phone": "12"}, "phone"),
    ({"phone": ""}, "phone"),
    ({"email": "нет"}, "email"),
    ({"payer": " "}, "payer"),
    ({"inn": "6670000000"}, "inn"),
    ({"inn": "１２３４５６７８９０"}, "inn"),
    ({"delivery": "address", "address": ""}, "address"),
    ({"delivery": "carrier", "carrier": "ПЭК", "terminal": ""}, "terminal"),
    ({"delivery": "carrier", "carrier": "Почта", "terminal": "Пермь"}, "carrier"),
    ({"delivery": "broomstick"}, "delivery"),
    ({"comment": "я" * 3001}, "comment"),
]


@pytest.mark.parametrize(("typed", "field"), WRONG)
async def test_what_cannot_be_understood_is_kept_and_explained(
    alice: Browser, cast: Cast, typed: dict[str, str], field: str
) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice, **typed)

    for answer in (await alice.post("/orders", form), await alice.hx_post("/orders", form)):
        assert answer.status_code == 422
        assert f'id="{field}-e"' in answer.text
        assert answer.text.count("autofocus") == (field not in ("carrier", "delivery"))
        if field not in ("carrier", "delivery"):
            assert fields(answer.text)[field] == typed[field]
    assert not await Order.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"delivery": "pickup", "address": "Мира, 5", "terminal": "Пермь"}, (Delivery.PICKUP, "", "")),
        ({"delivery": "address", "address": "Мира, 5"}, (Delivery.ADDRESS, "", "Мира, 5")),
        (
            {"delivery": "carrier", "carrier": "ПЭК", "terminal": "Пермь, Героев, 1"},
            (Delivery.CARRIER, "ПЭК", "Пермь, Героев, 1"),
        ),
    ],
)
async def test_delivery(alice: Browser, cast: Cast, typed: dict[str, str], kept: tuple[Any, ...]) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    await alice.post("/orders", await open_checkout(alice, **typed))

    [order] = await orders_of(cast.alice)
    assert (order.delivery, order.carrier, order.address) == kept


@pytest.mark.parametrize("broken", [{"key": ""}, {"key": "short"}, {"key": "<" * 40}, {"total": "1"}])
async def test_a_form_that_no_page_made_is_refused(alice: Browser, cast: Cast, broken: dict[str, str]) -> None:
    await fill_cart(cast.alice, author=cast.maria)

    answer = await alice.post("/orders", {**await open_checkout(alice), **broken})

    assert answer.status_code == 400
    assert not await Order.exists()


async def test_strangers(
    guest: Browser, vera: Browser, maria: Browser, charlie: Browser, alice: Browser, cast: Cast
) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice)

    assert (await guest.post("/orders", form)).headers["location"].startswith("/sign-in")
    assert (await vera.post("/orders", form)).status_code == 403
    assert (await maria.post("/orders", form)).status_code == 403
    assert (await charlie.post("/orders", form)).status_code == 409  # his own cart is empty
    assert not await Order.exists()
    answer = await alice.post("/orders", form)
    assert (await charlie.get(answer.headers["location"])).status_code == 404
