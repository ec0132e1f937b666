"""POST /presentations/7/lines/31/cart, /presentations/7/lines/31/replacement, and «Всё в корзину»."""

from datetime import timedelta

from app import clock
from app.cart.models import CartLine
from app.history.models import Event
from app.presentations.models import ExtensionRequest, Version
from tests.factories import Cast
from tests.presentations.conftest import Offer
from tests.site import Browser


async def in_cart(person_id: int) -> dict[str, int]:
    return {line.source: line.quantity for line in await CartLine.filter(person_id=person_id)}


async def test_with_htmx(alice: Browser, cast: Cast, offer: Offer) -> None:
    answer = await alice.hx_post(f"{offer.line(offer.camera)}/cart", {f"q{offer.camera.id}": "6"})
    assert answer.status_code == 200
    assert 'class="buy in"' in answer.text and "· 6" in answer.text
    assert 'hx-target="#basket"' in answer.text and 'hx-target="#thumb_cart"' in answer.text
    assert await in_cart(cast.alice.id) == {f"line:{offer.camera.id}": 6}
    event = await Event.get(name="cart.line_put")
    assert event.data == {
        "article": "DS-2CD2043G2-I",
        "name": offer.camera.name,
        "quantity": 6,
        "unit": "шт",
        "presentation": offer.presentation.number,
    }


async def test_without_javascript(alice: Browser, cast: Cast, offer: Offer) -> None:
    form = {f"q{offer.camera.id}": "4", f"q{offer.cable.id}": "915"}
    answer = await alice.post(f"{offer.line(offer.cable)}/cart", form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{offer.path}#line-{offer.cable.id}")
    assert await in_cart(cast.alice.id) == {f"line:{offer.cable.id}": 915}
    assert 'class="buy in"' in (await alice.get(offer.path)).text


async def test_twice_is_once(alice: Browser, cast: Cast, offer: Offer) -> None:
    for quantity in ("4", "5"):
        await alice.hx_post(f"{offer.line(offer.camera)}/cart", {f"q{offer.camera.id}": quantity})
    assert await in_cart(cast.alice.id) == {f"line:{offer.camera.id}": 5}


async def test_a_changed_quantity_changes_the_cart_too(alice: Browser, cast: Cast, offer: Offer) -> None:
    await alice.hx_post(f"{offer.line(offer.camera)}/cart", {f"q{offer.camera.id}": "4"})
    answer = await alice.hx_post(f"{offer.line(offer.camera)}/quantity", {f"q{offer.camera.id}": "7"})
    assert "· 7" in answer.text and 'hx-target="#basket"' in answer.text
    assert await in_cart(cast.alice.id) == {f"line:{offer.camera.id}": 7}


async def test_all_lines(alice: Browser, cast: Cast, offer: Offer) -> None:
    answer = await alice.post(
        f"{offer.path}/recalculation", {f"q{offer.camera.id}": "3", f"q{offer.cable.id}": "305", "all": "1"}
    )
    assert answer.status_code == 303
    assert await in_cart(cast.alice.id) == {f"line:{offer.camera.id}": 3, f"line:{offer.cable.id}": 305}
    assert (await Event.get(name="cart.filled")).data == {"presentation": offer.presentation.number, "lines": 2}


async def test_all_lines_with_a_wrong_one_put_none(alice: Browser, cast: Cast, offer: Offer) -> None:
    answer = await alice.post(
        f"{offer.path}/recalculation", {f"q{offer.camera.id}": "3", f"q{offer.cable.id}": "500", "all": "1"}
    )
    assert answer.status_code == 422
    assert 'value="500"' in answer.text and f'name="q{offer.camera.id}" value="3"' in answer.text
    assert await in_cart(cast.alice.id) == {}


async def test_the_replacement(alice: Browser, cast: Cast, offer: Offer) -> None:
    answer = await alice.hx_post(f"{offer.line(offer.gone)}/replacement")
    assert answer.status_code == 200
    assert await in_cart(cast.alice.id) == {f"product:{offer.replacement.id}": 4}
    line = await CartLine.get(person_id=cast.alice.id)
    assert line.price == 1_377_000, "at the company's default discount of 15 %"
    assert (await alice.post(f"{offer.line(offer.camera)}/replacement")).status_code == 404


async def test_by_a_stranger_and_by_those_who_may_not(
    charlie: Browser, vera: Browser, maria: Browser, offer: Offer
) -> None:
    for path in (f"{offer.line(offer.camera)}/cart", f"{offer.line(offer.gone)}/replacement"):
        assert (await charlie.post(path)).status_code == 404
        assert (await vera.post(path)).status_code == 403, "a viewer sees and cannot order"
        assert (await maria.post(path)).status_code == 403
    assert await CartLine.all().count() == 0


async def test_a_discontinued_product_is_not_put(alice: Browser, offer: Offer) -> None:
    answer = await alice.hx_post(f"{offer.line(offer.gone)}/cart", {f"q{offer.gone.id}": "1"})
    assert answer.status_code == 409
    assert answer.headers["hx-retarget"] == "#problem" and "SN-IPR56/14ZDR" in answer.text
    assert await CartLine.all().count() == 0


async def test_an_expired_offer_is_not_put_but_prolonged_on_request(alice: Browser, cast: Cast, offer: Offer) -> None:
    await Version.all().update(valid_until=clock.distributor_today() - timedelta(days=2))
    answer = await alice.post(f"{offer.line(offer.camera)}/cart", {f"q{offer.camera.id}": "4"})
    assert answer.status_code == 409 and await CartLine.all().count() == 0
    for _ in range(2):
        answer = await alice.hx_post(f"{offer.path}/extension")
        assert answer.status_code == 200 and f"{offer.path}/extension" not in answer.text
    assert await ExtensionRequest.all().count() == 1
    assert await Event.filter(name="presentation.extension_asked").count() == 1


async def test_a_valid_offer_needs_no_extension(alice: Browser, charlie: Browser, offer: Offer) -> None:
    assert (await alice.post(f"{offer.path}/extension")).status_code == 409
    assert (await charlie.post(f"{offer.path}/extension")).status_code == 404
    assert await ExtensionRequest.all().count() == 0


async def test_recalculation_keeps_everything(alice: Browser, offer: Offer) -> None:
    form = {f"q{offer.camera.id}": "12", f"q{offer.cable.id}": "610", "brand": "", "order": "name"}
    answer = await alice.post(f"{offer.path}/recalculation", form)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{offer.path}?order=name")
    page = (await alice.get(offer.path)).text
    assert f'name="q{offer.camera.id}" value="12"' in page and f'name="q{offer.cable.id}" value="610"' in page


async def test_every_button_goes_to_the_forms_own_door_too(
    alice: Browser, vera: Browser, cast: Cast, offer: Offer
) -> None:
    door, camera, gone = f"{offer.path}/recalculation", offer.camera.id, offer.gone.id
    answer = await alice.post(door, {f"q{camera}": "4", "step": f"1:{camera}"})
    assert answer.status_code == 303 and f'name="q{camera}" value="5"' in (await alice.get(offer.path)).text
    answer = await alice.post(door, {f"q{camera}": "7", "put": str(camera)})
    assert answer.headers["location"] == f"{offer.path}#line-{camera}"
    await alice.post(door, {"swap": str(gone)})
    await alice.post(door, {f"q{offer.cable.id}": "500", "set": f"610:{offer.cable.id}"})
    assert await in_cart(cast.alice.id) == {f"line:{camera}": 7, f"product:{offer.replacement.id}": 4}
    await alice.post(door, {"all": "1"})
    assert (await in_cart(cast.alice.id))[f"line:{offer.cable.id}"] == 610
    for form in ({"put": str(camera)}, {"swap": str(gone)}, {"all": "1"}):
        assert (await vera.post(door, form)).status_code == 403
    assert (await alice.post(door, {"put": "999999"})).status_code == 404
    assert (await alice.post(door, {"swap": str(camera)})).status_code == 404
