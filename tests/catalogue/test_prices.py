"""The one price function: which of many rules counts on a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.catalogue.prices import Rule, Source, in_force
from app.money import discounted

TODAY = date(2026, 11, 28)
days = st.none() | st.integers(-3, 3).map(lambda shift: TODAY + timedelta(days=shift))
percents = st.integers(0, 10_000)
rules = st.lists(
    st.builds(Rule, st.none() | st.integers(1, 2), st.none(), percents, days, days)
    | st.builds(Rule, st.none(), st.integers(1, 2), percents, days, days),
    max_size=8,
)


@given(rules=rules, default=percents, retail=st.integers(1, 10**9))
def test_the_largest_of_what_holds_counts(rules: list[Rule], default: int, retail: int) -> None:
    price = in_force(rules, default, TODAY).price(retail, product_id=1, brand_id=1, category_id=1)
    holding = [rule for rule in rules if rule.holds(TODAY)]
    special = [rule.percent for rule in holding if rule.brand_id == 1 or rule.category_id == 1]
    others = [rule.percent for rule in holding if not (rule.brand_id or rule.category_id)]
    expected = max(special) if special else max([default, *others])
    assert price.price == discounted(retail, expected) and 0 <= price.price <= retail
    assert price.discount == (expected if price.price else 0)  # nothing is given away: the price is on request


@given(rules=rules, default=percents, order=st.randoms(use_true_random=False))
def test_their_order_does_not_matter(rules: list[Rule], default: int, order) -> None:  # type: ignore[no-untyped-def]  # of hypothesis
    mixed = list(rules)
    order.shuffle(mixed)
    assert in_force(mixed, default, TODAY) == in_force(rules, default, TODAY)


def test_a_brand_without_discount_is_sold_at_retail() -> None:
    price = in_force([Rule(1, None, 0)], 1500, TODAY).price(1000, product_id=1, brand_id=1, category_id=9)
    assert (price.price, price.source) == (1000, Source.RETAIL)


def test_the_first_and_the_last_day_are_included() -> None:
    rule = Rule(1, None, 100, TODAY, TODAY + timedelta(days=1))
    assert [rule.holds(TODAY + timedelta(days=shift)) for shift in (-1, 0, 1, 2)] == [False, True, True, False]
