"""POST /price-lists: a price list is asked for, made by the worker, downloaded, and forgotten after a while."""

import asyncio
import os
import zipfile
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest

from app import clock
from app.catalogue.models import Product
from app.exports import actions, making, store
from app.exports.models import PriceList
from app.history.models import Event
from app.settings import Settings
from jobs.price_lists import PriceLists
from tests.exports.conftest import KEY, files, made, table, workbook
from tests.factories import Cast
from tests.site import Browser

ASKED = {"key": KEY, "format": "csv"}


async def test_a_workbook(alice: Browser, cast: Cast, goods: list[Product], worker: PriceLists) -> None:
    content = await made(alice, worker, "xlsx")
    head, *rows = workbook(content)
    assert head[0] == "Артикул" and head[-2:] == ["Ваша цена, ₽", "Ставка НДС"]
    by_article = {row[0]: row for row in rows}
    assert set(by_article) == {"00120", "CAM-2", "@SUM(A1)"}, "the discontinued one is not for sale"
    assert by_article["00120"][1] == "=1+1" and by_article["00120"][8:] == [1000.0, 0.15, 850.0, 22.0]
    assert by_article["CAM-2"][5:8] == [5.0, 1.0, "В наличии"] and by_article["CAM-2"][10] == 283.33
    assert by_article["@SUM(A1)"][9:11] == [0.2, 400.0]
    with zipfile.ZipFile(BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        names = packed.read("xl/workbook.xml").decode()
    assert "<f>" not in sheet and "<hyperlink" not in sheet
    assert 'state="frozen"' in sheet and 'paperSize="9"' in sheet and "numberStoredAsText" in sheet
    assert "_xlnm.Print_Area" in names and "_xlnm.Print_Titles" in names


async def test_a_table(bob: Browser, goods: list[Product], worker: PriceLists) -> None:
    content = await made(bob, worker, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = {row[0]: row for row in table(content)}
    assert rows["00120"][1] == "'=1+1" and rows["00120"][8:11] == ["1000,00", "15,00", "850,00"]
    assert rows["'@SUM(A1)"][10] == "400,00" and len(rows) == 4


async def test_a_feed(vera: Browser, goods: list[Product], worker: PriceLists) -> None:
    feed = ElementTree.fromstring(await made(vera, worker, "yml"))
    assert feed.find("shop/currencies/currency").attrib == {"id": "RUB", "rate": "1"}  # type: ignore[union-attr]
    offers = {one.findtext("vendorCode"): one for one in feed.iterfind("shop/offers/offer")}
    assert offers.keys() == {"00120", "CAM-2", "@SUM(A1)"}
    camera = offers["CAM-2"]
    assert camera.get("available") == "true" and offers["00120"].get("available") == "false"
    assert (camera.findtext("price"), camera.findtext("oldprice")) == ("283.33", "333.33")
    assert camera.findtext("name") == "Камера <уличная> & «белая»" and camera.findtext("currencyId") == "RUB"
    ids = {one.get("id") for one in feed.iterfind("shop/categories/category")}
    assert camera.findtext("categoryId") in ids


async def test_only_some_brands(alice: Browser, goods: list[Product], worker: PriceLists) -> None:
    content = await made(alice, worker, "csv", **{f"b{goods[2].brand_id}": "1", "b999": "1"})
    assert [row[0] for row in table(content)[1:]] == ["'@SUM(A1)"]
    event = await Event.get(name="price_list.asked")
    assert event.data["format"] == "csv"


async def test_with_htmx(alice: Browser, goods: list[Product], worker: PriceLists) -> None:
    answer = await alice.hx_post("/price-lists", ASKED)
    one = await PriceList.get()
    assert answer.status_code == 200 and f'hx-get="/price-lists/{one.id}"' in answer.text
    row = (await alice.hx_get(f"/price-lists/{one.id}")).text
    assert row.startswith(f'<tr role="row" id="list-{one.id}"') and "готовится" in row
    await worker.make_all()
    row = (await alice.hx_get(f"/price-lists/{one.id}")).text
    assert "hx-get" not in row and f'href="/price-lists/{one.id}/file"' in row


async def test_without_javascript(alice: Browser, goods: list[Product], worker: PriceLists) -> None:
    await alice.post("/price-lists", ASKED)
    one = await PriceList.get()
    assert (await alice.get(f"/price-lists/{one.id}/file")).status_code == 404, "it is not made yet"
    assert f'href="/price-lists/{one.id}"' in (await alice.get("/price-lists")).text
    await worker.make_all()
    assert (await alice.get(f"/price-lists/{one.id}")).headers["location"] == f"/price-lists#list-{one.id}"
    page = (await alice.get("/price-lists")).text
    assert "Скачать" in page and "3 товара" in page


async def test_strangers_and_staff(alice: Browser, charlie: Browser, maria: Browser, worker: PriceLists) -> None:
    await alice.post("/price-lists", ASKED)
    await worker.make_all()
    one = await PriceList.get()
    for path in (f"/price-lists/{one.id}", f"/price-lists/{one.id}/file"):
        assert (await charlie.get(path)).status_code == 404
        assert (await maria.get(path)).status_code == 403
    assert f"list-{one.id}" not in (await charlie.get("/price-lists")).text


async def test_no_format(alice: Browser) -> None:
    for answer in (
        await alice.post("/price-lists", {"key": KEY, "format": "doc", "b1": "1"}),
        await alice.hx_post("/price-lists", {"key": KEY, "format": ""}),
    ):
        assert answer.status_code == 422 and "Выберите формат" in answer.text
    assert not await PriceList.exists()


async def test_doubled(alice: Browser, bob: Browser) -> None:
    await asyncio.gather(*(alice.post("/price-lists", ASKED) for _ in range(4)))
    await bob.post("/price-lists", {**ASKED, "key": KEY + "-another"})
    assert await PriceList.all().count() == 1
    assert await Event.filter(name="price_list.asked").count() == 1


async def test_too_many(alice: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_WAITING", 1)
    await alice.post("/price-lists", ASKED)
    for post in (alice.post, alice.hx_post):
        answer = await post("/price-lists", {"key": KEY + "-2", "format": "xlsx"})
        assert answer.status_code == 409 and "Уже готовятся" in answer.text
    assert await PriceList.all().count() == 1


async def test_a_writer_that_fails(
    alice: Browser, worker: PriceLists, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await alice.post("/price-lists", ASKED)
    monkeypatch.setattr(making, "PATIENCE", 0.0)
    assert await worker.make_all() == 0
    one = await PriceList.get()
    assert (one.state, one.attempts) == ("failed", 3) and not files(settings)
    assert "не получился" in (await alice.get("/price-lists")).text


async def test_a_worker_that_died(alice: Browser, worker: PriceLists, monkeypatch: pytest.MonkeyPatch) -> None:
    await alice.post("/price-lists", ASKED)
    assert await actions.claim() and await worker.make_all() == 0, "somebody has it in hand"
    later = clock.now() + actions.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert await worker.make_all() == 1


async def test_several_workers(alice: Browser, settings: Settings) -> None:
    for number, form in enumerate(("csv", "yml", "xlsx")):
        await alice.post("/price-lists", {"key": f"{KEY}-{number}", "format": form})
    workers = [PriceLists(settings) for _ in range(3)]
    assert sum(await asyncio.gather(*(worker.make_all() for worker in workers))) == 3
    assert await PriceList.filter(attempts=1).count() == 3 and len(files(settings)) == 3


async def test_old_files_go(
    alice: Browser, worker: PriceLists, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(alice, worker, "csv")
    assert await store.sweep(settings) == 0
    later = clock.now() + timedelta(days=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    [file] = files(settings)
    os.utime(file, (0, 0))
    assert await store.sweep(settings) == 1 and not files(settings) and not await PriceList.exists()
