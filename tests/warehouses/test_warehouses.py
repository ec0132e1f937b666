"""Warehouses: made, renamed, put in order, hidden."""

import asyncio

import pytest

from app import clock
from app.catalogue.models import Product
from app.database import counting_queries
from app.history.models import Event
from app.warehouses.models import Warehouse, WarehouseStock
from tests.catalogue.test_lists import articles
from tests.factories import make_product
from tests.site import Browser

DOOR = "/administration/warehouses"
NEW = {"name": "Подольск", "position": "10"}


async def test_made_renamed_and_put_in_order(anna: Browser) -> None:
    assert "Складов пока нет" in (await anna.get(DOOR)).text
    answer = await anna.post(DOOR, NEW)
    made = await Warehouse.get(name="Подольск")
    assert answer.headers["location"] == f"{DOOR}/{made.id}"
    await anna.post(DOOR, {"name": "Тверь", "position": "5"})
    page = (await anna.get(DOOR)).text
    assert page.index("Тверь") < page.index("Подольск")
    await anna.post(f"{DOOR}/{made.id}", {"name": "Подольск-2", "position": "1", "version": "1"})
    made = await Warehouse.get(id=made.id)
    assert (made.name, made.position, made.version) == ("Подольск-2", 1, 2)
    page = (await anna.get(DOOR)).text
    assert page.index("Подольск-2") < page.index("Тверь")
    changed = await Event.get(name="warehouse.changed")
    assert {"field": "name", "was": "Подольск", "now": "Подольск-2"} in changed.data["changes"]


async def test_with_htmx(anna: Browser) -> None:
    made = await Warehouse.create(name="Тверь")
    refused = await anna.hx_post(f"{DOOR}/{made.id}", {"name": "", "position": "1", "version": "1"})
    assert refused.status_code == 422 and refused.text.startswith('<form class="stack" id="warehouse"')
    saved = await anna.hx_post(f"{DOOR}/{made.id}", {**NEW, "version": "1"})
    assert saved.headers["hx-redirect"] == f"{DOOR}/{made.id}"


async def test_names_differ_and_nobody_is_overwritten(anna: Browser) -> None:
    await Warehouse.create(name="Подольск")
    other = await Warehouse.create(name="Тверь")
    answer = await anna.post(DOOR, {**NEW, "name": "ПОДОЛЬСК"})
    assert answer.status_code == 422 and "Такое название уже есть" in answer.text
    await anna.post(f"{DOOR}/{other.id}", {"name": "Тверь-2", "position": "0", "version": "1"})
    stale = await anna.post(f"{DOOR}/{other.id}", {"name": "Тверь-3", "position": "0", "version": "1"})
    assert stale.status_code == 409 and "Сейчас записано: Тверь-2" in stale.text and "Тверь-3" in stale.text
    assert {one.name for one in await Warehouse.all()} == {"Подольск", "Тверь-2"}


@pytest.mark.parametrize("position", ["", "-1", "x", "10000"])
async def test_no_place(anna: Browser, position: str) -> None:
    answer = await anna.post(DOOR, {**NEW, "position": position})
    assert answer.status_code == 422 and 'id="position-e"' in answer.text and 'value="Подольск"' in answer.text


async def test_made_at_once_it_is_one(anna: Browser) -> None:
    answers = await asyncio.gather(*(anna.post(DOOR, NEW) for _ in range(4)))
    assert sorted(one.status_code for one in answers) == [303, 422, 422, 422]
    assert await Warehouse.all().count() == 1 and await Event.filter(name="warehouse.created").count() == 1


async def test_by_nobody_else(alice: Browser, maria: Browser, guest: Browser) -> None:
    for browser in (alice, maria):
        assert (await browser.post(DOOR, NEW)).status_code == 403 and (await browser.get(DOOR)).status_code == 403
    assert (await guest.post(DOOR, NEW)).headers["location"].startswith("/sign-in")
    assert not await Warehouse.exists()


@pytest.mark.parametrize("htmx", [False, True])
async def test_what_lies_in_a_hidden_one_is_not_for_sale(anna: Browser, guest: Browser, htmx: bool) -> None:
    far, near = await Warehouse.create(name="Дальний"), await Warehouse.create(name="Ближний")
    both, one = await make_product(article="DS-1", stock=5), await make_product(article="DS-2", stock=4)
    untold = await make_product(article="DS-3", stock=9)
    for product, store, quantity in ((both, far, 3), (both, near, 2), (one, far, 4)):
        await WarehouseStock.create(product=product, warehouse=store, quantity=quantity, at=clock.now())
    post = anna.hx_post if htmx else anna.post
    await post(f"{DOOR}/{far.id}", {"name": "Дальний", "position": "0", "hidden": "1", "version": "1"})
    stocks = {product.id: product.stock for product in await Product.all()}
    assert stocks == {both.id: 2, one.id: 0, untold.id: 9}
    assert sorted(articles((await guest.get("/catalogue?stock=1")).text)) == ["DS-1", "DS-3"]
    page = (await guest.get(f"/catalogue/products/{both.id}")).text
    assert "Дальний" not in page and "Ближний" in page
    await post(f"{DOOR}/{far.id}", {"name": "Дальний", "position": "0", "version": "2"})
    assert sorted(articles((await guest.get("/catalogue?stock=1")).text)) == ["DS-1", "DS-2", "DS-3"]


async def test_the_same_queries_for_many(anna: Browser) -> None:
    await anna.get(DOOR)
    counts = []
    for more in (1, 20):
        for number in range(more):
            await Warehouse.create(name=f"Склад {more} {number}")
        with counting_queries() as count:
            await anna.get(DOOR)
        counts.append(count.count)
    assert counts[0] == counts[1]
