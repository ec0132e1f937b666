"""POST /administration/imports/{run}/columns: which column is what, and what the list is of; then the preview."""

import pytest

from app.imports.models import ImportChange, ImportRun, State, Supplier
from app.prices.models import ProductPrice
from jobs.imports import Imports
from tests.imports.books import DIRTY, feed, offer, table, workbook
from tests.imports.conftest import (
    DOOR,
    KEY,
    Shelf,
    applied,
    begin,
    fields_of,
    kinds,
    preview,
    previewed,
    terms,
    undone,
)
from tests.site import Browser

LIST = workbook(("Прайс", DIRTY))


async def test_a_dirty_list(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await previewed(anna, worker, shelf)
    assert await kinds(run) == {
        "dearer": ["DS-1"],
        "cheaper": ["120"],
        "changed": ["X-3"],
        "new": ["NEW-1", "4607034567890"],
        "unchanged": ["SAME"],
        "unreadable": ["", "ds 1", "QQ-7", "EURO"],
    }
    told = {
        name: run.counts[name] for name in ("new", "dearer", "cheaper", "changed", "gone", "unchanged", "unreadable")
    }
    assert told == {"new": 2, "dearer": 1, "cheaper": 1, "changed": 1, "gone": 0, "unchanged": 1, "unreadable": 4}
    assert not await ProductPrice.exists()
    again = await ImportChange.get(run_id=run.id, reason="again")
    assert (again.row, again.doubt) == (13, "5")
    page = (await anna.get(f"{DOOR}/{run.id}?kind=unreadable")).text
    for words in ("Нет артикула", "Тот же товар, что в строке 5", "тысячи или дробь", "в рублях и долларах"):
        assert words in page
    page = (await anna.get(f"{DOOR}/{run.id}?kind=new")).text
    assert "12,50\xa0у.е." in page and "NEW-1" in page and "Маяк" in page
    page = (await anna.get(f"{DOOR}/{run.id}?kind=dearer")).text
    assert "1\xa0000,00\xa0₽" in page and "1\xa0234,50\xa0₽" in page and "51" in page


@pytest.mark.parametrize("htmx", [False, True])
async def test_another_heading_is_looked_at(anna: Browser, shelf: Shelf, htmx: bool) -> None:
    """With the columns guessed anew, and nothing kept."""
    at = await begin(anna, LIST)
    fields = fields_of((await anna.get(f"{at}/columns")).text)
    post = anna.hx_post if htmx else anna.post
    answer = await post(f"{at}/columns", {**fields, "header": "0", "do": "look", "new": "1"})
    assert answer.status_code == 200 and ("<html" in answer.text) is not htmx
    looked = fields_of(answer.text)
    assert looked["header"] == "0" and looked["seen"] == "Прайс:0" and looked["new"] == "1"
    answer = await post(f"{at}/columns", {**looked, "header": "2", "do": "look"})
    assert answer.status_code == 422 and "нет заполненной строки" in answer.text
    assert (await ImportRun.get()).state is State.CHOOSING


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"at_article": ""}, "Выберите столбец с артикулами"),
        ({"at_price": ""}, "Выберите столбец с ценами"),
        ({"at_stock": ""}, "Выберите столбец с остатками"),
        ({"type": "", "warehouse": "", "new": ""}, "Выберите, что берётся из прайса"),
        ({"since": "вчера"}, "Это не дата"),
        ({"since": "2020-01-01"}, "Не раньше сегодняшнего дня"),
        ({"since": "2099-01-01"}, "три года"),
        ({"header": "77"}, "нет заполненной строки"),
        ({"s0": ""}, "Выберите хотя бы один лист"),
    ],
)
async def test_what_is_missing(anna: Browser, shelf: Shelf, htmx: bool, fields: dict[str, str], words: str) -> None:
    at = await begin(anna, workbook(("Прайс", DIRTY), ("Ещё", [["a", "b"]])))
    page = (await anna.get(f"{at}/columns")).text
    post = anna.hx_post if htmx else anna.post
    answer = await post(f"{at}/columns", {**fields_of(page), **terms(shelf), "do": "preview", **fields})
    assert answer.status_code == 422 and words in answer.text, answer.text[-3000:]
    assert fields_of(answer.text)["at_name"] == "2" and (await ImportRun.get()).state is State.CHOOSING


async def test_strangers(anna: Browser, maria: Browser, shelf: Shelf) -> None:
    at = await begin(anna, LIST)
    assert (await maria.post(f"{at}/columns", {"do": "preview"})).status_code == 403
    assert (await maria.get(at)).status_code == 403
    assert (await anna.post(f"{DOOR}/999/columns", {"do": "preview"})).status_code == 404


async def test_not_while_it_is_worked_at_or_after_it_was_applied(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await applied(anna, worker, shelf)
    at = f"{DOOR}/{run.id}/columns"
    fields = {**fields_of((await anna.get(at)).text), "do": "preview"}
    for post in (anna.post, anna.hx_post):
        answer = await post(at, fields)
        assert answer.status_code == 409 and "уже применён" in answer.text
    assert (await ImportRun.get(id=run.id)).state is State.APPLIED


async def test_the_next_list_is_read_as_the_last(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """Wherever the columns stand now; and columns that were chosen against the guess."""
    await previewed(anna, worker, shelf, at_stock="", warehouse="", details="1")
    supplier = await Supplier.get()
    moved = [
        ["Шапка"],
        ["Остаток", "Ед. изм.", "Цена, руб.", "Наименование", "Артикул", "№"],
        [5, "шт", 7, "Камера", "DS-1", 1],
    ]
    at = await begin(anna, workbook(("Другой", moved)), key=KEY + "2", supplier=str(supplier.id))
    fields = fields_of((await anna.get(f"{at}/columns")).text)
    assert (fields["header"], fields["at_article"], fields["at_price"], fields["at_stock"]) == ("2", "4", "2", "")
    assert (fields["type"], fields["details"], fields["new"]) == (
        str(shelf.retail.id),
        "1",
        "1",
    ) and "hide" not in fields


async def test_several_sheets(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    first = [["Артикул", "Цена"], ["DS-1", 7]]
    second = [["каталог"], ["Цена", "Артикул"], [8, "120"], [9, "ds1"]]
    at = await begin(anna, workbook(("Камеры", first), ("Питание", second), ("О нас", [["Звоните", "нам"]])))
    fields = {"type": str(shelf.retail.id), "s0": "1", "s1": "1", "s2": "1"}
    run = await preview(anna, worker, at, **fields)
    found = await kinds(run)
    assert found["cheaper"] == ["DS-1", "120"]
    rows = [(one.sheet, one.row, one.reason, one.doubt) for one in await ImportChange.filter(kind="unreadable")]
    assert rows == [("Питание", 4, "again", "2 (Камеры)"), ("О нас", 0, "sheet", "")]


async def test_a_feed_and_a_table(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    content = feed(offer("DS-1", "7.00", vendor="hikvision") + offer("F-1", "5", vendor="Маяк"))
    at = await begin(anna, content, name="feed.yml")
    found = await kinds(await preview(anna, worker, at, type=str(shelf.retail.id), new="1"))
    assert found == {"cheaper": ["DS-1"], "new": ["F-1"]}
    content = table([["Артикул", "Цена"], ["DS-1", "1 000,00"]], encoding="windows-1251")
    at = await begin(anna, content, name="list.csv", key=KEY + "2", supplier=str((await Supplier.get()).id))
    assert await kinds(await preview(anna, worker, at)) == {"unchanged": ["DS-1"]}


@pytest.mark.parametrize(
    ("row", "kind", "reason"),
    [
        (["TWIN", "", 5], "unreadable", "brands"),
        (["TWIN", "Hikvision", 5], "cheaper", ""),
        (["DS-1", "Неведомый", 5], "cheaper", ""),
        (["DS-1", "Маяк", 5], "new", ""),
        (["N-1", "Неведомый", 5], "unreadable", "no_brand"),
        (["N-1", "", 5], "unreadable", "brand"),
        (["N-1", "Маяк", ""], "new", ""),
        (["DS-1", "", ""], "unchanged", ""),
    ],
)
async def test_matching(
    anna: Browser, worker: Imports, shelf: Shelf, row: list[object], kind: str, reason: str
) -> None:
    rows = [["Артикул", "Бренд", "Цена", "Наименование"], [*row, "Камера"]]
    run = await previewed(anna, worker, shelf, rows, warehouse="")
    [change] = await ImportChange.filter(run_id=run.id)
    assert (change.kind.value, change.reason) == (kind, reason)


async def test_known_products_only(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await previewed(anna, worker, shelf, new="", hide="1")
    assert {one.reason for one in await ImportChange.filter(article__in=["NEW-1", "4607034567890"])} == {"unknown"}
    assert run.counts["new"] == 0


async def test_a_heading_gives_the_brand_and_the_category(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    rows = [["Артикул", "Наименование", "Цена"], ["Маяк"], ["N-1", "Муфта", 5], ["IP-камеры"], ["N-2", "Камера", 5]]
    run = await previewed(anna, worker, shelf, rows, warehouse="", category="", brand=str(shelf.hikvision.id))
    first, second = await ImportChange.filter(run_id=run.id).order_by("place")
    assert (first.reason, first.doubt) == ("no_category", "Маяк")
    assert (second.after["brand"], second.after["category"]) == ("HIKVISION", "IP-камеры")


async def test_by_what_the_supplier_called_it_before(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """The article of a product was mended since; the supplier still writes the old one."""
    await applied(anna, worker, shelf)
    product = shelf.products["DS-1"]
    await type(product).filter(id=product.id).update(article="DS-1/B", article_key="ds1b")
    run = await previewed(anna, worker, shelf)
    assert (await kinds(run))["unchanged"][0] == "DS-1/B" and not run.changes


async def test_details_of_known_products(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    rows = [["Артикул", "Наименование", "Ед. изм."], ["DS-1", "Камера новая", "уп. 10 шт"]]
    run = await previewed(anna, worker, shelf, rows, type="", warehouse="", details="1", new="")
    [change] = await ImportChange.filter(run_id=run.id)
    assert change.after == {"name": "Камера новая", "pack": 10, "minimum": 10}
    page = (await anna.get(f"{DOOR}/{run.id}")).text
    assert "Камера новая" in page and "Кратность" in page
    run = await applied(anna, worker, shelf, rows, type="", warehouse="", details="1", new="")
    product = await type(shelf.products["DS-1"]).get(article="DS-1")
    assert (product.name, product.pack, product.minimum) == ("Камера новая", 10, 10) and "новая" in product.search
    await undone(anna, worker, run)
    product = await type(product).get(article="DS-1")
    assert (product.name, product.pack) == (shelf.products["DS-1"].name, 1) and "новая" not in product.search


async def test_a_file_that_is_lost(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    at = await begin(anna, LIST)
    await ImportRun.all().update(stored="lost.xlsx")
    run = await preview(anna, worker, at, **terms(shelf))
    assert run.state is State.FAILED
    page = (await anna.get(at)).text
    assert "Файла больше нет" in page and "Выбрать другой файл" in page
