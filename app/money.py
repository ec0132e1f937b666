"""Money: integer kopecks everywhere, and the only module that rounds (PRODUCT rule 1).

Percents of discount are basis points (1500 = 15 %), VAT rates are whole percents, None means «без НДС».
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

NBSP = "\u00a0"
WHOLE = 10_000  # basis points in 100 %


class Currency(StrEnum):
    """What a price may be written in: roubles, or dollars, which partners know as «у.е.»."""

    RUB = "RUB"
    USD = "USD"


class Vat(StrEnum):
    """What a product is taxed by; the rate that it means depends on the day."""

    STANDARD = "standard"
    TEN = "ten"
    SEVEN = "seven"
    FIVE = "five"
    ZERO = "zero"
    NONE = "none"


# Of each kind the first days of its rates in whole percents (None: «без НДС»), in their order.
Rates = Mapping[Vat, Sequence[tuple[date, int | None]]]

STATUTORY: Rates = {  # as the law has them, and the database at its beginning: app/vat.py
    Vat.STANDARD: ((date(2019, 1, 1), 20), (date(2026, 1, 1), 22)),
    Vat.TEN: ((date(2019, 1, 1), 10),),
    Vat.SEVEN: ((date(2025, 1, 1), 7),),
    Vat.FIVE: ((date(2025, 1, 1), 5),),
    Vat.ZERO: ((date(2019, 1, 1), 0),),
    Vat.NONE: ((date(2019, 1, 1), None),),
}


def vat_rate(vat: Vat, on: date, rates: Rates) -> int | None:
    """The rate in whole percents on a day; None is «без НДС». The oldest one holds for all days before it as well.

    `rates` is the table: `await app.vat.vat_rates()`.
    """
    table = rates[vat]
    return next((rate for since, rate in reversed(table) if since <= on), table[0][1])


def rounded(kopecks: Decimal) -> int:
    """Whole kopecks, half up."""
    return int(kopecks.quantize(Decimal(1), ROUND_HALF_UP))


def discounted(retail: int, discount: int) -> int:
    """The price in kopecks of one unit after a discount in basis points, rounded half up."""
    return (retail * (WHOLE - discount) * 2 + WHOLE) // (WHOLE * 2)


def marked_up(price: int, mark_up: int) -> int:
    """A price in kopecks plus a mark-up in basis points, rounded half up."""
    return (price * (WHOLE + mark_up) * 2 + WHOLE) // (WHOLE * 2)


# The same for a statement that writes many prices; a test holds both together.
CONVERTED = "(({amount} * {rate} * 2 + 10000) / 20000)"


def converted(amount: int, rate: int) -> int:
    """Kopecks for an amount in cents at a rate in ten-thousandths of a rouble, rounded half up."""
    return (amount * rate * 2 + WHOLE) // (WHOLE * 2)


def rate_text(rate: int) -> str:
    """«92,1234»: roubles for one unit of a currency, of ten-thousandths."""
    roubles, rest = divmod(rate, WHOLE)
    return f"{roubles},{rest:04d}"


def with_vat(net: Decimal, rate: int | None) -> Decimal:
    """A price with the VAT that it was told without, in the same units, not rounded yet."""
    return net * (100 + (rate or 0)) / 100


def vat_within(total: int, rate: int | None) -> int:
    """The VAT in kopecks that a sum with VAT contains."""
    return 0 if not rate else rounded(Decimal(total * rate) / (100 + rate))


def discount_of(retail: int, price: int) -> int:
    """The discount in basis points that makes `price` of `retail`; 0 when there is none."""
    return rounded(Decimal((retail - price) * WHOLE) / retail) if retail > price else 0


def amount(kopecks: int) -> str:
    """«12 345,67» with no-break spaces, as a column of numbers shows it."""
    sign = "−" if kopecks < 0 else ""
    roubles, rest = divmod(abs(kopecks), 100)
    return f"{sign}{roubles:,}".replace(",", NBSP) + f",{rest:02d}"


def money(kopecks: int) -> str:
    """«12 345,67 ₽» with no-break spaces."""
    return f"{amount(kopecks)}{NBSP}₽"


def percent(basis_points: int) -> str:
    """«22 %», «12,5 %»: a discount for people."""
    text = f"{Decimal(basis_points) / 100:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") + f"{NBSP}%"


def parse_money(text: str) -> int:
    """Kopecks from what a person typed («12 345,67», «12345.6»); raises ValueError for anything else."""
    return _scaled(text)


def parse_percent(text: str, most: int = WHOLE) -> int:
    """Basis points from «22», «12,5», «22 %»; raises ValueError outside 0–`most` or with a third decimal."""
    basis_points = _scaled(text.replace("%", ""))
    if basis_points > most:
        raise ValueError(f"more than {most} basis points")
    return basis_points


def _scaled(text: str) -> int:
    """A number with at most two decimals, times 100."""
    plain = "".join(text.split()).replace(NBSP, "").replace(",", ".").removesuffix("₽")
    whole, _, rest = plain.partition(".")
    if not (plain.isascii() and whole.isdigit() and len(whole) <= 12) or (rest and not rest.isdigit()) or len(rest) > 2:
        raise ValueError(f"not a number with at most two decimals: {text!r}")
    return int(whole) * 100 + int(rest.ljust(2, "0") or 0)


def vat_word(rates: Iterable[int | None]) -> str:
    """What a total says about VAT, as a code for templates: "none", "mixed", or the one rate in percent."""
    different = set(rates)
    if different <= {None}:
        return "none"
    return str(different.pop()) if len(different) == 1 else "mixed"
