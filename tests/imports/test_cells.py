"""What stands in the cells of price lists, by table."""

import pytest

from app.imports import cells
from app.imports.cells import Packing, Price, Unclear
from app.money import Currency

RUB, USD = Currency.RUB, Currency.USD


@pytest.mark.parametrize(
    ("cell", "amount", "currency"),
    [
        ("1 234,50 ₽", 123450, RUB),
        ("1\u00a0234,50\u202fруб.", 123450, RUB),
        ("1'234.50", 123450, None),
        ("1,234.50", 123450, None),
        ("1.234,50", 123450, None),
        ("1.234.567", 123456700, None),
        ("12 345", 1234500, None),
        (1234.5, 123450, None),
        (12.345, 1235, None),
        (120, 12000, None),
        ("$12.5", 1250, USD),
        ("12,50 у.е.", 1250, USD),
        ("12.5 USD", 1250, USD),
        ("1500р.", 150000, RUB),
        ("100.00 руб./шт", 10000, RUB),
        ("0,125", 13, None),
        ("по запросу", 0, None),
        ("Звоните!", 0, None),
        ("call", 0, None),
        ("—", 0, None),
        (0, 0, None),
    ],
)
def test_prices(cell: str | float, amount: int, currency: Currency | None) -> None:
    assert cells.price(cell) == Price(amount, currency)


def test_an_empty_cell_says_nothing() -> None:
    assert cells.price(" ") is None and cells.stock("") is None and cells.count("", 9, "pack") is None


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1,234", "thousands"),
        ("1.234", "thousands"),
        ("1.23.4", "price"),
        ("€ 10", "currency"),
        ("10 EUR", "currency"),
        ("бесплатно", "price"),
        ("-5", "price"),
        (-5, "price"),
        ("от 100", "price"),
        ("9" * 40, "price"),
        (1e300, "price"),
    ],
)
def test_no_prices(cell: str | float, reason: str) -> None:
    with pytest.raises(Unclear) as unclear:
        cells.price(cell)
    assert unclear.value.reason == reason


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        (">50", 51),
        ("> 1 000", 1001),
        ("≥ 50", 50),
        ("50+", 50),
        ("более 100", 101),
        ("<10", 1),
        ("мало", 1),
        ("есть", 1),
        ("+++", 1),
        ("нет", 0),
        ("Под заказ", 0),
        ("-", 0),
        ("звоните", None),
        ("по запросу", None),
        ("12 шт", 12),
        ("1 200,7 м", 1200),
        (12.0, 12),
        (-3, 0),
    ],
)
def test_stocks(cell: str | float, quantity: int | None) -> None:
    assert cells.stock(cell) == quantity


@pytest.mark.parametrize("cell", ["так", "9" * 30, 1e12])
def test_no_stocks(cell: str | float) -> None:
    with pytest.raises(Unclear):
        cells.stock(cell)


@pytest.mark.parametrize(
    ("text", "packing"),
    [
        ("Шт.", Packing("шт")),
        ("штук", Packing("шт")),
        ("уп. 10 шт", Packing("шт", 10)),
        ("упаковка по 100 шт.", Packing("шт", 100)),
        ("бухта 305 м", Packing("м", 305)),
        ("305 м/бухта", Packing("м", 305)),
        ("10шт/уп", Packing("шт", 10)),
        ("пог. м", Packing("м")),
        ("к-т", Packing("компл")),
        ("10", Packing("", 10)),
        ("", Packing()),
    ],
)
def test_packs(text: str, packing: Packing) -> None:
    assert cells.packing(text) == packing
