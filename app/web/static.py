"""Static files: built once into names that carry their content's hash, compressed as far as it goes, kept forever."""

import gzip
import hashlib
import os
import re
from functools import cache
from pathlib import Path

import brotli

from app.settings import ROOT

SOURCE = ROOT / "static"
BUILT = ROOT / "var" / "static"
_TEXT = {".css", ".js", ".svg", ".txt", ".webmanifest"}
_names: dict[str, str] = {}


@cache
def build() -> Path:
    """Copies `static/` to `var/static/` under hashed names with .br and .gz beside; what is there already is kept.

    Returns the folder to serve. Several processes may build at once: each file appears whole.
    """
    BUILT.mkdir(parents=True, exist_ok=True)
    for source in sorted(p for p in SOURCE.iterdir() if p.is_file()):
        content = source.read_bytes()
        if source.suffix in _BARE:
            content = _BARE[source.suffix](content.decode()).encode()
        stem, suffix = source.stem, source.suffix
        name = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{suffix}"
        _names[source.name] = name
        if not (BUILT / name).exists():
            if suffix in _TEXT:
                _write(BUILT / f"{name}.br", brotli.compress(content, quality=11))
                _write(BUILT / f"{name}.gz", gzip.compress(content, 9, mtime=0))
            _write(BUILT / name, content)
    return BUILT


def static_path(name: str) -> str:
    """The path of a file of `static/` in this build; KeyError for one that is not there."""
    if not _names:
        build()
    return f"/static/{_names[name]}"


def _without_comments(css: str) -> str:
    """The stylesheet without comments and idle spaces. (rcssmin also joins `.a :is(b)` to `.a:is(b)`: another rule.)

    Spaces go only where they never mean anything: at `{`, `}`, `;` and `,`, after a property's colon, around lines.
    """
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    bare = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", bare))
    return re.sub(r"(?<=[{;])([\w-]+): ", r"\1:", bare).replace(";}", "}").strip()


def _without_remarks(script: str) -> str:
    """A script without indentation and without lines that are a comment. (It has no strings of several lines.)"""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


_BARE = {".css": _without_comments, ".js": _without_remarks}


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_bytes(content)
    part.replace(path)
