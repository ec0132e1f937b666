"""Where attachments lie: outside of everything that is served, under random names, two letters of them a folder.

A file is written before the row that names it: a crash in between leaves a file that nothing names, which is swept up.
"""

import asyncio
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from app.threads.models import Attachment

ORPHAN = 24 * 3600  # seconds after which a file that no row names was left by a crash, not by somebody just writing
_NAME = re.compile(r"[0-9a-f]{32}")


def place(root: Path, stored: str) -> Path:
    """The path of a stored file; raises ValueError for what is no name of ours."""
    if not _NAME.fullmatch(stored):
        raise ValueError(f"not a stored file: {stored!r}")
    return root / stored[:2] / stored


async def keep(root: Path, file: BinaryIO) -> str:
    """Writes a file, from its beginning, to the disk; its random name. Raises OSError, and leaves nothing then."""
    return await asyncio.to_thread(_keep, root, file)


async def remove(root: Path, names: Iterable[str]) -> None:
    """Takes files away, those that are still there."""
    for name in names:
        await asyncio.to_thread(place(root, name).unlink, missing_ok=True)


async def sweep(root: Path, *, older: float = ORPHAN) -> int:
    """Removes files that no row names, at least `older` seconds old; how many. Nothing else there is touched."""
    old = await asyncio.to_thread(lambda: list(_old(root, time.time() - older)))
    removed = 0
    for start in range(0, len(old), 500):
        names = old[start : start + 500]
        known = {row.stored for row in await Attachment.filter(stored__in=names)}
        orphans = [name for name in names if name not in known]
        await remove(root, orphans)
        removed += len(orphans)
    return removed


def _keep(root: Path, file: BinaryIO) -> str:
    stored = secrets.token_hex(16)
    path = place(root, stored)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.seek(0)
    try:
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as kept:
            shutil.copyfileobj(file, kept)
            kept.flush()
            os.fsync(kept.fileno())
        _settle(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return stored


def _settle(folder: Path) -> None:
    """Has the name of a new file on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _old(root: Path, until: float) -> Iterator[str]:
    for path in root.glob("??/*"):
        if _NAME.fullmatch(path.name) and path.parent.name == path.name[:2] and path.stat().st_mtime <= until:
            yield path.name
