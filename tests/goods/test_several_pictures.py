"""/administration/products/{product}/pictures: several of them, in an order, and the gallery on the product's page."""

import asyncio
from typing import Any

import pytest

from app.catalogue.models import Product, ProductPicture
from app.goods.pictures import MOST
from app.history.models import Event
from app.pictures import store
from tests.desk.conftest import cost
from tests.factories import Cast, make_product
from tests.goods import samples
from tests.goods.forms import file
from tests.site import Browser


@pytest.fixture
async def product(database: str) -> Product:
    return await make_product(article="DS-1")


def door(product: Product) -> str:
    return f"/administration/products/{product.id}/pictures"


def photos(count: int, first: int = 0) -> list[Any]:
    """That many different ones."""
    return [one for number in range(count) for one in file(samples.photo("JPEG", (60 + first + number, 50)))]


async def codes(product: Product) -> list[str]:
    rows = await ProductPicture.filter(product_id=product.id).order_by("position")
    assert [one.position for one in rows] == list(range(1, len(rows) + 1))
    now = await Product.get(id=product.id)
    assert now.picture == (rows[0].code if rows else "dome") and now.symbol == "dome"
    return [one.code for one in rows]


async def number(product: Product, code: str) -> int:
    return (await ProductPicture.get(product_id=product.id, code=code)).id


@pytest.mark.parametrize("htmx", [False, True])
async def test_several_come_in_their_order(anna: Browser, product: Product, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    answer = await post(door(product), files=photos(3))
    assert answer.status_code == (200 if htmx else 303)
    first = await codes(product)
    await post(door(product), files=photos(2, first=2))  # of these one is there already
    now = await codes(product)
    assert now[:3] == first and len(now) == 4
    page = (await anna.get(f"/administration/products/{product.id}")).text
    places = [page.index(f"{code[1:]}-s.webp") for code in now]
    assert places == sorted(places) and page.count("в списках</span>") == 1
    assert [one.data["now"] for one in await Event.filter(name="product.pictures_added").order_by("id")] == [3, 4]


@pytest.mark.parametrize("htmx", [False, True])
async def test_they_are_put_in_order(anna: Browser, guest: Browser, product: Product, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    await anna.post(door(product), files=photos(3))
    a, b, c = await codes(product)
    for moved, place, order in ((c, 1, [c, a, b]), (a, 3, [c, b, a]), (b, 1, [b, c, a]), (b, 99, [c, a, b])):
        for _twice in range(2):
            answer = await post(f"{door(product)}/{await number(product, moved)}/place", {"place": str(place)})
            assert answer.status_code == (200 if htmx else 303)
            assert await codes(product) == order
    assert f"/media/{c[1:]}-s.webp" in (await guest.get("/catalogue")).text
    assert await Event.filter(name="product.picture_moved").count() == 4
    event = await Event.filter(name="product.picture_moved").order_by("id").first()
    assert event and (event.data["was"], event.data["now"]) == (3, 1)


@pytest.mark.parametrize("htmx", [False, True])
async def test_one_is_removed(anna: Browser, product: Product, htmx: bool) -> None:
    await anna.post(door(product), files=photos(2))
    a, b = await codes(product)
    gone = f"{door(product)}/{await number(product, a)}/removal"
    last = f"{door(product)}/{await number(product, b)}/removal"
    page = (await anna.get(gone)).text
    assert a[1:] in page and "значок" not in page
    for _twice in range(2):
        answer = await (anna.hx_post if htmx else anna.post)(gone)
        assert answer.headers["hx-redirect" if htmx else "location"] == f"/administration/products/{product.id}"
    assert await codes(product) == [b] and (await anna.get(gone)).status_code == 404
    assert "значок" in (await anna.get(last)).text
    await anna.post(last)
    assert await codes(product) == []
    events = await Event.filter(name="product.picture_removed").order_by("id")
    assert [(one.data["was"], one.data["now"]) for one in events] == [(2, 1), (1, 0)]


async def test_of_several_with_a_bad_one_none_is_kept(anna: Browser, product: Product) -> None:
    bad = [*photos(1), *file(samples.SCRIPTED, "знак.svg"), *file(samples.photo()[:-2000], "часть.jpg")]
    for post in (anna.post, anna.hx_post):
        answer = await post(door(product), files=bad)
        assert answer.status_code == 422
        wrong = answer.text.partition('id="picture-e">')[2].partition("</p>")[0]
        assert "знак.svg" in wrong and "часть.jpg не читается до конца" in wrong
    assert await codes(product) == [] and not await Event.exists()
    assert not list(store.folder(anna.site.state.settings).rglob("*.webp"))


async def test_no_more_than_are_of_use(anna: Browser, product: Product) -> None:
    await anna.post(door(product), files=photos(8))
    for post in (anna.post, anna.hx_post):
        answer = await post(door(product), files=photos(5, first=8))
        assert answer.status_code == 422 and f"не больше {MOST} картинок" in answer.text
    assert len(await codes(product)) == 8
    await anna.post(door(product), files=photos(4, first=8))
    assert len(await codes(product)) == MOST


async def test_all_at_once(anna: Browser, product: Product) -> None:
    """The same pictures sent twice are there once; however they are moved, the order has no holes."""
    await asyncio.gather(*(anna.post(door(product), files=photos(2)) for _ in range(3)))
    await anna.post(door(product), files=photos(2, first=2))
    a, b, c, d = [await number(product, code) for code in await codes(product)]
    moves = [(a, 4), (b, 1), (c, 1), (d, 2)]
    await asyncio.gather(*(anna.post(f"{door(product)}/{one}/place", {"place": str(place)}) for one, place in moves))
    assert len(await codes(product)) == 4
    await asyncio.gather(*(anna.post(f"{door(product)}/{one}/removal") for one in (a, b, a)))
    assert len(await codes(product)) == 2


async def test_the_gallery(anna: Browser, alice: Browser, guest: Browser, cast: Cast, product: Product) -> None:
    page = f"/catalogue/products/{product.id}"
    assert "thumbs" not in (await guest.get(page)).text
    await anna.post(door(product), files=photos(1))
    one = (await guest.get(page)).text
    assert "thumbs" not in one and one.count('class="photo"') == 1
    await anna.post(door(product), files=photos(2, first=1))
    names = [code[1:] for code in await codes(product)]
    for reader in (alice, guest):
        for asked, shown in (("", 1), ("?picture=2", 2), ("?picture=3", 3), ("?picture=9", 1), ("?picture=x", 1)):
            text = (await reader.get(f"{page}{asked}")).text
            assert f"/media/{names[shown - 1]}-l.avif" in text and text.count('class="photo"') == 1
            assert text.count('aria-current="true"><picture>') == 1
            assert f"картинка {shown} из 3" in text
        assert all(f'href="{page}?picture={place}"' in text for place in (1, 2, 3))
        assert all(f"/media/{name}-s.webp" in text for name in names)


async def test_a_page_costs_the_same_however_many(anna: Browser, alice: Browser, cast: Cast, product: Product) -> None:
    pages = (f"/catalogue/products/{product.id}", f"/administration/products/{product.id}")
    await anna.post(door(product), files=photos(2))
    few = [await cost(anna, page) for page in pages]
    await anna.post(door(product), files=photos(6, first=2))
    assert [await cost(anna, page) for page in pages] == few


async def test_others_do_not_come_near(
    anna: Browser, maria: Browser, alice: Browser, guest: Browser, product: Product
) -> None:
    await anna.post(door(product), files=photos(2))
    before = await codes(product)
    second = f"{door(product)}/{await number(product, before[1])}"
    for browser, status in ((maria, 403), (alice, 403), (guest, 303)):
        assert (await browser.post(door(product), files=photos(1, first=9))).status_code == status
        assert (await browser.post(f"{second}/place", {"place": "1"})).status_code == status
        assert (await browser.post(f"{second}/removal")).status_code == status
        assert (await browser.get(f"{second}/removal")).status_code == status
    other = await make_product()
    await anna.post(f"{door(other)}/{await number(product, before[1])}/removal")
    await anna.post(f"{door(other)}/{await number(product, before[1])}/place", {"place": "1"})
    assert await codes(product) == before
