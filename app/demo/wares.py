"""What the demo catalogue is made of: plain records, and the model lines that they are written in.

A model line is what a maker's leaflet shows: a common description above a table of models. Its templates are filled
with the cells of each row, so that every product reads like a real one and 20 of them fit on a screen.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.money import NBSP, parse_money


@dataclass(frozen=True, slots=True)
class Brand:
    """A maker."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of product; `parent` is the slug of its group, None for a group itself."""

    name: str
    slug: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Product:
    """A product as the catalogue shows it.

    `retail` is kopecks with VAT for one `unit`; `stock`, `pack` and `minimum` are counted in units. `vat` is a value of
    app.money.Vat, `picture` a kind of app.catalogue.pictures, `replacement` the article of a product on sale.
    """

    article: str
    name: str
    brand: str
    category: str
    unit: str
    pack: int
    minimum: int
    vat: str
    stock: int
    restock_in_days: int | None
    retail: int
    picture: str
    description: str
    properties: dict[str, str]
    discontinued: bool = False
    replacement: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it, in the order in which it is to be stored: groups before their categories."""

    brands: tuple[Brand, ...]
    categories: tuple[Category, ...]
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A model line: the first of `rows` names the columns, the others are models, cells divided by «|».

    `article` and `retail` (roubles) are always among the columns; `brand`, `picture`, `unit`, `pack` and `minimum` may
    be, and then count instead of the line's own. What is sold by the pack is sold from one pack on. `name`,
    `description` and the values of `properties` are templates for the cells; a property that comes out as «—» is
    left out.
    """

    category: str
    name: str
    description: str
    properties: Mapping[str, str]
    rows: str
    brand: str = ""
    picture: str = ""
    unit: str = "шт"
    pack: int = 1
    minimum: int = 1
    vat: str = "standard"

    def products(self) -> Iterator[Product]:
        """The products of the line, not yet in stock."""
        columns, *models = ([cell.strip() for cell in row.split("|")] for row in self.rows.strip().splitlines())
        for model in models:
            yield self._product(dict(zip(columns, model, strict=True)))

    def _product(self, cells: Mapping[str, str]) -> Product:
        filled = {name: bound(template.format_map(cells)) for name, template in self.properties.items()}
        pack = int(cells.get("pack", self.pack))
        return Product(
            article=cells["article"],
            name=bound(self.name.format_map(cells)),
            brand=cells.get("brand", self.brand),
            category=self.category,
            unit=cells.get("unit", self.unit),
            pack=pack,
            minimum=int(cells.get("minimum", max(self.minimum, pack))),
            vat=self.vat,
            stock=0,
            restock_in_days=None,
            retail=parse_money(cells["retail"]),
            picture=cells.get("picture", self.picture),
            description=bound(self.description.format_map(cells)),
            properties={name: value for name, value in filled.items() if value != "—"},
        )


# A space that must not end a line: after a number («4 Мп»), inside one («1 200»), before inches and after short words.
_TIED = re.compile(
    r"(?<![\w-])(?P<number>\d+(?:[,×–/]\d+)*[×%]?) (?=[A-Za-zА-Яа-яё°%×])"
    r"|(?<=\d) (?=\d{3}(?!\d))"
    r"| (?=\d[\d,]*″)|(?<=×) (?=\d)"
    r"|\b(?P<word>ИК|PoE|до|на|от|по|под|из|№) (?=\d)"
)


def bound(text: str) -> str:
    """The text with no-break spaces where a number must stay with its unit: «ИК 40 м, 2,8 мм»."""

    def tie(found: re.Match[str]) -> str:
        return f"{found['number'] or found['word'] or ''}{NBSP}"

    return _TIED.sub(tie, text)
