"""The one price function (PRODUCT rule 2): what a product costs its reader today.

1. The line of a presentation that holds costs what it offers: the readers of offers see to that.
2. Else the better for the partner of two: retail less the discount (that on the brand or on the category, whichever is
   larger, else the default one), and the price of the company's type, where the product has one today. Discounts are
   on retail alone: a price of a type is final, nothing is taken off it again. So a type never makes anything dearer,
   and no price is lowered twice.
3. A price in a currency is reckoned at today's rate before it is compared. Without a rate there is no such price.
4. A product with neither has its price on request: `Price.on_request`. It is shown so and never ordered at nothing.
"""
# long: the rule, and what it is fed with

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from app import clock
from app.accounts.user import User
from app.database import Sql, as_date
from app.money import Currency, converted, discount_of, discounted


class Source(StrEnum):
    """Where a price comes from; kept on cart and order lines."""

    PRESENTATION = "presentation"
    BRAND = "brand"
    CATEGORY = "category"
    COMPANY = "company"
    TYPE = "type"
    RETAIL = "retail"


@dataclass(frozen=True, slots=True)
class Price:
    """Kopecks with VAT for one unit, the discount from retail in basis points, and where it comes from.

    `rate` is that of the currency that the price was reckoned from, in ten-thousandths of a rouble, and `rate_on` its
    day; None: it is a price in roubles.
    """

    price: int
    discount: int
    source: Source
    rate: int | None = None
    rate_on: date | None = None

    @property
    def on_request(self) -> bool:
        """Whether there is no price: the partner asks for it, and cannot order before."""
        return self.price <= 0


@dataclass(frozen=True, slots=True)
class Written:
    """A price as the price list has it: kopecks, of a rate or (None) in roubles."""

    price: int
    rate: int | None = None
    rate_on: date | None = None


@dataclass(frozen=True, slots=True)
class Discounts:
    """What a company pays: discounts in basis points by brand id, by category id, and for everything else.

    By product ids: `of_type` the prices of the company's type, `in_currency` the retail prices that follow a rate.
    """

    by_brand: Mapping[int, int]
    by_category: Mapping[int, int]
    default: int = 0
    of_type: Mapping[int, Written] = field(default_factory=dict)
    in_currency: Mapping[int, Written] = field(default_factory=dict)

    def price(self, retail: int, *, product_id: int, brand_id: int, category_id: int) -> Price:
        """The price of a product outside of presentations; `retail` is what its row says, in kopecks."""
        base = self.in_currency.get(product_id) or Written(retail)
        discount, source = self.discount(brand_id, category_id)
        price = discounted(base.price, discount)
        typed = self.of_type.get(product_id)
        if typed and typed.price > 0 and (price <= 0 or typed.price < price):
            return Price(
                typed.price, discount_of(base.price, typed.price), Source.TYPE, rate=typed.rate, rate_on=typed.rate_on
            )
        if price <= 0:
            return Price(0, 0, Source.RETAIL)
        return Price(price, discount, source, rate=base.rate, rate_on=base.rate_on)

    def discount(self, brand_id: int, category_id: int) -> tuple[int, Source]:
        """What is taken off retail for a brand in a category, in basis points, and for what it is given."""
        special = [
            (self.by_brand.get(brand_id, -1), Source.BRAND),
            (self.by_category.get(category_id, -1), Source.CATEGORY),
        ]
        discount, source = max(special, key=lambda one: one[0])
        if discount < 0:
            discount, source = self.default, Source.COMPANY
        return discount, source if discount else Source.RETAIL

    def rate_of(self, product_id: int, price: int, discount: int) -> Written | None:
        """What an offered price (kopecks, basis points) was reckoned from, when that follows a rate."""
        typed, base = self.of_type.get(product_id), self.in_currency.get(product_id)
        if typed and typed.rate and typed.price == price:
            return typed
        return base if base and base.rate and discounted(base.price, discount) == price else None


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


_COMPANY = Sql("SELECT default_discount, price_type_id FROM company WHERE id = :company")
# The rate that holds on a day: of one day's the one by hand, and of those the last.
RATE = """
    SELECT r.rate, r.day FROM currency_rate r WHERE r.currency = 'USD' AND r.state = 'kept' AND r.day <= :today
    ORDER BY r.day DESC, r.by_hand DESC, r.id DESC LIMIT 1
"""
# The company's discounts; and of each product the price of the company's type, and the retail one when it is in a
# currency (the other retail prices stand in the products' own rows: app/prices/retail.py). The rate comes with them, as
# of the same moment.
_TERMS = f"""
    SELECT d.brand_id, d.category_id, d.percent, d.valid_from, d.valid_until, CAST(NULL AS INTEGER) AS product_id,
           FALSE AS base, CAST(0 AS BIGINT) AS amount, '' AS currency, CAST(NULL AS BIGINT) AS rate,
           CAST(NULL AS DATE) AS day
    FROM discount d WHERE d.company_id = :company AND (d.valid_until IS NULL OR d.valid_until >= :today)
    UNION ALL
    SELECT NULL, NULL, 0, NULL, NULL, x.product_id, x.base, x.amount, x.currency, k.rate, k.day FROM (
        SELECT w.product_id, t.base, w.amount, w.currency,
               ROW_NUMBER() OVER (PARTITION BY w.product_id, w.price_type_id ORDER BY w.valid_from DESC) AS place
        FROM product_price w JOIN price_type t ON t.id = w.price_type_id
        WHERE {{products}} AND w.valid_from <= :today AND (t.base OR t.id = :price_type)
    ) x LEFT JOIN ({RATE}) k ON x.currency <> 'RUB'
    WHERE x.place = 1 AND (NOT x.base OR x.currency <> 'RUB')
"""  # noqa: S608 - constant text
_OF_SOME = Sql(_TERMS.format(products="w.product_id IN :products"))
_OF_ALL = Sql(_TERMS.format(products="1 = 1"))  # apart: one statement for both would read the whole table each time


async def discounts_of(user: User | None, products: Iterable[int] | None) -> Discounts:
    """What a reader's company pays for products (their ids; None: for all that there are). One statement.

    Guests and staff have no discounts: they see retail.
    """
    if user is None or user.company_id is None:
        return await _read(0, 0, 0, products)
    return await _read(user.company_id, user.default_discount, user.price_type or 0, products)


async def discounts_of_company(company_id: int, products: Iterable[int] | None) -> Discounts:
    """The same for a company, as its manager needs it."""
    row = await _COMPANY.one(company=company_id) or {"default_discount": 0, "price_type_id": 0}
    return await _read(company_id, row["default_discount"], row["price_type_id"] or 0, products)


async def _read(company_id: int, default: int, price_type: int, products: Iterable[int] | None) -> Discounts:
    today = clock.distributor_today()
    asked = {"company": company_id, "price_type": price_type, "today": today}
    if products is None:
        rows = await _OF_ALL.all(**asked)
    else:
        rows = await _OF_SOME.all(**asked, products=sorted(set(products)))
    found = in_force([_rule(row) for row in rows if row["product_id"] is None], default, today)
    prices = [row for row in rows if row["product_id"] is not None]
    of_type = {row["product_id"]: written(row) for row in prices if not row["base"]}
    in_currency = {row["product_id"]: written(row) for row in prices if row["base"]}
    return Discounts(found.by_brand, found.by_category, found.default, of_type, in_currency)


def _rule(row: Mapping[str, Any]) -> Rule:
    since, until = as_date(row["valid_from"]), as_date(row["valid_until"])
    return Rule(row["brand_id"], row["category_id"], row["percent"], since, until)


def written(row: Mapping[str, Any]) -> Written:
    """A price of a row with amount, currency, and the rate of today with its day (None: there is none)."""
    if row["currency"] == Currency.RUB:
        return Written(row["amount"])
    if row["rate"] is None or not row["amount"]:
        return Written(0)
    return Written(converted(row["amount"], row["rate"]), row["rate"], as_date(row["day"]))
