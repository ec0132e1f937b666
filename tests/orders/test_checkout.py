"""GET /orders/checkout."""

from app.cart.models import CartLine
from app.orders.models import Order
from tests.factories import Cast
from tests.orders.forms import fields, fill_cart, open_checkout
from tests.site import Browser


async def test_is_filled_from_the_profile(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)

    form = await open_checkout(alice)

    assert (form["name"], form["email"]) == (cast.alice.name, cast.alice.email)
    assert form["phone"].replace("\u00a0", " ") == "+7 343 000-45-67"
    assert (form["payer"], form["inn"]) == (cast.company.name, cast.company.inn)
    assert form["delivery"] == "pickup"
    assert form["key"] != (await open_checkout(alice))["key"]


async def test_sums_up_the_cart(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)

    text = (await alice.get("/orders/checkout")).text.replace("\u00a0", " ")

    assert "59 960,00 ₽" in text  # retail
    assert "47 968,00 ₽" in text  # total
    assert "11 992,00 ₽" in text  # saving
    assert "8 649,96 ₽" in text  # VAT within, rounded by line: of the total it would be 97
    assert "22 %" in text
    assert "Мария Орлова" in text


async def test_an_empty_cart_says_so(alice: Browser, cast: Cast) -> None:
    page = await alice.get("/orders/checkout")

    assert page.status_code == 200
    assert 'href="/presentations"' in page.text
    assert 'action="/orders"' not in page.text
    assert not await Order.exists()


async def test_a_cart_that_needs_a_decision_is_shown_first(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    await CartLine.all().update(price=1)

    answer = await alice.get("/orders/checkout")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/cart"
    assert 'class="note good said"' in (await alice.get("/cart")).text


async def test_what_was_typed_is_shown_as_text(alice: Browser, cast: Cast) -> None:
    await fill_cart(cast.alice, author=cast.maria)
    form = await open_checkout(alice, name='"><script>', comment="</textarea><b>", email="нет")

    answer = await alice.post("/orders", form)

    assert "<script>" not in answer.text
    assert "</textarea><b>" not in answer.text
    assert fields(answer.text)["email"] == "нет"


async def test_strangers(guest: Browser, vera: Browser, maria: Browser, anna: Browser) -> None:
    assert (await guest.get("/orders/checkout")).headers["location"] == "/sign-in?next=/orders/checkout"
    for browser in (vera, maria, anna):
        assert (await browser.get("/orders/checkout")).status_code == 403
