"""What is made of an uploaded picture: a small one for lists and a large one, in a few formats, without metadata.

Each stands on a white square, so that nothing on a page moves when it arrives. Quality goes down until it fits.
AVIF is for the large one alone, and is never heavier than its WebP: on the small one it saves nothing. Packing it takes
a fifth of a second at `speed` 8, of half a second for all that is made of a photo (6 would take three times as long for
a tenth less, 9 a quarter and be heavier than WebP).
"""

import base64
import hashlib
import io
from dataclasses import dataclass
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageOps

from app.attachments.kinds import Kind

SMALL, LARGE = 144, 800  # dots of a side at the most; lists show the small one at a third of it
HEAVIEST = {"s": 15_000, "l": 150_000}  # bytes
QUALITIES = {
    "avif": (60, 52, 44, 30, 18),
    "webp": (80, 62, 45, 30, 18),
    "jpg": (80, 62, 45, 30, 18),
}  # alike to the eye
FORMATS = {"s": ("webp", "jpg"), "l": ("webp", "jpg", "avif")}
LEAST = 2_000  # bytes below which nothing is won
_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "speed": 8},
    "webp": {"format": "WEBP", "method": 4},
    "jpg": {"format": "JPEG", "optimize": True, "progressive": True},
}
_NAMES = {Kind.PNG: "PNG", Kind.JPEG: "JPEG", Kind.WEBP: "WEBP", Kind.AVIF: "AVIF"}
_BROKEN = (
    OSError,
    ValueError,
    RuntimeError,
    SyntaxError,
    EOFError,
    KeyError,
    IndexError,
    TypeError,
    MemoryError,
    OverflowError,
)

Image.MAX_IMAGE_PIXELS = None  # the size is looked at before: app/pictures/headers.py


class NoPicture(Exception):
    """The file cannot be decoded to its end."""


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one picture by the end of their names («s.webp»), and the code that they are known by."""

    code: str
    files: dict[str, bytes]


def make(file: BinaryIO, kind: Kind) -> Made:
    """Makes all files of a picture. It takes a while: call it in a thread. Raises NoPicture for a broken one."""
    try:
        image = _decoded(file, kind)
    except _BROKEN as error:
        raise NoPicture from error
    files: dict[str, bytes] = {}
    for size, side in (("l", LARGE), ("s", SMALL)):
        square = _square(image, side)
        for ending in FORMATS[size]:
            webp = len(files[f"{size}.webp"]) if ending == "avif" else HEAVIEST[size]
            files[f"{size}.{ending}"] = _packed(square, ending, min(HEAVIEST[size], max(webp, LEAST)))
    return Made(_code(files), files)


def _decoded(file: BinaryIO, kind: Kind) -> Image.Image:
    """The first frame, upright, in sRGB on white, no larger than is needed."""
    file.seek(0)
    with Image.open(file, formats=[_NAMES[kind]]) as opened:
        opened.draft("RGB", (LARGE, LARGE))  # a JPEG is decoded at a fraction of its size
        opened.load()
        image: Image.Image = opened
        profile = opened.info.get("icc_profile")
        if image.mode.startswith("I"):  # 16 bits of grey
            image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        elif image.mode == "P":
            image = image.convert("RGBA")
        image.thumbnail((LARGE, LARGE), reducing_gap=2.0)
        turned = ImageOps.exif_transpose(image)
        return _on_white(_in_srgb(turned, profile))


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """The same colours without their profile, which is dropped with the other metadata."""
    if not isinstance(profile, bytes) or image.mode != "RGB":
        return image
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError):  # a broken profile is none
        return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _square(image: Image.Image, side: int) -> Image.Image:
    """The picture in the middle of a white square, made smaller where it must be, never larger."""
    shown = image.copy()
    shown.thumbnail((side, side), Image.Resampling.LANCZOS)
    side = min(side, max(shown.size))
    square = Image.new("RGB", (side, side), "white")
    square.paste(shown, ((side - shown.width) // 2, (side - shown.height) // 2))
    return square


def _packed(square: Image.Image, ending: str, heaviest: int) -> bytes:
    """The file of a square, at the best quality that fits; what never fits is made smaller."""
    for quality in QUALITIES[ending]:
        packed = io.BytesIO()
        square.save(packed, quality=quality, **_OPTIONS[ending])
        if packed.tell() <= heaviest:
            return packed.getvalue()
    side = square.width * 3 // 4
    return _packed(square.resize((side, side), Image.Resampling.LANCZOS), ending, heaviest)


def _code(files: dict[str, bytes]) -> str:
    """«@» and 90 bits of a hash of all files: the same picture has the same code, another picture another."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}:{len(content)}:".encode() + content)
    return "@" + base64.b32encode(digest.digest()).decode().lower()[:18]
