"""Price lists as suppliers send them, good and bad, made for tests."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Rows = Sequence[Sequence[Any]]
DIRTY: Rows = [
    ["Прайс-лист ООО «Пример», цены с НДС"],
    [],
    ["№", "Артикул", "Наименование", "Цена, руб.", "Остаток", "Ед. изм."],
    ["HIKVISION"],
    [1, "DS-1", "Камера купольная", "1 234,50 ₽", ">50", "шт."],
    [2, 120, "Блок питания", 150.0, "нет", "шт"],
    ["№", "Артикул", "Наименование", "Цена, руб.", "Остаток", "Ед. изм."],
    [],
    ["Маяк"],
    [3, "X 3", "Муфта", "звоните", "звоните", "шт"],
    [4, "", "Без артикула", 5, 1, "шт"],
    [5, "NEW-1", "Новая камера", "$12.5", 10, "уп. 10 шт"],
    [6, "ds 1", "Снова она же", 5, 1, "шт"],
    [7, "QQ-7", "Неясная цена", "1,234", 1, "шт"],
    [8, 4607034567890, "Кабель UTP", "1'500.00", "12 шт", "бухта 305 м"],
    ["IP-камеры"],
    [9, "SAME", "Цена та же", 777, "", "шт"],
    [10, "EURO", "Чужая валюта", "€ 10", 1, "шт"],
]


def workbook(*sheets: tuple[str, Rows], hidden: Iterable[str] = ()) -> bytes:
    """An XLSX file; rows that are one text are merged over the width, as headings of categories are."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        width = max((len(row) for row in rows), default=1)
        for number, row in enumerate(rows):
            if len(row) == 1 and width > 1:
                sheet.merge_range(number, 0, number, width - 1, row[0])
            else:
                sheet.write_row(number, 0, row)
        if name in hidden:
            sheet.hide()
    book.close()
    return content.getvalue()


def table(rows: Rows, *, mark: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV file."""
    return "\r\n".join(mark.join(str(cell) for cell in row) for row in rows).encode(encoding)


def text_document(rows: str) -> bytes:
    """An ODS file with such rows of XML."""
    names = {part: f"urn:oasis:names:tc:opendocument:xmlns:{part}:1.0" for part in ("office", "table", "text")}
    declared = " ".join(f'xmlns:{part}="{name}"' for part, name in names.items())
    inner = f'<office:body><office:spreadsheet><table:table table:name="Лист">{rows}</table:table>'
    whole = f"<office:document-content {declared}>{inner}</office:spreadsheet></office:body></office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    manifest += f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    return packed({"mimetype": kind, "content.xml": whole, "META-INF/manifest.xml": manifest})


def opendocument(rows: Rows) -> bytes:
    """An ODS file."""

    def cell(value: Any) -> str:
        number = isinstance(value, int | float)
        about = f'office:value-type="float" office:value="{value}"' if number else 'office:value-type="string"'
        return f"<table:table-cell {about}><text:p>{escape(str(value))}</text:p></table:table-cell>"

    return text_document("".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows))


def old_workbook(rows: Rows) -> bytes:
    """An XLS file of texts and numbers: one sheet in BIFF8, within a compound file of three kinds of sectors."""

    def part(number: int, content: bytes) -> bytes:
        return struct.pack("<HH", number, len(content)) + content

    def begin(kind: int) -> bytes:
        return part(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    def cell(row: int, column: int, value: Any) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, int | float):
            return part(0x0203, place + struct.pack("<d", value))
        text = str(value)
        return part(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))

    name, end = "Лист", part(0x000A, b"")
    head = begin(5)
    at = len(head) + len(end) + 4 + 8 + 2 * len(name)
    head += part(0x0085, struct.pack("<IBBBB", at, 0, 0, len(name), 1) + name.encode("utf-16-le")) + end
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    cells = (cell(row, column, value) for row, told in enumerate(rows) for column, value in enumerate(told))
    return _compound(head + begin(16) + part(0x0200, size) + b"".join(cells) + end)


def _compound(stream: bytes) -> bytes:
    """A compound file (as old documents are) with one stream, «Workbook»."""
    stream = stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0")
    none, end, count = 0xFFFFFFFF, 0xFFFFFFFE, len(stream) // 512
    chain = [0xFFFFFFFD, end, *range(3, count + 2), end]
    table = struct.pack("<128I", *chain, *[none] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        told = f"{name}\0".encode("utf-16-le") if name else b""
        about = struct.pack("<HBBIII", len(told), kind, 1, none, none, child)
        return told.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", start, size)

    folder = (
        entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, none, 2, len(stream)) + entry("", 0, none, 0, 0) * 2
    )
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<10I", 0, 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<108I", *[none] * 108)
    return head + table + folder + stream


def feed(offers: str, *, before: str = "", encoding: str = "UTF-8") -> bytes:
    """A YML feed with such offers; `before` stands behind the declaration."""
    start = f'<?xml version="1.0" encoding="{encoding}"?>{before}<yml_catalog><shop><name>Пример</name>'
    kinds = '<categories><category id="1">IP-камеры</category></categories>'
    return f"{start}{kinds}<offers>{offers}</offers></shop></yml_catalog>".encode(encoding)


def offer(article: str, price: str, **fields: str) -> str:
    """An offer of a feed."""
    told = {"price": price, "currencyId": "RUR", "categoryId": "1", "vendorCode": article, "name": article, **fields}
    parts = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in told.items())
    return f'<offer id="{escape(article)}" available="true">{parts}</offer>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def sheet_of(cells: bytes) -> bytes:
    """A workbook whose only sheet has such rows of XML."""
    with zipfile.ZipFile(io.BytesIO(workbook(("Лист", [["a"]])))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = (
        b'<worksheet xmlns="' + space + b'"><sheetData>' + cells + b"</sheetData></worksheet>"
    )
    return packed(parts)  # type: ignore[arg-type]  # bytes are parts, too


def bomb(size: int = 2_000_000_000, *, said: int | None = None) -> bytes:
    """A small workbook whose sheet unpacks to `size` bytes, and says of itself that they are `said`."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(size // 1_000_000):
            part.write(b"0" * 1_000_000)
    raw = bytearray(content.getvalue())
    if said is not None:
        struct.pack_into("<I", raw, raw.rfind(b"PK\x01\x02") + 24, said)
    return bytes(raw)


def entities(count: int = 9) -> str:
    """A DOCTYPE with entities, each ten of the one before."""
    told = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, count + 1))
    return f'<!DOCTYPE yml_catalog [\n<!ENTITY e0 "aaaaaaaaaa">{told}]>'


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {  # a file's name, its content, what is said of it
    "bomb": ("list.xlsx", bomb, "распаковывается больше чем в 60 МБ"),
    "bomb that lies": ("list.xlsx", lambda: bomb(800_000_000, said=1000), "повреждён"),
    "bomb of rows": ("list.xlsx", lambda: sheet_of(b"<row><c><v>1</v></c></row>" * 2_000_000), "слишком"),
    "bomb of cells": (
        "list.xlsx",
        lambda: sheet_of((b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>") * 200),
        "слишком",
    ),
    "16,000 columns": (
        "list.xlsx",
        lambda: workbook(("Лист", [["Артикул", "Цена"], list(range(16_000))])),
        "В строке 2 заполнены ячейки правее столбца 256",
    ),
    "16,000 columns of a table": (
        "list.csv",
        lambda: table([["Артикул", "Цена"], ["a", 1], range(16_000)]),  # type: ignore[list-item]
        "В строке 3 заполнены ячейки правее столбца 256",
    ),
    "far corner": ("list.xlsx", lambda: sheet_of(b'<row r="1048576"><c r="IV1048576"><v>1</v></c></row>'), ""),
    "bomb of repetitions": (
        "list.ods",
        lambda: text_document(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
            ' table:number-columns-repeated="16000" office:value-type="string"><text:p>a</text:p></table:table-cell>'
            "</table:table-row>"
        ),
        "",
    ),
    "too many rows": ("list.csv", lambda: b"a;b\n" * 3_000_000, "больше 50000 строк"),
    "nothing": ("list.xlsx", bytes, "Файл пустой"),
    "no rows": ("list.csv", lambda: b"\r\n;;;\r\n", "нет ни одной строки"),
    "picture": ("list.xlsx", lambda: b"GIF89a" + b"\0" * 500, "не соответствует его имени"),
    "page called XLS": ("list.xls", lambda: "<html><table>Цена".encode(), "не соответствует его имени"),
    "cut off": ("list.xlsx", lambda: workbook(("Лист", DIRTY))[:-900], "повреждён или обрезан"),
    "no text": ("list.csv", lambda: b"\0\1\2" * 99, "Строка 1 не в UTF-8"),
    "cut-off UTF-8": (
        "list.csv",
        lambda: "Артикул;Цена\nА-1;5\nЩ-2;".encode() + "Щ".encode()[:1],
        "Строка 3 не в UTF-8",
    ),
    "quote": ("list.csv", lambda: b'a;b\n"' + b"x;1\n" * 20_000, "не закрыта кавычка"),
    "entity bomb": ("list.yml", lambda: feed(offer("A-1", "5"), before=entities()), "В строке 2 объявлены сущности"),
    "file of ours": (
        "list.xml",
        lambda: feed(offer("A-1", "5"), before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "объявлены сущности",
    ),
    "entities in UTF-16": (
        "list.yml",
        lambda: feed(offer("A-1", "5"), before=entities(), encoding="UTF-16"),
        "объявлены сущности",
    ),
    "another encoding": ("list.yml", lambda: b'<?xml version="1.0" encoding="UTF-7"?><a/>', "не в UTF-8"),
    "cut-off feed": ("list.yml", lambda: feed(offer("A-1", "5") * 3)[:-90], "Строка 1 не читается"),
    "deep feed": ("list.yml", lambda: b"<a>" * 2_000_000, "Строка 1 не читается"),
    "no offers": ("list.yml", lambda: feed(""), "нет ни одного предложения"),
    "program": ("list.exe", lambda: b"MZ", "Выберите файл XLSX"),
    "no ending": ("../..", lambda: b"a;b", "Выберите файл XLSX"),
}
