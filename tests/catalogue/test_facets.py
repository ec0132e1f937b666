"""Lists narrowed by properties and by a range of retail prices."""

import re

import pytest

from app.catalogue.columns import restock
from app.catalogue.indexing import reindex
from app.catalogue.models import Category, Product
from app.database import Sql, counting_queries
from app.prices import retail
from tests.catalogue.conftest import Shop
from tests.catalogue.test_lists import articles
from tests.factories import make_brand, make_product
from tests.prices.shelf import write
from tests.site import Browser

HERE = "/catalogue/categories/cameras"


@pytest.fixture
async def cameras(shop: Shop) -> Shop:
    """Eight more cameras: 2 or 4 Мп, of two brands, each with a serial number of its own."""
    for number in range(8):
        await make_product(
            article=f"C-{number}",
            name=f"Камера {number}",
            brand=shop.rexant if number % 4 == 3 else shop.hikvision,
            category=shop.cameras,
            retail=(number + 1) * 100_000,
            stock=0 if number == 0 else 10,
            properties={
                "Разрешение": "4 Мп" if number % 2 else "2\u00a0Мп",
                "Корпус": ("купол", "цилиндр", "куб")[number % 3],
                "Номер": str(number),
            },
        )
    return shop


def offered(page: str) -> dict[str, list[str]]:
    """The properties that a page offers, each with its values and counts."""
    return {
        name: re.findall(r'<label>.*?<span>(.*?) <span class="dim">(\d+)</span>', inside)
        for name, inside in re.findall(r"<fieldset><legend>(.*?)</legend>(.*?)</fieldset>", page, re.S)
    }  # type: ignore[return-value]  # pairs


async def code(value: str) -> str:
    return str(await Sql("SELECT code FROM property_value WHERE value = :value").value(value=value))


async def test_what_a_category_offers(guest: Browser, cameras: Shop) -> None:
    found = offered((await guest.get(HERE)).text)
    assert found == {
        "Разрешение": [("2 Мп", "4"), ("4 Мп", "4")],
        "Корпус": [("купол", "3"), ("цилиндр", "3"), ("куб", "2")],
    }, "the most frequent first; what differs in each product is not offered"
    assert offered((await guest.get("/catalogue?category=cameras")).text) == found
    for elsewhere in ("/catalogue", "/catalogue/categories/cctv", "/catalogue/categories/cable"):
        assert "<fieldset>" not in (await guest.get(elsewhere)).text


async def test_values_narrow_and_can_be_taken_off(guest: Browser, cameras: Shop) -> None:
    four, cube, dome = await code("4 Мп"), await code("куб"), await code("купол")
    page = (await guest.get(f"{HERE}?p={four}&sort=article")).text
    assert articles(page) == ["C-1", "C-3", "C-5", "C-7"] and "1–4 из 4" in page
    assert offered(page)["Разрешение"] == [("2 Мп", "4"), ("4 Мп", "4")], "another value can be taken instead"
    assert offered(page)["Корпус"] == [("купол", "1"), ("цилиндр", "2"), ("куб", "1")]
    assert f'value="{four}" checked' in page and f'href="{HERE}?sort=article"' in page and "Разрешение: 4 Мп" in page
    page = (await guest.get(f"{HERE}?p={cube}&p={dome}&p={four}&sort=article")).text
    assert articles(page) == ["C-3", "C-5"], "one of two values of one property, and one of another"
    assert f'href="{HERE}?p={min(cube, four)}&amp;p={max(cube, four)}&amp;sort=article"' in page
    brands = (await guest.get(f"{HERE}?p={four}")).text
    assert '<option value="rexant">REXANT, 2</option>' in brands and '<option value="hikvision">HIKVISION, 2' in brands


async def test_filters_go_together(guest: Browser, alice: Browser, cameras: Shop) -> None:
    two = await code("2 Мп")
    query = f"p={two}&brand=hikvision&stock=1&low=2 000&high=5 000,00&sort=price"
    for reader in (guest, alice):
        page = (await reader.get(f"{HERE}?{query}")).text
        assert articles(page) == ["C-2", "C-4"], "prices are retail for everybody"
        for chip in ("Разрешение: 2 Мп", "HIKVISION", "Розница от 2 000", "Розница до 5 000,00", "В наличии"):
            assert chip in page
    assert offered(page)["Корпус"] == [("цилиндр", "1"), ("куб", "1")]
    found = (await guest.get(f"/catalogue/search?q=Камера&category=cameras&p={two}&low=7000")).text
    assert articles(found) == ["C-6"] and offered(found)["Разрешение"] == [("2 Мп", "1"), ("4 Мп", "1")]


async def test_a_range_of_prices(guest: Browser, cameras: Shop) -> None:
    page = (await guest.get("/catalogue?high=4000&sort=price")).text
    assert articles(page) == ["01-0043", "C-0", "C-1", "C-2", "C-3"]
    form = page.partition('class="filters')[2].partition("</form>")[0]
    assert '<option value="cable">Кабель, 1</option>' in form and "Видеорегистраторы" not in form
    await Product.filter(article="C-1").update(retail=0)
    await reindex([(await Product.get(article="C-1")).id])
    page = (await guest.get("/catalogue?low=0&sort=price")).text
    assert "C-1" not in articles(page), "a price on request is in no range"
    assert articles((await guest.get("/catalogue?sort=price")).text)[-2:] == ["C-1", "DS-2CD2142"]


@pytest.mark.parametrize("low", ["дорого", "-5", "1,234", "9" * 20])
async def test_what_is_no_price(guest: Browser, cameras: Shop, low: str) -> None:
    page = (await guest.get("/catalogue", params={"low": low, "high": "1000"})).text
    assert articles(page) == ["01-0043", "C-0"] and f'value="{low[:20]}"' in page
    assert "Напишите цену в рублях" in page and 'aria-describedby="f-low-e"' in page


@pytest.mark.parametrize("codes", ["p=aaaaaaaa", "p=%00", "p=", "p=АБВГДЕЖЗ", "p='+OR+1=1", "p=" + "a" * 900])
async def test_values_that_nobody_offers_are_passed_over(guest: Browser, cameras: Shop, codes: str) -> None:
    page = await guest.get(f"{HERE}?{codes}")
    assert page.status_code == 200 and len(articles(page.text)) == 11 and 'class="chips' not in page.text


async def test_another_category_forgets_what_it_does_not_offer(guest: Browser, cameras: Shop) -> None:
    page = (await guest.get(f"/catalogue?category=recorders&p={await code('4 Мп')}")).text
    assert articles(page) == ["DS-7608NI"] and "Разрешение" not in page


async def test_an_empty_list_keeps_its_choices(guest: Browser, cameras: Shop) -> None:
    page = (await guest.get("/catalogue?category=recorders&high=1")).text
    assert '<option value="recorders" selected>Видеорегистраторы, 1</option>' in page and "<table" not in page


async def test_the_offer_follows_the_products(guest: Browser, cameras: Shop) -> None:
    one = await Product.get(article="C-0")
    await Product.filter(id=one.id).update(properties={"Разрешение": "8 Мп", "Корпус": "куб"})
    await Product.filter(article="C-2").update(properties={"разрешение": "8  мп"}, category=cameras.recorders)
    await reindex([one.id, (await Product.get(article="C-2")).id])
    found = offered((await guest.get(HERE)).text)
    assert found["Разрешение"] == [("4 Мп", "4"), ("2 Мп", "2"), ("8 Мп", "1")]
    assert found["Корпус"] == [("цилиндр", "3"), ("куб", "2"), ("купол", "2")]
    await reindex()
    assert offered((await guest.get(HERE)).text) == found, "from nothing it is the same"


async def test_at_most_a_dozen_of_twenty_values(guest: Browser, shop: Shop) -> None:
    for number in range(60):
        properties = {f"Свойство {place:02}": f"{number % (place + 3)}" for place in range(25)}
        await make_product(article=f"M-{number}", category=shop.cable, properties=properties)
    found = offered((await guest.get("/catalogue/categories/cable")).text)
    assert len(found) == 12 and max(len(values) for values in found.values()) <= 20
    assert next(iter(found)) == "Свойство 00"


async def test_prices_and_stock_of_many_at_once(guest: Browser, cameras: Shop) -> None:
    """As an exchange or a new rate change them: no product is written on its own."""
    await write(await Product.get(article="C-7"), 50_000)
    await retail.refresh()
    assert articles((await guest.get("/catalogue?high=600")).text) == ["01-0043", "C-7"]
    await Product.filter(article__startswith="C-").update(stock=0)
    await restock()
    page = (await guest.get(f"{HERE}?stock=1&sort=article")).text
    assert articles(page) == ["DS-2CD2043G2-I", "DS-2CD2143G2-IS"] and "1–2 из 2" in page


async def test_the_same_queries_for_any_number_of_products(guest: Browser, alice: Browser, cameras: Shop) -> None:
    await guest.get("/catalogue")
    address = f"{HERE}?p={await code('4 Мп')}&p={await code('куб')}&low=1&stock=1"
    counts = []
    for more in (0, 40):
        for number in range(more):
            properties = {"Разрешение": "4 Мп", "Корпус": "куб"}
            await make_product(
                article=f"X-{number}", category=await Category.get(slug="cameras"), properties=properties
            )
        for reader in (guest, alice):
            for path in (HERE, address):
                await reader.get(path)  # a shelf that became another is read once
                with counting_queries() as count:
                    await reader.get(path)
                counts.append(count.count)
    assert counts[:4] == counts[4:] and max(counts) <= 14, counts


async def test_a_form_on_a_narrowed_list_leads_back_to_it(alice: Browser, cameras: Shop) -> None:
    address = f"{HERE}?p={await code('4 Мп')}&low=100"
    product = await Product.get(article="C-1")
    answer = await alice.post("/catalogue/recalculation", {"from": address, f"q{product.id}": "3", "put": product.id})
    assert answer.headers["location"].startswith(f"{HERE}?p=") and "low=100" in answer.headers["location"]


async def test_brands_are_counted_within_a_range(guest: Browser, cameras: Shop) -> None:
    other = await make_brand(name="Маяк")
    await make_product(article="D-1", brand=other, category=cameras.cameras, retail=90_000_000)
    page = (await guest.get(f"{HERE}?high=8 000")).text
    assert "Маяк" not in page.partition('id="f-brand"')[2].partition("</form>")[0]
    assert '<option value="hikvision">HIKVISION, 6</option>' in page
