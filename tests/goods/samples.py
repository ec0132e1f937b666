"""Pictures as they are uploaded, good and bad."""

import io
import os
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

SCRIPTED = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="9" height="9"/></svg>'


def photo(kind: str = "JPEG", size: tuple[int, int] = (600, 400), **options: Any) -> bytes:
    """A dark thing on white: on the left above a red corner, to see which way up it is."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((size[0] // 4, size[1] // 4, size[0] * 3 // 4, size[1] * 3 // 4), fill="#335577")
    draw.rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    return packed(image, kind, **options)


def noise(size: tuple[int, int] = (900, 900)) -> bytes:
    """The picture that is hardest to make small."""
    return packed(Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)), "JPEG")


def turned() -> bytes:
    """A photo of a telephone held upright, with where and by what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "Secret maker"
    return photo("JPEG", exif=exif)


def moving(kind: str = "WEBP") -> bytes:
    """A picture of two frames, the first one green."""
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("green", "blue")]
    options = {"lossless": True} if kind == "WEBP" else {}
    return packed(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, **options)


def spoilt() -> bytes:
    """An AVIF that is whole, with other data in the middle."""
    content = photo("AVIF")
    at = content.index(b"mdat") + 40
    return content[:at] + b"\xff" * (len(content) - at)


def lying(side: int = 8000) -> bytes:
    """An AVIF of 64 megapixels in two thousand bytes, which says of itself that it has a hundred dots."""
    content = packed(Image.new("L", (side, side), 255), "AVIF", speed=10, quality=10)
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", 10, 10) + content[at + 8 :]


def clear() -> bytes:
    """A PNG of which nothing can be seen but its ground."""
    return packed(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG")


def bomb(side: int = 10_000) -> bytes:
    """A PNG of 100 megapixels in a few bytes: its data would be unpacked to 100 MB."""
    rows = zlib.compress(b"\0" * (side + 1) * side, 9)
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    packs = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packs)


def packed(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The file of an image."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()
