"""POST /catalogue/products/12/cart."""

from typing import Any

import pytest

from app import clock
from app.cart.models import CartLine
from app.catalogue.models import Discount, Product
from app.history.models import Event
from tests.catalogue.conftest import Shop, price
from tests.factories import Cast
from tests.site import Browser


def door(product: Product) -> str:
    return f"/catalogue/products/{product.id}/cart"


async def in_cart(product: Product) -> list[tuple[int, int, str]]:
    lines = await CartLine.filter(product_id=product.id)
    return [(line.quantity, line.price, line.price_source) for line in lines]


async def test_with_htmx(alice: Browser, cast: Cast, shop: Shop) -> None:
    form = {f"q{shop.camera.id}": "8", f"q{shop.utp.id}": "wrong, and not asked for", "from": "/catalogue?page=1"}
    answer = await alice.hx_post(door(shop.camera), form)
    assert answer.status_code == 200
    assert answer.text.startswith(f'<tbody role="rowgroup" id="line-{shop.camera.id}">')
    assert "#i-carted" in answer.text and "· 8</a>" in answer.text and "fresh" in answer.text
    for part in ("basket", "thumb_cart", "said"):
        assert f'<hx-partial hx-target="#{part}"' in answer.text
    assert price("101 932,00 ₽") in answer.text  # 8 × 12 741,50
    assert await in_cart(shop.camera) == [(8, 1_274_150, "company")]
    event = await Event.get(name="cart.line_put")
    assert (event.actor_id, event.company_id, event.data["article"]) == (
        cast.alice.id,
        cast.company.id,
        "DS-2CD2043G2-I",
    )


async def test_without_javascript(alice: Browser, shop: Shop) -> None:
    form = {
        f"q{shop.camera.id}": "8",
        f"q{shop.dome.id}": "3",
        f"q{shop.recorder.id}": "1",
        "from": "/catalogue/categories/cctv?sort=price",
    }
    answer = await alice.post(door(shop.camera), form)
    assert answer.status_code == 303
    back = answer.headers["location"]
    assert back == f"/catalogue/categories/cctv?sort=price&q{shop.dome.id}=3#line-{shop.camera.id}"
    page = (await alice.get(back)).text
    assert f'name="q{shop.camera.id}" value="8"' in page and "· 8</a>" in page
    assert f'name="q{shop.dome.id}" value="3"' in page, "what was typed for another product is kept"
    assert "In the cart" in page or "В корзине" in page
    assert await in_cart(shop.camera) == [(8, 1_274_150, "company")] and await in_cart(shop.dome) == []


async def test_by_strangers(guest: Browser, vera: Browser, maria: Browser, shop: Shop) -> None:
    assert (await guest.post(door(shop.camera))).headers["location"].startswith("/sign-in?next=")
    assert (await guest.hx_post(door(shop.camera))).status_code == 401
    for reader in (vera, maria):
        assert (await reader.post(door(shop.camera))).status_code == 403
    assert await CartLine.all().count() == 0


async def test_each_company_at_its_own_price(alice: Browser, charlie: Browser, cast: Cast, shop: Shop) -> None:
    await Discount.create(company=cast.company, brand=shop.hikvision, percent=2200)
    for reader in (alice, charlie):
        await reader.hx_post(door(shop.camera), {f"q{shop.camera.id}": "1"})
    assert sorted(await in_cart(shop.camera)) == [(1, 1_169_220, "brand"), (1, 1_499_000, "retail")]


async def test_against_a_broken_rule(alice: Browser, shop: Shop) -> None:
    for post in (alice.hx_post, alice.post):
        answer = await post(door(shop.gone), {f"q{shop.gone.id}": "1"})
        assert answer.status_code == 409 and "DS-2CD2142" in answer.text
    assert await CartLine.all().count() == 0


async def test_put_twice_sets_the_quantity(alice: Browser, shop: Shop) -> None:
    for quantity in ("5", "3"):
        await alice.hx_post(door(shop.camera), {f"q{shop.camera.id}": quantity})
    assert await in_cart(shop.camera) == [(3, 1_274_150, "company")]


async def test_without_a_field_the_least_is_put(alice: Browser, shop: Shop) -> None:
    answer = await alice.post(door(shop.utp))
    assert answer.status_code == 303 and answer.headers["location"] == f"/catalogue#line-{shop.utp.id}"
    assert await in_cart(shop.utp) == [(305, 2678, "company")]


WRONG = ["", "0", "-1", "1000000000", "1,5", "１２", "abc", "9223372036854775808", "500"]


@pytest.mark.parametrize("typed", WRONG)
async def test_a_wrong_quantity(alice: Browser, shop: Shop, typed: str) -> None:
    page = "/catalogue/brands/rexant"
    for post in (alice.hx_post, alice.post):
        answer = await post(door(shop.utp), {f"q{shop.utp.id}": typed, "from": page})
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
        assert f'name="set" value="{999_790 if len(typed) > 9 else 305}:' in answer.text
        assert not typed or f'value="{typed}"' in answer.text
    assert ('name="set" value="610:' in answer.text) is (typed == "500")
    assert "<h1>REXANT</h1>" in answer.text, "without JavaScript it is the whole page again"
    assert await CartLine.all().count() == 0


async def test_a_suggestion_is_taken(alice: Browser, shop: Shop) -> None:
    quantity = f"/catalogue/products/{shop.utp.id}/quantity"
    answer = await alice.hx_post(quantity, {f"q{shop.utp.id}": "500", "set": "610"})
    assert answer.status_code == 200 and f'name="q{shop.utp.id}" value="610"' in answer.text


async def test_a_wrong_quantity_in_another_line(alice: Browser, shop: Shop) -> None:
    form = {f"q{shop.camera.id}": "2", f"q{shop.utp.id}": "500", "from": "/catalogue"}
    answer = await alice.post(door(shop.camera), form)
    assert answer.status_code == 422 and 'value="500"' in answer.text and 'value="2"' in answer.text
    assert await CartLine.all().count() == 0, "nothing is done by halves"


BROKEN: list[tuple[dict[str, Any], int]] = [
    ({"surprise": "1"}, 400),
    ({"q0": "1"}, 400),
    ({"qx": "1"}, 400),
    ({"q1": ["1", "2"]}, 400),
    ({"from": ["/catalogue", "/catalogue"]}, 400),
    ({"from": "/catalogue\x00"}, 400),
    ({"from": "/catalogue?page=x"}, 404),
    ({"from": "/catalogue?page=7"}, 404),
    ({"from": "https://elsewhere.test/catalogue/brands/nobody"}, 404),
    ({"from": "//elsewhere.test"}, 303),
    ({"from": "/orders/7"}, 404),
    ({"from": "/catalogue/products/0"}, 404),
    ({"from": "/catalogue/products/999999"}, 404),
    ({"from": "/catalogue/products/9999999999"}, 404),
    ({"q999": "1"}, 303),
]


@pytest.mark.parametrize(("form", "status"), BROKEN)
async def test_forms_that_no_page_sends(alice: Browser, shop: Shop, form: dict[str, Any], status: int) -> None:
    answer = await alice.post(door(shop.camera), form)
    assert answer.status_code == status
    assert status != 303 or answer.headers["location"] == f"/catalogue#line-{shop.camera.id}"


@pytest.mark.parametrize("product", ["0", "999999", "9999999999"])
async def test_there_is_no_such_product(alice: Browser, shop: Shop, product: str) -> None:
    for verb in ("cart", "quantity"):
        assert (await alice.post(f"/catalogue/products/{product}/{verb}")).status_code == 404


async def test_on_its_own_page(alice: Browser, shop: Shop) -> None:
    page = f"/catalogue/products/{shop.camera.id}"
    answer = await alice.hx_post(door(shop.camera), {f"q{shop.camera.id}": "2", "from": page})
    assert answer.text.startswith('<section class="sum-up" id="offer"') and "· 2</a>" in answer.text
    plain = await alice.post(door(shop.camera), {f"q{shop.camera.id}": "4", "from": page})
    assert plain.headers["location"].startswith(page)
    refused = await alice.post(door(shop.camera), {f"q{shop.camera.id}": "x", "from": page})
    assert refused.status_code == 422 and 'id="offer"' in refused.text and 'value="x"' in refused.text
    assert await in_cart(shop.camera) == [(4, 1_274_150, "company")]


async def test_what_left_the_shelf_meanwhile(alice: Browser, shop: Shop) -> None:
    """Bought up while the page was open: the list of what is in stock lost the camera, the form still names it."""
    await Product.filter(id=shop.camera.id).update(stock=0)
    form = {f"q{shop.camera.id}": "2", "from": "/catalogue?stock=1"}
    assert (await alice.post(door(shop.camera), form)).status_code == 303
    await Product.filter(id=shop.dome.id).update(discontinued_at=clock.now())
    assert (await alice.post(door(shop.dome), {f"q{shop.dome.id}": "x"})).status_code == 409
    assert await in_cart(shop.camera) == [(2, 1_274_150, "company")]
