"""The largest order there may be: its lines can be edited, and neither a cart nor merging makes a larger one."""

import re

import pytest

from app.cart import actions as cart
from app.cart.models import CartLine
from app.catalogue.models import Product
from app.history.models import Event
from app.orders import actions, merging
from app.orders.models import LineChange, Order, OrderLine, Status
from app.quantities import MOST_LINES
from tests.factories import Cast, make_order, make_product
from tests.orders.forms import fill_cart, open_checkout, orders_of
from tests.orders.test_merge import form, two
from tests.site import Browser

WHY = "Договорились по телефону"


async def lines_form(browser: Browser, door: str) -> dict[str, str]:
    """All that a browser sends of the page of the lines."""
    html = (await browser.get(door)).text
    part = html[html.index('id="edit"') :]
    part = part[: part.index("</form>")]
    fields = re.findall(r'<input(?![^>]*type="checkbox")[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', part)
    return {**{name: value for name, value in fields if name != "csrf"}, "reason": WHY}


async def test_each_of_its_lines_can_be_changed(maria: Browser, cast: Cast) -> None:
    product = await make_product(retail=10_000)
    values = {"manager": cast.maria, "status": Status.IN_WORK, "products": [product] * MOST_LINES}
    order = await make_order(person=cast.alice, **values)
    lines = await OrderLine.filter(order=order).order_by("position")
    door = f"/orders/{order.number}/lines"
    filled = await lines_form(maria, door)
    assert sum(name[0] in "qpdo" and name[1:].isdecimal() for name in filled) == 4 * MOST_LINES
    assert len(filled) > 4 * MOST_LINES
    ticked = {f"r{line.id}": "1" for line in lines[2:]}
    typed = {**filled, **ticked, f"q{lines[1].id}": "7"}

    one_more = await maria.hx_post(door, {**filled, f"n{(await make_product()).id}": "1"})
    assert one_more.status_code == 409 and f"не больше {MOST_LINES}" in one_more.text.replace("\xa0", " ")
    assert not await LineChange.exists()
    assert (await maria.hx_post(door, {**typed, "then": "check"})).status_code == 200
    assert (await maria.post(door, typed)).status_code == 303

    assert await OrderLine.filter(order=order).order_by("id").values_list("quantity", flat=True) == [2, 7]


async def fill(cast: Cast, lines: int) -> Product:
    """Puts lines into Alice's cart past the doors; the last product that is there."""
    product = await make_product()
    rows = [
        CartLine(
            person_id=cast.alice.id,
            product_id=product.id,
            source=f"product:{product.id if not one else -one}",
            quantity=1,
            price=1_000,
            price_source="company",
        )
        for one in range(lines)
    ]
    await CartLine.bulk_create(rows)
    return product


async def test_a_cart_holds_as_many(alice: Browser, cast: Cast) -> None:
    there, last, over = await fill(cast, MOST_LINES - 1), await make_product(), await make_product()
    assert (await alice.post(f"/catalogue/products/{last.id}/cart", {f"q{last.id}": "1"})).status_code == 303
    for post in (alice.post, alice.hx_post):
        refusal = await post(f"/catalogue/products/{over.id}/cart", {f"q{over.id}": "1"})
        assert refusal.status_code == 409 and f"не больше {MOST_LINES} строк" in refusal.text
    assert (await alice.post(f"/catalogue/products/{there.id}/cart", {f"q{there.id}": "5"})).status_code == 303
    assert await CartLine.filter(person_id=cast.alice.id).count() == MOST_LINES
    assert (await CartLine.get(source=f"product:{there.id}")).quantity == 5
    assert await Event.filter(name="cart.line_put").count() == 2


@pytest.mark.parametrize("htmx", [False, True])
async def test_what_would_be_too_much_is_not_put_in_part(
    alice: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch, htmx: bool
) -> None:
    monkeypatch.setattr(cart, "MOST_LINES", 1)
    post = alice.hx_post if htmx else alice.post
    await make_product(article="CAM-1")
    await make_product(article="CAM-2")
    page = (await alice.post("/quick-order", {"list": "CAM-1 2\nCAM-2 2", "key": "k" * 24})).headers
    quick = (await alice.get(page["location"])).text
    part = quick[quick.index('id="quick"') :]
    filled = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', part[: part.index("</form>")]))
    refusal = await post("/quick-order", {**filled, "do": "cart"})
    assert refusal.status_code == 409 and "не больше 1 строк" in refusal.text and "CAM-2" in refusal.text
    assert not await CartLine.exists() and not await Event.filter(name="cart.list_put").exists()


async def test_all_of_an_offer_or_nothing(alice: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    await fill_cart(cast.alice, author=cast.maria, lines=3)
    await CartLine.all().delete()
    monkeypatch.setattr(cart, "MOST_LINES", 2)
    for post in (alice.post, alice.hx_post):
        refusal = await post("/presentations/1/recalculation", {"all": "1"})
        assert refusal.status_code == 409 and "не больше 2 строк" in refusal.text
    assert not await CartLine.exists()


async def test_a_cart_that_is_too_long_is_not_ordered(
    alice: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fill_cart(cast.alice, author=cast.maria, lines=3)
    filled = await open_checkout(alice)
    monkeypatch.setattr(actions, "MOST_LINES", 2)
    for post in (alice.post, alice.hx_post):
        refusal = await post("/orders", filled)
        assert refusal.status_code == 409 and "не больше 2 строк" in refusal.text
    assert await orders_of(cast.alice) == [] and await CartLine.all().count() == 3


async def test_merging_makes_none_that_is_larger(maria: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await two(cast)
    filled = await form(maria, first, second)
    monkeypatch.setattr(merging, "MOST_LINES", 1)
    for post in (maria.post, maria.hx_post):
        refusal = await post(f"/orders/{first.number}/merging", filled)
        assert refusal.status_code == 409 and "вместе было бы 2" in refusal.text.lower()
    assert (await Order.get(id=second.id)).merged_into_id is None
    assert await OrderLine.filter(order=first).values_list("quantity", flat=True) == [2]
    monkeypatch.setattr(merging, "MOST_LINES", 2)
    assert (await maria.post(f"/orders/{first.number}/merging", filled)).status_code == 303, "what adds up is one line"
