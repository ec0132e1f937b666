"""The checks of requisites, on numbers that have been counted by hand and on any others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts.requisites import account_fits, is_account, is_bik, is_kpp, is_ogrn

DIGITS = st.text("0123456789", min_size=1, max_size=25)


@pytest.mark.parametrize("kpp", ["770101001", "6670AZ001"])
def test_kpp(kpp: str) -> None:
    assert is_kpp(kpp)


@pytest.mark.parametrize("kpp", ["", "77010100", "7701010011", "77010100A", "A70101001", "6670АБ001", "６670AZ001"])
def test_no_kpp(kpp: str) -> None:
    assert not is_kpp(kpp)


def test_ogrn_by_hand() -> None:
    """100000000000 leaves 10 by 11, and 30000000000006 leaves 10 by 13: of both the last digit is kept."""
    assert is_ogrn("1000000000000", trader=False)
    assert not is_ogrn("1000000000001", trader=False)
    assert not is_ogrn("1000000000000", trader=True)
    assert is_ogrn("300000000000060", trader=True)


@given(st.integers(10**11, 10**12 - 1), st.integers(0, 9))
def test_one_digit_in_ten_fits_an_ogrn(number: int, last: int) -> None:
    assert is_ogrn(f"{number}{last}", trader=False) is (number % 11 % 10 == last)


@given(st.integers(3 * 10**13, 5 * 10**13 - 1))
def test_every_trader_has_a_check_digit(number: int) -> None:
    assert sum(is_ogrn(f"{number}{last}", trader=True) for last in range(10)) == 1


@given(DIGITS)
def test_form_of_bik_and_account(text: str) -> None:
    assert is_bik(text) is (len(text) == 9 and text.startswith("04"))
    assert is_account(text) is (len(text) == 20)


def test_account_by_hand() -> None:
    """225 makes 2 × 7 + 2 × 1 + 5 × 3 = 31, the key 3 another 9. Of a branch of the Bank of Russia 034 makes 15."""
    assert account_fits("00000000300000000000", "044525225")
    assert not account_fits("00000000400000000000", "044525225")
    assert account_fits("00000000500000000000", "041234000")


@given(st.text("0123456789", min_size=20, max_size=20), st.text("0123456789", min_size=7, max_size=7))
def test_one_key_in_ten_fits(account: str, rest: str) -> None:
    bik = f"04{rest}"
    assert sum(account_fits(f"{account[:8]}{key}{account[9:]}", bik) for key in range(10)) == 1


@given(st.text("0123456789", min_size=20, max_size=20), st.integers(0, 19), st.integers(1, 9))
def test_a_mistyped_digit_never_fits(account: str, place: int, by: int) -> None:
    other = account[:place] + str((int(account[place]) + by) % 10) + account[place + 1 :]
    assert not (account_fits(account, "044525225") and account_fits(other, "044525225"))


@given(st.text("0123456789", min_size=20, max_size=20))
def test_at_the_bank_of_russia_the_branch_counts(account: str) -> None:
    """Its own branches are told apart by the fifth and sixth digits of the БИК, not by the last ones."""
    assert len({account_fits(account, f"041234{last}") for last in ("000", "001", "002")}) == 1
    assert account_fits(account, "041234000") is account_fits(account, "040000034")
