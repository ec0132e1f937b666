"""POST /repeat with «Добавить в корзину» or «Заменить корзину»."""

import asyncio

from app.cart.models import CartLine
from app.catalogue.models import Product
from app.history.models import Event
from app.orders.models import Order
from app.presentations.models import Line
from tests.factories import Cast, make_cart_line, make_order, make_presentation, make_product
from tests.repeat.conftest import Old, fields, form_of
from tests.site import Browser


async def cart(person_id: int) -> dict[str, tuple[int, int]]:
    """Quantities and prices by source."""
    lines = await CartLine.filter(person_id=person_id).order_by("id")
    return {line.source: (line.quantity, line.price) for line in lines}


async def mended(browser: Browser, old: Old, **changes: str) -> dict[str, str]:
    """The form with a quantity that fits, and the replacement taken."""
    mends = {f"q{old.wrong.id}": "10", f"take{old.replaced.id}": "1"}
    return await form_of(browser, old.path, **mends, **changes)


async def test_with_htmx(alice: Browser, cast: Cast, old: Old) -> None:
    answer = await alice.hx_post("/repeat", await mended(alice, old, do="merge"))
    assert answer.headers["hx-redirect"] == "/cart"
    assert await cart(cast.alice.id) == {
        f"product:{old.instead.id}": (5, 170_000),
        f"product:{old.wrong.id}": (10, 17_000),
        f"product:{old.dearer.id}": (2, 120_000),
        f"product:{old.cheaper.id}": (2, 85_000),
        f"product:{old.same.id}": (2, 100_000),
    }
    assert await Order.all().count() == 1, "nothing is ordered by itself"
    event = await Event.get(name="cart.repeated")
    assert event.data == {"orders": [old.order.number], "lines": 5, "mode": "merge"}


async def test_without_javascript_what_was_there_stays(alice: Browser, cast: Cast, old: Old) -> None:
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[old.same])
    line = await Line.get(version__presentation_id=offer.id)
    await make_cart_line(person=cast.alice, line=line, quantity=4)
    await make_cart_line(person=cast.alice, product=old.same, quantity=3, price=90_000)
    other = await make_product()
    await make_cart_line(person=cast.alice, product=other, quantity=1)
    answer = await alice.post("/repeat", await mended(alice, old, do="merge"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/cart")
    there = await cart(cast.alice.id)
    assert there[f"line:{line.id}"] == (4, line.price)
    assert there[f"product:{old.same.id}"] == (5, 100_000), "added up, at the price that was shown"
    assert there[f"product:{other.id}"][0] == 1 and len(there) == 7


async def test_what_is_left_out_stays_out(alice: Browser, cast: Cast, old: Old) -> None:
    form = await form_of(alice, old.path, do="merge", **{f"q{old.same.id}": "0"})
    del form[f"take{old.wrong.id}"], form[f"take{old.dearer.id}"]
    assert (await alice.post("/repeat", form)).status_code == 303
    assert list(await cart(cast.alice.id)) == [f"product:{old.cheaper.id}"]


async def test_replacing_asks_first(alice: Browser, cast: Cast, old: Old) -> None:
    other = await make_product(article="LOST-1")
    await make_cart_line(person=cast.alice, product=other, quantity=3)
    asked = await alice.post("/repeat", await mended(alice, old, do="replace"))
    assert asked.status_code == 409 and "LOST-1" in asked.text and "Из корзины пропадёт" in asked.text
    assert list(await cart(cast.alice.id)) == [f"product:{other.id}"]
    htmx = await alice.hx_post("/repeat", await mended(alice, old, do="replace"))
    assert htmx.status_code == 409 and "LOST-1" in htmx.text
    agreed = htmx.text[htmx.text.index('value="replace:') + 7 :].partition('"')[0]
    answer = await alice.post("/repeat", fields(htmx.text) | {"do": agreed})
    assert answer.status_code == 303
    there = await cart(cast.alice.id)
    assert f"product:{other.id}" not in there and len(there) == 5
    assert (await Event.get(name="cart.repeated")).data["mode"] == "replace"


async def test_a_cart_that_was_not_shown_is_not_thrown_out(alice: Browser, cast: Cast, old: Old) -> None:
    await make_cart_line(person=cast.alice)
    asked = await alice.post("/repeat", await mended(alice, old, do="replace"))
    agreed = asked.text[asked.text.index('value="replace:') + 7 :].partition('"')[0]
    await make_cart_line(person=cast.alice)
    again = await alice.post("/repeat", await mended(alice, old, do=agreed))
    assert again.status_code == 409 and len(await cart(cast.alice.id)) == 2


async def test_an_empty_cart_is_replaced_without_a_question(alice: Browser, cast: Cast, old: Old) -> None:
    assert (await alice.post("/repeat", await mended(alice, old, do="replace"))).status_code == 303
    assert len(await cart(cast.alice.id)) == 5


async def test_the_same_form_twice_fills_once(alice: Browser, cast: Cast, old: Old) -> None:
    form = await mended(alice, old, do="merge")
    answers = [await alice.post("/repeat", form), await alice.post("/repeat", form)]
    assert [answer.headers["location"] for answer in answers] == ["/cart", "/cart"]
    assert (await cart(cast.alice.id))[f"product:{old.same.id}"] == (2, 100_000)
    assert await Event.filter(name="cart.repeated").count() == 1


async def test_ten_at_once_fill_once(alice: Browser, cast: Cast, old: Old) -> None:
    form = await mended(alice, old, do="merge")
    answers = await asyncio.gather(*(alice.post("/repeat", form) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {303}
    assert (await cart(cast.alice.id))[f"product:{old.wrong.id}"] == (10, 17_000)
    assert await Event.filter(name="cart.repeated").count() == 1


async def test_a_price_that_changed_meanwhile(alice: Browser, cast: Cast, old: Old) -> None:
    form = await mended(alice, old, do="merge", **{f"q{old.same.id}": "9"})
    await Product.filter(id=old.dearer.id).update(retail=200_000)
    for send in (alice.post, alice.hx_post):
        answer = await send("/repeat", form)
        assert answer.status_code == 409 and "цены тем временем изменились" in answer.text
        assert f'name="q{old.same.id}" value="9"' in answer.text and "1\u00a0700,00" in answer.text
    assert not await cart(cast.alice.id)
    answer = await alice.post("/repeat", fields(answer.text) | {"do": "merge"})
    assert (await cart(cast.alice.id))[f"product:{old.dearer.id}"] == (2, 170_000)


async def test_a_wrong_quantity_puts_nothing(alice: Browser, cast: Cast, old: Old) -> None:
    form = await form_of(alice, old.path, do="merge")
    for answer in (await alice.post("/repeat", form), await alice.hx_post("/repeat", form)):
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert not await cart(cast.alice.id)


async def test_nothing_taken(alice: Browser, old: Old) -> None:
    form = {name: value for name, value in (await form_of(alice, old.path)).items() if not name.startswith("take")}
    answer = await alice.post("/repeat", {**form, "do": "merge"})
    assert answer.status_code == 409 and "Ничего не выбрано" in answer.text


async def test_a_sum_that_does_not_fit_its_pack(alice: Browser, cast: Cast, old: Old) -> None:
    await make_cart_line(person=cast.alice, product=old.wrong, quantity=3)
    answer = await alice.post("/repeat", await mended(alice, old, do="merge"))
    assert answer.status_code == 409 and "PACK-1: вместе с тем, что уже в корзине" in answer.text
    assert len(await cart(cast.alice.id)) == 1


async def test_a_replacement_beside_its_like(alice: Browser, cast: Cast, old: Old) -> None:
    both = await make_order(person=cast.alice, products=[old.replaced, old.instead], quantity=5)
    form = await form_of(alice, f"/repeat?order={both.number}", do="merge", **{f"take{old.replaced.id}": "1"})
    assert (await alice.post("/repeat", form)).status_code == 303
    assert await cart(cast.alice.id) == {f"product:{old.instead.id}": (10, 170_000)}


async def test_strangers_viewers_and_staff(
    alice: Browser, charlie: Browser, vera: Browser, maria: Browser, old: Old
) -> None:
    form = await mended(alice, old, do="merge")
    assert (await charlie.post("/repeat", form)).status_code == 404
    assert (await vera.post("/repeat", form)).status_code == (await maria.post("/repeat", form)).status_code == 403
    assert not await CartLine.exists()
