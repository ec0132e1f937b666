"""GET /cart and the doors of its lines."""

from datetime import timedelta

import pytest

from app import clock
from app.cart.models import CartLine
from app.catalogue.models import Discount, Product
from app.database import counting_queries
from app.history.models import Event
from app.presentations.models import Line, Version
from tests.factories import Cast, make_presentation, make_product
from tests.site import Browser


async def put(person_id: int, product: Product, *, price: int, quantity: int = 2, line: Line | None = None) -> CartLine:
    return await CartLine.create(
        person_id=person_id,
        product=product,
        presentation_line=line,
        source=f"line:{line.id}" if line else f"product:{product.id}",
        quantity=quantity,
        price=price,
        price_source="presentation" if line else "company",
    )


@pytest.fixture
async def line(cast: Cast) -> CartLine:
    """Two cameras at the company's usual 15 % in Alice's cart."""
    return await put(cast.alice.id, await make_product(retail=1_000_000), price=850_000)


async def test_the_window_and_the_page(alice: Browser, line: CartLine) -> None:
    window = await alice.hx_get("/cart")
    assert window.text.startswith('<section class="cartbox" id="cartbox">') and "17\u00a0000,00" in window.text
    page = await alice.get("/cart", headers={"referer": "http://kabinet.test/presentations/7?brand=BFT"})
    assert "<h1" in page.text and 'href="/presentations/7?brand=BFT"' in page.text
    elsewhere = await alice.get("/cart", headers={"referer": "https://elsewhere.test//evil"})
    assert "evil" not in elsewhere.text


async def test_the_page_knows_where_shopping_goes_on(alice: Browser, line: CartLine) -> None:
    """It does not forget it when something is pressed on it."""
    here, kept = "/presentations/7?brand=BFT", "/cart?from=%2Fpresentations%2F7%3Fbrand%3DBFT"
    page = await alice.get("/cart", headers={"referer": f"http://kabinet.test{here}"})
    assert f'<input type="hidden" name="from" value="{here}">' in page.text
    answer = await alice.post("/cart/recalculation", {f"q{line.id}": "5", "from": here})
    assert (answer.status_code, answer.headers["location"]) == (303, kept)
    assert f'href="{here}"' in (await alice.get(kept, headers={"referer": "http://kabinet.test/cart"})).text
    wrong = await alice.post("/cart/recalculation", {f"q{line.id}": "x", "from": here})
    assert f'href="{here}"' in wrong.text
    forged = (await alice.get("/cart?from=https://elsewhere.test//evil")).text
    assert '<input type="hidden" name="from" value="/catalogue">' in forged


async def test_an_empty_cart_says_how_to_fill_it(alice: Browser) -> None:
    page = (await alice.get("/cart")).text
    assert 'href="/presentations"' in page and "/cart/checkout" not in page


async def test_change_quantity(alice: Browser, line: CartLine) -> None:
    answer = await alice.hx_post(f"/cart/lines/{line.id}/quantity", {f"q{line.id}": "5"})
    assert answer.status_code == 200 and "42\u00a0500,00" in answer.text and 'hx-target="#basket"' in answer.text
    plain = await alice.post(f"/cart/lines/{line.id}/quantity", {f"q{line.id}": "5", "step": "1"})
    assert (plain.status_code, plain.headers["location"]) == (303, "/cart")
    await line.refresh_from_db()
    assert line.quantity == 6
    assert await Event.filter(name="cart.line_changed").count() == 2


@pytest.mark.parametrize("typed", ["", "0", "-1", "1,5", "１２", "x", "1000000000", "9223372036854775808"])
async def test_a_wrong_quantity_is_kept_and_explained(alice: Browser, line: CartLine, typed: str) -> None:
    for post in (alice.hx_post, alice.post):
        answer = await post("/cart/recalculation", {f"q{line.id}": typed})
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text and 'name="set"' in answer.text
        assert f'value="{typed or 2}"' in answer.text
    await line.refresh_from_db()
    assert line.quantity == 2


async def test_remove(alice: Browser, line: CartLine) -> None:
    answer = await alice.hx_post(f"/cart/lines/{line.id}/removal")
    assert answer.status_code == 200 and await CartLine.all().count() == 0
    assert (await alice.post(f"/cart/lines/{line.id}/removal")).status_code == 404
    assert await Event.filter(name="cart.line_removed").count() == 1


async def test_strangers_and_viewers(
    alice: Browser, bob: Browser, charlie: Browser, vera: Browser, line: CartLine
) -> None:
    for verb in ("quantity", "removal", "price"):
        path = f"/cart/lines/{line.id}/{verb}"
        assert (await bob.post(path)).status_code == 404, "a colleague has a cart of his own"
        assert (await charlie.post(path)).status_code == 404
        assert (await vera.post(path)).status_code == 403
    assert (await bob.post("/cart/recalculation", {f"q{line.id}": "9"})).status_code == 303
    await line.refresh_from_db()
    assert line.quantity == 2


async def test_a_higher_price_needs_a_click(alice: Browser, line: CartLine) -> None:
    await Product.all().update(retail=1_200_000)
    page = (await alice.get("/cart")).text
    assert f"/cart/lines/{line.id}/price" in page and "10\u00a0200,00" in page
    assert "17\u00a0000,00" in page, "the total stays at the agreed price until the click"
    assert (await alice.post("/cart/checkout", {f"q{line.id}": "2"})).status_code == 303
    answer = await alice.hx_post(f"/cart/lines/{line.id}/price", {f"q{line.id}": "2"})
    assert f"/cart/lines/{line.id}/price" not in answer.text and "20\u00a0400,00" in answer.text
    event = await Event.get(name="cart.price_accepted")
    assert (event.data["was"], event.data["price"]) == (850_000, 1_020_000)


async def test_a_lower_price_is_applied(alice: Browser, line: CartLine) -> None:
    await Product.all().update(retail=900_000)
    page = (await alice.get("/cart")).text
    assert "15\u00a0300,00" in page and "8\u00a0500,00" in page, "the new sum, and what the price was"
    await alice.hx_post("/cart/recalculation", {f"q{line.id}": "2"})
    await line.refresh_from_db()
    assert line.price == 765_000


async def test_an_expired_offer_falls_back_to_the_usual_discount(alice: Browser, cast: Cast) -> None:
    product = await make_product(retail=1_000_000)
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[product], discount=3000)
    offered = await Line.get(version__presentation_id=offer.id)
    await put(cast.alice.id, product, price=700_000, line=offered)
    assert '/price"' not in (await alice.get("/cart")).text
    await Version.all().update(valid_until=clock.distributor_today() - timedelta(days=2))
    page = (await alice.get("/cart")).text
    assert '/price"' in page and "8\u00a0500,00" in page and f"/presentations/{offer.number}/" in page


async def test_two_offers_of_one_product_are_two_lines(alice: Browser, cast: Cast) -> None:
    product = await make_product(retail=1_000_000)
    for discount in (1000, 2000):
        offer = await make_presentation(company=cast.company, author=cast.maria, products=[product], discount=discount)
        offered = await Line.get(version__presentation_id=offer.id)
        await alice.hx_post(f"/presentations/{offer.number}/lines/{offered.id}/cart", {f"q{offered.id}": "1"})
    assert sorted(await CartLine.all().values_list("price", flat=True)) == [800_000, 900_000]


async def test_brand_goes_before_default(alice: Browser, cast: Cast, line: CartLine) -> None:
    product = await Product.get(id=line.product_id)
    await Discount.create(company=cast.company, brand_id=product.brand_id, percent=3000)
    assert "14\u00a0000,00" in (await alice.get("/cart")).text


async def test_what_is_gone_cannot_be_ordered_and_is_not_counted(alice: Browser, line: CartLine) -> None:
    await Product.all().update(discontinued_at=clock.now())
    page = (await alice.get("/cart")).text
    assert 'class="gone"' in page and "0,00\u00a0₽" in page


async def test_many_lines_cost_as_many_queries_as_one(alice: Browser, cast: Cast, line: CartLine) -> None:
    await alice.get("/cart")  # the brands are read once a minute
    with counting_queries() as few:
        await alice.get("/cart")
    for _ in range(20):
        await put(cast.alice.id, await make_product(), price=1_000)
    with counting_queries() as many:
        await alice.get("/cart")
    assert few.count == many.count


async def test_every_button_goes_to_the_forms_own_door_too(alice: Browser, line: CartLine) -> None:
    door, field = "/cart/recalculation", f"q{line.id}"
    await alice.post(door, {field: "2", "step": f"1:{line.id}"})
    await line.refresh_from_db()
    assert line.quantity == 3
    await Product.all().update(retail=1_200_000)
    await alice.post(door, {field: "3", "agree": str(line.id)})
    await line.refresh_from_db()
    assert line.price == 1_020_000
    assert (await alice.post(door, {field: "3", "checkout": "1"})).headers["location"] == "/orders/checkout"
    await alice.post(door, {field: "wrong as it is", "removed": str(line.id)})
    assert await CartLine.all().count() == 0
    assert (await alice.post(door, {"removed": str(line.id)})).status_code == 404
