"""Price lists on the disk: kept while their import may be looked at, read by a process of its own."""

import asyncio
import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from app.catalogue import sheets
from app.i18n import N_
from app.imports import feeds
from app.imports.limits import MOST_ROWS, SECONDS, Refused
from app.settings import MOST_FILES, ROOT, Settings

KINDS = frozenset(sheets.WORKBOOKS | {".csv", ".txt", ".tsv"} | feeds.KINDS)
Cell = str | int | float
SAMPLE_SHEETS, SAMPLE_ROWS, SAMPLE_COLUMNS = 20, 60, 80
_LONGEST_LINE = 1 << 24  # bytes of a row as the reader tells it
# What a file is refused with; the values are those of the Refused. `where`: see `told`.
REFUSALS = {
    "kind": N_("Choose an XLSX, XLS, ODS, CSV or YML file"),
    "large_file": N_("The file is too large: at most %(size)s"),
    "empty": N_("The file is empty"),
    "other": N_("The file is not what its name says. Open it, save it as XLSX and choose it again"),
    "damaged": N_("The file is damaged or cut off. Save it anew as XLSX or CSV and choose it again"),
    "password": N_("The file is protected by a password: save it without one"),
    "unpacked": N_("The workbook unpacks to more than 60 MB: leave only what is needed in it"),
    "columns": N_("Row %(row)s has something beyond column %(most)s: leave only what is needed"),
    "rows": N_("There are more than %(most)s rows: take it in parts"),
    "encoding": N_("Row %(row)s is neither in UTF-8 nor in windows-1251: save the file in one of them"),
    "line": N_("Line %(row)s cannot be read: a quote or a tag is not closed there, or the file is cut off"),
    "entities": N_("Line %(row)s declares entities: they are not taken. Ask for a feed without them"),
    "offers": N_("There are no offers in the feed"),
    "large": N_("The file takes too much to read: leave only what is needed in it"),
    "nothing": N_("There are no rows in the file"),
    "gone": N_("The file is not there any more: choose it again"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a whole table or feed; of each row its number, as people see it, and its cells."""

    name: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


def sample(sheets: Sequence[Sheet]) -> list[list[Any]]:
    """The first rows of the first sheets, as they are kept to choose columns from."""
    return [
        [sheet.name, [[number, cells[:SAMPLE_COLUMNS]] for number, cells in sheet.rows[:SAMPLE_ROWS]]]
        for sheet in sheets[:SAMPLE_SHEETS]
    ]


def sheets_of(kept: Sequence[Sequence[Any]]) -> list[Sheet]:
    """The sheets that `sample` kept."""
    return [Sheet(name, [(number, cells) for number, cells in rows]) for name, rows in kept]


def folder(settings: Settings) -> Path:
    """Where all of them lie. (No attachment has a folder of such a name.)"""
    return settings.files / "imports"


def place(settings: Settings, stored: str) -> Path:
    """The path of one."""
    return folder(settings) / stored


def most_size(settings: Settings) -> int:
    """Bytes that a price list may have: as many as all files of a message."""
    return MOST_FILES * settings.max_file


def kind(name: str) -> str:
    """The ending of a file's name, with which it is kept; empty for one that is not taken."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.casefold()
    return ending if ending in KINDS else ""


async def keep(settings: Settings, name: str, file: BinaryIO) -> str:
    """Writes an uploaded file; the random name that it is kept under. Raises OSError, and leaves nothing then."""
    stored = f"{secrets.token_hex(16)}{kind(name)}"
    await asyncio.to_thread(_keep, place(settings, stored), file)
    return stored


async def drop(settings: Settings, stored: str) -> None:
    """Takes a file away that is not taken."""
    await asyncio.to_thread(place(settings, stored).unlink, missing_ok=True)


async def read(path: Path, most: int = MOST_ROWS) -> list[Sheet]:
    """The sheets that have any rows, with at most `most` rows of each. Raises Refused."""
    # long: how the other process is started, and how it may end
    if not await asyncio.to_thread(path.is_file):
        raise Refused("gone")
    found: list[Sheet] = []
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "app.imports.reading", str(path), str(most)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONIOENCODING": "utf-8"},
    )
    try:
        async with asyncio.timeout(SECONDS * 10):  # whoever waits for a core is waited for
            async for line in process.stdout or ():  # type: ignore[union-attr]  # it is a pipe
                _take(line, found)
            code = await process.wait()
    except (TimeoutError, ValueError) as endless:
        raise Refused("large") from endless
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if code:
        raise Refused("large")
    if not (told := [one for one in found if one.rows]):
        raise Refused("nothing")
    return told


def _take(line: bytes, found: list[Sheet]) -> None:
    what, *values = json.loads(line)
    if what == "row":
        found[-1].rows.append((values[0], values[1]))
    elif what == "sheet":
        found.append(Sheet(values[0]))
    else:
        raise Refused(values[0], **values[1])


async def sweep(settings: Settings, known: Collection[str], *, older: float) -> int:
    """Removes files that no import names, at least `older` seconds old; how many."""
    return await asyncio.to_thread(_sweep, folder(settings), frozenset(known), time.time() - older)


def _keep(path: Path, file: BinaryIO) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.seek(0)
    try:
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as kept:
            shutil.copyfileobj(file, kept)
            kept.flush()
            os.fsync(kept.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sweep(root: Path, known: frozenset[str], until: float) -> int:
    gone = 0
    for path in root.glob("*") if root.is_dir() else ():
        if path.name not in known and path.stat().st_mtime <= until:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
