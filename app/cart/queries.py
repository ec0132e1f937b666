"""What is in a cart, checked against today's prices, offers and stock (PRODUCT rules 2 and 5)."""

# long: a statement, its small frozen rows, and how the rows are made of it

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import clock, money
from app.accounts.user import User
from app.catalogue.prices import Discounts, Price, Source, discounts_of
from app.database import Sql, as_date
from app.errors import NotFound
from app.quantities import WrongQuantity, must_fit
from app.settings import Settings
from app.vat import vat_rates

_LINES = Sql(
    """
    SELECT c.id, c.source, c.quantity, c.price AS agreed, c.presentation_line_id,
           p.id AS product_id, p.brand_id, p.category_id, p.vat, p.discontinued_at, p.pack, p.minimum,
           p.stock, p.restock_on, p.retail AS retail_now,
           COALESCE(l.article, p.article) AS article, COALESCE(l.name, p.name) AS name,
           COALESCE(l.brand, b.name) AS brand, COALESCE(l.unit, p.unit) AS unit, p.picture,
           l.retail AS offered_retail, l.price AS offered, l.discount AS offered_discount, l.vat_rate, l.position,
           l.rate, l.rate_on,
           v.valid_until, v.replaced_at, v.withdrawn_at, v.number AS version, n.number AS presentation,
           r.id AS replacement_id, r.article AS replacement_article
    FROM cart_line c
    JOIN product p ON p.id = c.product_id
    JOIN brand b ON b.id = p.brand_id
    LEFT JOIN product r ON r.id = p.replacement_id
    LEFT JOIN presentation_line l ON l.id = c.presentation_line_id
    LEFT JOIN presentation_version v ON v.id = l.version_id
    LEFT JOIN presentation n ON n.id = v.presentation_id
    WHERE c.person_id = :owner
    ORDER BY c.id
    """
)
_QUANTITIES = Sql("SELECT source, quantity FROM cart_line WHERE person_id = :owner")
_TOTALS = Sql(
    "SELECT COUNT(*) AS cart_count, CAST(COALESCE(SUM(price * quantity), 0) AS BIGINT) AS cart_sum "
    "FROM cart_line WHERE person_id = :owner"
)


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line of the cart as it stands today. Kopecks with VAT, discount in basis points.

    `price` is what one unit costs in this cart: the agreed price, or a lower one that was applied. `today` is the
    price that holds now. `problem` is empty or says why nothing can be ordered yet: gone, request (its
    price is on request now), quantity, dearer.
    `offer` is empty for a valid or no presentation, else expired, replaced or withdrawn.
    """

    id: int
    source: str
    product_id: int
    presentation_line_id: int | None
    presentation: int | None
    version: int | None
    position: int | None
    valid_until: date | None
    offer: str
    article: str
    name: str
    brand: str
    unit: str
    pack: int
    minimum: int
    picture: str
    stock: int
    restock_on: date | None
    replacement_id: int | None
    replacement_article: str | None
    quantity: int
    retail: int
    agreed: int
    today: int
    price: int
    discount: int
    price_source: Source
    vat_rate: int | None
    problem: str
    error: WrongQuantity | None  # the kept quantity does not fit its pack any more, or the typed one does not
    typed: str = ""
    rate: int | None = None  # of the currency that the price follows: see app.catalogue.prices.Price
    rate_on: date | None = None

    @property
    def counts(self) -> bool:
        """Whether the line is in the totals: a wrong quantity and what is gone or has no price are not."""
        return self.error is None and self.problem not in ("gone", "request")

    @property
    def sum(self) -> int:
        """Kopecks for the whole line."""
        return self.price * self.quantity if self.counts else 0

    @property
    def retail_sum(self) -> int:
        """What the line would cost without discount."""
        return self.retail * self.quantity if self.counts else 0

    @property
    def saving(self) -> int:
        """How much the discount saves."""
        return max(self.retail_sum - self.sum, 0)

    @property
    def cheaper(self) -> bool:
        """Whether a lower price was applied since the person agreed to one."""
        return self.price < self.agreed


@dataclass(frozen=True, slots=True)
class Cart:
    """A checked cart. A total is the sum of the shown lines (PRODUCT rule 1)."""

    lines: tuple[CheckedLine, ...]

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.lines)

    def line(self, line_id: int) -> CheckedLine:
        """A line by its id; raises NotFound for one that is not in this cart."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NotFound

    @property
    def totals(self) -> "Totals":
        """What the cart's pictogram says."""
        return Totals(self.count, self.total)

    @property
    def total(self) -> int:
        """Kopecks with VAT."""
        return sum(line.sum for line in self.lines)

    @property
    def retail_total(self) -> int:
        """Kopecks with VAT at retail prices."""
        return sum(line.retail_sum for line in self.lines)

    @property
    def saving(self) -> int:
        """What the discounts save."""
        return sum(line.saving for line in self.lines)

    @property
    def blocked(self) -> bool:
        """Whether something waits for the person's decision before it can be ordered."""
        return any(line.problem for line in self.lines)

    @property
    def vat_word(self) -> str:
        """What the total says about VAT: see app.money.vat_word."""
        return money.vat_word(line.vat_rate for line in self.lines)

    @property
    def vat(self) -> int:
        """The VAT in kopecks that the total contains."""
        return sum(money.vat_within(line.sum, line.vat_rate) for line in self.lines)

    @property
    def fingerprint(self) -> str:
        """A short hash of what would be ordered at which prices: a form that was shown another cart is refused."""
        state = [(one.source, one.quantity, one.price, one.vat_rate, one.problem) for one in self.lines]
        return hashlib.sha256(repr(state).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the cart's pictogram says: lines, and their sum in kopecks."""

    cart_count: int
    cart_sum: int


async def checked(user: User, settings: Settings) -> Cart:
    """The cart of a person against today's prices and offers."""
    rows = await _LINES.all(owner=user.cart_owner)
    if not rows:
        return Cart(())
    discounts = await discounts_of(user, [row["product_id"] for row in rows])
    today, rates = clock.today(settings.timezone), await vat_rates()
    return Cart(tuple(_line(row, discounts, today, rates) for row in rows))


async def quantities(user: User) -> dict[str, int]:
    """What is in the cart: source ("line:31", "product:12") → quantity."""
    return {row["source"]: row["quantity"] for row in await _QUANTITIES.all(owner=user.cart_owner)}


async def totals(user: User) -> Totals:
    """Lines and sum of the cart, at agreed prices."""
    row = await _TOTALS.one(owner=user.cart_owner)
    return Totals(int(row["cart_count"]), int(row["cart_sum"])) if row else Totals(0, 0)


def _line(row: Mapping[str, Any], discounts: Discounts, today: date, rates: money.Rates) -> CheckedLine:
    # long: a field a line
    valid_until = as_date(row["valid_until"])
    offer = ""
    if valid_until is not None:
        withdrawn = "withdrawn" if row["withdrawn_at"] else ""
        offer = "replaced" if row["replaced_at"] else withdrawn or ("expired" if valid_until < today else "")
    offered = row["offered"] is not None and not offer
    if offered:
        now = Price(
            row["offered"],
            row["offered_discount"],
            Source.PRESENTATION,
            rate=row["rate"],
            rate_on=as_date(row["rate_on"]),
        )
    else:
        now = discounts.price(
            row["retail_now"],
            product_id=row["product_id"],
            brand_id=row["brand_id"],
            category_id=row["category_id"],
        )
    wrong = _wrong_quantity(row)
    gone = "gone" if row["discontinued_at"] else "request" if now.on_request else ""
    problem = gone or ("quantity" if wrong else "dearer" if now.price > row["agreed"] else "")
    price = row["agreed"] if now.on_request else min(now.price, row["agreed"])
    retail = (row["offered_retail"] if offered else row["retail_now"]) or price
    return CheckedLine(
        **{name: row[name] for name in _AS_THEY_ARE},
        valid_until=valid_until,
        offer=offer,
        restock_on=as_date(row["restock_on"]),
        retail=retail,
        today=now.price,
        price=price,
        discount=now.discount if price == now.price else money.discount_of(retail, price),
        price_source=now.source,
        rate=now.rate if price == now.price else None,
        rate_on=now.rate_on if price == now.price else None,
        vat_rate=row["vat_rate"] if offered else money.vat_rate(money.Vat(row["vat"]), today, rates),
        problem=problem,
        error=wrong,
    )


def _wrong_quantity(row: Mapping[str, Any]) -> WrongQuantity | None:
    try:
        must_fit(row["quantity"], minimum=row["minimum"], pack=row["pack"], unit=row["unit"])
    except WrongQuantity as wrong:
        return wrong
    return None


_AS_THEY_ARE = (
    "id",
    "source",
    "product_id",
    "presentation_line_id",
    "presentation",
    "version",
    "position",
    "article",
    "name",
    "brand",
    "unit",
    "pack",
    "minimum",
    "picture",
    "stock",
    "replacement_id",
    "replacement_article",
    "quantity",
    "agreed",
)
