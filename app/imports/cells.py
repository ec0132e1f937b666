"""What stands in the cells of a price list, however it is written: prices, stocks, packs, units."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from app.imports.files import Cell
from app.money import Currency, rounded, with_vat

DEAREST = 10**12  # of the smallest units
MOST = 2_000_000_000  # units in a warehouse
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’`]+")
_DOLLARS = re.compile(r"\$|usd|у\.?\s?е\b\.?|долл?(?:аров|ара?|\.)?|доллар\w*", re.IGNORECASE)
_ROUBLES = re.compile(r"₽|руб(?:лей|ля|ль|\.)?|\brub\b|\brur\b|(?<=[\d\s])р\.?$|^р\.?$", re.IGNORECASE)
_OTHER_MONEY = re.compile(r"€|eur|евро|¥|cny|юан\w*|тенге|kzt|₸|byn", re.IGNORECASE)
_ASK = re.compile(
    r"звон|запрос|договор|уточн|call|\bask\b|request|p\.?o\.?r\.?\b|^(?:-|–|—|\?|n/?a|нет|н/д)$", re.IGNORECASE
)
_AMOUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_ROUND_AMOUNT = re.compile(r"^цена:?|/[^\d]*$|[-=]+$", re.IGNORECASE)
_MORE = re.compile(r"^(?:>=?|≥|&gt;|более|больше|свыше|от|over|more than)\s*|\s*\+$", re.IGNORECASE)
_STRICTLY = re.compile(r"^(?:>(?!=)|&gt;|более|больше|свыше|over|more than)", re.IGNORECASE)
_LESS = re.compile(r"^(?:<|&lt;|менее|меньше|до)\s*(?=\d)", re.IGNORECASE)
_NONE = re.compile(
    r"^(?:нет(?: в наличии)?|отсутству\w*|под заказ|ожида\w*|в пути|no|out of stock|false|-|–|—)\.?$", re.I
)
_SOME = re.compile(r"^(?:есть|да|мало|много|достаточно|в наличии|на складе|yes|in stock|true|[+*]+|остаток)\.?$", re.I)
_PACKED = re.compile(
    r"^(?:уп(?:ак(?:овка)?)?|бухт[аы]?|кор(?:обка|\.)?|пач(?:ка|\.)?|бобин\w*|катуш\w*|рулон\w*|pack|box)\b\.?"
    r"\s*(?:по)?\s*[-–:(]?\s*(?P<count>[0-9]{1,6})\s*(?P<unit>[^\W\d]{1,8})?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^(?P<count>[0-9]{1,6})\s*(?P<unit>[^\W\d]{1,8})?\b\.?(?:\s*(?:/|в)\s*\w+\.?)?$", re.IGNORECASE)
_UNITS = {
    **dict.fromkeys(("штука", "штуки", "штук", "pcs", "pc", "шт", "ед", "ea"), "шт"),
    **dict.fromkeys(("метр", "метра", "метров", "пм", "погм", "м", "m", "мп"), "м"),
    **dict.fromkeys(("комплект", "компл", "кт", "ком", "set"), "компл"),
    **dict.fromkeys(("упаковка", "упак", "уп", "пач", "пачка", "pack"), "упак"),
    **dict.fromkeys(("пара", "пар"), "пара"),
    **dict.fromkeys(("бухта", "бухт"), "бухта"),
    **dict.fromkeys(("килограмм", "кг", "kg"), "кг"),
}


class Unclear(Exception):
    """A cell cannot be understood; `reason` is a code of `app.imports.reasons`, `text` what stands there."""

    def __init__(self, reason: str, text: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.text = str(text)[:60]


@dataclass(frozen=True, slots=True)
class Price:
    """A price in the smallest units, 0 on request; `currency` None: the cell does not say it.

    `exact` is it before it was rounded: of a price without VAT (`net`) the one with VAT is made, and rounded once.
    """

    amount: int
    currency: Currency | None
    exact: Decimal = field(default=Decimal(0), compare=False)
    net: bool = False

    def gross(self, rate: int | None) -> int:
        """The amount with VAT, of a product with such a rate. Raises Unclear when there is no such price."""
        if not self.net:
            return self.amount
        amount = rounded(with_vat(self.exact, rate))
        if amount >= DEAREST:
            raise Unclear("price", self.exact / 100)
        return amount


@dataclass(frozen=True, slots=True)
class Packing:
    """What a text says of a unit and of how many make a pack: None and an empty text where it says nothing."""

    unit: str = ""
    pack: int | None = None


def price(cell: Cell) -> Price | None:
    """The price in a cell, None for an empty one. Raises Unclear."""
    if isinstance(cell, int | float):
        return _price(Decimal(str(cell)), cell, None)
    text = cell.strip()
    if not text:
        return None
    said = currency(text)
    bare = _ROUND_AMOUNT.sub("", _SPACES.sub("", _ROUBLES.sub("", _DOLLARS.sub("", text))))
    if _AMOUNT.fullmatch(bare):
        return _price(_decimal(bare, text), text, said)
    if _ASK.search(text):
        return Price(0, None)
    raise Unclear("price", text)


def currency(text: str) -> Currency | None:
    """The currency that a text names, if any. Raises Unclear for one that prices are not kept in."""
    if _OTHER_MONEY.search(text):
        raise Unclear("currency", text)
    if _DOLLARS.search(text):
        return Currency.USD
    return Currency.RUB if _ROUBLES.search(text.strip()) else None


def stock(cell: Cell) -> int | None:
    """How many units there are for certain: «>50» is 51, «есть» is 1; None: who knows («звоните»). Raises Unclear."""
    if isinstance(cell, int | float):
        return _quantity(Decimal(str(cell)), cell)
    text = " ".join(cell.split())
    if not text or (_ASK.search(text) and not _NONE.match(text)):
        return None
    if _NONE.match(text):
        return 0
    if _SOME.match(text) or _LESS.match(text):
        return 1
    more = 1 if _STRICTLY.match(text) else 0
    found = re.match(r"([0-9][0-9\s]*(?:[.,][0-9]+)?)", _SPACES.sub("", _MORE.sub("", text)))
    if not found or len(found[1]) > 15:
        raise Unclear("stock", text)
    return _quantity(Decimal(found[1].replace(",", ".")), text) + more


def count(cell: Cell, most: int, reason: str) -> int | None:
    """A whole number from 1 on, in a text too («10 шт»); None for an empty cell. Raises Unclear."""
    if isinstance(cell, str):
        told = packing(cell)
        if not cell.strip():
            return None
        if told.pack is None:
            raise Unclear(reason, cell)
        cell = told.pack
    if cell != int(cell) or not 1 <= cell <= most:
        raise Unclear(reason, cell)
    return int(cell)


def packing(text: str) -> Packing:
    """What «шт», «уп. 10 шт», «бухта 305 м», «100 м» say."""
    plain = " ".join(text.replace("\u00a0", " ").split())
    found = _PACKED.match(plain) or _COUNTED.match(plain)
    if found:
        return Packing(unit(found["unit"] or ""), int(found["count"]))
    return Packing(unit(plain))


def unit(text: str) -> str:
    """A unit as the catalogue writes it: «Штук» and «шт.» are «шт»."""
    plain = text.strip().strip(".").strip()
    return _UNITS.get(_bare(plain), plain)


def is_unit(text: str) -> bool:
    """Whether it is a unit that is known, and nothing else."""
    return _bare(text) in _UNITS


def _bare(text: str) -> str:
    return re.sub(r"[\s.\-/]", "", text.casefold())


def _decimal(bare: str, text: str) -> Decimal:
    """A number with commas and points, of which the last one may part the kopecks. Raises Unclear for 1,234."""
    signs = [sign for sign in bare if sign in ".,"]
    whole, _sign, rest = bare.rpartition(signs[-1]) if signs else (bare, "", "")
    if len(set(signs)) == 1:
        thousands = all(len(part) == 3 for part in re.split("[.,]", bare)[1:])
        if len(signs) > 1:
            if not thousands:
                raise Unclear("price", text)
            whole, rest = bare, ""
        elif thousands and 0 < len(whole) <= 3 and whole != "0":
            raise Unclear("thousands", text)
    digits = re.sub("[.,]", "", whole) or "0"
    return Decimal(f"{digits}.{rest}" if rest else digits)


def _price(value: Decimal, told: object, said: Currency | None) -> Price:
    amount = rounded(value * 100) if value < DEAREST else DEAREST
    if not 0 <= amount < DEAREST:
        raise Unclear("price", told)
    return Price(amount, said, value * 100)


def _quantity(value: Decimal, told: object) -> int:
    if value > MOST:
        raise Unclear("stock", told)
    return max(int(value), 0)
