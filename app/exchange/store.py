"""The files of exchanges: beside the attachments, a folder for each exchange, kept for a while and then swept up."""

import asyncio
import logging
import re
import shutil
import stat
import time
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

from app.exchange.models import KEPT
from app.exchange.telling import Refusal
from app.i18n import N_
from app.settings import Settings

log = logging.getLogger("kabinet.exchange")

T = TypeVar("T")
PART = 16 * 1024 * 1024  # bytes of one request: `file_limit`
MOST = 1024 * 1024 * 1024  # bytes of an exchange, as it came and unpacked
MOST_FILES = 50_000
RATIO = 200  # times that a file may grow when it is unpacked; XML of 1C grows some twenty times
SMALL = 32 * 1024 * 1024  # bytes that may come of anything
PIECE = 1024 * 1024
DEEPEST, LONGEST = 6, 190
LONGEST_NAME = 255  # bytes of a file's or a folder's own name: no file system keeps more
_NAME = re.compile(r"[^\x00-\x1f\x7f<>:\"|?*\\/]{1,120}")


def folder(settings: Settings, exchange_id: int | None = None) -> Path:
    """The folder of one exchange, or of all. (No attachment has a folder of such a name.)"""
    root = settings.files / "exchange"
    return root if exchange_id is None else root / str(exchange_id)


def safe(name: str) -> str:
    """The name of a file as it is kept, with folders below its own.

    Raises Refusal for what leads elsewhere: a drive, an absolute path, a step upwards, signs that no name has.
    """
    plain = name.replace("\\", "/").strip()
    parts = plain.split("/")
    good = plain.isprintable() and all(_NAME.fullmatch(part) and part.strip(". ") for part in parts)
    good = good and all(len(part.encode()) <= LONGEST_NAME for part in parts)
    if not good or len(parts) > DEEPEST or len(plain) > LONGEST:
        raise Refusal(N_("The name of the file is not allowed: %(name)s"), name=plain[:100] or "—")
    return plain


def path_of(settings: Settings, exchange_id: int, name: str) -> Path:
    """Where a file of an exchange lies; raises Refusal for a name that is none."""
    return folder(settings, exchange_id) / safe(name)


async def append(path: Path, pieces: AsyncIterator[bytes], *, after: int) -> int:
    """Writes a part behind the first `after` bytes of a file; its size now. Raises Refusal: it cannot be kept.

    What a part that broke off has left behind them is gone: 1C sends it again.
    """
    await _kept(path, path.parent.mkdir, mode=0o700, parents=True, exist_ok=True)
    with await _kept(path, path.open, "ab") as file:
        await _kept(path, file.truncate, after)
        async for piece in pieces:
            await _kept(path, file.write, piece)
        return int(file.tell())


async def _kept(path: Path, do: Callable[..., T], *args: object, **options: object) -> T:
    """Does a thing with a file; there may be a folder of its name, a file of its folder's, or no room."""
    try:
        return await asyncio.to_thread(do, *args, **options)
    except OSError as error:
        log.warning("a file of an exchange was not kept: %s", error)
        raise Refusal(N_("The site cannot keep the file %(name)s"), name=path.name) from error


async def unpack(path: Path) -> list[str]:
    """Unpacks an archive beside itself and removes it; the names of its files. Raises Refusal, and unpacks nothing."""
    return await asyncio.to_thread(_unpack, path)


async def sweep(settings: Settings) -> int:
    """Forgets the files of old exchanges; of how many."""
    return await asyncio.to_thread(_sweep, folder(settings), time.time() - KEPT.total_seconds())


def _unpack(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _checked(archive, path)
            for entry, name in entries:
                _extract(archive, entry, path.parent / name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Refusal(N_("The archive %(name)s is damaged, or its parts came in another order"), name=path.name) from (
            error
        )
    path.unlink()
    return [name for _entry, name in entries]


def _checked(archive: zipfile.ZipFile, path: Path) -> list[tuple[zipfile.ZipInfo, str]]:
    """The files in it under safe names; what they come to is looked at before anything is unpacked."""
    entries = [one for one in archive.infolist() if not one.is_dir()]
    if any(stat.S_ISLNK(one.external_attr >> 16) for one in entries):
        raise Refusal(N_("The archive %(name)s has links in it, and no files"), name=path.name)
    size = sum(one.file_size for one in entries)
    if size > MOST or len(entries) > MOST_FILES or (size > SMALL and size > RATIO * path.stat().st_size):
        raise Refusal(
            N_("The archive %(name)s would unpack to %(size)s MB: that is too much"), name=path.name, size=size >> 20
        )
    return [(one, safe(one.filename)) for one in entries]


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path) -> None:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    left = entry.file_size
    with archive.open(entry) as packed, to.open("wb") as file:
        while piece := packed.read(PIECE):
            left -= len(piece)
            if left < 0:  # it said less
                raise zipfile.BadZipFile
            file.write(piece)


def _sweep(root: Path, until: float) -> int:
    old = [path for path in root.glob("*") if path.is_dir() and path.stat().st_mtime <= until]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)
