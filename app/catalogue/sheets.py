"""Spreadsheets with lists of products, as rows of cells parted by tabs: what app.catalogue.lists reads.

A workbook is read by a process of its own with little memory and time: one that pretends to have a million columns
ends that process and not the site.
"""

import asyncio
import csv
import io
import json
import resource
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any, BinaryIO

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
TEXTS = frozenset({".csv", ".txt", ".tsv"})
UNPACKED = 60_000_000  # bytes that a workbook may be unpacked
MEMORY = 1_000_000_000  # bytes for the process that reads it
SECONDS = 10
MOST_COLUMNS = 60
_CELL = 200  # characters


class Unreadable(Exception):
    """The file is damaged, or no spreadsheet at all."""


async def rows(file: BinaryIO, name: str, most: int) -> list[str]:
    """The rows of a file, at most `most` and one (to know that there are more). Raises Unreadable."""
    kind = PurePosixPath(name).suffix.casefold()
    if kind in TEXTS:
        return await asyncio.to_thread(_of_text, file, most)
    if kind not in WORKBOOKS:
        raise Unreadable
    with tempfile.NamedTemporaryFile(suffix=kind) as copy:
        await asyncio.to_thread(_copy, file, copy)
        return await _of_workbook(copy.name, most)


def _copy(file: BinaryIO, copy: Any) -> None:
    file.seek(0)
    copy.write(file.read())
    copy.flush()
    if zipfile.is_zipfile(copy.name):
        try:
            with zipfile.ZipFile(copy.name) as packed:
                if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                    raise Unreadable
        except zipfile.BadZipFile as broken:
            raise Unreadable from broken


async def _of_workbook(path: str, most: int) -> list[str]:
    # -P: the modules beside this file have names of their own, and must not be taken for others
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", __file__, path, str(most + 1)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        told, _ = await asyncio.wait_for(process.communicate(), SECONDS + 5)
    except TimeoutError as slow:
        process.kill()
        await process.wait()
        raise Unreadable from slow
    if process.returncode:
        raise Unreadable
    found: list[str] = json.loads(told)
    return found


def _of_text(file: BinaryIO, most: int) -> list[str]:
    file.seek(0)
    content = file.read()
    try:
        text = decoded(content)
        found: list[str] = []
        for row in csv.reader(io.StringIO(text), delimiter=delimiter(text)):
            found.append(_joined(row))
            if len(found) > most:
                break
    except (UnicodeDecodeError, csv.Error) as broken:
        raise Unreadable from broken
    return found


def delimiter(text: str) -> str:
    """The sign that parts the cells of a table: the one that most of the first lines have."""
    lines = text[:100_000].splitlines()[:50]
    return max(";\t,", key=lambda sign: sum(sign in line for line in lines))


def decoded(content: bytes) -> str:
    """A text in UTF-8, UTF-16 with its mark, or else windows-1251. Raises UnicodeDecodeError for what is none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if b"\0" in content:
        raise UnicodeDecodeError("utf-8", content, 0, 1, "no text")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("windows-1251")


def _joined(cells: Iterable[Any]) -> str:
    return "\t".join(shown(cell) for cell in cells).rstrip("\t")


def shown(value: Any) -> str:
    """A cell as people see it: whole numbers come as floats, others with digits that nobody typed (0.1 + 0.2)."""
    if isinstance(value, float):
        whole = value.is_integer() and abs(value) < 10**15
        return str(int(value)) if whole else f"{value:.15g}"
    return " ".join(str(value).split())[:_CELL]


def _read_workbook(path: str, most: int) -> list[str]:
    """The rows of the first sheet that has any."""
    from python_calamine import load_workbook  # here: the site itself never opens a workbook

    workbook = load_workbook(path)
    for number in range(len(workbook.sheet_names)):
        found: list[str] = []
        for cells in workbook.get_sheet_by_index(number).iter_rows():
            found.append(_joined(cells[:MOST_COLUMNS]))
            if len(found) >= most:
                break
        if any(found):
            return found
    return []


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    json.dump(_read_workbook(sys.argv[1], int(sys.argv[2])), sys.stdout)
