"""Where in a price list what stands: guessed from its headings, or from its cells when it has none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.imports.files import Cell, Sheet

FIELDS = ("article", "name", "brand", "category", "unit", "pack", "minimum", "price", "currency", "stock")
DEEPEST = 60  # rows in which the heading is looked for
_CLAIMS: dict[str, tuple[str, ...]] = {  # of headings, the surest first
    "currency": (r"валют|currency",),
    "price": (r"^ррц|розниц|розн|^rrp|^msrp", r"цена|прайс|стоимост|price|\bопт\b|оптов"),
    "article": (r"артик|арт\b|part ?(?:no|num)|p/n|sku|vendor ?code|article", r"^код|модель|номенклатурный"),
    "minimum": (r"мин\.? ?(?:парт|кол|заказ|отгр)|минимальн|^moq|min\.? ?(?:order|qty)",),
    "pack": (r"упак|кратн|в коробке|норма отгр|pack|нормоупак|фасовка",),
    "unit": (r"ед\.? ?изм|^ед\.?$|единиц|^unit|^uom|^изм",),
    "brand": (r"бренд|производител|вендор|торговая марка|^марка|brand|vendor$|manufacturer|изготовител",),
    "category": (r"категори|групп|раздел|category",),
    "stock": (r"остат|налич|на складе|склад|свобод|stock|доступн", r"кол-?во|количеств|qty"),
    "name": (r"наименован|назван|номенклатура$|^товар|product|^name|title", r"описание|description"),
}
_NET = re.compile(  # of a heading: such prices are to be had when there are no others
    r"без\s+(?:уч[её]та\s+)?ндс|ндс\s+не\s+вкл|не\s+вкл[а-я]*\.?\s+ндс|(?:\+|плюс)\s*ндс"
    r"|(?:excl[a-z]*|without|w/o|ex|net of|no|\+)\.?\s*vat",
    re.IGNORECASE,
)
_GROSS = re.compile(
    r"\bс\s+(?:уч[её]том\s+)?ндс|вкл[а-я]*\.?\s+ндс|в\s*т\.?\s?ч\.?\s*ндс|incl[a-z]*\.?\s*vat|with vat", re.I
)
_CLAIMS_OF = {field: [re.compile(one, re.IGNORECASE) for one in patterns] for field, patterns in _CLAIMS.items()}
_NUMERIC = re.compile(r"^[^\w]*[0-9][0-9\s\u00a0.,']*[^\d]{0,6}$")
_CODE = re.compile(r"^(?=.*\d)[\w\-./+()]{3,40}$")


@dataclass(frozen=True, slots=True)
class Layout:
    """Of a sheet: the row that the headings stand in (0: there is none), the column of each field that has one, from 0.

    `titles` are the headings of those columns: by them the same columns are found in the next list of the supplier.
    """

    header: int
    columns: Mapping[str, int]
    titles: Mapping[str, str]
    sheet: str = ""

    @property
    def usable(self) -> bool:
        """Whether rows can be read by it."""
        return "article" in self.columns

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        columns, titles = dict(self.columns), dict(self.titles)
        return {"header": self.header, "columns": columns, "titles": titles, "sheet": self.sheet}


def from_json(kept: Mapping[str, Any]) -> Layout:
    """The layout that `as_json` made."""
    return Layout(kept["header"], kept["columns"], kept["titles"], kept["sheet"])


def guess(sheet: Sheet) -> Layout:
    """The likeliest layout of a sheet."""
    best, best_score = Layout(0, {}, {}), 0
    for number, cells in sheet.rows[:DEEPEST]:
        columns = _claimed(cells)
        score = len(columns) + ("article" in columns) + ("price" in columns)
        if len(columns) > 1 and score > best_score:
            best, best_score = laid(sheet, number, columns), score
    return best if best_score else laid(sheet, 0, _by_content(sheet))


def laid(sheet: Sheet, header: int, columns: Mapping[str, int]) -> Layout:
    """A layout with the titles that the sheet has in its heading."""
    cells = next((cells for number, cells in sheet.rows if number == header), [])
    titles = {field: title(cells[at]) for field, at in columns.items() if at < len(cells) and title(cells[at])}
    return Layout(header, dict(columns), titles, sheet.name)


def with_header(sheet: Sheet, header: int) -> Layout:
    """The layout when a row is said to be the heading; 0: there is none."""
    cells = next((cells for number, cells in sheet.rows if number == header), [])
    return laid(sheet, header, _claimed(cells) if header else _by_content(sheet))


def placed(sheet: Sheet, known: Layout) -> Layout:
    """A known layout on a sheet: by its headings, wherever they stand now; else as it is, if they never were any."""
    for number, cells in sheet.rows[:DEEPEST] if known.titles else ():
        titles = [title(cell) for cell in cells]
        columns = {field: titles.index(one) for field, one in known.titles.items() if one in titles}
        if len(columns) == len(known.titles) and columns:
            rest = {field: at for field, at in known.columns.items() if field not in known.titles}
            return laid(sheet, number, {**rest, **columns})
    return guess(sheet) if known.titles else laid(sheet, 0, known.columns)


def title(cell: Cell) -> str:
    """A heading as it is compared."""
    return " ".join(str(cell).casefold().split())


def is_heading(cells: Sequence[Cell], layout: Layout) -> bool:
    """Whether a row repeats the headings."""
    told = [(field, at) for field, at in layout.columns.items() if field in layout.titles]
    same = sum(at < len(cells) and title(cells[at]) == layout.titles[field] for field, at in told)
    return len(told) > 1 and same == len(told)


def without_vat(text: str) -> bool | None:
    """Whether a text says of prices that they are without VAT; None: it says nothing of it, or both."""
    rest = _NET.sub("", text)
    net, gross = rest != text, bool(_GROSS.search(rest))
    return net if net is not gross else None


def net(sheet: Sheet, layout: Layout) -> bool:
    """Whether the prices of a sheet are without VAT, as their heading says, or what stands above it: «Цены без НДС»."""
    if (said := without_vat(layout.titles.get("price", ""))) is not None:
        return said
    above = (title(cell) for number, cells in sheet.rows if number < layout.header for cell in cells)
    return any(without_vat(text) for text in above if "цен" in text or "price" in text)


def letters(at: int) -> str:
    """The name that workbooks give a column: 0 is A, 27 is AB."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _claimed(cells: Sequence[Cell]) -> dict[str, int]:
    """The columns that headings claim, each for one field: the surest claim of a field counts, retail before others.

    Prices without VAT come last.
    """
    texts = [title(cell) if isinstance(cell, str) and len(cell) < 80 else "" for cell in cells]
    priced = {at for at, text in enumerate(texts) if _claim("price", text) is not None}
    taken: dict[str, int] = {}
    for field in _CLAIMS:
        free = (at for at in range(len(texts)) if at not in taken.values())
        claims = [(sure, at) for at in free if (sure := _claim(field, texts[at])) is not None]
        if field not in ("price", "currency"):  # «Цена за упаковку» is no pack
            claims = [(sure, at) for sure, at in claims if at not in priced]
        if claims:
            taken[field] = min(claims)[1]
    return taken


def _claim(field: str, text: str) -> int | None:
    """How sure a heading names a field, 0 the surest; None: it does not."""
    last = len(_CLAIMS_OF[field]) if field == "price" and without_vat(text) else 0
    return next((sure + last for sure, one in enumerate(_CLAIMS_OF[field]) if text and one.search(text)), None)


def _by_content(sheet: Sheet) -> dict[str, int]:
    """Without headings: codes are articles, the longest texts names, the numbers behind them prices, then stocks."""
    rows = [cells for _number, cells in sheet.rows[:300] if len(cells) > 1]
    width = max((len(cells) for cells in rows), default=0)
    columns = [list(_filled(rows, at)) for at in range(width)]
    shares = [_shares(cells, len(rows)) for cells in columns]
    found: dict[str, int] = {}
    names = [at for at, share in enumerate(shares) if share.text > 0.5 and share.length > 12]
    if names:
        found["name"] = max(names, key=lambda at: shares[at].length)
    codes = [at for at, share in enumerate(shares) if share.code > 0.5 and at not in found.values()]
    numbers = [at for at, share in enumerate(shares) if share.number > 0.5 and at not in found.values()]
    if codes and (best := max(codes, key=lambda at: (shares[at].lettered, shares[at].distinct, -at))) is not None:
        found["article"] = best
    prices = [at for at in numbers if at not in found.values() and at > found.get("article", -1)]
    found.update(zip(("price", "stock"), prices, strict=False))
    return found


@dataclass(frozen=True, slots=True)
class _Shares:
    """What the cells of a column are like: shares of all rows, and the mean length of its texts."""

    text: float
    number: float
    code: float
    lettered: float
    distinct: float
    length: float


def _shares(cells: Sequence[Cell], rows: int) -> _Shares:
    texts = [str(cell) for cell in cells]
    numbers = sum(isinstance(cell, int | float) or bool(_NUMERIC.match(cell)) for cell in cells)
    codes = [text for text in texts if _CODE.match(text)]
    lettered = sum(any(sign.isalpha() for sign in text) for text in codes)
    length = sum(map(len, texts)) / max(len(texts), 1)
    of = max(rows, 1)
    return _Shares(
        (len(texts) - numbers) / of, numbers / of, len(codes) / of, lettered / of, len(set(codes)) / of, length
    )


def _filled(rows: Sequence[Sequence[Cell]], at: int) -> Iterator[Cell]:
    for cells in rows:
        if at < len(cells) and str(cells[at]).strip():
            yield cells[at]
