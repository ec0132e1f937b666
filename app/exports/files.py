"""Files of rows, written as the rows come: a workbook, a text for spreadsheets, a feed in Yandex's market language.

Nothing here needs the site: app.exports.writing runs it in a process of its own. A cell is a text, or a number of the
kind that its column has: kopecks, basis points, whole percents of VAT (None: without). A text may stand for a number.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from xml.sax.saxutils import escape, quoteattr

from app.exports.cells import BOM, harmless

Row = Sequence[Any]

KINDS = ("text", "whole", "money", "percent", "vat")
_FORMATS = {"whole": "#,##0", "money": "#,##0.00", "percent": "0.##%", "round": "0%", "vat": '0"\u00a0%"'}
_A4 = 9


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `kind` is one of KINDS, `width` is in characters."""

    name: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class Head:
    """What stands round the rows of a table: `without_vat` is the word for it, `below` are totals in kopecks."""

    title: str
    columns: Sequence[Column]
    without_vat: str
    above: Sequence[str] = ()
    below: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """What stands round the offers of a feed. Categories are id, the one above (0: none) and name."""

    shop: str
    address: str
    date: str
    unit: str  # what the parameters are called
    vat: str
    categories: Sequence[tuple[int, int, str]] = field(default_factory=tuple)


class Rows(Protocol):
    """A file that rows are put into, one after the other."""

    def put(self, row: Row) -> None:
        """Adds a row."""

    def close(self) -> None:
        """Writes the end."""


class Workbook:
    """An XLSX file: numbers are numbers, texts are texts whatever they look like; prints on A4, the head on each page.

    Rows leave the memory as they are written (`constant_memory`).
    """

    def __init__(self, to: Path | BinaryIO, head: Head, *, folder: str | None = None) -> None:
        import xlsxwriter  # here: only who writes a workbook needs it

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "tmpdir": folder}
        self.book = xlsxwriter.Workbook(to if not isinstance(to, Path) else str(to), options)
        self.sheet = self.book.add_worksheet()
        self.head = head
        self.formats = {kind: self.book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
        self.bold = self.book.add_format({"bold": True})
        self.row = 0
        self._begin()

    def _begin(self) -> None:
        names = self.book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F0F0EC"}
        )
        for place, column in enumerate(self.head.columns):
            self.sheet.set_column(place, place, column.width)
        for number, line in enumerate(self.head.above):
            self.sheet.write_string(self.row, 0, line, self.bold if number == 0 else None)
            self.row += 1
        self.row += bool(self.head.above)
        for place, column in enumerate(self.head.columns):
            self.sheet.write_string(self.row, place, column.name, names)
        self.first = self.row
        self.sheet.freeze_panes(self.first + 1, 0)
        self.sheet.repeat_rows(self.first)
        self.row += 1

    def put(self, row: Row) -> None:
        for place, (column, cell) in enumerate(zip(self.head.columns, row, strict=True)):
            self._write(place, column.kind, cell)
        self.row += 1

    def _write(self, place: int, kind: str, cell: Any) -> None:
        if cell is None or isinstance(cell, str):
            self.sheet.write_string(self.row, place, self.head.without_vat if cell is None else cell)
        elif kind == "money":
            self.sheet.write_number(self.row, place, cell / 100, self.formats["money"])
        elif kind == "percent":
            self.sheet.write_number(self.row, place, cell / 10_000, self.formats["percent" if cell % 100 else "round"])
        else:
            self.sheet.write_number(self.row, place, cell, self.formats[kind])

    def close(self) -> None:
        last, right = max(self.row - 1, self.first), len(self.head.columns) - 1
        if self.head.below:
            total = self.book.add_format({"num_format": _FORMATS["money"], "bold": True})
            place = max(number for number, column in enumerate(self.head.columns) if column.kind == "money")
            for label, kopecks in self.head.below:
                self.sheet.write_string(self.row, 2, label, self.bold)
                self.sheet.write_number(self.row, place, kopecks / 100, total)
                self.row += 1
        else:
            self.sheet.autofilter(self.first, 0, last, right)
        self._print(last, right)
        self.book.set_properties({"title": self.head.title})
        self.book.close()

    def _print(self, last: int, right: int) -> None:
        texts = [place for place, column in enumerate(self.head.columns) if column.kind == "text"]
        first, end = self.first + 2, max(last, self.first + 1) + 1
        spans = " ".join(f"{_letter(place)}{first}:{_letter(place)}{end}" for place in texts)
        self.sheet.ignore_errors({"number_stored_as_text": spans})  # an article of digits is a text, and no mistake
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.print_area(0, 0, max(self.row - 1, last), right)
        self.sheet.set_footer("&L" + self.head.title.replace("&", "&&")[:200] + "&R&P / &N")


def _letter(place: int) -> str:
    return chr(ord("A") + place)


class Text:
    """A CSV file as Excel opens it in Russia: UTF-8 with its mark, semicolons, decimal commas, no formula in it."""

    def __init__(self, to: Path, head: Head) -> None:
        self.head = head
        self.file = to.open("w", encoding="utf-8", newline="")
        self.file.write(BOM)
        self.writer = csv.writer(self.file, delimiter=";", lineterminator="\r\n")
        self.writer.writerow([harmless(column.name) for column in head.columns])

    def put(self, row: Row) -> None:
        self.writer.writerow(
            [self._cell(column.kind, cell) for column, cell in zip(self.head.columns, row, strict=True)]
        )

    def _cell(self, kind: str, cell: Any) -> str:
        if cell is None or isinstance(cell, str):
            return harmless(self.head.without_vat if cell is None else cell)
        if kind in ("money", "percent"):
            whole, rest = divmod(cell, 100)
            return f"{whole},{rest:02d}"
        return str(cell)

    def close(self) -> None:
        self.file.close()


class Market:
    """A YML feed: an offer for each row, a dictionary with the fields that `put` names. Money is in kopecks."""

    def __init__(self, to: Path, feed: Feed) -> None:
        self.feed = feed
        self.file = to.open("w", encoding="utf-8", newline="\n")
        shop, address = _text(feed.shop), _text(feed.address)
        self.file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<yml_catalog date={_quoted(feed.date)}>\n<shop>\n')
        self.file.write(f"<name>{shop}</name>\n<company>{shop}</company>\n<url>{address}</url>\n")
        self.file.write('<currencies>\n<currency id="RUB" rate="1"/>\n</currencies>\n<categories>\n')
        for number, above, name in feed.categories:
            parent = f' parentId="{above}"' if above else ""
            self.file.write(f'<category id="{number}"{parent}>{_text(name)}</category>\n')
        self.file.write("</categories>\n<offers>\n")

    def put(self, row: Any) -> None:
        old = f"<oldprice>{_roubles(row['retail'])}</oldprice>" if row["retail"] > row["price"] else ""
        least = f"<min-quantity>{row['minimum']}</min-quantity>" if row["minimum"] > 1 else ""
        step = f"<step-quantity>{row['pack']}</step-quantity>" if row["pack"] > 1 else ""
        self.file.write(
            f'<offer id="{row["id"]}" available="{"true" if row["available"] else "false"}">'
            f"<url>{_text(self.feed.address)}/catalogue/products/{row['id']}</url>"
            f"<price>{_roubles(row['price'])}</price>{old}<currencyId>RUB</currencyId>"
            f"<categoryId>{row['category']}</categoryId><name>{_text(row['name'])}</name>"
            f"<vendor>{_text(row['vendor'])}</vendor><vendorCode>{_text(row['article'])}</vendorCode>{least}{step}"
            f"<param name={_quoted(self.feed.unit)}>{_text(row['unit'])}</param>"
            f"<param name={_quoted(self.feed.vat)}>{_text(row['vat'])}</param></offer>\n"
        )

    def close(self) -> None:
        self.file.write("</offers>\n</shop>\n</yml_catalog>\n")
        self.file.close()


def _text(text: str) -> str:
    """Escaped, without the signs that no XML may hold. (Whether a space may break is told to no feed.)"""
    return escape("".join(_sign(sign) for sign in text))


def _sign(sign: str) -> str:
    if sign.isprintable() or sign in "\t\n":
        return sign
    return " " if sign.isspace() else ""


def _quoted(text: str) -> str:
    return quoteattr(text)


def _roubles(kopecks: int) -> str:
    return f"{kopecks // 100}.{kopecks % 100:02d}"
