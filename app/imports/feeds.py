"""Feeds of shops (YML) as rows of a table: each offer a row under a heading of our own words.

They are read piece by piece. Entities are neither declared nor resolved, nothing is loaded from anywhere; a DOCTYPE
that only names the format is taken.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.imports.limits import MOST_ROWS, Refused

KINDS = frozenset({".yml", ".xml"})
HEADING = (
    *("Артикул", "Наименование", "Бренд", "Категория", "Ед.изм.", "Упаковка", "Мин. партия", "Цена", "Валюта"),
    "Остаток",
)
_ENCODINGS = frozenset({"utf-8", "windows-1251", "cp1251", "utf-16", "us-ascii", "koi8-r"})
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_STOCKS = ("stock_quantity", "quantity", "count", "stock", "quantity_in_stock")
_STOCK_NAMES = re.compile(r"остат|кол-?во|количество|на складе|налич", re.IGNORECASE)
_CURRENCIES = {"RUR": "RUB", "USD": "USD", "RUB": "RUB"}
Line = tuple[object, ...]


def lines(path: Path, most: int) -> Iterator[Line]:
    """One sheet with the offers of a feed; the heading is its first row. Raises Refused."""
    # long: one piece after the other, each taken away at once
    # here: nothing else in this process reads XML
    from lxml import etree  # type: ignore[import-untyped]  # it has no types of its own

    _look_at(path)
    yield ("sheet", "")
    yield ("row", 1, list(HEADING))
    categories: dict[str, str] = {}
    count = 0
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": True}
    try:
        for _event, one in etree.iterparse(str(path), events=("end",), tag=("{*}category", "{*}offer"), **options):
            if etree.QName(one).localname == "category":
                categories[one.get("id", "")] = _text(one)
                continue
            count += 1
            if count > MOST_ROWS:
                raise Refused("rows", sheet="", most=MOST_ROWS)
            if count > most:
                return
            yield ("row", count + 1, _offer(one, categories))
            one.clear()
            while one.getprevious() is not None:
                del one.getparent()[0]
    except etree.XMLSyntaxError as broken:
        raise Refused("line", row=broken.lineno or 1) from broken
    if not count:
        raise Refused("offers")


def _look_at(path: Path) -> None:
    """Refuses declared entities and encodings in which they could hide."""
    content = path.read_bytes()
    start = content[:400].removeprefix(b"\xef\xbb\xbf")
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and not start.lstrip().startswith(b"<"):
        raise Refused("other")
    declared = _DECLARED.match(start)
    if declared and declared[1].decode().casefold() not in _ENCODINGS:
        raise Refused("encoding", row=1)
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if (at := content.find("<!ENTITY".encode(encoding))) >= 0:
            raise Refused("entities", row=content[:at].count(b"\n") + 1)


def _offer(one: Any, categories: dict[str, str]) -> list[str]:
    told = {part.tag.rpartition("}")[2]: _text(part) for part in one if isinstance(part.tag, str)}
    article = told.get("vendorCode") or told.get("article") or told.get("barcode") or one.get("id", "")
    name = told.get("name") or " ".join(filter(None, (told.get("typePrefix"), told.get("vendor"), told.get("model"))))
    currency = _CURRENCIES.get(told.get("currencyId", "").upper(), told.get("currencyId", ""))
    least = told.get("min-quantity", "")
    pack = told.get("step-quantity", "")
    unit = told.get("unit") or told.get("sales_unit") or _param(one, ("единица", "ед. изм", "unit"))
    category = categories.get(told.get("categoryId", ""), "")
    price = told.get("price", "")
    return [article, name, told.get("vendor", ""), category, unit, pack, least, price, currency, _stock(one, told)]


def _stock(one: Any, told: dict[str, str]) -> str:
    found = next((told[name] for name in _STOCKS if told.get(name)), "")
    if not found:
        params = (part for part in one.iterfind("{*}param") if _STOCK_NAMES.search(part.get("name", "")))
        found = next((_text(part) for part in params), "")
    if not found and one.get("available", "").casefold() == "false":
        return "0"
    return found


def _param(one: Any, names: tuple[str, ...]) -> str:
    params = (part for part in one.iterfind("{*}param") if part.get("name", "").casefold().startswith(names))
    return next((_text(part) for part in params), "")


def _text(part: Any) -> str:
    return " ".join((part.text or "").split())[:250]
