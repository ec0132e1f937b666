"""What a file is by its content. A name and a type can be written by anybody; neither is believed.

Each check reads the file in pieces and looks at its structure, not at its first bytes alone.
"""

import codecs
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO

from app.attachments import avif

PIECE = 64 * 1024  # bytes read at once
UNPACKED = 200_000_000  # bytes that a workbook may be unpacked: more of them in 10 MB is a bomb
PARTS = 5000  # files within a workbook
WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13} | {127}  # signs that no text has


class Kind(StrEnum):
    """The kinds that are taken."""

    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    AVIF = "avif"
    PDF = "pdf"
    XLSX = "xlsx"
    TXT = "txt"


EXTENSIONS = {
    ".png": Kind.PNG,
    ".jpg": Kind.JPEG,
    ".jpeg": Kind.JPEG,
    ".gif": Kind.GIF,
    ".webp": Kind.WEBP,
    ".avif": Kind.AVIF,
    ".pdf": Kind.PDF,
    ".xlsx": Kind.XLSX,
    ".txt": Kind.TXT,
}
MEDIA = {  # what they are sent as; a text may be in any encoding, so it goes as bytes
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.GIF: "image/gif",
    Kind.WEBP: "image/webp",
    Kind.AVIF: "image/avif",
    Kind.PDF: "application/pdf",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.TXT: "application/octet-stream",
}


def named_kind(name: str) -> Kind | None:
    """The kind that a file's name claims, or None for one that is not taken."""
    return EXTENSIONS.get(PurePosixPath(name).suffix.casefold())


def is_what_it_claims(file: BinaryIO, kind: Kind) -> bool:
    """Whether the content is of that kind; it may take a while: call it in a thread. The file is wound back."""
    file.seek(0)
    try:
        return _CHECKS[kind](file)
    except (ValueError, EOFError, struct.error, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False
    finally:
        file.seek(0)


def _png(file: BinaryIO) -> bool:
    """Chunk by chunk: the header first and whole, image data, the end at the end."""
    if file.read(8) != b"\x89PNG\r\n\x1a\n":
        return False
    seen: list[bytes] = []
    while not seen or seen[-1] != b"IEND":
        length, kind = struct.unpack(">I4s", _exactly(file, 8))
        if not seen and (kind, length) != (b"IHDR", 13):
            return False
        check = zlib.crc32(kind)
        for piece in _pieces(file, length):
            check = zlib.crc32(piece, check)
        if struct.unpack(">I", _exactly(file, 4)) != (check,):
            return False
        seen.append(kind)
    return b"IDAT" in seen


def _jpeg(file: BinaryIO) -> bool:
    """Segment by segment to the picture itself: a frame with a size has come before it."""
    if _exactly(file, 2) != b"\xff\xd8":
        return False
    sized = False
    while True:
        mark, code = _exactly(file, 2)
        while code == 0xFF:  # filling
            (code,) = _exactly(file, 1)
        if mark != 0xFF or code in (0x00, 0xD8, 0xD9):
            return False
        (length,) = struct.unpack(">H", _exactly(file, 2))
        segment = _exactly(file, length - 2) if length >= 2 else b""
        if code == 0xDA:
            return sized and length > 2
        if 0xC0 <= code <= 0xCF and code not in (0xC4, 0xC8, 0xCC):
            sized = struct.unpack(">H", segment[3:5]) > (0,)  # the width; the height may come later


def _gif(file: BinaryIO) -> bool:
    """The screen, its colours, then a picture or an extension, and the sign of the end somewhere after it."""
    if _exactly(file, 6) not in (b"GIF87a", b"GIF89a"):
        return False
    width, height, flags = struct.unpack("<HHBxx", _exactly(file, 7))
    if flags & 0x80:
        _exactly(file, 3 * 2 ** ((flags & 7) + 1))
    return width > 0 and height > 0 and _exactly(file, 1) in (b"!", b",") and b";" in _tail(file, 64)


def _webp(file: BinaryIO) -> bool:
    """A RIFF of the length that it says, with a picture in it."""
    riff, length, form, first = struct.unpack("<4sI4s4s", _exactly(file, 16))
    whole = (riff, form) == (b"RIFF", b"WEBP") and first in (b"VP8 ", b"VP8L", b"VP8X")
    return whole and length + 8 <= _size(file) <= length + 9


def _pdf(file: BinaryIO) -> bool:
    """The version at the beginning; the place of the cross-references and the end at the end."""
    head, tail = file.read(8), _tail(file, 1024)
    return head.startswith(b"%PDF-") and head[5:6].isdigit() and b"startxref" in tail and b"%%EOF" in tail


def _xlsx(file: BinaryIO) -> bool:
    """A package of bounded size that says it is a workbook without macros, and has one. Nothing in it is unpacked."""
    with zipfile.ZipFile(file) as package:
        parts = {part.filename: part for part in package.infolist()}
        if len(package.infolist()) > PARTS or sum(part.file_size for part in package.infolist()) > UNPACKED:
            return False
        if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(parts) or "xl/vbaProject.bin" in parts:
            return False
        with package.open("[Content_Types].xml") as types:
            return WORKBOOK in types.read(1_000_000)


def _txt(file: BinaryIO) -> bool:
    """A text in UTF-8 or Windows-1251 without control signs, and no document that is written as one."""
    if file.read(5) == b"%PDF-":
        return False
    return any(_decodes(file, encoding) for encoding in ("utf-8-sig", "cp1251"))


def _decodes(file: BinaryIO, encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in _pieces(file, _size(file)):
            if CONTROLS.intersection(piece):
                return False
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _exactly(file: BinaryIO, length: int) -> bytes:
    """That many bytes; raises EOFError when there are not so many."""
    found = file.read(length)
    if len(found) != length:
        raise EOFError
    return found


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        piece = _exactly(file, min(length, PIECE))
        length -= len(piece)
        yield piece


def _size(file: BinaryIO) -> int:
    """The size in bytes; the file stays where it is."""
    at = file.tell()
    size = file.seek(0, 2)
    file.seek(at)
    return size


def _tail(file: BinaryIO, length: int) -> bytes:
    """The last bytes of the file."""
    file.seek(max(0, _size(file) - length))
    return file.read(length)


_CHECKS: dict[Kind, Callable[[BinaryIO], bool]] = {
    Kind.PNG: _png,
    Kind.JPEG: _jpeg,
    Kind.GIF: _gif,
    Kind.WEBP: _webp,
    Kind.AVIF: avif.is_whole,
    Kind.PDF: _pdf,
    Kind.XLSX: _xlsx,
    Kind.TXT: _txt,
}
