"""Pictures of pages with the 256 colours that they show most: a third of the weight, and nothing that an eye misses."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

Colour = tuple[int, ...]
SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {2: 3, 6: 4}  # of the PNG colour types with and without transparency; Chromium writes no others
MOST = 256


def reduced(picture: bytes) -> bytes:
    """The same PNG (8 bits a channel, not interlaced) with a palette; a colour that is not in it is its nearest."""
    width, height, _, kind = struct.unpack(">IIBB", picture[16:26])
    step = CHANNELS[kind]
    data = zlib.decompress(b"".join(body for name, body in _chunks(picture) if name == b"IDAT"))
    rows = [[*zip(*(row[n::step] for n in range(3)), strict=True)] for row in _rows(data, height, width * step, step)]
    counts = Counter(colour for row in rows for colour in row)
    palette = [colour for colour, _ in counts.most_common(MOST)]
    places = {colour: _nearest(palette, colour) for colour in counts}
    body = b"".join(b"\0" + bytes(places[colour] for colour in row) for row in rows)
    return SIGNATURE + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(value for colour in palette for value in colour)),
            _chunk(b"IDAT", zlib.compress(body, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(picture):
        (size,) = struct.unpack_from(">I", picture, place)
        yield picture[place + 4 : place + 8], picture[place + 8 : place + 8 + size]
        place += 12 + size


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(data: bytes, height: int, width: int, step: int) -> Iterator[bytes]:
    """The bytes of each row, its filter undone (RFC 2083, 6)."""
    above = bytes(width)
    for start in range(0, height * (width + 1), width + 1):
        row = bytearray(data[start + 1 : start + 1 + width])
        for place in range(width):
            left = row[place - step] if place >= step else 0
            corner = above[place - step] if place >= step else 0
            row[place] = (row[place] + _expected(data[start], left, above[place], corner)) & 255
        above = bytes(row)
        yield above


def _expected(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 4:  # Paeth
        return min((left, above, corner), key=lambda one: abs(left + above - corner - one))
    return (0, left, above, (left + above) // 2)[kind]


def _nearest(palette: list[Colour], colour: Colour) -> int:
    return min(range(len(palette)), key=lambda n: sum((a - b) ** 2 for a, b in zip(palette[n], colour, strict=True)))
