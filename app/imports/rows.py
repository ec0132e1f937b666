"""From the rows of a price list to what each of them says of a product, or why it cannot be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.catalogue.filters import printable
from app.catalogue.models import article_key
from app.imports import cells as parts
from app.imports.cells import Price, Unclear
from app.imports.columns import Layout, is_heading
from app.imports.columns import net as says_net
from app.imports.files import Cell, Sheet
from app.money import Currency

PACK, MINIMUM = 10_000, 100_000
ARTICLE, NAME, UNIT = 80, 250, 10  # characters


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says: None and empty texts where it says nothing. `heading` is the category row above it.

    `reason` is why it cannot be read (`app.imports.reasons`), `doubt` the text that is meant.
    """

    sheet: str
    row: int
    article: str
    key: str
    name: str = ""
    brand: str = ""
    category: str = ""
    heading: str = ""
    unit: str = ""
    pack: int | None = None
    minimum: int | None = None
    price: Price | None = None
    stock: int | None = None
    reason: str = ""
    doubt: str = ""


def rows_of(sheet: Sheet, layout: Layout, currency: Currency, net: bool | None = None) -> Iterator[Told]:
    """The rows below the heading that are about products, in order; `currency` is meant where none is said.

    `net`: prices are without VAT; None: as the sheet says.
    """
    heading, said = "", _said_above(layout) or currency
    net = says_net(sheet, layout) if net is None else net
    for number, cells in sheet.rows:
        if number <= layout.header or is_heading(cells, layout):
            continue
        if (found := _category_row(cells, layout)) is not None:
            heading = found or heading
            continue
        told = _told(sheet.name, number, cells, layout, heading, said)
        yield replace(told, price=replace(told.price, net=True)) if net and told.price else told


def _category_row(cells: Sequence[Cell], layout: Layout) -> str | None:
    """The text of a row that heads those below it: one text, alone or beside its number; None: it is a product's."""
    filled = [(at, cell) for at, cell in enumerate(cells) if str(cell).strip()]
    texts = [(at, cell) for at, cell in filled if isinstance(cell, str)]
    if len(filled) == 1:
        return _clean(texts[0][1]) if texts else ""
    told = {layout.columns.get("article"), layout.columns.get("price")}
    if len(filled) == 2 and len(texts) == 1 and not told & {at for at, _cell in filled}:
        return _clean(texts[0][1])
    return None


def _told(sheet: str, number: int, cells: Sequence[Cell], layout: Layout, heading: str, currency: Currency) -> Told:
    # long: a line for each field
    def cell(field: str) -> Cell:
        at = layout.columns.get(field, -1)
        return cells[at] if 0 <= at < len(cells) else ""

    article, name = _clean(cell("article")), _clean(cell("name"))
    about = {"sheet": sheet, "row": number, "article": article[:ARTICLE], "name": name[:NAME]}
    key = article_key(article)
    if not key or len(article) > ARTICLE:
        return Told(**about, key="", reason="article" if not key else "long_article", doubt=article[:60])  # type: ignore[arg-type]
    try:
        told = parts.packing(str(cell("unit")))
        pack = _count(cell("pack"), told.pack, PACK, "pack")
        unit = told.unit or parts.packing(str(cell("pack"))).unit
        if len(unit) > UNIT or any(sign.isdigit() for sign in unit):
            raise Unclear("unit", cell("unit"))
        return Told(
            **about,  # type: ignore[arg-type]  # a text, a number, two texts
            key=key,
            brand=_clean(cell("brand")),
            category=_clean(cell("category")),
            heading=heading,
            unit=unit,
            pack=pack,
            minimum=_count(cell("minimum"), None, MINIMUM, "minimum"),
            price=_priced(cell("price"), cell("currency"), currency),
            stock=parts.stock(cell("stock")),
        )
    except Unclear as unclear:
        return Told(**about, key=key, reason=unclear.reason, doubt=unclear.text)  # type: ignore[arg-type]


def _count(cell: Cell, otherwise: int | None, most: int, reason: str) -> int | None:
    """A number of a column; what the unit says of it where the column says nothing («уп. 10 шт»)."""
    if isinstance(cell, str) and parts.is_unit(cell):
        cell = ""  # «шт» in a column of packs
    found = parts.count(cell, most, reason)
    if found is None and otherwise is not None and not 1 <= otherwise <= most:
        raise Unclear(reason, otherwise)
    return otherwise if found is None else found


def _priced(cell: Cell, said: Cell, currency: Currency) -> Price | None:
    """The price with its currency: as its own cell says, else the column of currencies, else as the list is."""
    price = parts.price(cell)
    if price is None:
        return None
    beside = price.currency or (parts.currency(str(said)) if str(said).strip() else None)
    if beside is None and str(said).strip():
        raise Unclear("currency", said)
    return replace(price, currency=beside or currency)


def _said_above(layout: Layout) -> Currency | None:
    """The currency that the heading of the prices names: «Цена, $»."""
    try:
        return parts.currency(layout.titles.get("price", ""))
    except Unclear:
        return None


def _clean(cell: Cell) -> str:
    return printable(str(cell)).strip()
