"""How large a picture is, by its header alone: nothing is decoded before that is known."""

import struct
from typing import BinaryIO

from app.attachments import avif
from app.attachments.kinds import Kind

_NOT_FRAMES = (0xC4, 0xC8, 0xCC)  # codes among those of JPEG frames that are none


def size(file: BinaryIO, kind: Kind) -> tuple[int, int]:
    """Width and height in dots of a PNG, JPEG, WebP or AVIF; (0, 0) when they cannot be read. It is wound back."""
    file.seek(0)
    try:
        return _READERS[kind](file)
    except (struct.error, ValueError, LookupError):
        return 0, 0
    finally:
        file.seek(0)


def _png(file: BinaryIO) -> tuple[int, int]:
    width, height = struct.unpack(">16xII", file.read(24))
    return width, height


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    """From segment to segment up to the first frame."""
    file.seek(2)
    while True:
        mark, code = struct.unpack("BB", file.read(2))
        while code == 0xFF:  # filling
            (code,) = struct.unpack("B", file.read(1))
        if mark != 0xFF:
            return 0, 0
        (length,) = struct.unpack(">H", file.read(2))
        if 0xC0 <= code <= 0xCF and code not in _NOT_FRAMES:
            height, width = struct.unpack(">xHH", file.read(5))
            return width, height
        file.seek(max(length - 2, 0), 1)


def _webp(file: BinaryIO) -> tuple[int, int]:
    """Of the canvas where there is one, else of the only picture: lossless or not."""
    head = file.read(30)
    kind = head[12:16]
    if kind == b"VP8X":
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack("<26xHH", head)
    return width & 0x3FFF, height & 0x3FFF


_READERS = {Kind.PNG: _png, Kind.JPEG: _jpeg, Kind.WEBP: _webp, Kind.AVIF: avif.size}
