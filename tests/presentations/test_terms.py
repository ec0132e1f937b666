"""Price and discount of a draft's line: the changed one counts, and both follow the retail price."""

import pytest

from app.presentations.terms import Terms, agreed, at_retail

KEPT = Terms(price=8_000, discount=2_000, quantity=2)


def test_the_same_retail_price_changes_nothing() -> None:
    assert at_retail(KEPT, 10_000, 10_000) == KEPT


def test_a_discount_stays_when_the_retail_price_moves() -> None:
    assert at_retail(KEPT, 10_000, 11_000) == Terms(8_800, 2_000, 2)


def test_an_own_price_stays_when_the_retail_price_moves() -> None:
    assert at_retail(Terms(7_777, 2_223, 2), 10_001, 20_000) == Terms(7_777, 6_112, 2)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (Terms(8_000, 2_000, 5), Terms(8_000, 2_000, 5)),  # neither
        (Terms(8_000, 2_550, 2), Terms(7_450, 2_550, 2)),  # the discount
        (Terms(9_000, 2_000, 2), Terms(9_000, 1_000, 2)),  # the price
        (Terms(9_000, 2_550, 2), Terms(9_000, 1_000, 2)),  # both: the price
        (Terms(12_000, 2_000, 2), Terms(12_000, 0, 2)),  # dearer than retail: no discount
    ],
)
def test_the_changed_one_counts(typed: Terms, meant: Terms) -> None:
    assert agreed(KEPT, KEPT, typed, 10_000) == meant


def test_what_was_shown_at_a_new_retail_price_is_not_a_change() -> None:
    shown = at_retail(KEPT, 10_000, 11_000)
    assert agreed(KEPT, shown, Terms(8_800, 2_000, 2), 11_000) == shown
    assert agreed(KEPT, shown, Terms(8_800, 1_000, 2), 11_000) == Terms(9_900, 1_000, 2)


def test_an_old_page_does_not_bring_the_old_price_back() -> None:
    shown = at_retail(KEPT, 10_000, 11_000)
    assert agreed(KEPT, shown, KEPT, 11_000) == shown
