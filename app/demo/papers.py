"""Documents of the demo's goods: drawings that are drawn here, and a text."""

from io import BytesIO
from typing import Any

from app import clock
from app.attachments.kinds import Kind
from app.catalogue.models import Product
from app.demo.days import Days
from app.documents import store
from app.documents.models import ProductDocument
from app.settings import Settings

WIDE, HIGH = 595, 842  # points of an A4 sheet
CAMERAS = ("DS-2CD2023G2-I", "DS-2CD2043G2-I", "DS-2CD2083G2-I")
SUPPLY, CABLE = "SKAT-1200И7", "01-0043"
LAYING = """Укладка витой пары

1. Радиус изгиба: не меньше восьми диаметров кабеля.
2. От силовых линий 230 В: не ближе 20 см, пересечение под прямым углом.
3. Тянуть с усилием не больше 11 кг, стяжки не затягивать до упора.
4. Длина линии с PoE: до 90 м от коммутатора до розетки.
"""


async def put_papers(settings: Settings) -> None:
    """Keeps the files and names them at their products."""
    cameras, supply = drawing(_camera()), drawing(_supply())
    for article in CAMERAS:
        await _put(settings, article, "Габаритный чертёж", "ds-2cd20x3g2-i.pdf", Kind.PDF, cameras)
    await _put(settings, SUPPLY, "Схема подключения", "skat-1200.pdf", Kind.PDF, supply)
    await _put(settings, CABLE, "Памятка по укладке", "укладка витой пары.txt", Kind.TXT, LAYING.encode())


async def _put(settings: Settings, article: str, title: str, name: str, kind: Kind, content: bytes) -> None:
    product = await Product.get(article=article)
    stored = await store.keep(store.folder(settings), BytesIO(content))
    at = Days(clock.now(), settings.timezone).at(25, "15:00")
    about: dict[str, Any] = {"name": name, "kind": kind, "size": len(content), "stored": stored, "at": at}
    await ProductDocument.create(product_id=product.id, title=title, **about)


def drawing(strokes: str) -> bytes:
    """A PDF of one sheet with lines and words, as its own language has them (ISO 32000-1, 7.5 and 8.5)."""
    content = f"1 w 0 0 0 RG {strokes}".encode("ascii")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R" % (WIDE, HIGH)
        + b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    sheet, places = b"%PDF-1.4\n", list[int]()
    for number, part in enumerate(parts, 1):
        places.append(len(sheet))
        sheet += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(parts) + 1, table)
    return sheet + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(sheet))


def _camera() -> str:
    """A camera from the side and from the front, with its measures in millimetres."""
    side = [_box(110, 540, 220, 84), _box(330, 552, 30, 60), _box(150, 624, 90, 10), _line(195, 634, 195, 700)]
    front = [_box(420, 540, 84, 84), _box(441, 561, 42, 42), _box(453, 573, 18, 18)]
    bracket = [_box(150, 700, 90, 14), _line(110, 500, 360, 500), _line(110, 494, 110, 506), _line(360, 494, 360, 506)]
    words = [_words(215, 482, "161"), _words(400, 640, "70 x 65"), _words(60, 770, "DS-2CD20x3G2-I, mm")]
    return " ".join([*side, *front, *bracket, *words])


def _supply() -> str:
    """A power supply with what is joined to it."""
    case = [_box(90, 420, 400, 260), _box(120, 450, 150, 120), _words(150, 505, "12 V  7 Ah")]
    board = [_box(310, 540, 150, 110), _words(335, 590, "DC-DC 12 V 3 A")]
    lines = [_line(385, 540, 385, 400), _line(405, 540, 405, 400), _line(210, 570, 210, 595), _line(210, 595, 310, 595)]
    mains = [_line(385, 650, 385, 730), _words(360, 738, "~ 230 V"), _words(372, 384, "+   -   12 V")]
    return " ".join([*case, *board, *lines, *mains, _words(60, 790, "SKAT-1200")])


def _box(x: int, y: int, wide: int, high: int) -> str:
    return f"{x} {y} {wide} {high} re S"


def _line(x: int, y: int, to_x: int, to_y: int) -> str:
    return f"{x} {y} m {to_x} {to_y} l S"


def _words(x: int, y: int, text: str) -> str:
    return f"BT /F1 11 Tf {x} {y} Td ({text}) Tj ET"
