"""What an address of the catalogue asks for: a place, and what of it is shown in which order."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.errors import NotFound
from app.i18n import gettext as _
from app.money import parse_money

SORTS = ("name", "price", "article")
LONGEST = 100  # characters of a search
DEAREST = 10**12  # kopecks
MOST_CODES = 40  # values of properties
_PAGE_DIGITS = 6
_CODE = re.compile("[a-z2-7]{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the catalogue with its own address: all of it, a brand, a category, or what a search finds.

    `brand` and `category` are slugs, `group` is the name and slug of the category above.
    """

    parts: tuple[str, ...]  # of its path
    name: str = ""
    brand: str = ""
    category: str = ""
    group: tuple[str, str] | None = None
    picture: str = ""  # the logo of a brand

    @property
    def is_search(self) -> bool:
        """Whether it lists what a search finds."""
        return self.parts == SEARCH.parts


EVERYTHING = Place(("catalogue",))
SEARCH = Place(("catalogue", "search"))


@dataclass(frozen=True, slots=True)
class Filters:
    """What of a list is shown, and how. `brand` and `category` are slugs, an empty `sort` is the list's own order.

    `codes` are values of properties (app.catalogue.properties), `low` and `high` the retail prices as they were typed.
    `quantities` is what was typed for products outside of the cart (id → text): the site keeps it nowhere else.
    """

    q: str = ""
    brand: str = ""
    category: str = ""
    stock: bool = False
    sort: str = ""
    page: int = 1
    codes: Sequence[str] = ()
    low: str = ""
    high: str = ""
    quantities: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Iterable[tuple[str, str]]) -> "Filters":
        """The filters of an address. What is not known here is passed over; raises NotFound for no page number."""
        pairs = [(name, printable(value)) for name, value in asked]
        values = dict(pairs)
        page, sort = values.get("page", "1"), values.get("sort", "")
        if not (page.isascii() and page.isdigit() and len(page) <= _PAGE_DIGITS and int(page)):
            raise NotFound
        return cls(
            q=values.get("q", "").strip()[:LONGEST],
            brand=values.get("brand", ""),
            category=values.get("category", ""),
            stock=values.get("stock", "") == "1",
            sort=sort if sort in SORTS else "",
            page=int(page),
            codes=sorted({value for name, value in pairs if name == "p" and _CODE.fullmatch(value)})[:MOST_CODES],
            low=values.get("low", "").strip()[:20],
            high=values.get("high", "").strip()[:20],
            quantities={int(name[1:]): text[:20] for name, text in values.items() if _is_quantity(name)},
        )

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query of an address with these filters, some of them changed; it begins at the first page."""
        stock = "1" if self.stock else ""
        return {
            "q": self.q,
            "brand": self.brand,
            "category": self.category,
            "stock": stock,
            "p": self.codes,
            "low": self.low,
            "high": self.high,
            "sort": self.sort,
            **changes,
        }

    def query_of_page(self, page: int) -> dict[str, Any]:
        """The query of the address of another page with the same filters."""
        return self.query(page=page if page > 1 else "")

    @property
    def narrowed(self) -> bool:
        """Whether something is left out that can be shown again."""
        return bool(self.brand or self.category or self.stock or self.codes or self.low or self.high)

    @property
    def prices(self) -> tuple[int, int] | None:
        """The range of retail prices in kopecks; None for any. What is no price limits nothing: see `wrong`."""
        low, high = _kopecks(self.low), _kopecks(self.high)
        return None if low is None and high is None else (low or 0, DEAREST if high is None else high)

    @property
    def wrong(self) -> Mapping[str, str]:
        """What is wrong with `low` and `high`, in words."""
        words = _("Write a price in roubles: 15 000")
        typed = {"low": self.low, "high": self.high}
        return {name: words for name, text in typed.items() if text and _kopecks(text) is None}

    def without(self, code: str) -> dict[str, Any]:
        """The query of an address without a value of a property."""
        return self.query(p=[one for one in self.codes if one != code])


def _kopecks(text: str) -> int | None:
    """A price that somebody typed; None for nothing, and for what is none."""
    try:
        kopecks = parse_money(text) if text else -1
    except ValueError:
        return None
    return kopecks if 0 <= kopecks <= DEAREST else None


def printable(text: str) -> str:
    """A text of an address without what no database takes (NUL) and nobody types (other control characters)."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _is_quantity(name: str) -> bool:
    digits = name[1:]
    return name[:1] == "q" and digits.isascii() and digits.isdigit() and digits[0] != "0" and len(digits) < 10
