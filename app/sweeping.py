"""Files that nothing names any more, in folders of two letters: which are old enough to go, and that they go."""

from collections.abc import Iterator
from pathlib import Path

ORPHAN = 24 * 3600  # seconds that a file may lie there before a row names it


def old_files(root: Path, until: float) -> Iterator[Path]:
    """The files that were last written or touched at `until` (seconds of the epoch) or before."""
    for path in root.glob("??/*"):
        if path.stat().st_mtime <= until:
            yield path


def remove_old(path: Path, until: float) -> bool:
    """Removes a file that is still old: somebody may be uploading the same one again."""
    try:
        if path.stat().st_mtime > until:
            return False
        path.unlink()
    except FileNotFoundError:
        return False
    return True
