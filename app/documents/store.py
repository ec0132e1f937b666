"""Where the files of documents lie: beside the attachments, each under a hash of its content, two letters a folder.

A file is written before the row that names it. What a crash leaves, and what no row names any more, is swept up.
"""

import asyncio
import hashlib
import os
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from app.database import Sql
from app.settings import Settings
from app.sweeping import ORPHAN, old_files, remove_old

PIECE = 64 * 1024  # bytes read at once
_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_NAMED = Sql("SELECT DISTINCT stored FROM product_document WHERE stored IN :names")


def folder(settings: Settings) -> Path:
    """The folder of all documents. (No attachment has a folder of such a name.)"""
    return settings.files / "documents"


def place(root: Path, stored: str) -> Path | None:
    """The path of a stored file; None for what is no name of ours."""
    return root / stored[:2] / stored if _NAME.fullmatch(stored) else None


async def keep(root: Path, file: BinaryIO) -> str:
    """Writes a file, from its beginning, unless it is there; its name. Raises OSError."""
    return await asyncio.to_thread(_keep, root, file)


async def sweep(root: Path, *, older: float = ORPHAN) -> int:
    """Removes the files that no row names, at least `older` seconds old; how many."""
    until = time.time() - older
    old = await asyncio.to_thread(lambda: list(old_files(root, until)))
    named: set[str] = set()
    for start in range(0, len(old), 500):
        names = [path.name for path in old[start : start + 500]]
        named |= {row["stored"] for row in await _NAMED.all(names=names)}
    return sum([await asyncio.to_thread(remove_old, path, until) for path in old if path.name not in named])


def _keep(root: Path, file: BinaryIO) -> str:
    stored = _digest(file)
    path = root / stored[:2] / stored
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        path.touch()  # the sweep leaves what is new alone
        return stored
    part = path.with_name(f"{stored}.{secrets.token_hex(8)}.part")  # the same file may be coming twice
    file.seek(0)
    with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as kept:
        shutil.copyfileobj(file, kept)
        kept.flush()
        os.fsync(kept.fileno())
    part.replace(path)
    return stored


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()[:32]
