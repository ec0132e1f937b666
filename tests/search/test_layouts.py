"""What was typed in the wrong keyboard layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.layouts import retyped, to_latin, to_russian

KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?@#$^& 0123456789-"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ghbdtn", "Привет"),
        ("РШЛМШЫШЩТ", "HIKVISION"),
        ("ВЫ-2СВ2043П2-Ш", "DS-2CD2043G2-I"),
        ("rf,tkm", "кабель"),
        ("j,]tv", "объем"),
        ("`;br", "ёжик"),
        ("2043", ""),
        ("камера DS", ""),
        ("", ""),
    ],
)
def test_retyped(typed: str, meant: str) -> None:
    assert retyped(typed) == meant


@given(st.text(alphabet=KEYS))
def test_there_and_back(text: str) -> None:
    assert to_latin(to_russian(text)) == text


@given(st.text())
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(to_russian(text)) == len(to_latin(text)) == len(text)
    assert len(retyped(text)) in (0, len(text))
