"""What pages of the catalogue tell search engines and messengers."""

import json
import re
from typing import Any

import pytest

from app import clock
from app.catalogue.models import Product, ProductPicture
from tests.catalogue.conftest import Shop
from tests.site import Browser

ORIGIN = "http://kabinet.test"


def meta(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page))


def canonical(page: str) -> str:
    return "".join(re.findall(r'<link rel="canonical" href="([^"]+)">', page)).replace("&amp;", "&")


def data(page: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return {one["@type"]: one for one in map(json.loads, found)}


async def test_of_a_product(guest: Browser, shop: Shop) -> None:
    await ProductPicture.create(product=shop.camera, code=f"@{'a' * 18}", position=1)
    await Product.filter(id=shop.camera.id).update(description="Пишет звук.\n</script><b>&", picture=f"@{'a' * 18}")
    page = (await guest.get(f"/catalogue/products/{shop.camera.id}?utm_source=mail&picture=1")).text
    told, here = meta(page), f"{ORIGIN}/catalogue/products/{shop.camera.id}"
    assert "<title>Камера уличная, 4 Мп, HIKVISION DS-2CD2043G2-I · " in page
    assert canonical(page) == here == told["og:url"] and told["og:type"] == "product"
    assert told["og:title"] == "Камера уличная, 4 Мп, HIKVISION DS-2CD2043G2-I"
    assert told["og:image"] == f"{ORIGIN}/media/{'a' * 18}-l.jpg"
    assert told["description"] == told["og:description"] == "Пишет звук. &lt;/script&gt;&lt;b&gt;&amp;"
    assert "</script><b>" not in page
    product = data(page)["Product"]
    assert product["offers"] == {
        **{"@type": "Offer", "price": "14990.00", "priceCurrency": "RUB", "url": here},
        "availability": "https://schema.org/InStock",
    }
    assert (product["sku"], product["brand"]["name"]) == ("DS-2CD2043G2-I", "HIKVISION")
    assert product["description"] == "Пишет звук. </script><b>&"
    steps = data(page)["BreadcrumbList"]["itemListElement"]
    assert [one["name"] for one in steps] == ["Каталог", "Видеонаблюдение", "IP-камеры", "Камера уличная, 4 Мп"]
    assert steps[2]["item"] == f"{ORIGIN}/catalogue/categories/cameras" and "item" not in steps[3]


async def test_what_cannot_be_bought(guest: Browser, shop: Shop) -> None:
    states = {shop.gone.id: "Discontinued", shop.recorder.id: "OutOfStock", shop.dome.id: "InStock"}
    for product, state in states.items():
        page = (await guest.get(f"/catalogue/products/{product}")).text
        assert data(page)["Product"]["offers"]["availability"].endswith(state)
    await Product.filter(id=shop.utp.id).update(retail=0)
    assert "offers" not in data((await guest.get(f"/catalogue/products/{shop.utp.id}")).text)["Product"]


async def test_who_is_signed_in_is_told_nothing_of_it(alice: Browser, anna: Browser, shop: Shop) -> None:
    for reader in (alice, anna):
        for path in ("/catalogue", f"/catalogue/products/{shop.camera.id}"):
            page = (await reader.get(path)).text
            assert "ld+json" not in page and "og:title" not in page


@pytest.mark.parametrize(
    ("path", "one_address"),
    [
        ("/catalogue", "/catalogue"),
        ("/catalogue?stock=1&sort=price&low=5&utm_source=mail", "/catalogue"),
        ("/catalogue?brand=hikvision&sort=price", "/catalogue/brands/hikvision"),
        ("/catalogue?category=cameras", "/catalogue/categories/cameras"),
        ("/catalogue/brands/hikvision?category=cameras", "/catalogue/categories/cameras?brand=hikvision"),
        ("/catalogue/categories/cameras?brand=hikvision&stock=1", "/catalogue/categories/cameras?brand=hikvision"),
    ],
)
async def test_of_a_list(guest: Browser, shop: Shop, path: str, one_address: str) -> None:
    page = (await guest.get(path)).text
    assert canonical(page) == ORIGIN + one_address == meta(page)["og:url"].replace("&amp;", "&")
    assert "товаров " in meta(page)["description"] and "robots" not in meta(page)


async def test_the_way_to_a_list(guest: Browser, shop: Shop) -> None:
    steps = data((await guest.get("/catalogue/categories/cameras")).text)["BreadcrumbList"]["itemListElement"]
    assert [one.get("item") for one in steps] == [
        f"{ORIGIN}/catalogue",
        f"{ORIGIN}/catalogue/categories/cctv",
        None,
    ]
    assert not data((await guest.get("/catalogue")).text)


async def test_searches_are_not_listed(guest: Browser, shop: Shop) -> None:
    page = (await guest.get("/catalogue/search?q=DS")).text
    assert meta(page)["robots"] == "noindex" and not canonical(page) and not data(page)


async def test_a_name_of_markup_stays_text(guest: Browser, shop: Shop) -> None:
    await Product.filter(id=shop.camera.id).update(name='"><script>alert(1)</script>', discontinued_at=clock.now())
    page = (await guest.get(f"/catalogue/products/{shop.camera.id}")).text
    assert "<script>alert" not in page and data(page)["Product"]["name"] == '"><script>alert(1)</script>'
