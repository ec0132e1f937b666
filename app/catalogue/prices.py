"""The one price function (PRODUCT rule 2): presentation > brand or category discount > default discount > retail."""

from dataclasses import dataclass
from enum import StrEnum

from app.accounts.user import User
from app.database import Sql
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


NOBODYS = Discounts({}, {})
_DISCOUNTS = Sql("SELECT brand_id, category_id, percent FROM discount WHERE company_id = :company")
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
    rows = await _DISCOUNTS.all(company=company_id)
    return Discounts(
        {row["brand_id"]: row["percent"] for row in rows if row["brand_id"]},
        {row["category_id"]: row["percent"] for row in rows if row["category_id"]},
        default,
    )
