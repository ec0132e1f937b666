"""POST /catalogue/products/12/quantity and /catalogue/recalculation."""

import pytest

from app.cart.models import CartLine
from app.catalogue.models import Product
from app.history.models import Event
from tests.catalogue.conftest import Shop, price
from tests.factories import Cast
from tests.site import Browser


def door(product: Product) -> str:
    return f"/catalogue/products/{product.id}/quantity"


@pytest.fixture
async def kept(cast: Cast, shop: Shop) -> CartLine:
    """Two domes in Alice's cart."""
    return await CartLine.create(
        person=cast.alice,
        product=shop.dome,
        source=f"product:{shop.dome.id}",
        quantity=2,
        price=1_486_650,
        price_source="company",
    )


@pytest.mark.parametrize(
    ("typed", "step", "now"), [("8", "", "8"), ("8", "1", "9"), ("8", "-1", "7"), ("1", "-1", "1"), ("x", "1", "1")]
)
async def test_with_htmx(alice: Browser, shop: Shop, typed: str, step: str, now: str) -> None:
    form = {f"q{shop.camera.id}": typed, **({"step": step} if step else {})}
    answer = await alice.hx_post(door(shop.camera), form)
    assert answer.status_code == 200 and f'name="q{shop.camera.id}" value="{now}"' in answer.text
    assert "basket" not in answer.text and len(answer.content) < 5000, "the cart did not change"
    assert await CartLine.all().count() == 0


async def test_steps_go_by_the_pack(alice: Browser, shop: Shop) -> None:
    answer = await alice.hx_post(door(shop.utp), {f"q{shop.utp.id}": "305", "step": "1"})
    assert 'value="610"' in answer.text
    answer = await alice.hx_post(door(shop.utp), {f"q{shop.utp.id}": "500", "step": "-1"})
    assert f'name="q{shop.utp.id}" value="305"' in answer.text


async def test_without_javascript(alice: Browser, shop: Shop) -> None:
    form = {
        f"q{shop.camera.id}": "8",
        f"q{shop.dome.id}": "3",
        "step": "1",
        "from": "/catalogue/search?q=камера&page=1",
    }
    back = (await alice.post(door(shop.camera), form)).headers["location"]
    assert back.endswith(f"&q{shop.dome.id}=3&q{shop.camera.id}=9#line-{shop.camera.id}")
    page = (await alice.get(back)).text
    assert f'name="q{shop.camera.id}" value="9"' in page and f'name="q{shop.dome.id}" value="3"' in page


async def test_what_is_in_the_cart_is_changed_there(alice: Browser, kept: CartLine, shop: Shop) -> None:
    answer = await alice.hx_post(door(shop.dome), {f"q{shop.dome.id}": "2", "step": "1"})
    assert "· 3</a>" in answer.text and price("44 599,50 ₽") in answer.text and 'hx-target="#basket"' in answer.text
    await kept.refresh_from_db()
    assert kept.quantity == 3 and await Event.filter(name="cart.line_changed").count() == 1


async def test_the_whole_form_is_recalculated(alice: Browser, kept: CartLine, shop: Shop) -> None:
    """Enter in a field."""
    form = {f"q{shop.camera.id}": "8", f"q{shop.dome.id}": "5", "from": "/catalogue/brands/hikvision"}
    answer = await alice.post("/catalogue/recalculation", form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/catalogue/brands/hikvision?q{shop.camera.id}=8")
    await kept.refresh_from_db()
    assert kept.quantity == 5 and await CartLine.all().count() == 1
    wrong = await alice.post("/catalogue/recalculation", {**form, f"q{shop.camera.id}": "x"})
    assert wrong.status_code == 422 and 'value="x"' in wrong.text and 'name="set"' in wrong.text


async def test_each_person_has_an_own_cart(alice: Browser, bob: Browser, kept: CartLine, shop: Shop) -> None:
    assert "· 2</a>" in (await alice.get("/catalogue")).text
    assert "· 2</a>" not in (await bob.get("/catalogue")).text
    await bob.hx_post(door(shop.dome), {f"q{shop.dome.id}": "9"})
    await kept.refresh_from_db()
    assert kept.quantity == 2 and await CartLine.all().count() == 1


async def test_by_strangers(guest: Browser, vera: Browser, maria: Browser, shop: Shop) -> None:
    for path in (door(shop.camera), "/catalogue/recalculation"):
        assert (await guest.post(path)).headers["location"].startswith("/sign-in")
        for reader in (vera, maria):
            assert (await reader.post(path)).status_code == 403


async def test_a_quantity_in_an_address(alice: Browser, shop: Shop) -> None:
    page = (await alice.get(f"/catalogue?q{shop.utp.id}=610&q{shop.camera.id}=%00x&q{shop.gone.id}=5&q0=1&q=1")).text
    assert f'name="q{shop.utp.id}" value="610"' in page
    assert 'value=" x"' in page and 'aria-invalid="true"' in page
    assert f'name="q{shop.gone.id}"' not in page


async def test_a_kept_quantity_that_fits_no_more(alice: Browser, kept: CartLine, shop: Shop) -> None:
    await Product.filter(id=shop.dome.id).update(pack=5)
    answer = await alice.post(f"/catalogue/products/{shop.dome.id}/cart")
    assert answer.status_code == 422 and 'name="set" value="5:' in answer.text
