"""Names of files: for show and for downloading, never a path of ours."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LONGEST = 150  # characters, as the database keeps them
HEAVIEST = 200  # bytes: file systems stop at 255
_ESCAPED = {"%22": '"', "%0D": "\r", "%0A": "\n"}  # how browsers write these three signs in a form with files
_FORBIDDEN = re.compile(r'[<>:"|?*%]')  # what Windows refuses in a name, and what some programs decode again


def cleaned(name: str) -> str:
    """A name as it is shown and offered for saving: no folders, control or direction signs, at most 200 bytes."""
    for code, sign in _ESCAPED.items():
        name = name.replace(code, sign)
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Signs that cannot be seen (line breaks, and those that turn text round) hide what a name ends with.
    seen = "".join(sign if sign.isprintable() else " " for sign in last)
    seen = " ".join(_FORBIDDEN.sub("_", seen).split()).strip(". ")
    path = PurePosixPath(seen or "file")
    return _shortened(path.stem, path.suffix[:20])


def disposition(name: str) -> str:
    """The Content-Disposition of a download under a cleaned name (RFC 6266, with RFC 5987 for what is not ASCII)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().strip(". ") or "file"
    plain = plain if PurePosixPath(plain).suffix else f"file{PurePosixPath(name).suffix}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _shortened(stem: str, suffix: str) -> str:
    room = HEAVIEST - len(suffix.encode())
    stem = stem[: LONGEST - len(suffix)].encode()[:room].decode(errors="ignore")
    return f"{stem.rstrip()}{suffix}"
