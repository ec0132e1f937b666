"""Small real files of every kind that is taken, and some that only pretend."""

import io
import struct
import zipfile
import zlib

from tests.goods.samples import photo

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def png() -> bytes:
    """One white dot."""
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff")),
        (b"IEND", b""),
    )
    packed = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


def jpeg() -> bytes:
    """Its segments up to the picture, and a bit of it."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\x00"
    scan = b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00"
    return b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0" + frame + scan + b"\x7f\xff\xd9"


def gif() -> bytes:
    """One dot."""
    return b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


def webp() -> bytes:
    """A lossless dot, as far as its container says."""
    data = b"\x2f\0\0\0\0\x07\x10\x11\x11\x88\x88\xfe\x07\0"
    chunk = b"VP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def pdf() -> bytes:
    """An empty one."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n42\n%%EOF\n"


def xlsx(*, types: str = WORKBOOK, extra: dict[str, bytes] | None = None) -> bytes:
    """The skeleton of a workbook."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml", f'<Types><Override PartName="/xl/workbook.xml" ContentType="{types}"/></Types>'
        )
        package.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return packed.getvalue()


TXT = "Серийный номер: 0042\r\n".encode()
REAL = {
    "фото.png": png(),
    "фото.JPG": jpeg(),
    "схема.gif": gif(),
    "план.webp": webp(),
    "вид.avif": photo("AVIF", (30, 20)),
    "акт.pdf": pdf(),
    "прайс.xlsx": xlsx(),
    "журнал.txt": TXT,
}
