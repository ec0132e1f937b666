"""Where the files of pictures lie: beside the attachments, outside of everything else that is served.

A name has the hash of the content in it: a file never changes, and the same picture is kept once. The files are written
before the row that names them: what a crash leaves, and what nothing names any more, is swept up.
"""

import asyncio
import os
import re
import time
from pathlib import Path

from app.database import Sql
from app.pictures.making import FORMATS, Made
from app.settings import Settings
from app.sweeping import ORPHAN, old_files, remove_old

MEDIA = {"webp": "image/webp", "jpg": "image/jpeg", "avif": "image/avif"}
_NAME = re.compile(r"([a-z2-7]{18})-([sl])\.([a-z]{3,4})", re.ASCII)
# A sent line keeps the picture that it was sent with.
_NAMED = Sql(
    """
    SELECT code AS picture FROM product_picture WHERE code IN :codes
    UNION SELECT picture FROM product WHERE picture IN :codes UNION SELECT picture FROM brand WHERE picture IN :codes
    UNION SELECT picture FROM presentation_line WHERE picture IN :codes
    UNION SELECT picture FROM order_line WHERE picture IN :codes
    """
)


def folder(settings: Settings) -> Path:
    """The folder of all pictures. (No attachment has a folder of such a name.)"""
    return settings.files / "pictures"


def place(root: Path, name: str) -> Path | None:
    """The path of a file by its name («abc…-s.webp»); None for what is no name of ours."""
    found = _NAME.fullmatch(name)
    if found is None or found[3] not in FORMATS[found[2]]:
        return None
    return root / name[:2] / name


async def keep(root: Path, made: Made) -> None:
    """Writes the files of a picture, those that are not there. Raises OSError."""
    await asyncio.to_thread(_keep, root, made)


async def sweep(root: Path, *, older: float = ORPHAN) -> int:
    """Removes the pictures that no row names, at least `older` seconds old; how many files."""
    until = time.time() - older
    old = await asyncio.to_thread(lambda: list(old_files(root, until)))
    codes = sorted({f"@{path.name[:18]}" for path in old})
    named: set[str] = set()
    for start in range(0, len(codes), 500):
        named |= {row["picture"] for row in await _NAMED.all(codes=codes[start : start + 500])}
    orphans = [path for path in old if f"@{path.name[:18]}" not in named]
    return sum([await asyncio.to_thread(remove_old, path, until) for path in orphans])


def _keep(root: Path, made: Made) -> None:
    for ending, content in made.files.items():
        path = root / made.code[1:3] / f"{made.code[1:]}-{ending}"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists():
            path.touch()  # the sweep leaves what is new alone
            continue
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as kept:
            kept.write(content)
            kept.flush()
            os.fsync(kept.fileno())
        part.replace(path)
