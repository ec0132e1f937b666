"""A presentation as its reader sees it: a sheet of priced lines, from which everything is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app import money
from app.errors import NotFound
from app.quantities import WrongQuantity


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is sold instead of a discontinued product; `price` is the reader's own, in kopecks.

    `quantity` is the least that covers the line's and fits the replacement's pack.
    """

    product_id: int
    article: str
    brand: str
    name: str
    price: int
    stock: int
    unit: str
    quantity: int
    in_cart: int | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a presentation as its reader sees it. Kopecks with VAT, discount in basis points.

    `typed` and `error` are set when what was typed as a quantity cannot be ordered.
    """

    id: int
    position: int
    product_id: int
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    minimum: int
    picture: str
    retail: int
    discount: int
    price: int
    vat_rate: int | None
    remark: str
    quantity: int
    in_cart: int | None
    stock: int
    restock_on: date | None
    discontinued: bool
    replacement: Replacement | None
    typed: str = ""
    error: WrongQuantity | None = None
    rate: int | None = None  # of the currency that the price followed: see app.catalogue.prices.Price
    rate_on: date | None = None

    @property
    def counts(self) -> bool:
        """Whether the line is in the totals: a wrong quantity and a discontinued product are not."""
        return self.error is None and not self.discontinued

    @property
    def sum(self) -> int:
        """Kopecks for the chosen quantity."""
        return self.price * self.quantity

    @property
    def retail_sum(self) -> int:
        """The same at retail price, where there is one."""
        return (self.retail or self.price) * self.quantity

    @property
    def saving(self) -> int:
        """What the discount saves."""
        return self.retail_sum - self.sum


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sent version of a presentation as its reader sees it. A total is the sum of the shown lines (rule 1)."""

    id: int
    number: int
    company_id: int
    version_id: int
    version: int
    newest: int
    title: str
    greeting: str
    valid_until: date
    sent_at: datetime
    replaced: bool
    withdrawn: bool
    withdrawal: str
    expired: bool
    author: str
    author_phone: str
    opened_today: bool
    extension_asked: bool
    lines: tuple[SheetLine, ...]

    @property
    def open(self) -> bool:
        """Whether its prices hold: neither expired nor replaced nor withdrawn."""
        return not (self.expired or self.replaced or self.withdrawn)

    @property
    def total(self) -> int:
        """Kopecks with VAT of the lines that count."""
        return sum(line.sum for line in self.lines if line.counts)

    @property
    def retail_total(self) -> int:
        """The same at retail prices."""
        return sum(line.retail_sum for line in self.lines if line.counts)

    @property
    def saving(self) -> int:
        """What the discounts save."""
        return self.retail_total - self.total

    @property
    def wrong(self) -> tuple[SheetLine, ...]:
        """Lines whose typed quantity cannot be ordered."""
        return tuple(line for line in self.lines if line.error)

    @property
    def vat_word(self) -> str:
        """What the total says about VAT: see app.money.vat_word."""
        return money.vat_word(line.vat_rate for line in self.lines)

    def line(self, line_id: int) -> SheetLine:
        """A line by its id; raises NotFound for one of another presentation."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NotFound

    def with_lines(self, lines: Sequence[SheetLine]) -> "Sheet":
        """The same sheet with lines changed in memory: what was typed, what was filtered."""
        return replace(self, lines=tuple(lines))


def only(lines: Sequence[SheetLine], brand: str, order: str) -> list[SheetLine]:
    """The lines of one brand (empty: all) in an order: as offered, by brand, by sum, by name."""
    chosen = [line for line in lines if not brand or line.brand == brand]
    if order == "sum":
        return sorted(chosen, key=lambda line: -line.sum)
    if order == "brand":
        return sorted(chosen, key=lambda line: (line.brand.casefold(), line.position))
    if order == "name":
        return sorted(chosen, key=lambda line: line.name.casefold())
    return chosen


def for_customer(sheet: Sheet, mark_up: int | None) -> Sheet:
    """The sheet as the reader's own client sees it: at retail prices, or at the price with discount and a mark-up.

    `mark_up` is in basis points, rounded per unit (rule 1). Nothing is left in it of what the reader pays.
    """
    return sheet.with_lines([_for_customer(line, mark_up) for line in sheet.lines if not line.discontinued])


def _for_customer(line: SheetLine, mark_up: int | None) -> SheetLine:
    price = line.retail if mark_up is None else money.marked_up(line.price, mark_up)
    return replace(line, retail=price, discount=0, price=price, remark="", in_cart=None)
