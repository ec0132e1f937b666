"""POST /administration/products/12/stocks: what lies where, and what partners and guests see of it."""

from datetime import UTC, date, datetime

import pytest

from app import clock
from app.catalogue.models import Product
from app.history.models import Event
from app.warehouses.models import Warehouse, WarehouseStock
from tests.catalogue.test_lists import articles
from tests.factories import make_product
from tests.goods.forms import HERE, goods
from tests.site import Browser

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
async def product(database: str) -> Product:
    return await make_product(article="DS-1", stock=7, unit="шт")


@pytest.fixture
async def stores(database: str) -> tuple[Warehouse, Warehouse, Warehouse]:
    """Two that are shown, and one that is not."""
    return (
        await Warehouse.create(name="Подольск", position=1),
        await Warehouse.create(name="Тверь", position=2),
        await Warehouse.create(name="Брак", position=3, hidden=True),
    )


Stores = tuple[Warehouse, Warehouse, Warehouse]


def door(product: Product) -> str:
    return f"{HERE}/{product.id}/stocks"


async def held(product: Product) -> dict[str, int]:
    rows = await WarehouseStock.filter(product_id=product.id).select_related("warehouse").order_by("warehouse_id")
    return {one.warehouse.name: one.quantity for one in rows}


@pytest.mark.parametrize("htmx", [False, True])
async def test_written_and_summed(
    anna: Browser, guest: Browser, alice: Browser, product: Product, stores: Stores, htmx: bool, monkeypatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    post, (one, two, _) = anna.hx_post if htmx else anna.post, stores
    page = (await anna.get(f"{HERE}/{product.id}")).text
    assert f'name="w{one.id}"' in page and f'name="w{stores[2].id}"' not in page and 'name="stock"' in page
    answer = await post(door(product), {f"w{one.id}": "1 200", f"s{one.id}": "", f"w{two.id}": "3", f"s{two.id}": ""})
    assert answer.headers["hx-redirect" if htmx else "location"] == f"{HERE}/{product.id}"
    assert await held(product) == {"Подольск": 1200, "Тверь": 3}
    assert (await Product.get(id=product.id)).stock == 1203
    event = await Event.get(name="product.stock_set")
    assert event.data["changes"][0] == {"field": "Подольск", "was": None, "now": 1200}
    told = (await guest.get(f"/catalogue/products/{product.id}")).text.partition('id="stocks-h"')[2]
    assert "Больше 50\u00a0шт" in told and "1\u00a0200" not in told and "3\u00a0шт" in told and ", 12:30" in told
    assert ", 14:30" in (await alice.get(f"/catalogue/products/{product.id}")).text, "in the reader's own time"
    assert "1\u00a0200\u00a0шт" in (await anna.get(f"/catalogue/products/{product.id}")).text, "staff see how many"
    page = (await anna.get(f"{HERE}/{product.id}")).text
    assert 'name="stock"' not in page and "Сумма по складам" in page


async def test_what_was_not_touched_is_left_alone(anna: Browser, product: Product, stores: Stores) -> None:
    """The exchange wrote another quantity while the page was open."""
    one, two, _ = stores
    await WarehouseStock.create(product=product, warehouse=one, quantity=90, at=MOMENT)
    form = {f"w{one.id}": "50", f"s{one.id}": "50", f"w{two.id}": "5", f"s{two.id}": ""}
    assert (await anna.post(door(product), form)).status_code == 303
    assert await held(product) == {"Подольск": 90, "Тверь": 5}
    assert (await WarehouseStock.get(warehouse=one)).at == MOMENT
    assert (await Product.get(id=product.id)).stock == 95
    await anna.post(door(product), form)
    assert await Event.filter(name="product.stock_set").count() == 1


async def test_nothing_known_any_more(anna: Browser, guest: Browser, product: Product, stores: Stores) -> None:
    one, two, _ = stores
    await anna.post(door(product), {f"w{one.id}": "0", f"w{two.id}": "4"})
    page = (await guest.get("/catalogue?stock=1")).text
    assert articles(page) == ["DS-1"]
    await anna.post(door(product), {f"w{two.id}": "", f"s{two.id}": "4"})
    assert await held(product) == {"Подольск": 0} and (await Product.get(id=product.id)).stock == 0
    assert not articles((await guest.get("/catalogue?stock=1")).text)


@pytest.mark.parametrize("typed", ["много", "-1", "1,5", "9999999999", "１２"])
@pytest.mark.parametrize("htmx", [False, True])
async def test_no_quantity(anna: Browser, product: Product, stores: Stores, typed: str, htmx: bool) -> None:
    post, (one, two, _) = anna.hx_post if htmx else anna.post, stores
    answer = await post(door(product), {f"w{one.id}": typed, f"w{two.id}": "5"})
    assert answer.status_code == 422 and f'id="w{one.id}-e"' in answer.text and f'value="{typed}"' in answer.text
    assert 'value="5"' in answer.text and not await held(product)


async def test_of_no_warehouse(anna: Browser, product: Product, stores: Stores) -> None:
    for number in (stores[2].id, 999):
        assert (await anna.post(door(product), {f"w{number}": "5"})).status_code == 303
    assert not await held(product) and not await Event.filter(name="product.stock_set").exists()
    assert (await anna.post(door(product), {"w0": "5"})).status_code == 400
    assert (await anna.post(f"{HERE}/999999/stocks", {})).status_code == 404


async def test_by_nobody_else(alice: Browser, maria: Browser, product: Product, stores: Stores) -> None:
    for browser in (alice, maria):
        assert (await browser.post(door(product), {f"w{stores[0].id}": "5"})).status_code == 403
    assert not await held(product)


async def test_the_form_of_the_product_leaves_the_sum_alone(anna: Browser, product: Product, stores: Stores) -> None:
    await anna.post(door(product), {f"w{stores[0].id}": "12"})
    form = await goods(article="DS-1", version="1", stock="999", name="Иначе")
    assert (await anna.post(f"{HERE}/{product.id}", form)).status_code == 303
    changed = await Product.get(id=product.id)
    assert (changed.name, changed.stock) == ("Иначе", 12)


async def test_more_are_expected(guest: Browser, product: Product, stores: Stores, monkeypatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    await WarehouseStock.create(product=product, warehouse=stores[0], quantity=0, at=MOMENT)
    await Product.filter(id=product.id).update(stock=0, restock_on=date(2026, 12, 4))
    page = (await guest.get(f"/catalogue/products/{product.id}")).text
    assert "Поступление ожидается 4\u00a0декабря." in page and "Нет, ждём 4\u00a0декабря" in page
    await Product.filter(id=product.id).update(restock_on=date(2026, 11, 4))
    assert "ожидается 4" not in (await guest.get(f"/catalogue/products/{product.id}")).text
