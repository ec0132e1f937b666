"""/administration/products/12/analogues: taken, parted, and what the page of a product shows of them."""

import asyncio
import re

import pytest

from app import clock
from app.analogues import actions
from app.analogues.models import Analogue
from app.catalogue.indexing import reindex
from app.catalogue.models import Category, Product
from app.database import counting_queries
from app.history.models import Event
from tests.factories import Cast, make_brand, make_product
from tests.goods.forms import HERE
from tests.site import Browser
from tests.users import make_user


@pytest.fixture
async def camera(database: str) -> Product:
    return await make_product(article="DS-1", name="Камера один")


@pytest.fixture
async def other(database: str) -> Product:
    return await make_product(article="SN-2", name="Камера два", brand=await make_brand(name="SUNELL"))


def door(product: Product) -> str:
    return f"{HERE}/{product.id}/analogues"


async def pairs() -> set[tuple[int, int]]:
    return {(one.product_id, one.analogue_id) for one in await Analogue.all()}


@pytest.mark.parametrize("htmx", [False, True])
async def test_taken_and_shown_both_ways(
    anna: Browser, guest: Browser, camera: Product, other: Product, htmx: bool
) -> None:
    page = (await anna.get(f"{door(camera)}?q=sn2")).text
    assert f'name="analogue" value="{other.id}"' in page
    post = anna.hx_post if htmx else anna.post
    answer = await post(door(camera), {"analogue": str(other.id), "q": "sn2"})
    if htmx:
        assert answer.status_code == 200 and answer.text.startswith('<div id="analogues"')
        assert f'name="analogue" value="{other.id}"' not in answer.text and "Аналог добавлен" in answer.text
    else:
        assert answer.headers["location"] == f"{door(camera)}?q=sn2"
    assert await pairs() == {(camera.id, other.id), (other.id, camera.id)}
    for one, its in ((camera, other), (other, camera)):
        page = (await guest.get(f"/catalogue/products/{one.id}")).text
        assert "Аналоги" in page and f'href="/catalogue/products/{its.id}"' in page.partition('id="others"')[2]
        assert its.article in (await anna.get(f"{HERE}/{one.id}")).text
    event = await Event.get(name="product.analogue_added")
    assert (event.data["article"], event.data["analogue"], event.company_id) == ("DS-1", "SN-2", None)


@pytest.mark.parametrize("htmx", [False, True])
async def test_parted_and_taken_again(anna: Browser, cast: Cast, camera: Product, other: Product, htmx: bool) -> None:
    await actions.add(camera.id, other.id, by=await make_user(cast.anna))
    post = anna.hx_post if htmx else anna.post
    for _ in range(2):
        assert (await post(f"{door(other)}/{camera.id}/removal", {"q": ""})).status_code in (200, 303)
    assert not await Analogue.exists() and await Event.filter(name="product.analogue_removed").count() == 1
    await post(door(camera), {"analogue": str(other.id)})
    assert len(await pairs()) == 2


@pytest.mark.parametrize(("wrong", "words"), [("self", "не аналог самому себе"), ("999999", "Такого товара нет")])
@pytest.mark.parametrize("htmx", [False, True])
async def test_what_is_none(anna: Browser, camera: Product, wrong: str, words: str, htmx: bool) -> None:
    post = anna.hx_post if htmx else anna.post
    answer = await post(door(camera), {"analogue": str(camera.id) if wrong == "self" else wrong, "q": "ds"})
    assert answer.status_code == 409 and words in answer.text and not await Analogue.exists()
    assert (await post(door(camera), {"analogue": "x"})).status_code == 422


async def test_at_most_so_many(anna: Browser, camera: Product, other: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    third = await make_product(article="SN-3")
    await anna.post(door(camera), {"analogue": str(other.id)})
    answer = await anna.post(door(third), {"analogue": str(camera.id)})
    assert answer.status_code == 409 and "У DS-1 уже 1 аналогов" in answer.text and len(await pairs()) == 2


async def test_both_at_once_from_both_sides(anna: Browser, camera: Product, other: Product) -> None:
    posts = [anna.post(door(one), {"analogue": str(its.id)}) for one, its in ((camera, other), (other, camera)) * 3]
    assert {one.status_code for one in await asyncio.gather(*posts)} == {303}
    assert len(await pairs()) == 2 and await Event.filter(name="product.analogue_added").count() == 1


async def test_by_nobody_else(alice: Browser, maria: Browser, guest: Browser, camera: Product, other: Product) -> None:
    for browser in (alice, maria):
        assert (await browser.post(door(camera), {"analogue": str(other.id)})).status_code == 403
    assert (await guest.post(door(camera), {"analogue": str(other.id)})).headers["location"].startswith("/sign-in")
    assert not await Analogue.exists() and (await maria.get(door(camera))).status_code == 403


def others(page: str) -> list[str]:
    """The articles that a product's page shows beside it."""
    shown = page.partition('id="others"')[2].partition("</section>")[0]
    return re.findall(r'<p class="meta"><span class="nb">([^<]+)', shown)


async def test_what_is_alike_is_found_while_none_are_kept(
    guest: Browser, cast: Cast, camera: Product, other: Product
) -> None:
    """Of the same category, with half of the properties, at half to twice the price: most properties come first."""
    same = {"Матрица": "4 Мп", "Объектив": "2,8 мм", "Корпус": "купол", "Питание": "PoE"}
    await Product.filter(id=camera.id).update(properties=same, retail=10_000_00)
    await reindex([camera.id])
    cable = await Category.create(name="Кабель", slug="kabel")
    for article, retail, changes in (
        ("A-half", 10_100_00, {"Матрица": "8 Мп", "Корпус": "куб"}),
        ("A-near", 11_000_00, {}),
        ("A-far", 19_000_00, {}),
        ("B-dear", 20_100_00, {}),
        ("B-cheap", 4_900_00, {}),
        ("B-request", 0, {}),
        ("B-little", 10_000_00, {"Матрица": "8 Мп", "Корпус": "куб", "Питание": "12 В"}),
    ):
        await make_product(article=article, retail=retail, properties={**same, **changes})
    await make_product(article="B-cable", retail=10_000_00, properties=same, category=cable)
    await make_product(article="B-gone", retail=10_000_00, properties=same, discontinued_at=clock.now())
    path = f"/catalogue/products/{camera.id}"
    page = (await guest.get(path)).text
    assert others(page) == ["A-near", "A-far", "A-half"] and "Похожие товары" in page
    await actions.add(camera.id, other.id, by=await make_user(cast.anna))
    page = (await guest.get(path)).text
    assert others(page) == ["SN-2"] and "Похожие товары" not in page
    assert others((await guest.get(f"/catalogue/products/{other.id}")).text) == ["DS-1"]


async def test_the_same_queries_for_many(guest: Browser, cast: Cast, camera: Product, other: Product) -> None:
    by, counts = await make_user(cast.anna), []
    await actions.add(camera.id, other.id, by=by)
    await guest.get(f"/catalogue/products/{camera.id}")
    for more in (0, 12):
        for number in range(more):
            await actions.add(camera.id, (await make_product(article=f"X-{number}")).id, by=by)
        with counting_queries() as count:
            await guest.get(f"/catalogue/products/{camera.id}")
        counts.append(count.count)
    assert counts[0] == counts[1] <= 12
