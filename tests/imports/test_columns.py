"""The headings and columns of price lists, guessed; and rows read by them."""

import pytest

from app.imports import columns, rows
from app.imports.columns import Layout, guess, placed
from app.imports.files import Sheet
from app.imports.rows import Told
from app.money import Currency
from tests.imports.books import DIRTY


def sheet(*cells: list[object], name: str = "") -> Sheet:
    return Sheet(name, [(number, list(row)) for number, row in enumerate(cells, 1) if row])  # type: ignore[arg-type]


def dirty() -> Sheet:
    """The dirty list as the reader gives it."""
    return sheet(*(list(row) for row in DIRTY))


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (["№", "Артикул", "Наименование", "Цена, руб.", "Остаток", "Ед. изм."], "article1 name2 price3 stock4 unit5"),
        (["Код", "Артикул производителя", "Товар", "РРЦ", "Цена дилер"], "article1 name2 price3"),
        (
            ["Part No", "Description", "Brand", "Price, USD", "MOQ", "Stock"],
            "article0 brand2 minimum4 name1 price3 stock5",
        ),
        (["Модель", "Описание", "Цена опт", "Цена розничная"], "article0 name1 price3"),
        (["Артикул", "Цена за упаковку", "Упаковка", "Кол-во"], "article0 pack2 price1 stock3"),
        (
            ["Производитель", "Код", "Номенклатура", "Группа", "Валюта", "Стоимость"],
            "article1 brand0 category3 currency4 name2 price5",
        ),
        (["Артикул", "Наличие на складе", "Кратность отгрузки", "Мин. партия"], "article0 minimum3 pack2 stock1"),
    ],
)
def test_headings(heading: list[object], found: str) -> None:
    layout = guess(sheet(["ООО «Пример»"], [], heading, ["x", "1"]))
    assert layout.header == 3
    assert " ".join(f"{field}{at}" for field, at in sorted(layout.columns.items())) == found


def test_without_headings() -> None:
    table = sheet(*(["", f"DS-{at}", f"Камера уличная номер {at}", 100.5 + at, at] for at in range(20)))
    assert guess(table).columns == {"name": 2, "article": 1, "price": 3, "stock": 4} and guess(table).header == 0


def test_the_same_columns_in_the_next_list() -> None:
    known = guess(dirty())
    moved = sheet(["другая шапка"], ["Цена, руб.", "Артикул", "Наименование", "Ед. изм.", "Остаток", "№"], [5, "A-1"])
    found = placed(moved, known)
    assert found.header == 2 and found.columns["price"] == 0 and found.columns["article"] == 1
    other = sheet(["Артикул", "Цена"], ["A-1", 5])
    assert placed(other, known) == guess(other)
    bare = Layout(0, {"article": 1, "price": 0}, {})
    assert placed(other, bare).columns == {"article": 1, "price": 0}


def test_names_of_columns() -> None:
    assert [columns.letters(at) for at in (0, 25, 26, 51, 255)] == ["A", "Z", "AA", "AZ", "IV"]


def read(table: Sheet) -> list[Told]:
    return list(rows.rows_of(table, guess(table), Currency.RUB))


def test_rows() -> None:
    told = {one.row: one for one in read(dirty())}
    assert sorted(told) == [5, 6, 10, 11, 12, 13, 14, 15, 17, 18], "headings, repeated ones and empty rows are none"
    assert told[5].heading == "HIKVISION" and told[10].heading == "Маяк" and told[17].heading == "IP-камеры"
    assert (told[6].article, told[6].key) == ("120", "120") and told[15].article == "4607034567890"
    assert (told[12].unit, told[12].pack, told[15].unit, told[15].pack) == ("шт", 10, "м", 305)
    price = told[12].price
    assert price and price.currency is Currency.USD
    reasons = {row: (one.reason, one.doubt) for row, one in told.items() if one.reason}
    assert reasons == {11: ("article", ""), 14: ("thousands", "1,234"), 18: ("currency", "€ 10")}


@pytest.mark.parametrize(
    ("heading", "row", "currency"),
    [
        (["Артикул", "Цена, $"], ["A-1", 5], Currency.USD),
        (["Артикул", "Цена"], ["A-1", 5], Currency.RUB),
        (["Артикул", "Цена", "Валюта"], ["A-1", 5, "у.е."], Currency.USD),
        (["Артикул", "Цена", "Валюта"], ["A-1", "5 $", "RUB"], Currency.USD),
        (["Артикул", "Цена, руб."], ["A-1", "5 у.е."], Currency.USD),
    ],
)
def test_currencies(heading: list[object], row: list[object], currency: Currency) -> None:
    [told] = read(sheet(heading, row))
    assert told.price and told.price.currency is currency


def test_what_cannot_be_read_says_why() -> None:
    table = sheet(
        ["Артикул", "Ед. изм.", "Упаковка", "Мин. партия", "Остаток", "Валюта", "Цена"],
        ["A-1", "очень длинная", 1, 1, 1, "", 1],
        ["A-2", "шт", "много", 1, 1, "", 1],
        ["A-3", "шт", 10.5, 1, 1, "", 1],
        ["A-4", "шт", 1, 0, 1, "", 1],
        ["A-5", "шт", 1, 1, "так", "", 1],
        ["A-6", "шт", 1, 1, 1, "фунты", 1],
        ["—", "шт", 1, 1, 1, "", 1],
        ["A" * 81, "шт", 1, 1, 1, "", 1],
    )
    found = [one.reason for one in read(table)]
    assert found == ["unit", "pack", "pack", "minimum", "stock", "currency", "article", "long_article"]
