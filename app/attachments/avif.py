"""An AVIF by its boxes: whether it is whole and still, and how many dots a decoder would make of it.

ISO/IEC 14496-12 (boxes), 23008-12 (items), and the AV1 specification, 5.5 (sequence header). Nothing is decoded here.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST_TABLE = 16_000  # bytes of what says where the items are
MOST_UNITS = 1000  # units of a stream
SEQUENCE_HEADER = 1
_HEADER = 256  # bytes that one may take


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its kind, where its content begins and where it ends."""

    kind: bytes
    start: int
    end: int


def is_whole(file: BinaryIO) -> bool:
    """Whether every box is there to its end, the brand is AVIF's, and there are items with data."""
    boxes = list(_boxes(file, 0, file.seek(0, 2)))
    kinds = [box.kind for box in boxes]
    return (
        kinds[:1] == [b"ftyp"] and {b"meta", b"mdat"} <= {*kinds} and bool({b"avif", b"avis"} & _brands(file, boxes[0]))
    )


def moves(file: BinaryIO) -> bool:
    """Whether it is an image sequence."""
    first = next(_boxes(file, 0, file.seek(0, 2)), None)
    return first is not None and b"avis" in _brands(file, first)


def size(file: BinaryIO) -> tuple[int, int]:
    """The largest width and height that it speaks of: in its properties, or in the AV1 headers, which a decoder obeys.

    :raises ValueError, LookupError, struct.error: it cannot be understood.
    """
    (meta,) = [box for box in _boxes(file, 0, file.seek(0, 2)) if box.kind == b"meta"]
    inner = list(_boxes(file, meta.start + 4, meta.end))
    found: list[tuple[int, int]] = list(_said(file, inner))
    for offset, length in _places(file, inner):
        found += _frames(file, offset, length)
    return max(found, key=lambda one: one[0] * one[1])


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes that fill a part of the file. Raises ValueError when they do not."""
    while start < end:
        length, kind = struct.unpack(">I4s", _read(file, start, 8))
        head = 8
        if length == 1:
            (length,), head = struct.unpack(">Q", _read(file, start + 8, 8)), 16
        elif length == 0:  # up to the end
            length = end - start
        if length < head or start + length > end:
            raise ValueError("a box beyond the end")
        yield Box(kind, start + head, start + length)
        start += length


def _said(file: BinaryIO, inner: list[Box]) -> Iterator[tuple[int, int]]:
    """The sizes among the properties of its items."""
    for box in (box for box in inner if box.kind == b"iprp"):
        for list_of in (one for one in _boxes(file, box.start, box.end) if one.kind == b"ipco"):
            for one in _boxes(file, list_of.start, list_of.end):
                if one.kind == b"ispe":
                    width, height = struct.unpack(">II", _read(file, one.start + 4, 8))
                    yield width, height


def _brands(file: BinaryIO, box: Box) -> set[bytes]:
    content = _read(file, box.start, min(box.end - box.start, 400))
    return {content[:4], *(content[at : at + 4] for at in range(8, len(content), 4))}


def _coded(file: BinaryIO, inner: list[Box]) -> set[int]:
    """The ids of the items that are coded pictures: parts of a grid, and clearness, too."""
    found = set()
    for table in (box for box in inner if box.kind == b"iinf"):
        version = _read(file, table.start, 1)[0]
        for entry in _boxes(file, table.start + (6 if version == 0 else 8), table.end):
            content = _read(file, entry.start, 14)
            item, kind = (
                struct.unpack(">H2x4s", content[4:12]) if content[0] == 2 else struct.unpack(">I2x4s", content[4:14])
            )
            if kind == b"av01":
                found.add(item)
    return found


def _places(file: BinaryIO, inner: list[Box]) -> list[tuple[int, int]]:
    """Where the coded pictures are, and how long. Raises ValueError when one lies in pieces, or not in the file."""
    (table,) = [box for box in inner if box.kind == b"iloc"]
    if table.end - table.start > MOST_TABLE:
        raise ValueError("too many items")
    bits = _Bits(_read(file, table.start, table.end - table.start))
    version = bits.take(8)
    bits.take(24)
    of_offset, of_length, of_base, of_index = (8 * bits.take(4) for _ in range(4))
    wide = 32 if version == 2 else 16
    found: dict[int, tuple[int, int]] = {}
    for _ in range(bits.take(wide)):
        item = bits.take(wide)
        method = bits.take(16) & 15 if version else 0
        bits.take(16)
        base, pieces = bits.take(of_base), bits.take(16)
        for _piece in range(pieces):
            bits.take(of_index if version else 0)
            found[item] = base + bits.take(of_offset), bits.take(of_length)
        if pieces != 1 or method:
            found.pop(item, None)
    return [found[item] for item in sorted(_coded(file, inner))]


def _frames(file: BinaryIO, offset: int, length: int) -> list[tuple[int, int]]:
    """The largest frames that the sequence headers of a stream allow. Raises ValueError when there is none."""
    found, end, units = [], offset + length, 0
    while offset < end and (units := units + 1) <= MOST_UNITS:
        data = _read(file, offset, _HEADER)
        head, at = data[0], 2 if data[0] & 4 else 1
        size, more, place = 0, head & 2, 0
        while more:  # LEB128
            size |= (data[at] & 127) << 7 * place
            more, at, place = data[at] & 128, at + 1, place + 1
        if head >> 3 & 15 == SEQUENCE_HEADER:
            found.append(_frame_size(_Bits(data[at:])))
        offset = offset + at + size if head & 2 else end
    if not found or units > MOST_UNITS:
        raise ValueError("no sequence header")
    return found


def _frame_size(bits: "_Bits") -> tuple[int, int]:
    bits.take(4)  # profile, still picture
    if bits.take(1):  # the short header of still pictures
        bits.take(5)
    else:
        _skip_operating_points(bits)
    widths, heights = bits.take(4) + 1, bits.take(4) + 1
    return bits.take(widths) + 1, bits.take(heights) + 1


def _skip_operating_points(bits: "_Bits") -> None:
    delay, has_model = 0, 0
    if bits.take(1):  # timing
        bits.take(64)
        if bits.take(1):
            zeros = 0
            while not bits.take(1):
                zeros += 1
            bits.take(zeros)
        has_model = bits.take(1)
        if has_model:
            delay = bits.take(5) + 1
            bits.take(42)
    has_display_delay = bits.take(1)
    for _ in range(bits.take(5) + 1):
        bits.take(12)
        if bits.take(5) > 7:
            bits.take(1)
        if has_model and bits.take(1):
            bits.take(2 * delay + 1)
        if has_display_delay and bits.take(1):
            bits.take(4)


class _Bits:
    """Bits from the first on. Raises IndexError past the last."""

    def __init__(self, data: bytes) -> None:
        self.number, self.left = int.from_bytes(data, "big"), 8 * len(data)

    def take(self, count: int) -> int:
        if count > self.left:
            raise IndexError
        self.left -= count
        return self.number >> self.left & ((1 << count) - 1)


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)
