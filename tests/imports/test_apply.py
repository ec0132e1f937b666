"""POST /administration/imports/{run}/application: all of what the preview showed, or nothing."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from tortoise.exceptions import OperationalError

from app import clock
from app.catalogue.models import Product
from app.catalogue.search import find
from app.history.models import Event
from app.imports import actions, applying, preview
from app.imports.models import ImportChange, ImportRun, Kind, State, SupplierCode
from app.money import Currency
from app.prices import actions as prices
from app.prices.actions import NewPrice
from app.prices.models import ProductPrice
from app.warehouses.models import Warehouse, WarehouseStock
from jobs.history import write
from jobs.imports import Imports
from tests.factories import Cast, make_product
from tests.imports.books import DIRTY
from tests.imports.conftest import DOOR, Shelf, applied, kinds, previewed, standing
from tests.prices.shelf import make_type
from tests.site import Browser
from tests.users import make_user


async def test_what_was_shown_is_what_changes(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await previewed(anna, worker, shelf)
    before = {one.id: one for one in await Product.all()}
    assert (await anna.post(f"{DOOR}/{run.id}/application")).headers["location"] == f"{DOOR}/{run.id}"
    assert await worker.do_all() == 1
    after = {one.id: one for one in await Product.all()}
    now: Counter[str] = Counter()
    for one in after.values():
        was = before.get(one.id)
        if was is None:
            now["new"] += 1
        elif (one.retail, one.stock) != (was.retail, was.stock):
            now["changed" if not one.retail else "dearer" if one.retail > was.retail else "cheaper"] += 1
    assert now == {"new": run.counts["new"], "dearer": 1, "cheaper": 1, "changed": 1}
    assert [run.counts[kind] for kind in ("dearer", "cheaper", "changed")] == [1, 1, 1]
    camera = await Product.get(article="NEW-1").select_related("brand", "category")
    assert (camera.brand.name, camera.category.name, camera.pack, camera.minimum) == ("Маяк", "IP-камеры", 10, 10)
    assert (await find("new1", limit=5)).ids == [camera.id]
    cable = await Product.get(article="4607034567890")
    assert (cable.retail, cable.stock, cable.unit, cable.pack) == (150_000, 12, "м", 305)
    price = await ProductPrice.get(product_id=camera.id)
    assert (price.amount, price.currency, price.valid_from) == (1250, Currency.USD, clock.distributor_today())
    assert price.set_by_id and (await WarehouseStock.get(product__article="DS-1")).quantity == 51
    run = await ImportRun.get(id=run.id)
    assert run.state is State.APPLIED and run.applied_by_id and run.applied_at
    page = (await anna.get(f"{DOOR}/{run.id}")).text
    assert "Применён" in page and "5 изменений" in page and "Отменить импорт" in page


async def test_a_second_time_nothing_changes(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    await applied(anna, worker, shelf)
    stood = await standing()
    run = await previewed(anna, worker, shelf)
    assert not run.changes and not run.counts["links"] and run.counts["unchanged"] == 6
    page = (await anna.get(f"{DOOR}/{run.id}")).text
    assert "Ничего не изменится" in page and "Применить" not in page
    for post in (anna.post, anna.hx_post):
        answer = await post(f"{DOOR}/{run.id}/application")
        assert answer.status_code == 409 and "применять нечего" in answer.text
    assert await standing() == stood


async def test_the_history(anna: Browser, worker: Imports, shelf: Shelf, maria: Browser) -> None:
    run = await applied(anna, worker, shelf)
    event = await Event.get(name="import.applied")
    assert (event.data["new"], event.data["dearer"], event.data["supplier"]) == (2, 1, "Маяк-Снаб") and event.actor_id
    for one in await Event.all():
        await write(one, partner_sees=False)
    page = (await anna.get("/history?what=import.applied")).text
    assert "Импорт применён" in page and "Новые товары: 2" in page and f"{DOOR}/{run.id}" in page
    product = shelf.products["DS-1"]
    page = (await anna.get(f"/administration/products/{product.id}/imports")).text
    assert "Маяк-Снаб" in page and "1\xa0234,50" in page
    assert (await maria.get(f"/administration/products/{product.id}/imports")).status_code == 403
    other = await make_product()
    assert "Импорты его не меняли" in (await anna.get(f"/administration/products/{other.id}/imports")).text


async def test_with_htmx(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """The page renews itself while it is worked at, and then no more."""
    run = await previewed(anna, worker, shelf)
    answer = await anna.hx_post(f"{DOOR}/{run.id}/application")
    assert answer.status_code == 200 and 'hx-trigger="every 2s"' in answer.text and "записываются" in answer.text
    assert (await anna.hx_post(f"{DOOR}/{run.id}/application")).status_code == 200
    await worker.do_all()
    answer = await anna.hx_get(f"{DOOR}/{run.id}")
    assert "<html" not in answer.text and "hx-trigger" not in answer.text and "Применён" in answer.text


async def test_strangers(anna: Browser, maria: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await previewed(anna, worker, shelf)
    for door in ("application", "stop", "undoing"):
        assert (await maria.post(f"{DOOR}/{run.id}/{door}")).status_code == 403
        assert (await anna.post(f"{DOOR}/999/{door}")).status_code == 404
    assert (await ImportRun.get(id=run.id)).state is State.READY


@pytest.mark.parametrize("how", ["price", "name", "article", "day"])
async def test_a_preview_that_is_old(anna: Browser, worker: Imports, shelf: Shelf, cast: Cast, how: str) -> None:
    """Somebody changed a price, a product, made one of the new ones, or it is another day: it is looked at anew."""
    run = await previewed(anna, worker, shelf, details="1")
    if how == "price":
        new = NewPrice(shelf.retail, 55_500, Currency.RUB, clock.distributor_today())
        await prices.put(shelf.products["DS-1"].id, new, by=await make_user(cast.anna))
    elif how == "name":
        await Product.filter(article="DS-1").update(name="Названа иначе")
    elif how == "article":
        await make_product(article="new 1", brand=shelf.lighthouse)
    else:
        await ImportRun.filter(id=run.id).update(day=clock.distributor_today() - timedelta(days=1))
    stood = await standing()
    await anna.post(f"{DOOR}/{run.id}/application")
    await worker.do_all()
    run = await ImportRun.get(id=run.id)
    assert (run.state, run.stale) == (State.READY, True) and await standing() == stood
    page = (await anna.get(f"{DOOR}/{run.id}?kind=dearer")).text
    assert "После проверки каталог изменился" in page and ("555,00" in page) is (how == "price")
    await anna.post(f"{DOOR}/{run.id}/application")
    await worker.do_all()
    run = await ImportRun.get(id=run.id)
    assert run.state is State.APPLIED and (await Product.get(article="DS-1")).retail == 123_450


async def test_two_at_once(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """Two previews of one list: the second to be applied is held against what the first has done."""
    first, second = await previewed(anna, worker, shelf), await previewed(anna, worker, shelf)
    for run in (first, second):
        assert (await anna.post(f"{DOOR}/{run.id}/application")).status_code == 303
    await asyncio.gather(worker.do_all(), Imports(worker.settings).do_all())
    await worker.do_all()
    states = [await ImportRun.get(id=run.id) for run in (first, second)]
    assert sorted(one.state for one in states) == [State.APPLIED, State.READY]
    again = next(one for one in states if one.state is State.READY)
    assert again.stale and not again.changes
    assert await Product.filter(article="NEW-1").count() == 1 and await Event.filter(name="import.applied").count() == 1


async def test_the_same_one_by_two_workers(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """One thought the other dead: it is applied once all the same."""
    run = await previewed(anna, worker, shelf)
    await anna.post(f"{DOOR}/{run.id}/application")
    taken = await actions.claim()
    assert taken and await actions.claim() is None
    await ImportRun.filter(id=run.id).update(begun_at=clock.now() - actions.LEASE * 2)
    assert await actions.claim()
    runs = [await ImportRun.get(id=run.id) for _ in range(2)]
    results = await asyncio.gather(*map(applying.apply, runs), return_exceptions=True)
    assert sum(one is None for one in results) == 1, results
    assert await Product.filter(article="NEW-1").count() == 1 and await Event.filter(name="import.applied").count() == 1


@pytest.mark.parametrize("at", ["_write_prices", "_write_stocks", "_write_codes", "_tell"])
async def test_all_or_nothing(
    anna: Browser, worker: Imports, shelf: Shelf, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks in the middle, and the end of the process too, leaves everything as it was."""
    run = await previewed(anna, worker, shelf)
    stood = await standing()
    await anna.post(f"{DOOR}/{run.id}/application")
    with monkeypatch.context() as broken:

        async def breaks(*_arguments: object) -> None:
            raise OperationalError("broken")

        broken.setattr(applying, at, breaks)
        for _ in range(actions.TRIES):
            await worker.do_all()
    assert await standing() == stood and not await Event.filter(name="import.applied").exists()
    run = await ImportRun.get(id=run.id)
    assert (run.state, run.problem) == (State.READY, "failure")
    assert "Что-то сломалось у нас" in (await anna.get(f"{DOOR}/{run.id}")).text
    with monkeypatch.context() as ending:

        async def ends(*_arguments: object) -> None:
            raise asyncio.CancelledError

        await anna.post(f"{DOOR}/{run.id}/application")
        ending.setattr(applying, at, ends)
        with pytest.raises(asyncio.CancelledError):
            await worker.do_all()
    assert await standing() == stood
    assert await worker.do_all() == 1 and (await ImportRun.get(id=run.id)).state is State.APPLIED


async def test_from_a_later_day(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    since = clock.distributor_today() + timedelta(days=5)
    await applied(anna, worker, shelf, since=since.isoformat(), warehouse="")
    product = await Product.get(article="DS-1")
    assert product.retail == 100_000 and (await ProductPrice.get(product_id=product.id)).valid_from == since
    run = await previewed(anna, worker, shelf, since=since.isoformat(), warehouse="")
    assert not run.changes


async def test_prices_of_a_type(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """Retail stays as it is."""
    column = await make_type()
    rows = [["Артикул", "Цена, $"], ["DS-1", 5], ["120", "звоните"]]
    run = await applied(anna, worker, shelf, rows, type=str(column.id), warehouse="")
    assert (await Product.get(article="DS-1")).retail == 100_000
    price = await ProductPrice.get(product__article="DS-1")
    assert (price.price_type_id, price.amount, price.currency) == (column.id, 500, Currency.USD)
    assert await kinds(run) == {"changed": ["DS-1"], "unchanged": ["120"]}, "that there is none need not be said"


async def test_what_is_gone(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """Only told, or taken off sale; and back with the list in which it stands again."""
    await applied(anna, worker, shelf)
    shorter = [row for row in DIRTY if row[1:2] != ["X 3"]]
    run = await applied(anna, worker, shelf, shorter)
    assert (await kinds(run))["gone"] == ["X-3"] and (await Product.get(article="X-3")).discontinued_at is None
    assert not (await previewed(anna, worker, shelf, shorter)).changes
    await applied(anna, worker, shelf)
    run = await applied(anna, worker, shelf, shorter, hide="1")
    assert (await Product.get(article="X-3")).discontinued_at and not (await find("x3", sold=True, limit=5)).ids
    assert not (await previewed(anna, worker, shelf, shorter, hide="1")).changes
    run = await applied(anna, worker, shelf, hide="1")
    assert (await kinds(run))["changed"] == ["X-3"] and (await Product.get(article="X-3")).discontinued_at is None
    assert (await SupplierCode.get(code="x3")).present


async def test_stock_without_warehouses(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    await Warehouse.all().delete()
    await applied(anna, worker, shelf, warehouse="own")
    assert (await Product.get(article="DS-1")).stock == 51 and (await Product.get(article="120")).stock == 0
    assert not (await previewed(anna, worker, shelf, warehouse="own")).changes


async def test_very_many_are_indexed_after_it(
    anna: Browser, worker: Imports, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "QUICK", 1)
    run = await applied(anna, worker, shelf)
    assert run.state is State.APPLIED and len((await find("new1", limit=5)).ids) == 1
    assert "Применён" in (await anna.get(f"{DOOR}/{run.id}")).text


async def test_a_list_that_only_names_products_is_remembered(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await previewed(anna, worker, shelf, [["Артикул", "Цена"], ["SAME", 777], ["DS-1", 1000]], warehouse="")
    assert not run.changes and run.counts["links"] == 2
    assert "Запомнить состав прайса" in (await anna.get(f"{DOOR}/{run.id}")).text
    await anna.post(f"{DOOR}/{run.id}/application")
    await worker.do_all()
    run = await previewed(anna, worker, shelf, [["Артикул", "Цена"], ["SAME", 777], ["z", 1]], warehouse="", new="")
    assert await ImportChange.get(run_id=run.id, kind=Kind.GONE, article="DS-1")


async def test_many_rows_are_kept_in_part(
    anna: Browser, worker: Imports, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of what stays as it is, only what is shown; the totals are of all."""
    monkeypatch.setattr(preview, "SHOWN", 1)
    await applied(anna, worker, shelf)
    run = await previewed(anna, worker, shelf)
    assert run.counts["unchanged"] == 6 and await ImportChange.filter(run_id=run.id, kind=Kind.UNCHANGED).count() == 1
