"""POST /quick-order/file: a list from a spreadsheet, and files that are none."""

import io
import resource
import time
import zipfile

import pytest
import xlsxwriter

from app.catalogue.models import Product
from app.quick_order.models import QuickOrder
from tests.quick_order.conftest import paste, states
from tests.site import Browser

DOOR, KEY = "/quick-order/file", "a-key-that-a-form-was-given"


def spreadsheet(rows: list[list[object]]) -> bytes:
    """An XLSX file."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def bomb(size: int) -> bytes:
    """A small workbook whose sheet unpacks to `size` bytes."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b"0" * 1_000_000)
    return content.getvalue()


async def send(browser: Browser, name: str, content: bytes, key: str = KEY) -> tuple[int, str]:
    """The status and the page of an upload."""
    answer = await browser.http.post(DOOR, data={"key": key}, files={"files": (name, content)})
    return answer.status_code, answer.text


async def test_a_workbook_and_twice(alice: Browser, goods: dict[str, Product]) -> None:
    await paste(alice, "CAB-1 10")
    content = spreadsheet([["Артикул", "Количество"], ["CAM-100", 4], ["OLD-1", "=1+1"]])
    for _ in range(2):
        assert (await send(alice, "список.xlsx", content))[0] == 303
    assert states((await alice.get("/quick-order")).text) == ["ready", "ready", "снято с продажи"]


async def test_a_table(alice: Browser, goods: dict[str, Product]) -> None:
    assert (await send(alice, "../../etc/list.csv", "CAM-100;2\r\nTWIN-1;1".encode("cp1251")))[0] == 303
    assert states((await alice.get("/quick-order")).text) == ["ready", "который?"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.xlsx", b"", "Файл не читается"),
        ("list.csv", b"", "нет ни одной строки"),
        ("list.xlsx", b"GIF89a" + b"\0" * 500, "Файл не читается"),
        ("list.exe", b"MZ", "Файл не читается"),
        ("..", b"CAM-100 2", "Файл не читается"),
        ("list.csv", b"\0\1\2", "Файл не читается"),
        ("list.csv", "\n".join(f"чепуха {n}" for n in range(2000)).encode(), "Не больше 400 строк"),
    ],
)
async def test_what_is_no_list(
    alice: Browser, goods: dict[str, Product], name: str, content: bytes, words: str
) -> None:
    await paste(alice, "CAM-100 2")
    status, page = await send(alice, name, content)
    assert status == 422 and words in page and states(page) == ["ready"], page[-3000:]


async def test_a_bomb(alice: Browser, goods: dict[str, Product]) -> None:
    content = bomb(300_000_000)
    assert len(content) < 1_000_000
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    status, page = await send(alice, "list.xlsx", content)
    assert status == 422 and "Файл не читается" in page
    assert time.process_time() - began < 2 and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


async def test_strangers(vera: Browser, maria: Browser, guest: Browser, goods: dict[str, Product]) -> None:
    for browser in (vera, maria):
        assert (await send(browser, "list.csv", b"CAM-100 2"))[0] == 403
    assert (await send(guest, "list.csv", b"CAM-100 2"))[0] == 303
    assert not await QuickOrder.exists()
