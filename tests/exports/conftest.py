"""A small catalogue, the worker's part of price lists, and reading what came out."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from app.catalogue.models import Discount, Product
from app.settings import Settings
from jobs.price_lists import PriceLists
from tests.factories import Cast, make_brand, make_product
from tests.site import Browser

KEY = "a-key-that-a-form-was-given"


@pytest.fixture
async def goods(cast: Cast) -> list[Product]:
    """Three products that are sold, one of a brand with a discount of its own; and one that is sold no more."""
    maker = await make_brand(name="Маяк")
    await Discount.create(company=cast.company, brand=maker, percent=2000)
    sold = [
        await make_product(article="00120", name="=1+1", retail=100_000, stock=0),
        await make_product(article="CAM-2", name="Камера <уличная> & «белая»", retail=33_333, stock=70, pack=5),
        await make_product(article="@SUM(A1)", name="Блок", retail=50_000, brand=maker, stock=3, minimum=2),
    ]
    await make_product(article="OLD-1", discontinued_at=cast.company.created_at)
    return sold


@pytest.fixture
def worker(settings: Settings) -> PriceLists:
    """The worker's part of it."""
    return PriceLists(settings)


async def made(browser: Browser, worker: PriceLists, form: str, **fields: str) -> bytes:
    """The file of a price list that was asked for, made and downloaded."""
    answer = await browser.post("/price-lists", {"key": KEY, "format": form, **fields})
    assert answer.status_code == 303, answer.text
    assert await worker.make_all() == 1
    number = answer.headers["location"].rpartition("-")[2]
    file = await browser.get(f"/price-lists/{number}/file")
    assert file.status_code == 200
    return file.content


def workbook(content: bytes) -> list[list[Any]]:
    """The rows of the one sheet of a workbook."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def table(content: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def files(settings: Settings) -> list[Path]:
    """What lies in the folder of price lists."""
    folder = settings.files / "price-lists"
    return sorted(folder.iterdir()) if folder.is_dir() else []
