"""An order to be, made of old ones or of a template: each line as it was and as it would be today (PRODUCT, Repeat)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from app import money
from app.catalogue.prices import Source
from app.quantities import WrongQuantity


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as the reader can order it today: `price` is their own, in kopecks with VAT for one `unit`."""

    product_id: int
    article: str
    name: str
    brand: str
    unit: str
    picture: str
    pack: int
    minimum: int
    stock: int
    restock_on: date | None
    price: int
    price_source: Source
    vat_rate: int | None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What was ordered, and what would be ordered now. Kopecks with VAT; `id` is the old product's.

    `old_price` is of the newest of the orders, `old_sum` what was paid in all of them. `goods` is the product itself,
    or what replaces it (`replaced`), or None when it is gone or has its price `on_request`. `taken`: whether it goes
    into the cart. `typed` and `error` are set when the quantity cannot be ordered.
    """

    id: int
    article: str
    name: str
    brand: str
    picture: str
    old_unit: str
    old_price: int
    old_quantity: int
    old_sum: int
    orders: tuple[int, ...]
    goods: Goods | None
    replaced: bool
    taken: bool
    quantity: int
    typed: str = ""
    error: WrongQuantity | None = None
    on_request: bool = False

    @property
    def state(self) -> str:
        """The one word for the line: gone, request (no price), replaced, wrong (quantity), dearer, cheaper or same."""
        if self.goods is None:
            return "request" if self.on_request else "gone"
        if self.replaced:
            return "replaced"
        if self.error:
            return "wrong"
        return "dearer" if self.difference > 0 else "cheaper" if self.difference < 0 else "same"

    @property
    def difference(self) -> int:
        """How much dearer one unit is than it was; negative when it became cheaper."""
        return self.price - self.old_price if self.goods else 0

    @property
    def price(self) -> int:
        """Today's price of one unit; 0 for what is gone."""
        return self.goods.price if self.goods else 0

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.goods.unit if self.goods else self.old_unit

    @property
    def pack(self) -> int:
        """The multiple that it is sold by."""
        return self.goods.pack if self.goods else 1

    @property
    def minimum(self) -> int:
        """The least that is sold."""
        return self.goods.minimum if self.goods else 1

    @property
    def counts(self) -> bool:
        """Whether the line is in the new total."""
        return self.goods is not None and self.taken and self.error is None

    @property
    def sum(self) -> int:
        """What the line would cost today; 0 for one that does not count."""
        return self.price * self.quantity if self.counts else 0


@dataclass(frozen=True, slots=True)
class Chosen:
    """A product with the quantity to put into the cart or into a template; the rest as in Goods."""

    product_id: int
    article: str
    unit: str
    pack: int
    minimum: int
    price: int
    price_source: Source
    quantity: int


class Typed(Protocol):
    """What a person chose in the form of a draft, by line id."""

    @property
    def quantities(self) -> dict[int, int]: ...
    @property
    def wrong(self) -> dict[int, WrongQuantity]: ...
    @property
    def taken(self) -> dict[int, bool]: ...
    @property
    def typed(self) -> dict[str, str]: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """The lines of old orders, or of a template. A total is the sum of the shown lines (PRODUCT rule 1)."""

    lines: tuple[DraftLine, ...]
    orders: tuple[int, ...]
    template: int | None
    template_name: str

    @property
    def old_total(self) -> int:
        """What all of it cost."""
        return sum(line.old_sum for line in self.lines)

    @property
    def total(self) -> int:
        """What is taken costs today."""
        return sum(line.sum for line in self.lines)

    @property
    def difference(self) -> int:
        """The new total less the old one."""
        return self.total - self.old_total

    @property
    def chosen(self) -> list["Chosen"]:
        """What goes into the cart: products at today's prices, with their quantities."""
        lines = [(line.goods, line.quantity) for line in self.lines if line.goods and line.counts]
        return [_chosen(goods, quantity) for goods, quantity in lines]

    @property
    def vat_word(self) -> str:
        """What the total says about VAT: see app.money.vat_word."""
        return money.vat_word(line.goods.vat_rate for line in self.lines if line.goods)

    @property
    def kinds(self) -> list[str]:
        """The pictures of the lines."""
        return sorted({line.picture for line in self.lines})

    @property
    def fingerprint(self) -> str:
        """A short hash of products, prices and packs: whoever was shown others is told before anything is done."""
        state = [(line.id, line.old_quantity, line.goods and _terms(line.goods)) for line in self.lines]
        return hashlib.sha256(repr(state).encode()).hexdigest()[:24]

    def with_typed(self, form: Typed) -> "Draft":
        """The same draft with what a person chose."""
        return replace(self, lines=tuple(_typed(line, form) for line in self.lines))


def _terms(goods: Goods) -> tuple[int, ...]:
    return goods.product_id, goods.price, goods.pack, goods.minimum


def _chosen(goods: Goods, quantity: int) -> Chosen:
    return Chosen(
        goods.product_id,
        goods.article,
        goods.unit,
        goods.pack,
        goods.minimum,
        goods.price,
        goods.price_source,
        quantity,
    )


def _typed(line: DraftLine, form: Typed) -> DraftLine:
    if line.goods is None:
        return line
    return replace(
        line,
        taken=form.taken.get(line.id, line.taken),
        quantity=form.quantities.get(line.id, line.quantity),
        typed=form.typed.get(f"q{line.id}", "") if line.id not in form.quantities else "",
        error=form.wrong.get(line.id),
    )


def sums(rows: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The quantity in all, and the sum in kopecks, of rows of price and quantity."""
    return sum(quantity for _, quantity in rows), sum(price * quantity for price, quantity in rows)
