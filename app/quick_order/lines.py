"""A list on its way to an order: each row with what it means, what it costs, and what is still to be settled."""

from collections.abc import Sequence
from dataclasses import dataclass

from app import money
from app.catalogue.matches import Goods
from app.catalogue.prices import Price, Source
from app.quantities import UnclearQuantity, WrongQuantity

FREE = Price(0, 0, Source.RETAIL)  # of a row without a product


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it is kept: as it came, what to look for, the quantity as typed, the chosen product (0: none)."""

    text: str
    sought: str
    quantity: str
    product: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product that a row may mean; `price` is the reader's own, in kopecks."""

    goods: Goods
    price: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its answer. `id` is its place in the list, from 1.

    `state` is ready, quantity (it does not fit: `error`), request (its price is to be asked for), choose, like,
    discontinued (what is sold instead is among the candidates, what does as well among the analogues), unknown, or
    unsearched: what is like it was not looked for yet.
    """

    id: int
    kept: Kept
    state: str
    goods: Goods | None = None
    price: Price = FREE
    vat_rate: int | None = None
    quantity: int = 0
    error: WrongQuantity | None = None
    gone: Goods | None = None
    candidates: tuple[Candidate, ...] = ()
    analogues: tuple[Candidate, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can go into the cart as it is."""
        return self.state == "ready"

    @property
    def nearest(self) -> int:
        """The nearest quantity that fits, not less than the one that does not; 0 where nobody knows what is meant."""
        return self.error.nearest[-1] if self.error and not isinstance(self.error, UnclearQuantity) else 0

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.goods.unit if self.goods else ""

    @property
    def sum(self) -> int:
        """Kopecks for a row that is ready."""
        return self.price.price * self.quantity if self.ready else 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A product to put into the cart or into a saved list, with its price of today in kopecks."""

    product_id: int
    article: str
    unit: str
    pack: int
    minimum: int
    price: int
    price_source: Source
    quantity: int


@dataclass(frozen=True, slots=True)
class Quick:
    """The whole list. A total is the sum of the shown lines (PRODUCT rule 1)."""

    lines: Sequence[Line]

    @property
    def total(self) -> int:
        """Kopecks of what is ready."""
        return sum(line.sum for line in self.lines)

    @property
    def count(self) -> int:
        """How many rows are ready."""
        return sum(line.ready for line in self.lines)

    @property
    def open(self) -> int:
        """How many are not."""
        return len(self.lines) - self.count

    @property
    def wrong(self) -> int:
        """How many quantities do not fit."""
        return sum(line.nearest > 0 for line in self.lines)

    @property
    def vat_word(self) -> str:
        """What the total says about VAT: see app.money.vat_word."""
        return money.vat_word(line.vat_rate for line in self.lines if line.goods)

    @property
    def chosen(self) -> list[Chosen]:
        """What is ready, as the cart and saved lists take it."""
        return [_chosen(line.goods, line) for line in self.lines if line.ready and line.goods]


def _chosen(goods: Goods, line: Line) -> Chosen:
    of, price = goods, line.price
    return Chosen(of.id, of.article, of.unit, of.pack, of.minimum, price.price, price.source, line.quantity)
