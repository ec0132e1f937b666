"""The terms of an offered line: how price and discount follow each other and the retail price."""

from dataclasses import dataclass, replace

from app import money


@dataclass(frozen=True, slots=True)
class Terms:
    """What a line offers: kopecks with VAT for one unit, the discount in basis points, a quantity."""

    price: int
    discount: int
    quantity: int


def at_retail(kept: Terms, was: int, retail: int) -> Terms:
    """Saved terms after the retail price went from `was` to `retail`: a discount stays, and so does an own price."""
    if retail == was:
        return kept
    if kept.price == money.discounted(was, kept.discount):
        return replace(kept, price=money.discounted(retail, kept.discount))
    return replace(kept, discount=money.discount_of(retail, kept.price))


def agreed(kept: Terms, shown: Terms, typed: Terms, retail: int) -> Terms:
    """What a person meant who typed price and discount: the changed one counts, of both the price.

    Unchanged is what equals the saved value or the one that was `shown` at today's retail price.
    """
    if typed.price not in (kept.price, shown.price):
        return replace(typed, discount=money.discount_of(retail, typed.price))
    if typed.discount not in (kept.discount, shown.discount):
        return replace(typed, price=money.discounted(retail, typed.discount))
    return replace(shown, quantity=typed.quantity)
