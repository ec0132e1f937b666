"""Prices without VAT: recognised by their heading, and put into the catalogue with the VAT of each product."""

from datetime import date
from decimal import Decimal

import pytest

from app import clock
from app.catalogue.models import Product
from app.imports import columns, rows
from app.imports.cells import DEAREST, Price, Unclear
from app.imports.models import ImportChange, ImportRun, State, Supplier
from app.imports.terms import Terms
from app.money import Currency, Vat, rounded, with_vat
from jobs.imports import Imports
from tests.imports.books import Rows, workbook
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
    standing,
    terms,
    undone,
)
from tests.imports.test_columns import sheet
from tests.site import Browser

NET: Rows = [
    ["Артикул", "Наименование", "Цена без НДС, руб."],
    ["DS-1", "Камера", 819672.131147],
    ["120", "Блок питания", "100,00"],
    ["X-3", "Муфта", "звоните"],
    ["SAME", "Цена та же", "636,8852"],
    ["NEW-1", "Новая камера", 1000],
]
BRAND = {"warehouse": ""}


@pytest.mark.parametrize(
    ("heading", "at"),
    [
        (["Артикул", "Цена без НДС", "Цена с НДС"], 2),
        (["Артикул", "Цена с НДС", "Цена без НДС"], 1),
        (["Артикул", "РРЦ без НДС", "Оптовая цена"], 2),
        (["Артикул", "Цена, без учёта НДС", "РРЦ без\u00a0НДС"], 2),
        (["Артикул", "Стоимость (без НДС)"], 1),
    ],
)
def test_such_prices_are_taken_when_there_are_no_others(heading: list[object], at: int) -> None:
    assert columns.guess(sheet(heading, ["x", "1", "2"])).columns["price"] == at


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("цена без ндс", True),
        ("цена без учёта ндс", True),
        ("цена, ндс не включен", True),
        ("цена (не вкл. ндс)", True),
        ("цена + ндс", True),
        ("price excl. vat", True),
        ("price w/o vat", True),
        ("цена с ндс", False),
        ("цена с учетом ндс", False),
        ("цена, вкл. ндс", False),
        ("цена, в т.ч. ндс 22 %", False),
        ("цена", None),
        ("цена, руб.", None),
        ("цены с ндс и без ндс", None),
        ("цена, ставка ндс", None),
    ],
)
def test_what_a_heading_says(text: str, said: bool | None) -> None:
    assert columns.without_vat(text) is said


@pytest.mark.parametrize(
    ("above", "heading", "net"),
    [
        ("Прайс-лист", "Цена без НДС", True),
        ("Все цены без НДС", "Цена", True),
        ("Все цены без НДС", "Цена с НДС", False),
        ("Все цены с НДС", "Цена", False),
        ("Работаем без НДС", "Цена", False),
    ],
)
def test_what_stands_above(above: str, heading: str, net: bool) -> None:
    table = sheet([above], ["Артикул", heading], ["A-1", 5])
    layout = columns.guess(table)
    assert columns.net(table, layout) is net
    [told] = rows.rows_of(table, layout, Currency.RUB)
    assert told.price == Price(500, Currency.RUB, net=net)
    for said in (True, False):
        [told] = rows.rows_of(table, layout, Currency.RUB, said)
        assert told.price and told.price.net is said


def test_rounding_once() -> None:
    """The VAT is added to what stands there, not to whole kopecks of it."""
    net = Price(81967213, Currency.RUB, Decimal("81967213.1147"), net=True)
    assert [net.gross(rate) for rate in (22, 10, 0, None)] == [100_000_000, 90_163_934, 81_967_213, 81_967_213]
    assert rounded(with_vat(Decimal(5), 10)) == 6 and rounded(with_vat(Decimal(4), 10)) == 4
    assert Price(500, None, Decimal(500)).gross(22) == 500
    with pytest.raises(Unclear):
        Price(DEAREST - 1, None, Decimal(DEAREST - 1), net=True).gross(22)


def test_terms_that_were_kept_before() -> None:
    kept = Terms(sheets=("Прайс",), price_type=3).as_json()
    assert Terms.of(kept).net is None and Terms.of({**kept, "net": True}).net is True
    del kept["net"]
    assert Terms.of(kept).net is False and Terms.of(kept).price_type == 3


async def test_the_vat_of_each_product(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    await Product.filter(article="120").update(vat=Vat.TEN)
    await Product.filter(article="SAME").update(vat=Vat.STANDARD)
    run = await previewed(anna, worker, shelf, NET, **BRAND, brand=str(shelf.hikvision.id))
    assert await kinds(run) == {"dearer": ["DS-1"], "cheaper": ["120"], "changed": ["X-3"], "new": ["NEW-1"]} | {
        "unchanged": ["SAME"]
    }
    after = {one.article: one.after.get("price") for one in await ImportChange.filter(run_id=run.id)}
    assert after == {
        "DS-1": [100_000_000, "RUB"],
        "120": [11_000, "RUB"],
        "X-3": [0, "RUB"],
        "SAME": None,
        "NEW-1": [122_000, "RUB"],
    }
    page = (await anna.get(f"{DOOR}/{run.id}?kind=dearer")).text
    assert "Цены в файле — без НДС" in page and "1\xa0000\xa0000,00\xa0₽" in page and run.counts["net"] == 5


async def test_applied_again_and_undone(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    stood = await standing()
    run = await applied(anna, worker, shelf, NET, **BRAND, brand=str(shelf.hikvision.id))
    made = await Product.get(article="NEW-1")
    assert run.state is State.APPLIED and (made.retail, made.vat) == (122_000, Vat.STANDARD)
    assert (await Product.get(article="DS-1")).retail == 100_000_000
    again = await previewed(anna, worker, shelf, NET, **BRAND, brand=str(shelf.hikvision.id))
    assert not again.changes and again.counts["unchanged"] == 5
    await undone(anna, worker, run)
    assert await standing() == stood


async def test_a_product_whose_vat_changed_after_the_preview(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    run = await previewed(anna, worker, shelf, NET, **BRAND, new="")
    await Product.filter(article="DS-1").update(vat=Vat.NONE)
    await anna.post(f"{DOOR}/{run.id}/application")
    await worker.do_all()
    run = await ImportRun.get(id=run.id)
    assert (run.state, run.stale) == (State.READY, True)
    assert (await ImportChange.get(run_id=run.id, article="DS-1")).after["price"] == [81_967_213, "RUB"]


async def test_the_rate_of_the_day_from_which_prices_hold(
    anna: Browser, worker: Imports, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = clock.distributor_today()
    later = date(day.year + 1, 1, 1)

    async def rates() -> dict[Vat, list[tuple[date, int | None]]]:
        return {vat: [(date(2019, 1, 1), 22), (later, 25)] for vat in Vat}

    monkeypatch.setattr("app.imports.standing.vat_rates", rates)
    run = await previewed(anna, worker, shelf, NET, **BRAND, new="", since=later.isoformat())
    assert (await ImportChange.get(run_id=run.id, article="120")).after["price"] == [12_500, "RUB"]


@pytest.mark.parametrize("htmx", [False, True])
async def test_the_form(anna: Browser, worker: Imports, shelf: Shelf, htmx: bool) -> None:
    """As the heading says, unless somebody says it; remembered while the prices are headed alike."""
    at = await begin(anna, workbook(("Прайс", NET)))
    page = (await anna.get(f"{at}/columns")).text
    assert fields_of(page)["vat"] == "" and "по заголовку столбца" in page
    post = anna.hx_post if htmx else anna.post
    answer = await post(
        f"{at}/columns", {**fields_of(page), **terms(shelf), "vat": "without", "at_article": "", "do": "preview"}
    )
    assert answer.status_code == 422 and fields_of(answer.text)["vat"] == "without"
    run = await preview(anna, worker, at, **terms(shelf, warehouse="", new="", vat="with"))
    assert (await ImportChange.get(run_id=run.id, article="120")).after["price"] == [10_000, "RUB"]
    assert run.terms["net"] is False and not run.counts["net"]
    assert "Цены в файле — без НДС" not in (await anna.get(at)).text
    supplier = str((await Supplier.get()).id)
    at = await begin(anna, workbook(("Прайс", NET)), key=KEY + "2", supplier=supplier)
    assert fields_of((await anna.get(f"{at}/columns")).text)["vat"] == "with"
    other = [["Артикул", "Наименование", "Цена"], ["DS-1", "Камера", 5]]
    at = await begin(anna, workbook(("Прайс", other)), key=KEY + "3", supplier=supplier)
    assert fields_of((await anna.get(f"{at}/columns")).text)["vat"] == ""


async def test_a_supplier_who_was_never_asked(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    """What the supplier's terms do not say is preset by the heading; a run that was begun before stays with VAT."""
    at = await begin(anna, workbook(("Прайс", NET)))
    run = await preview(anna, worker, at, **terms(shelf, warehouse="", new=""))
    kept = {name: value for name, value in run.terms.items() if name != "net"}
    await Supplier.all().update(terms=kept)
    await ImportRun.all().update(terms=kept)
    assert fields_of((await anna.get(f"{at}/columns")).text)["vat"] == "with"
    at = await begin(anna, workbook(("Прайс", NET)), key=KEY + "2", supplier=str((await Supplier.get()).id))
    assert fields_of((await anna.get(f"{at}/columns")).text)["vat"] == ""
