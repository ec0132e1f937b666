"""Orders as they are shown: small frozen rows, and the VAT within their sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app import money
from app.accounts.user import User
from app.orders.models import OPEN, Delivery, Status


class Taxed(Protocol):
    """A priced line: its sum in kopecks with VAT and its rate."""

    @property
    def sum(self) -> int: ...
    @property
    def vat_rate(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class VatRow:
    """The lines of one VAT rate (None: «без НДС»): their sum, and the VAT within it, in kopecks."""

    rate: int | None
    sum: int
    vat: int


@dataclass(frozen=True, slots=True)
class SheetLine:
    """An ordered line. Kopecks with VAT, discount in basis points."""

    position: int
    product_id: int
    article: str
    name: str
    brand: str
    unit: str
    picture: str
    quantity: int
    retail: int
    discount: int
    price: int
    vat_rate: int | None
    presentation: int | None
    rate: int | None = None  # of the currency that the price followed: see app.catalogue.prices.Price
    rate_on: date | None = None

    @property
    def sum(self) -> int:
        """Kopecks for the whole line."""
        return self.price * self.quantity


@dataclass(frozen=True, slots=True)
class Step:
    """A status on the order's way: done, now, or yet to come (empty); `at` and `author` when it was reached."""

    status: Status
    state: str
    at: datetime | None
    author: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What a manager changed in a line after it was ordered. No `was`: the line is new; no `quantity`: it is gone."""

    article: str
    unit: str
    was: int | None
    quantity: int | None
    price_was: int | None
    price: int | None
    reason: str
    at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A payment or a shipment by its number in the accounting; `day` is its own."""

    kind: str  # payment | shipment
    number: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Passing:
    """The open hand-over of an order: from whom, to whom, who `asked` for it, and what was said with it."""

    id: int
    asked: bool
    giver_id: int
    giver: str
    taker_id: int
    taker: str
    word: str
    at: datetime

    def answers(self, user: User) -> bool:
        """Whether the reader accepts or declines it."""
        if self.asked:
            return self.giver_id in user.hands or user.is_administrator
        return self.taker_id in user.hands

    def began(self, user: User) -> bool:
        """Whether the reader may take it back."""
        return (self.taker_id if self.asked else self.giver_id) in user.hands or user.is_administrator


@dataclass(frozen=True, slots=True)
class Away:
    """The absence of an order's manager: the last day of it (None: not known), and who answers meanwhile."""

    until: date | None
    substitute: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """An order as its reader sees it. Sums are kopecks with VAT."""

    id: int
    number: int
    status: Status
    company_id: int
    company: str
    city: str
    card: int | None  # the company's id, for who may open its card
    person: str
    manager_id: int | None
    manager: str | None
    claimed_at: datetime | None
    placed_at: datetime
    called_at: datetime | None
    called_by: str | None
    contact_name: str
    contact_phone: str
    contact_email: str
    payer_name: str
    payer_inn: str
    delivery: Delivery
    carrier: str
    address: str
    comment: str
    total: int
    retail_total: int
    lines: tuple[SheetLine, ...]
    steps: tuple[Step, ...]
    changed: tuple[Changed, ...]
    merged_into: int | None  # the number of the order that its lines went to
    merged: tuple[int, ...]  # the numbers of those that came into it
    acts: bool  # whether its reader may do more than read and comment
    undo: Status | None  # the step that its reader may take back now
    passing: Passing | None
    away: Away | None
    papers: tuple[Paper, ...] = ()

    @property
    def saving(self) -> int:
        """What the discounts saved."""
        return max(self.retail_total - self.total, 0)

    @property
    def releasable(self) -> bool:
        """Whether it may go back to the common queue."""
        return self.manager_id is not None and self.status in (Status.NEW, Status.IN_WORK)

    @property
    def passable(self) -> bool:
        """Whether it may be handed over."""
        return self.manager_id is not None and self.status in OPEN

    @property
    def editable(self) -> bool:
        """Whether its lines may be changed."""
        return self.manager_id is not None and self.status.may_be_cancelled

    @property
    def vat_rows(self) -> list[VatRow]:
        """The VAT within the total, by rate."""
        return vat_rows(self.lines)

    @property
    def presentations(self) -> list[int]:
        """The numbers of the presentations that it was ordered from."""
        return sorted({line.presentation for line in self.lines if line.presentation})


@dataclass(frozen=True, slots=True)
class Listed:
    """An order in the partner's list. `awaits` says whose answer is due in its thread."""

    number: int
    status: Status
    placed_at: datetime
    total: int
    person: str
    company: str
    manager: str | None
    awaits: str
    fresh: bool  # with something that the reader has not seen
    merged: bool  # closed, its lines are in another order


def vat_rows(lines: Iterable[Taxed]) -> list[VatRow]:
    """The VAT by rate, highest first; rounded by line, as the sums are (PRODUCT rule 1)."""
    rows: dict[int | None, VatRow] = {}
    for line in lines:
        rate = line.vat_rate
        row = rows.get(rate, VatRow(rate, 0, 0))
        rows[rate] = VatRow(rate, row.sum + line.sum, row.vat + money.vat_within(line.sum, rate))
    return sorted(rows.values(), key=lambda row: -1 if row.rate is None else row.rate, reverse=True)
