"""GET /catalogue?sort=price for a partner: in the order of what each product costs them."""

import random
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from app import clock
from app.catalogue import shelves
from app.catalogue.indexing import write_stale_shelves
from app.catalogue.models import Discount, Product
from app.catalogue.prices import discounts_of_company
from app.catalogue.queries import PAGE
from app.money import Currency
from app.prices import retail
from app.prices.models import ProductPrice
from app.rates.models import CurrencyRate
from tests.catalogue.conftest import Shop
from tests.factories import Cast, make_product
from tests.prices.shelf import give, make_type, write
from tests.site import Browser

NARROWED = (
    "",
    "&stock=1",
    "&brand=hikvision",
    "&category=cameras",
    "&category=cable&low=10",
    "&low=20&high=60",
    "&category=cctv&stock=1&low=30",
)


async def shown(alice: Browser, query: str) -> list[str]:
    """The articles of all pages in their order."""
    found: list[str] = []
    for number in range(1, 9):
        answer = await alice.get(f"/catalogue?sort=price{query}&page={number}")
        if answer.status_code == 404:
            break
        found += re.findall(r">(OWN-\d+)<", answer.text)
    return list(dict.fromkeys(found))


async def expected(cast: Cast, query: str, goods: Sequence[Product]) -> list[str]:
    """The same, one by one by the price function."""
    discounts = await discounts_of_company(cast.company.id, None)
    rows = []
    for one in goods:
        left = {
            "stock=1": one.stock > 0 and not one.discontinued_at,
            "brand=hikvision": one.brand.slug == "hikvision",
            "category=cable": one.category.slug == "cable",
            "low=10": one.retail >= 1000,
            "category=cameras": one.category.slug == "cameras",
            "category=cctv": one.category.slug in ("cameras", "recorders"),
            "low=20": one.retail >= 2000,
            "low=30": one.retail >= 3000,
            "high=60": one.retail <= 6000,
        }
        if all(left[part] for part in query.split("&") if part):
            place = {"brand_id": one.brand_id, "category_id": one.category_id}
            price = discounts.price(one.retail, product_id=one.id, **place)
            rows.append(((one.discontinued_at is not None, price.on_request, price.price, one.id), one.article))
    return [article for _key, article in sorted(rows)]


@pytest.mark.parametrize("typed", [True, False])
async def test_every_narrowing(alice: Browser, cast: Cast, shop: Shop, typed: bool) -> None:
    chance, now = random.Random(7), clock.now()
    dealer, other = await make_type(), await make_type("Дилер 2")
    for number in range(PAGE + 12):
        one = await make_product(
            article=f"OWN-{number:03d}",
            brand=chance.choice((shop.hikvision, shop.rexant)),
            category=chance.choice((shop.cameras, shop.recorders, shop.cable)),
            retail=chance.choice((0, *range(1000, 9000, 100))),
            stock=chance.choice((0, 5)),
            discontinued_at=now if number % 9 == 0 else None,
        )
        if number % 3 == 0:
            await write(one, chance.randrange(500, 8000, 100), chance.choice((dealer, other)))
    if typed:
        await give(cast.company, dealer)
    await Discount.create(company=cast.company, brand_id=shop.hikvision.id, percent=2000)
    await Discount.create(company=cast.company, category_id=shop.cable.id, percent=1000)
    goods = await Product.filter(article__startswith="OWN-").select_related("brand", "category")
    for query in NARROWED:
        found = await shown(alice, query)
        wanted = await expected(cast, query, goods)
        assert found == wanted, query
        assert len(wanted) > 3, query


async def test_a_search_in_this_order(alice: Browser, cast: Cast) -> None:
    dealer = await make_type()
    goods = [await make_product(article=f"OWN-{number}", retail=1000 * (number + 1)) for number in range(3)]
    await write(goods[2], 500, dealer)
    await give(cast.company, dealer)
    page = (await alice.get("/catalogue/search?q=own&sort=price")).text
    assert list(dict.fromkeys(re.findall(r">(OWN-\d)<", page))) == ["OWN-2", "OWN-0", "OWN-1"]


async def test_a_new_day_and_a_new_rate(alice: Browser, cast: Cast) -> None:
    dealer, today = await make_type(), clock.distributor_today()
    first, second = [await make_product(article=f"OWN-{number}", retail=9000) for number in range(2)]
    await give(cast.company, dealer)
    await write(second, 3000, dealer)
    await write(first, 2000, dealer, since=today + timedelta(days=1))
    assert await shown(alice, "") == ["OWN-1", "OWN-0"]
    await ProductPrice.filter(product=first).update(valid_from=today)
    assert await shown(alice, "") == ["OWN-1", "OWN-0"]
    assert not await shelves.stale(), "a page only reads"
    await retail.turn_day()
    await write_stale_shelves()
    assert await shown(alice, "") == ["OWN-0", "OWN-1"]
    await retail.turn_day()
    assert not await shelves.stale(), "once a day"
    await CurrencyRate.create(
        currency=Currency.USD, day=today, value=800_000, rate=800_000, percent=0, taken_at=clock.now()
    )
    await write(second, 10, dealer, currency=Currency.USD, since=today)
    assert await shown(alice, "") == ["OWN-1", "OWN-0"]
