"""The words beside a product."""

from datetime import UTC, date, datetime

import pytest

from app import clock
from app.catalogue.stock import FEW, PLENTY, stock_mark
from app.i18n import speaking

DAY = date(2026, 12, 2)


@pytest.mark.parametrize(
    ("stock", "restock_on", "discontinued", "expected"),
    [
        (PLENTY + 1, None, False, ("good", "In stock")),
        (PLENTY, None, False, ("good", f"{PLENTY}\u00a0шт")),
        (FEW + 1, DAY, False, ("good", f"{FEW + 1}\u00a0шт")),
        (FEW, DAY, False, ("warn few", f"Only {FEW}\u00a0шт left")),
        (1, None, False, ("warn few", "Only 1\u00a0шт left")),
        (0, DAY, False, ("warn none", "None, expected on 2\u00a0December")),
        (0, date(2026, 11, 24), False, ("warn none", "None, expected on 24\u00a0November")),
        (0, date(2026, 11, 23), False, ("bad none", "Out of stock")),
        (0, None, False, ("bad none", "Out of stock")),
        (PLENTY + 1, DAY, True, ("bad none", "Discontinued")),
    ],
)
def test_marks(monkeypatch, stock: int, restock_on: date | None, discontinued: bool, expected: tuple[str, str]) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    with speaking("en"):
        assert stock_mark(stock, restock_on, discontinued, "шт") == expected
