"""GET /orders and GET /orders/{number}: what each reader sees, and at what cost."""

import pytest

from app.accounts.models import Person
from app.database import counting_queries
from app.orders.models import Order, Status
from tests.factories import Cast, make_order, make_product
from tests.site import Browser


async def cost(browser: Browser, path: str) -> int:
    """How many statements a page takes, once the brands are read."""
    await browser.get(path)
    with counting_queries() as count:
        page = await browser.get(path)
    assert page.status_code == 200
    return count.count


async def test_the_page(alice: Browser, cast: Cast) -> None:
    products = [await make_product(name="Камера", retail=100_00), await make_product(vat="none", retail=50_00)]
    order = await make_order(
        person=cast.alice, manager=cast.maria, products=products, status=Status.PICKING, comment="<b>До пятницы</b>"
    )

    text = (await alice.get(f"/orders/{order.number}")).text.replace("\u00a0", " ")

    for word in ("Камера", products[0].article, "200,00", "36,07", "300,00", cast.maria.name, "data-print"):
        assert word in text
    assert 'aria-current="step"' in text
    assert "&lt;b&gt;До пятницы&lt;/b&gt;" in text
    assert "/status" not in text
    assert "/claim" not in text


async def test_staff_see_what_to_do(maria: Browser, cast: Cast) -> None:
    queued, own = await make_order(person=cast.nina), await make_order(person=cast.alice, manager=cast.maria)

    queued_text = (await maria.get(f"/orders/{queued.number}")).text
    own_text = (await maria.get(f"/orders/{own.number}")).text

    assert f'action="/orders/{queued.number}/claim"' in queued_text
    assert "/status" not in queued_text
    assert f'href="tel:{queued.contact_phone}"' in queued_text
    assert cast.lone_company.name in queued_text
    assert "/claim" not in own_text
    assert 'name="status" value="in_work"' in own_text
    assert f"/orders/{own.number}/cancellation" in own_text


async def test_a_cancelled_order_shows_how_far_it_came(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.CANCELLED)

    text = (await alice.get(f"/orders/{order.number}")).text

    way = text[text.index('class="way"') :]
    assert way[: way.index("</ol>")].count("<li") == 2


async def test_who_sees_an_order(
    guest: Browser,
    alice: Browser,
    bob: Browser,
    vera: Browser,
    charlie: Browser,
    nina: Browser,
    maria: Browser,
    oleg: Browser,
    anna: Browser,
    cast: Cast,
) -> None:
    alices = await make_order(person=cast.alice, manager=cast.maria)
    unclaimed = await make_order(person=cast.nina)
    taken = await make_order(person=cast.nina, manager=cast.oleg, status=Status.IN_WORK)
    handed_over = await make_order(person=cast.alice, manager=cast.oleg)
    expected = {
        alices: (200, 200, 200, 404, 404, 200, 404, 200),
        unclaimed: (404, 404, 404, 404, 200, 200, 200, 200),
        taken: (404, 404, 404, 404, 200, 404, 200, 200),
        handed_over: (200, 200, 200, 404, 404, 200, 200, 200),
    }
    for order, codes in expected.items():
        for browser, code in zip((alice, bob, vera, charlie, nina, maria, oleg, anna), codes, strict=True):
            assert (await browser.get(f"/orders/{order.number}")).status_code == code
        assert (await guest.get(f"/orders/{order.number}")).status_code == 303
    assert (await alice.get("/orders/999")).status_code == 404
    assert (await alice.get("/orders/99999999999")).status_code == 404


async def test_the_list_is_the_companys_newest_first(alice: Browser, cast: Cast) -> None:
    first, second = await make_order(person=cast.alice, manager=cast.maria), await make_order(person=cast.bob)
    strange = await make_order(person=cast.charlie)

    text = (await alice.get("/orders")).text

    assert text.index(f'href="/orders/{second.number}"') < text.index(f'href="/orders/{first.number}"')
    assert f'href="/orders/{strange.number}"' not in text
    assert cast.maria.name in text
    assert cast.bob.name in text


async def test_the_list_goes_on_by_key(alice: Browser, cast: Cast) -> None:
    product = await make_product()
    orders = [await make_order(person=cast.alice, products=[product]) for _ in range(52)]

    newest, rest = (await alice.get("/orders")).text, (await alice.get(f"/orders?before={orders[2].number}")).text

    assert newest.count("data-row") == 50
    assert f"/orders?before={orders[2].number}" in newest
    assert rest.count("data-row") == 2
    assert 'href="/orders?before=' not in rest


@pytest.mark.parametrize("typed", ["DS-2CD2043G2-I", "ds 2cd2043", "2CD2043", "%(number)s", "№ %(number)s"])
async def test_an_order_is_found(alice: Browser, cast: Cast, typed: str) -> None:
    order = await make_order(person=cast.alice, products=[await make_product(article="DS-2CD2043G2-I")])
    other = await make_order(person=cast.alice, products=[await make_product(article="ML-16HR")])
    strange = await make_order(person=cast.charlie, products=[await make_product(article="DS-2CD2043G2-I-2")])

    text = (await alice.get("/orders", params={"q": typed % {"number": order.number}})).text

    assert f'href="/orders/{order.number}"' in text
    assert f'href="/orders/{other.number}"' not in text
    assert f'href="/orders/{strange.number}"' not in text


@pytest.mark.parametrize("typed", ["нет такого", "%", "_", "---", "99999999999999999999", "' OR 1=1"])
async def test_nothing_is_found(alice: Browser, cast: Cast, typed: str) -> None:
    await make_order(person=cast.alice)

    page = await alice.get("/orders", params={"q": typed})

    assert page.status_code == 200
    assert "data-row" not in page.text
    assert 'href="/orders"' in page.text


@pytest.mark.parametrize("before", ["x", "-1", "99999999999", "１２"])
async def test_a_key_that_is_none_is_the_first_page(alice: Browser, cast: Cast, before: str) -> None:
    await make_order(person=cast.alice)

    assert "data-row" in (await alice.get("/orders", params={"before": before})).text


async def test_an_empty_list_says_how_to_fill_it(alice: Browser) -> None:
    text = (await alice.get("/orders")).text

    assert "data-row" not in text
    assert 'href="/presentations"' in text


async def test_staff_have_their_list_on_the_desk(maria: Browser) -> None:
    assert (await maria.get("/orders")).headers["location"] == "/desk/orders"


async def test_the_page_costs_the_same_for_any_number_of_lines(alice: Browser, maria: Browser, cast: Cast) -> None:
    few = await _order(cast.alice, cast.maria, lines=2)
    many = await _order(cast.alice, cast.maria, lines=50)

    # session, frame, order, lines, way, changes, comments, news; for staff who writes (in news and talk) and templates
    for browser, limit in ((alice, 9), (maria, 11)):
        assert await cost(browser, f"/orders/{few.number}") == await cost(browser, f"/orders/{many.number}") <= limit


async def test_the_list_costs_the_same_for_any_number_of_orders(alice: Browser, cast: Cast) -> None:
    product = await make_product()
    await make_order(person=cast.alice, products=[product])
    one = await cost(alice, "/orders")
    for _ in range(49):
        await make_order(person=cast.alice, products=[product])

    assert one == await cost(alice, "/orders") <= 5  # session, frame, its offers, orders, who orders


async def _order(person: Person, manager: Person, *, lines: int) -> Order:
    return await make_order(person=person, manager=manager, products=[await make_product() for _ in range(lines)])
