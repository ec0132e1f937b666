"""Rows of pasted lists: which text names a product and which is the quantity, whatever the list came from."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalogue.lists import LONGEST_ROW, parse

ARTICLE = "DS-2CD2043G2-I"


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        (f"{ARTICLE} – 4 шт", "4"),
        (f"{ARTICLE} - 4", "4"),
        (f"{ARTICLE} 4", "4"),
        (f"{ARTICLE}: 4 шт.", "4"),
        (f"{ARTICLE} 4шт.", "4"),
        (f"{ARTICLE} (4 шт)", "4"),
        (f"{ARTICLE} x4", "4"),
        (f"{ARTICLE} х 4", "4"),
        (f"{ARTICLE}×4", "4"),
        (f"{ARTICLE} -4шт", "4"),
        (f"• {ARTICLE} x4", "4"),
        (f"1. {ARTICLE} — 4 шт;", "4"),
        (f"12) {ARTICLE} 4", "4"),
        (f"4 шт {ARTICLE}", "4"),
        (f"4 x {ARTICLE}", "4"),
        (f"{ARTICLE}\t4", "4"),
        (f"1\t{ARTICLE}\tКамера 4 Мп\t4\t14990,00\t59960", "4"),
        (f"{ARTICLE};4;шт", "4"),
        (f"{ARTICLE} 4,0", "4"),
        (f"{ARTICLE} 1 000 шт", "1 000"),
        (f"{ARTICLE} – 1,5", "1,5"),
        (f"{ARTICLE} – 2 уп.", "2 уп"),
        (ARTICLE, ""),
        (f"\u200e{ARTICLE}\u00a0–\u00a04\u00a0шт", "4"),
    ],
)
def test_a_row(text: str, quantity: str) -> None:
    [row] = parse(text)
    assert row.guesses[0] == (ARTICLE, quantity)


def test_an_article_within_words() -> None:
    [row] = parse(f"Камера IP {ARTICLE} 4Мп, 2 шт")
    assert (ARTICLE, "2") in row.guesses


@pytest.mark.parametrize(
    ("cells", "quantity"),
    [
        (f"{ARTICLE}\tКамера\t5990,00\t4\t23960,00", "4"),
        (f"{ARTICLE}\tКамера\t5990,00\t4 шт", "4"),
        (f"{ARTICLE}\tКамера\t4\t5990,00", "4"),
        (f"4 шт\t{ARTICLE}", "4"),
        (f"{ARTICLE}\tКамера\t4\t5990\t23960", "4/5990/23960?"),
        (f"{ARTICLE}\tКамера\t4\t5990", "4/5990?"),
        (f"{ARTICLE}\tКамера\t5990,00", "5990?"),
        (f"{ARTICLE}\t2 шт\t1 уп", "2/1 уп?"),
        (f"4\t{ARTICLE}", "4?"),
        (f"{ARTICLE}\t" + "\t".join(str(number) for number in range(1_000_000, 1_000_009)), "1000000/1000001?"),
    ],
)
def test_a_price_is_no_quantity(cells: str, quantity: str) -> None:
    [row] = parse(cells)
    assert row.guesses[0] == (ARTICLE, quantity)


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (f"{ARTICLE} – 4 шт, DS-7608NI-K2 - 1 шт.", [f"{ARTICLE} – 4 шт", "DS-7608NI-K2 - 1 шт."]),
        (
            f"{ARTICLE} 4 шт; DS-7608NI-K2 1 шт; 05-1021 200 шт",
            [f"{ARTICLE} 4 шт", "DS-7608NI-K2 1 шт; 05-1021 200 шт"],
        ),
        (f"{ARTICLE} 4 шт, 2.8мм, белая", [f"{ARTICLE} 4 шт, 2.8мм, белая"]),
        (f"{ARTICLE}, 4 шт", [f"{ARTICLE}, 4 шт"]),
    ],
)
def test_several_products_in_a_row(line: str, rows: list[str]) -> None:
    assert [row.text for row in parse(line)] == rows


def test_a_heading_tells_the_columns() -> None:
    [row] = parse(f"№\tЦена\tАртикул\tКол-во\n1\t100\t{ARTICLE}\t7")
    assert row.guesses[0] == (ARTICLE, "7")


def test_rules_and_empty_lines_are_no_rows() -> None:
    assert parse("\n---\n\t\t\n•\n* * *\n") == []


@given(st.text(max_size=400))
def test_nothing_is_dropped(text: str) -> None:
    rows = parse(text)
    assert len(rows) <= len(text.splitlines()) + text.count(",") + text.count(";")
    assert all(0 < len(row.text) <= LONGEST_ROW and row.guesses for row in rows)
    assert all(words and len(quantity) <= 20 for row in rows for words, quantity in row.guesses)


@given(
    st.sampled_from(["", "• ", "- ", "3. ", "3) "]),
    st.sampled_from([" – {} шт", " x{}", "\t{}", " {}шт.", " ({} шт)", ": {}", " - {}", "×{}"]),
    st.integers(1, 999_999),
)
def test_any_writing(mark: str, ending: str, quantity: int) -> None:
    [row] = parse(mark + ARTICLE + ending.format(quantity))
    assert row.guesses[0] == (ARTICLE, str(quantity))


@pytest.mark.parametrize(
    "junk", ["1 " * 150, "(" * 300, "9" * 300, "x х × " * 50, "- 1 2 3 " * 30, "я" * 1000, "\t1" * 150]
)
def test_rubbish_is_read_quickly(junk: str) -> None:
    started = time.perf_counter()
    parse("\n".join([junk] * 2000))
    assert time.perf_counter() - started < 10  # a hundred times what it takes
