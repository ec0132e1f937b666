"""GET /sitemap.xml, /sitemaps/2, /robots.txt."""

import re

import pytest

from app import clock
from app.catalogue.models import Brand, Category, Product
from app.database import counting_queries
from app.sitemap import queries
from tests.catalogue.conftest import Shop
from tests.factories import make_brand, make_product
from tests.site import Browser

ORIGIN = "http://kabinet.test"


def places(text: str) -> list[str]:
    return [one.removeprefix(ORIGIN) for one in re.findall("<loc>(.*?)</loc>", text)]


async def test_what_everybody_may_read(guest: Browser, alice: Browser, shop: Shop) -> None:
    await make_brand(name="Ничего & нет")
    await Category.create(name="Тайная", slug="secret", hidden=True)
    for reader in (guest, alice):
        index = await reader.get("/sitemap.xml")
        assert index.headers["content-type"] == "application/xml" and places(index.text) == [
            "/sitemaps/1",
            "/sitemaps/2",
        ]
        assert index.headers["cache-control"] == "public, max-age=3600" and "set-cookie" not in index.headers
        first = places((await reader.get("/sitemaps/1")).text)
        assert first[:3] == ["/catalogue", "/catalogue/brands/hikvision", "/catalogue/brands/rexant"]
        assert "/catalogue/categories/cctv" in first and "secret" not in "".join(first)
        products = places((await reader.get("/sitemaps/2")).text)
        on_sale = await Product.filter(discontinued_at=None).order_by("id")
        assert products == [f"/catalogue/products/{one.id}" for one in on_sale]
    for path in (*first, *products):
        assert (await guest.get(path)).status_code == 200


async def test_a_slug_of_any_letters_is_an_address(guest: Browser, shop: Shop) -> None:
    brand = await Brand.create(name="ВЭРС & <сын>", slug="вэрс & <сын>")
    await make_product(brand=brand)
    text = (await guest.get("/sitemaps/1")).text
    assert f"{ORIGIN}/catalogue/brands/%D0%B2%D1%8D%D1%80%D1%81%20%26%20%3C" in text


async def test_files_of_so_many(guest: Browser, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 3)
    monkeypatch.setattr(queries, "PIECE", 2)
    await Product.filter(id=shop.recorder.id).update(discontinued_at=clock.now())
    files = places((await guest.get("/sitemap.xml")).text)
    last = (await Product.all().order_by("-id").first() or shop.gone).id
    assert files == [f"/sitemaps/{number}" for number in range(1, -(-last // 3) + 2)]
    found = [one for file in files[1:] for one in places((await guest.get(file)).text)]
    assert found == [
        f"/catalogue/products/{one.id}" for one in await Product.filter(discontinued_at=None).order_by("id")
    ]
    assert (await guest.get(f"/sitemaps/{len(files) + 1}")).status_code == 404


@pytest.mark.parametrize("part", ["0", "01", "-1", "x", "1.5", "99999999999999999999"])
async def test_no_such_file(guest: Browser, shop: Shop, part: str) -> None:
    assert (await guest.get(f"/sitemaps/{part}")).status_code == 404


async def test_few_queries(guest: Browser, shop: Shop) -> None:
    with counting_queries() as count:
        await guest.get("/sitemaps/2")
    assert count.count <= 3


async def test_robots(guest: Browser, database: str) -> None:
    answer = await guest.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain") and f"Sitemap: {ORIGIN}/sitemap.xml" in answer.text
    assert "Disallow: /catalogue/search\n" in answer.text and "Disallow: /\n" not in answer.text
