"""Files of every kind as rows of cells; and files that are none, refused in words, quickly and in little memory."""

import asyncio
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.i18n import speaking
from app.imports import files, reasons
from app.imports.files import Sheet
from app.imports.limits import Refused
from app.settings import ROOT
from tests.imports import books

ROWS = [["Артикул", "Цена", "Остаток"], ["КАМ-1", 12.5, 3], ["4607034567890", "1 234,50", ">50"]]
CPU, MEMORY = 2.0, 100.0  # seconds of the processor; megabytes
MEASURED = """
import resource, subprocess, sys
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
subprocess.run([sys.executable, "-m", "app.imports.reading", *sys.argv[1:]], **quiet)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


async def read(tmp_path: Path, name: str, content: bytes, **options: Any) -> list[Sheet]:
    """The sheets of a file."""
    path = tmp_path / name
    path.write_bytes(content)
    return await files.read(path, **options)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.xlsx", books.workbook(("Лист", ROWS))),
        ("list.ods", books.opendocument(ROWS)),
        ("list.xls", books.old_workbook(ROWS)),
    ],
)
async def test_numbers_stay_numbers(tmp_path: Path, name: str, content: bytes) -> None:
    [sheet] = await read(tmp_path, name, content)
    assert sheet.name == "Лист"
    assert sheet.rows[1] == (2, ["КАМ-1", 12.5, 3]) and sheet.rows[2] == (3, ["4607034567890", "1 234,50", ">50"])


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "utf-16"])
async def test_tables(tmp_path: Path, mark: str, encoding: str) -> None:
    [sheet] = await read(
        tmp_path, "list.csv", books.table([["Артикул", "Цена"], ["КАМ-1", 5]], mark=mark, encoding=encoding)
    )
    assert sheet.rows == [(1, ["Артикул", "Цена"]), (2, ["КАМ-1", "5"])]


async def test_sheets_with_their_row_numbers(tmp_path: Path) -> None:
    content = books.workbook(
        ("Пустой", []), ("Прайс", [[], ["x", "y"], [], ["a", 1]]), ("Служебный", [["a"]]), hidden=["Служебный"]
    )
    [sheet] = await read(tmp_path, "list.xlsx", content)
    assert (sheet.name, sheet.rows) == ("Прайс", [(2, ["x", "y"]), (4, ["a", 1])])
    [sheet] = await read(tmp_path, "list.xlsx", content, most=2)
    assert len(sheet.rows) == 1


async def test_a_number_as_people_see_it(tmp_path: Path) -> None:
    content = books.workbook(("Лист", [["a", 4607034567890.0, 0.1 + 0.2, 100.0, "=1+1", True]]))
    [sheet] = await read(tmp_path, "list.xlsx", content)
    assert sheet.rows[0][1][:4] == ["a", 4607034567890, 0.3, 100]


async def test_a_feed(tmp_path: Path) -> None:
    """With a DOCTYPE, as the format once demanded, in the encoding that it names."""
    offers = books.offer("DS-1", "100.50", vendor="HIKVISION", name="Камера <1> & «2»")
    offers += (
        '<offer id="7" available="false"><price>5</price><currencyId>USD</currencyId><name>Без кода</name></offer>'
    )
    offers += books.offer("DS-2", "7").replace("</offer>", '<param name="Остаток на складе">&gt;50</param></offer>')
    content = books.feed(offers, before='<!DOCTYPE yml_catalog SYSTEM "shops.dtd">', encoding="windows-1251")
    [sheet] = await read(tmp_path, "list.yml", content)
    first, second, third = (cells for _number, cells in sheet.rows[1:])
    assert first == ["DS-1", "Камера <1> & «2»", "HIKVISION", "IP-камеры", "", "", "", "100.50", "RUB", ""]
    assert (second[0], second[1], second[8:]) == ("7", "Без кода", ["USD", "0"]) and third[9] == ">50"
    assert [number for number, _cells in sheet.rows] == [1, 2, 3, 4]


async def test_a_feed_of_very_many_offers(tmp_path: Path) -> None:
    content = books.feed("".join(books.offer(f"DS-{at}", "5.00") for at in range(20_000)))
    [sheet] = await read(tmp_path, "list.yml", content)
    assert len(sheet.rows) == 20_001


@pytest.mark.parametrize("case", [case for case, (name, _make, _words) in books.BAD.items() if files.kind(name)])
async def test_what_is_not_taken(tmp_path: Path, case: str) -> None:
    """Refused in words with the row, within two seconds of the processor and a hundred megabytes."""
    name, make, words = books.BAD[case]
    content = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Refused) as refused:
        await read(tmp_path, name, content)
    with speaking("ru"):
        assert words in reasons.of_run(refused.value.code, refused.value.values)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY * 1024
    took, memory = await asyncio.to_thread(measured, tmp_path / name)
    assert took < CPU and memory < MEMORY, (took, memory)


async def test_a_long_list_within_the_same_memory(tmp_path: Path) -> None:
    rows = [
        ["Артикул", "Наименование", "Цена"],
        *([f"DS-{at:05}", f"Камера {at} " * 3, at + 0.5] for at in range(20_000)),
    ]
    [sheet] = await read(tmp_path, "list.xlsx", books.workbook(("Лист", rows)))
    assert len(sheet.rows) == 20_001
    took, memory = await asyncio.to_thread(measured, tmp_path / "list.xlsx")
    assert took < CPU and memory < MEMORY, (took, memory)


def measured(path: Path) -> tuple[float, float]:
    """Seconds of the processor and megabytes that the reader of a file takes: all of it, Python itself too."""
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path), "50000"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    took, memory = map(float, told.stdout.split())
    return took, memory
