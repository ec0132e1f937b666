"""GET /repeat: old orders as a draft at today's prices."""

from app.cart.models import CartLine
from app.database import counting_queries
from app.orders.models import Order, OrderLine
from tests.factories import Cast, make_order, make_product
from tests.repeat.conftest import Old
from tests.site import Browser

WORDS = {
    "gone": "снято с производства",
    "replaced": "есть замена",
    "wrong": "количество не подходит",
    "dearer": "дороже на 200,00 ₽",
    "cheaper": "дешевле на 150,00 ₽",
    "same": "цена та же",
}


def row(page: str, number: int) -> str:
    """The line of a product, with no-break spaces made plain."""
    start = page.index(f'id="line-{number}"')
    return page[start : page.index("</tbody>", start)].replace("\u00a0", " ").replace("&nbsp;", " ")


async def test_each_line_has_its_one_word(alice: Browser, old: Old) -> None:
    page = (await alice.get(old.path)).text
    for kind, word in WORDS.items():
        words = row(page, getattr(old, kind).id)
        said = [one for one in WORDS.values() if f">{one}</span>" in words]
        assert said == [word], kind


async def test_old_and_new_price_and_totals(alice: Browser, old: Old) -> None:
    page = (await alice.get(old.path)).text
    dearer = row(page, old.dearer.id)
    assert "1 000,00" in dearer and "<b>1 200,00</b>" in dearer and "<b>2 400,00</b>" in dearer
    plain = page.replace("\u00a0", " ").replace("&nbsp;", " ")
    assert "<dd>11 190,00 ₽</dd>" in plain, "10 units at 1 000,00 and 7 at 170,00"
    assert "<dd>6 100,00 ₽</dd>" in plain, "two of each that can be ordered as they are"


async def test_a_wrong_quantity_is_shown_with_the_nearest(alice: Browser, old: Old) -> None:
    wrong = row((await alice.get(old.path)).text, old.wrong.id)
    assert f'name="q{old.wrong.id}" value="7"' in wrong and 'aria-invalid="true"' in wrong
    assert f'value="5:{old.wrong.id}"' in wrong and f'value="10:{old.wrong.id}"' in wrong


async def test_what_is_gone_has_no_field_and_a_replacement_waits_for_a_tick(alice: Browser, old: Old) -> None:
    page = (await alice.get(old.path)).text
    gone, replaced = row(page, old.gone.id), row(page, old.replaced.id)
    assert "<input" not in gone
    assert "NEW-1" in replaced and f'name="q{old.replaced.id}" value="5"' in replaced and " checked" not in replaced
    assert "1 700,00" in replaced


async def test_a_replacement_that_is_gone_too_is_none(alice: Browser, old: Old) -> None:
    old.instead.discontinued_at = old.order.placed_at
    await old.instead.save()
    assert WORDS["gone"] in row((await alice.get(old.path)).text, old.replaced.id)


async def test_several_orders_add_up(alice: Browser, cast: Cast, old: Old) -> None:
    """The old price is the newest one's, and it is told which orders a line comes from."""
    newer = await make_order(person=cast.bob, products=[old.same], quantity=3)
    await OrderLine.filter(order=newer).update(price=90_000)
    page = (await alice.get(f"{old.path}&order={newer.number}")).text
    same = row(page, old.same.id)
    assert f'name="q{old.same.id}" value="5"' in same and "дороже на 100,00 ₽" in same
    assert f"из заказов № {old.order.number}, {newer.number}" in same
    assert f"из заказа № {old.order.number}" in row(page, old.dearer.id)


async def test_the_address_keeps_what_was_typed(alice: Browser, old: Old) -> None:
    page = (await alice.get(f"{old.path}&q{old.dearer.id}=9&take{old.cheaper.id}=0&q{old.same.id}=many")).text
    assert f'name="q{old.dearer.id}" value="9"' in page
    assert " checked" not in row(page, old.cheaper.id) and 'value="many"' in row(page, old.same.id)


async def test_nothing_chosen_leads_to_the_orders(alice: Browser) -> None:
    answer = await alice.get("/repeat")
    assert (answer.status_code, answer.headers["location"]) == (303, "/orders")


async def test_strangers_viewers_and_staff(
    charlie: Browser, vera: Browser, maria: Browser, anna: Browser, old: Old
) -> None:
    assert (await charlie.get(old.path)).status_code == 404
    for browser in (vera, maria, anna):
        assert (await browser.get(old.path)).status_code == 403


async def test_half_strange_orders_are_not_there(alice: Browser, cast: Cast, old: Old) -> None:
    others = await make_order(person=cast.charlie)
    assert (await alice.get(f"{old.path}&order={others.number}")).status_code == 404
    assert (await alice.get("/repeat?order=x")).status_code == 404
    assert (await alice.get("/repeat?template=9")).status_code == 404


async def test_too_many_orders(alice: Browser) -> None:
    asked = "&".join(f"order={number}" for number in range(1, 22))
    answer = await alice.get(f"/repeat?{asked}")
    assert answer.status_code == 409 and "не больше 20 заказов" in answer.text


async def test_looking_changes_nothing(alice: Browser, old: Old) -> None:
    await alice.get(old.path)
    assert not await CartLine.exists() and await Order.all().count() == 1


async def test_fifty_lines_cost_as_much_as_two(alice: Browser, cast: Cast) -> None:
    counts = []
    await alice.get("/cart")  # what a site reads once is read
    for lines in (2, 50):
        products = [await make_product() for _ in range(lines)]
        order = await make_order(person=cast.alice, products=products)
        with counting_queries() as queries:
            assert (await alice.get(f"/repeat?order={order.number}")).status_code == 200
        counts.append(queries.count)
    assert counts[0] == counts[1]
