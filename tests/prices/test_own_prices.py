"""What a partner pays when their company has a type of prices: everywhere, by the one price function."""

from datetime import date, timedelta

import pytest

from app import clock
from app.cart.models import CartLine
from app.catalogue.models import Discount
from app.catalogue.prices import Discounts, Price, Source, Written, discounts_of_company
from app.database import counting_queries
from app.presentations.models import Line
from tests.factories import Cast, make_presentation, make_product
from tests.prices.shelf import give, make_type, write
from tests.site import Browser

TODAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("retail", "typed", "price"),
    [
        (10_000, 7_000, Price(7_000, 3000, Source.TYPE)),
        (10_000, 9_500, Price(8_500, 1500, Source.COMPANY)),
        (10_000, 8_500, Price(8_500, 1500, Source.COMPANY)),
        (0, 7_000, Price(7_000, 0, Source.TYPE)),
        (10_000, 0, Price(8_500, 1500, Source.COMPANY)),
        (0, 0, Price(0, 0, Source.RETAIL)),
    ],
    ids=["type", "discount", "equal", "retail on request", "no price of the type", "neither"],
)
def test_the_better_for_the_partner(retail: int, typed: int, price: Price) -> None:
    discounts = Discounts({}, {}, 1500, {1: Written(typed)})
    assert discounts.price(retail, product_id=1, brand_id=1, category_id=1) == price
    assert price.on_request == (not price.price)


def test_a_rate_goes_with_the_price_that_follows_it() -> None:
    dear, cheap = Written(9_000, 900_000, TODAY), Written(7_000, 900_000, TODAY)
    typed = Discounts({}, {}, 1500, {1: cheap}).price(10_000, product_id=1, brand_id=1, category_id=1)
    assert (typed.price, typed.rate, typed.rate_on) == (7_000, 900_000, TODAY)
    rouble = Discounts({}, {}, 1500, {1: dear}).price(10_000, product_id=1, brand_id=1, category_id=1)
    assert (rouble.price, rouble.rate) == (8_500, None)
    retail = Discounts({}, {}, 1500, {}, {1: dear}).price(1, product_id=1, brand_id=1, category_id=1)
    assert (retail.price, retail.rate) == (7_650, 900_000)


async def test_a_type_in_the_catalogue_cart_and_order(alice: Browser, charlie: Browser, cast: Cast) -> None:
    dealer, product = await make_type(), await make_product(article="DS-1", retail=1_000_000)
    await write(product, 600_000, dealer)
    await give(cast.company, dealer)
    assert "6\xa0000,00" in (await alice.get("/catalogue")).text
    assert "по вашему типу цен" in (await alice.get(f"/catalogue/products/{product.id}")).text
    assert "6\xa0000,00" not in (await charlie.get("/catalogue")).text
    await alice.post(f"/catalogue/products/{product.id}/cart", {"from": "/catalogue", f"q{product.id}": "2"})
    line = await CartLine.get()
    assert (line.price, line.price_source) == (600_000, "type")


async def test_the_latest_day_that_has_begun_holds(cast: Cast) -> None:
    dealer, product = await make_type(), await make_product(retail=1_000_000)
    today = clock.distributor_today()
    await write(product, 600_000, dealer, since=today - timedelta(days=9))
    await write(product, 500_000, dealer, since=today)
    await write(product, 100, dealer, since=today + timedelta(days=1))
    await give(cast.company, dealer)
    discounts = await discounts_of_company(cast.company.id, [product.id])
    assert discounts.of_type == {product.id: Written(500_000)}
    assert (await discounts_of_company(cast.company.id, None)).of_type == discounts.of_type
    assert (await discounts_of_company(cast.company.id, [])).of_type == {}


async def test_another_type_changes_nothing(cast: Cast) -> None:
    dealer, other, product = await make_type(), await make_type("Проект"), await make_product(retail=1_000_000)
    await write(product, 600_000, other)
    await give(cast.company, dealer)
    assert (await discounts_of_company(cast.company.id, [product.id])).of_type == {}


async def test_sorted_by_the_price_that_is_paid(alice: Browser, cast: Cast) -> None:
    dealer = await make_type()
    goods = {name: await make_product(article=name, retail=retail) for name, retail in (("A-1", 300), ("B-2", 200))}
    goods["C-3"] = await make_product(article="C-3", retail=0)
    goods["D-4"] = await make_product(article="D-4", retail=0)
    await write(goods["A-1"], 100, dealer)
    await write(goods["D-4"], 150, dealer)
    await give(cast.company, dealer)
    await Discount.create(company=cast.company, brand_id=goods["B-2"].brand_id, percent=0)
    page = (await alice.get("/catalogue?sort=price")).text
    places = [page.index(f">{name}<") for name in ("A-1", "D-4", "B-2", "C-3")]
    assert places == sorted(places), "what has no price comes last"


async def test_a_page_costs_the_same_with_types_and_without(alice: Browser, cast: Cast) -> None:
    dealer, product = await make_type(), await make_product()
    await alice.get("/catalogue")
    with counting_queries() as plain:
        await alice.get("/catalogue")
    for _ in range(5):
        await write(await make_product(), 600_000, dealer)
    await write(product, 600_000, dealer)
    await give(cast.company, dealer)
    with counting_queries() as typed:
        await alice.get("/catalogue")
    assert typed.count == plain.count


async def test_own_prices_of_a_draft_are_exact(maria: Browser, cast: Cast) -> None:
    dealer, product = await make_type(), await make_product(retail=333_333)
    await write(product, 100_001, dealer)
    await give(cast.company, dealer)
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[product], sent=False)
    await maria.post(f"/desk/presentations/{offer.number}/discounts", {"own": "1"})
    line = await Line.get()
    assert (line.price, line.discount) == (100_001, 7000)
