"""What an address of the catalogue asks for: a place, and what of it is shown in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.errors import NotFound

SORTS = ("name", "price", "article")
LONGEST = 100  # characters of a search
_PAGE_DIGITS = 6


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

    `quantities` is what was typed for products outside of the cart (id → text): the site keeps it nowhere else.
    """

    q: str = ""
    brand: str = ""
    category: str = ""
    stock: bool = False
    sort: str = ""
    page: int = 1
    quantities: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Iterable[tuple[str, str]]) -> "Filters":
        """The filters of an address. What is not known here is passed over; raises NotFound for no page number."""
        values = {name: printable(value) for name, value in asked}
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
            "sort": self.sort,
            **changes,
        }

    def query_of_page(self, page: int) -> dict[str, Any]:
        """The query of the address of another page with the same filters."""
        return self.query(page=page if page > 1 else "")

    @property
    def narrowed(self) -> bool:
        """Whether something is left out that can be shown again."""
        return bool(self.brand or self.category or self.stock)


def printable(text: str) -> str:
    """A text of an address without what no database takes (NUL) and nobody types (other control characters)."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _is_quantity(name: str) -> bool:
    digits = name[1:]
    return name[:1] == "q" and digits.isascii() and digits.isdigit() and digits[0] != "0" and len(digits) < 10
