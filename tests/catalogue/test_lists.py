"""GET /catalogue, /catalogue/brands/hikvision, /catalogue/categories/cctv."""

import re

import pytest

from app.catalogue.models import Category, Discount
from app.catalogue.prices import Discounts
from app.database import counting_queries
from tests.catalogue.conftest import Shop, price
from tests.factories import Cast, make_brand, make_product
from tests.site import Browser


def articles(page: str) -> list[str]:
    """The articles of a list, in its order."""
    return re.findall(r'<div class="meta"><span class="nb">([^<]+)</span>', page)


def prices(page: str) -> list[str]:
    return re.findall(r'<td role="cell" class="num price"[^>]*>(?:<b>)?([^<]+)', page)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/catalogue", ["DS-7608NI", "01-0043", "DS-2CD2143G2-IS", "DS-2CD2043G2-I", "DS-2CD2142"]),
        ("/catalogue?sort=article", ["01-0043", "DS-2CD2043G2-I", "DS-2CD2142", "DS-2CD2143G2-IS", "DS-7608NI"]),
        ("/catalogue?sort=price", ["01-0043", "DS-2CD2043G2-I", "DS-2CD2143G2-IS", "DS-7608NI", "DS-2CD2142"]),
        ("/catalogue?stock=1&sort=article", ["01-0043", "DS-2CD2043G2-I", "DS-2CD2143G2-IS"]),
        ("/catalogue?brand=rexant", ["01-0043"]),
        ("/catalogue?category=cctv&brand=rexant", []),
        ("/catalogue?category=recorders", ["DS-7608NI"]),
        ("/catalogue/brands/rexant", ["01-0043"]),
        ("/catalogue/brands/hikvision?category=recorders", ["DS-7608NI"]),
        ("/catalogue/brands/hikvision?brand=rexant&sort=article&stock=1", ["DS-2CD2043G2-I", "DS-2CD2143G2-IS"]),
        ("/catalogue/categories/cctv?stock=1&sort=article", ["DS-2CD2043G2-I", "DS-2CD2143G2-IS"]),
        ("/catalogue/categories/recorders", ["DS-7608NI"]),
        ("/catalogue/categories/cable", ["01-0043"]),
        ("/catalogue?sort=surprise&stock=2&brand=&utm_source=mail", None),
    ],
)
async def test_what_stands_in_a_list(guest: Browser, shop: Shop, path: str, found: list[str] | None) -> None:
    page = await guest.get(path)
    assert page.status_code == 200
    assert articles(page.text) == (articles((await guest.get("/catalogue")).text) if found is None else found)


async def test_the_way_into_brands_and_categories(guest: Browser, shop: Shop) -> None:
    page = (await guest.get("/catalogue")).text
    assert 'href="/catalogue/brands/rexant"' in page and 'href="/catalogue/categories/cctv"' in page
    assert '<option value="recorders">Видеорегистраторы, 1</option>' in page
    group = (await guest.get("/catalogue/categories/cctv")).text
    assert 'href="/catalogue/categories/recorders"' in group and 'href="/catalogue/categories/cable"' not in group
    below = (await guest.get("/catalogue/categories/recorders")).text
    assert '· <a href="/catalogue/categories/cctv">Видеонаблюдение</a>' in below


async def test_a_slug_may_be_any_text(guest: Browser, shop: Shop) -> None:
    brand = await make_brand(name="ВЭРС & сын/2 ?")
    await make_product(article="ПК-2", brand=brand)
    page = (await guest.get("/catalogue?stock=1")).text
    assert 'option value="вэрс &amp; сын/2 ?"' in page
    assert articles((await guest.get("/catalogue", params={"brand": brand.slug})).text) == ["ПК-2"]


@pytest.mark.parametrize(
    "path",
    [
        "/catalogue/brands/nobody",
        "/catalogue/brands/%00",
        "/catalogue/categories/%FF",
        "/catalogue/categories/hikvision",
        "/catalogue?page=0",
        "/catalogue?page=2",
        "/catalogue?page=-1",
        "/catalogue?page=",
        "/catalogue?page=%D9%A2",
        "/catalogue?page=1e3",
        "/catalogue?page=999999999999999999999999",
    ],
)
async def test_what_there_is_not(guest: Browser, shop: Shop, path: str) -> None:
    assert (await guest.get(path)).status_code == 404


@pytest.mark.parametrize("filters", ["brand=%00", "category=%27%20OR%201", "brand=%25", "stock=%00", "sort=%ff"])
async def test_odd_filters_find_little_and_break_nothing(guest: Browser, shop: Shop, filters: str) -> None:
    assert (await guest.get(f"/catalogue?{filters}")).status_code == 200


async def test_nothing_left_says_how_to_go_on(guest: Browser, shop: Shop) -> None:
    page = (await guest.get("/catalogue?category=cable&brand=hikvision&stock=1")).text
    assert '<a href="/catalogue">' in page and "<table" not in page
    for without in (
        "?brand=hikvision&amp;stock=1",
        "?category=cable&amp;stock=1",
        "?brand=hikvision&amp;category=cable",
    ):
        assert f'href="/catalogue{without}"' in page, "each filter can be taken off"


async def test_pages_of_48(guest: Browser, shop: Shop) -> None:
    for number in range(50):
        await make_product(article=f"X-{number:02}", brand=shop.rexant, category=shop.cable)
    first = (await guest.get("/catalogue/brands/rexant?sort=article")).text
    second = (await guest.get("/catalogue/brands/rexant?sort=article&page=2")).text
    assert len(articles(first)) == 48 and articles(second) == ["X-47", "X-48", "X-49"]
    assert 'rel="next" href="/catalogue/brands/rexant?sort=article&amp;page=2"' in first
    assert 'rel="prev" href="/catalogue/brands/rexant?sort=article"' in second and 'rel="next"' not in second
    assert "1–48" in first and "49–51" in second


async def test_prices_of_each_reader(
    guest: Browser, alice: Browser, charlie: Browser, maria: Browser, shop: Shop
) -> None:
    for reader in (guest, maria):
        page = (await reader.get("/catalogue/brands/rexant")).text
        assert (
            prices(page) == ["31,50"]
            and "<s>" not in page
            and "/cart" not in re.findall("<table.*</table>", page, re.S)[0]
        )
    page = (await alice.get("/catalogue/brands/rexant")).text  # 15 % on everything
    assert prices(page) == ["26,78"] and "<s>31,50</s>" in page and "−15\u00a0%" in page
    page = (await charlie.get("/catalogue/brands/rexant")).text  # no discount at all
    assert prices(page) == ["31,50"] and "<s>" not in page


async def test_the_order_of_prices_is_the_readers_own(alice: Browser, cast: Cast, shop: Shop) -> None:
    await Discount.create(company=cast.company, brand=shop.hikvision, percent=1000)
    await Discount.create(company=cast.company, category=shop.recorders, percent=6500)
    page = (await alice.get("/catalogue?sort=price&stock=")).text
    assert articles(page)[1:4] == ["DS-7608NI", "DS-2CD2043G2-I", "DS-2CD2143G2-IS"], (
        "65 % off beats the dearest retail"
    )
    discounts = Discounts({shop.hikvision.id: 1000}, {shop.recorders.id: 6500}, 1500)
    price_of = discounts.price(
        2_149_000, product_id=shop.recorder.id, brand_id=shop.hikvision.id, category_id=shop.recorders.id
    )
    assert price_of.price == 752_150 and prices(page)[1] == price("7 521,50")


async def test_what_each_reader_can_press(alice: Browser, vera: Browser, guest: Browser, shop: Shop) -> None:
    door = f"/catalogue/products/{shop.utp.id}/cart"
    assert door in (await alice.get("/catalogue")).text
    for reader in (vera, guest):
        page = (await reader.get("/catalogue")).text
        assert door not in page and f'name="q{shop.utp.id}"' not in page
    assert "/sign-in" in (await guest.get("/catalogue")).text


async def test_a_discontinued_product_names_its_replacement(alice: Browser, guest: Browser, shop: Shop) -> None:
    for reader, shown in ((alice, "14 866,50"), (guest, "17 490,00")):
        page = (await reader.get("/catalogue/categories/cameras")).text
        line = page.partition(f'id="line-{shop.gone.id}"')[2].partition("</tbody>")[0]
        assert f'href="/catalogue/products/{shop.dome.id}"' in line and price(shown) in line
        assert "/cart" not in line and 'class="stock bad none"' in line


async def test_the_same_queries_for_any_number_of_products(alice: Browser, guest: Browser, shop: Shop) -> None:
    await guest.get("/catalogue")  # the brands of the frame are kept for a minute
    counts = []
    for more in (0, 40):
        for number in range(more):
            await make_product(article=f"X-{number}", category=await Category.get(slug="cable"))
        for reader, path in (
            (guest, "/catalogue"),
            (alice, "/catalogue"),
            (alice, "/catalogue/search?q=hikvision"),
            (alice, "/catalogue/brands/rexant"),
        ):
            with counting_queries() as count:
                await reader.get(path)
            counts.append(count.count)
    assert counts[:4] == counts[4:]
    assert counts[0] <= 4 and max(counts) <= 9, counts
