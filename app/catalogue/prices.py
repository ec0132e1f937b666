"""The one price function (PRODUCT rule 2): presentation > brand or category discount > default discount > retail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date
from app.money import discounted


class Source(StrEnum):
    """Where a price comes from; kept on cart and order lines."""

    PRESENTATION = "presentation"
    BRAND = "brand"
    CATEGORY = "category"
    COMPANY = "company"
    RETAIL = "retail"


@dataclass(frozen=True, slots=True)
class Price:
    """Kopecks with VAT for one unit, the discount in basis points, and where it comes from."""

    price: int
    discount: int
    source: Source


@dataclass(frozen=True, slots=True)
class Discounts:
    """A company's discounts in basis points: by brand id, by category id, and for everything else."""

    by_brand: dict[int, int]
    by_category: dict[int, int]
    default: int = 0

    def price(self, retail: int, *, brand_id: int, category_id: int) -> Price:
        """The price of a product outside of presentations. Of a brand's and a category's discount the larger counts."""
        special = [
            (self.by_brand.get(brand_id, -1), Source.BRAND),
            (self.by_category.get(category_id, -1), Source.CATEGORY),
        ]
        discount, source = max(special, key=lambda one: one[0])
        if discount < 0:
            discount, source = self.default, Source.COMPANY
        if discount == 0:
            return Price(retail, 0, Source.RETAIL)
        return Price(discounted(retail, discount), discount, source)


@dataclass(frozen=True, slots=True)
class Rule:
    """A discount in basis points: on a brand, on a category, or with neither on everything else.

    It holds on the days from `since` to `until`, both included; None is open-ended.
    """

    brand_id: int | None
    category_id: int | None
    percent: int
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def in_force(rules: Iterable[Rule], default: int, on: date) -> Discounts:
    """The discounts of a day. Of rules about one thing that overlap, and of the default ones, the largest counts."""
    by_brand: dict[int, int] = {}
    by_category: dict[int, int] = {}
    for rule in rules:
        if not rule.holds(on):
            continue
        if rule.brand_id:
            by_brand[rule.brand_id] = max(by_brand.get(rule.brand_id, 0), rule.percent)
        elif rule.category_id:
            by_category[rule.category_id] = max(by_category.get(rule.category_id, 0), rule.percent)
        else:
            default = max(default, rule.percent)
    return Discounts(by_brand, by_category, default)


NOBODYS = Discounts({}, {})
_RULES = Sql(
    """
    SELECT brand_id, category_id, percent, valid_from, valid_until FROM discount
    WHERE company_id = :company AND (valid_until IS NULL OR valid_until >= :today)
    """
)
_DEFAULT = Sql("SELECT default_discount FROM company WHERE id = :company")


async def discounts_of(user: User | None) -> Discounts:
    """The discounts of a reader's company; staff and guests have none."""
    if user is None or user.company_id is None:
        return NOBODYS
    return await _read(user.company_id, user.default_discount)


async def discounts_of_company(company_id: int) -> Discounts:
    """The discounts of a company, as its manager needs them."""
    return await _read(company_id, int(await _DEFAULT.value(company=company_id) or 0))


async def _read(company_id: int, default: int) -> Discounts:
    today = clock.distributor_today()
    rows = await _RULES.all(company=company_id, today=today)
    rules = [
        Rule(
            row["brand_id"],
            row["category_id"],
            row["percent"],
            as_date(row["valid_from"]),
            as_date(row["valid_until"]),
        )
        for row in rows
    ]
    return in_force(rules, default, today)
