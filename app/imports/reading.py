"""Reads a price list of any kind into rows of cells: a program of its own, with little memory and little time.

What was sent may be made to break whoever opens it. This process ends then, and not the site: `app.imports.files`
starts it and reads what it prints, a line of JSON each: `["sheet", name]`, `["row", number, cells]`, or at last
`["refused", code, values]`. Numbers stay numbers; texts lose what is not seen.
"""

import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.catalogue import sheets
from app.imports import feeds
from app.imports.limits import LONGEST, MEMORY, MOST_COLUMNS, MOST_ROWS, SECONDS, UNPACKED, Refused

Line = tuple[object, ...]
_MAGIC = {".xlsx": b"PK", ".xlsm": b"PK", ".ods": b"PK", ".xls": b"\xd0\xcf\x11\xe0"}
_PIECE = 1 << 20  # bytes that are looked at together
_OVERLAP = 200
# A cell with something in it beyond the last column that is taken (IV: the 256th), by the name that workbooks give it.
_TOO_WIDE = re.compile(rb'<c r="(?:[A-Z]{3}|[J-Z][A-Z]|I[W-Z])([0-9]{1,7})"[^>]{0,99}[^>/]>')
_BROKEN_UTF8 = re.compile(rb"[\xd0\xd1][\x80-\xbf]")


def lines(path: Path, most: int) -> Iterator[Line]:
    """The sheets of a file with their rows, at most `most` of each. Raises Refused."""
    kind = path.suffix.casefold()
    if not path.stat().st_size:
        raise Refused("empty")
    if kind in feeds.KINDS:
        yield from feeds.lines(path, most)
    elif kind in sheets.TEXTS:
        yield ("sheet", "")
        yield from _rows(_of_text(path), most, "")
    else:
        _look_through(path, kind)
        yield from _of_workbook(path, most)


def _rows(rows: Iterable[Sequence[Any]], most: int, sheet: str) -> Iterator[Line]:
    """Rows that have anything in them, each with its number."""
    for number, cells in enumerate(rows, 1):
        if number > most:
            if most >= MOST_ROWS:
                raise Refused("rows", sheet=sheet, most=MOST_ROWS)
            return
        told = [_plain(cell) for cell in cells[:MOST_COLUMNS]]
        while told and told[-1] == "":
            told.pop()
        if any(str(cell).strip() for cell in cells[MOST_COLUMNS:]):
            raise Refused("columns", sheet=sheet, row=number, most=MOST_COLUMNS)
        if told:
            yield ("row", number, told)


def _plain(cell: Any) -> str | int | float:
    """A number as such, whole ones without a point; anything else as its text."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 10**15 else cell
    return sheets.shown(cell)


def _of_workbook(path: Path, most: int) -> Iterator[Line]:
    # here: nobody else opens a workbook, and what it needs is not needed for a table
    from python_calamine import CalamineError, PasswordError, SheetVisibleEnum, load_workbook

    try:
        workbook = load_workbook(path)
        for number, about in enumerate(workbook.sheets_metadata):
            name, sheet = about.name, workbook.get_sheet_by_index(number)
            if about.visible is not SheetVisibleEnum.Visible:
                continue
            if sheet.total_height > MOST_ROWS:
                raise Refused("rows", sheet=name, most=MOST_ROWS)
            yield ("sheet", sheets.shown(name))
            yield from _rows(sheet.iter_rows(), most, name)
    except PasswordError as locked:
        raise Refused("password") from locked
    except (CalamineError, OSError) as broken:
        raise Refused("damaged") from broken


def _look_through(path: Path, kind: str) -> None:
    """Refuses what is no workbook, would unpack to too much, or has cells where nobody has any.

    The sizes that a workbook states may be false: what is unpacked is counted.
    """
    with path.open("rb") as file:
        if not file.read(8).startswith(_MAGIC[kind]):
            raise Refused("other")
    if kind == ".xls":
        return
    left = UNPACKED
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise Refused("unpacked", most=UNPACKED)
            for part in packed.infolist():
                left -= _look_into(packed, part, left)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as broken:
        raise Refused("damaged") from broken


def _look_into(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """How many bytes a part of a workbook has."""
    size, tail = 0, b""
    with packed.open(part) as file:
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > left:
                raise Refused("unpacked", most=UNPACKED)
            if found := _TOO_WIDE.search(tail + piece) if part.filename.startswith("xl/worksheets/") else None:
                raise Refused("columns", sheet="", row=int(found[1]), most=MOST_COLUMNS)
            tail = piece[-_OVERLAP:]
    return size


def _of_text(path: Path) -> Iterator[list[str]]:
    text = _decoded(path.read_bytes())
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(text), delimiter=sheets.delimiter(text))
    try:
        yield from reader
    except csv.Error as broken:
        raise Refused("line", row=reader.line_num) from broken


def _decoded(content: bytes) -> str:
    """A text in UTF-8 or windows-1251; one in UTF-8 that is cut off or broken is not taken for the other."""
    try:
        return content.decode("utf-8-sig") if b"\0" not in content else sheets.decoded(content)
    except UnicodeDecodeError as error:
        if error.encoding != "utf-8":
            raise Refused("encoding", row=1) from error
        high = len(content) - len(content.translate(None, bytes(range(128, 256))))
        if 4 * len(_BROKEN_UTF8.findall(content)) > high:
            raise Refused("encoding", row=content[: error.start].count(b"\n") + 1) from error
    try:
        return sheets.decoded(content)
    except UnicodeDecodeError as error:
        raise Refused("encoding", row=content[: error.start].count(b"\n") + 1) from error


def main(path: str, most: str) -> None:
    """Prints the file, and ends at the first thing that is not to be taken."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        for line in lines(Path(path), int(most)):
            _tell(line)
    except Refused as no:
        _tell(("refused", no.code, no.values))
    except MemoryError:
        _tell(("refused", "large", {}))


def _tell(line: Line) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
