"""Which products rows mean: one article in any spelling, and what is like the others."""

import pytest

from app import clock
from app.catalogue.lists import parse
from app.catalogue.matches import like, meant
from app.database import counting_queries
from tests.factories import make_product


@pytest.mark.parametrize(
    "written",
    [
        "DS-2CD2043G2-I",
        "ds 2cd2043g2 i",
        "DS2CD2043G2I",
        "DS-2СD2043G2-I",
        "ВЫ-2СВ2043П2-Ш",
        "Камера DS-2CD2043G2-I 4Мп",
    ],
    ids=["plain", "spaces", "together", "cyrillic", "layout", "words"],
)
async def test_any_spelling(database: str, written: str) -> None:
    camera = await make_product(article="DS-2CD2043G2-I")
    await make_product(article="DS-2CD2143G2-I")
    [found] = await meant(parse(f"{written} – 4 шт"))
    assert [one.id for one in found.goods] == [camera.id] and found.quantity == "4"


@pytest.mark.parametrize(
    ("line", "quantity"),
    [
        ("DS-2CD2043G2-I 4 шт срочно", "4"),
        ("DS-2CD2043G2-I – 4 шт ✅", "4"),
        ("DS-2CD2043G2-I 4 шт по 5990", "4"),
        ("DS-2CD2043G2-I - 4 шт (5 990 р.)", "4"),
        ("DS-2CD2043G2-I x4 (белые)", "4"),
        ("DS-2CD2043G2-I, 4 шт - на объект", "4"),
        ("DS-2CD2043G2-I Камера 4Мп 2.8мм – 4", "4"),
        ("DS-2CD2043G2-I Камера 4 Мп, ИК 40 м – 4 шт", "4"),
        ("DS-2CD2043G2-I = 4", "4"),
        ("DS-2CD2043G2-I (2.8mm)", ""),
        ("камера DS-2CD2043G2-I 4 Мп", ""),
        ("4 DS-2CD2043G2-I", "4?"),
        ("DS-2CD2043G2-I 3 пары", "3?"),
        ("DS-2CD2043G2-I по 5990", "5990?"),
        ("DS-2CD2043G2-I 5990 - 4", "5990/4?"),
        ("DS-2CD2043G2-I 24 шт в коробке – 4 шт", "24/4?"),
        ("DS-2CD2043G2-I и DS-7608NI-K2 по 2 шт", "2?"),
        ("DS-2CD2043G2-I и DS-7608NI-K2", "?"),
    ],
)
async def test_no_number_goes_unread(database: str, line: str, quantity: str) -> None:
    camera = await make_product(article="DS-2CD2043G2-I")
    await make_product(article="DS-7608NI-K2")
    [found] = await meant(parse(line))
    assert ([one.id for one in found.goods], found.quantity) == ([camera.id], quantity)


async def test_metres_of_what_is_sold_by_the_metre(database: str) -> None:
    await make_product(article="UTP-4-305", unit="м")
    [found] = await meant(parse("UTP-4-305 кабель 305 м в бухте"))
    assert found.quantity == "305"


async def test_a_long_list_is_one_statement(database: str) -> None:
    await make_product(article="DS-2CD2043G2-I")
    rows = parse("\n".join(f"XYZ-{number} {number}" for number in range(1, 2001)))
    with counting_queries() as count:
        found = await meant(rows)
    assert count.count == 1 and len(found) == 2000 and not any(one.goods for one in found)


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        ("DS-2CD2143", ["DS-2CD2143G2-I", "DS-2CD2143G2-IS"]),  # the beginning
        ("2143G2-IS", ["DS-2CD2143G2-IS"]),  # within
        ("DS-2CD2149G2-IS", ["DS-2CD2143G2-IS"]),  # a slip of the finger
        ("ВЫ-2СВ2143", ["DS-2CD2143G2-I", "DS-2CD2143G2-IS"]),  # in the other layout
        ("кабель витая", ["01-0043"]),  # words of the name
        ("что-то совсем другое", []),
        ("%_%", []),
    ],
)
async def test_what_is_like_it(database: str, sought: str, expected: list[str]) -> None:
    await make_product(article="DS-2CD2143G2-I", name="Камера купольная")
    await make_product(article="DS-2CD2143G2-IS", name="Камера с микрофоном")
    await make_product(article="01-0043", name="Кабель витая пара")
    await make_product(article="DS-2CD2143G2-IZ", discontinued_at=clock.now())
    [found] = await like([sought])
    assert [one.article for one in found][: len(expected)] == expected
    assert bool(found) == bool(expected)


async def test_rows_are_looked_up_together(database: str) -> None:
    await make_product(article="DS-2CD2143G2-I")
    with counting_queries() as count:
        found = await like(["DS-2CD2143", "нет", "", "(", "DS-2CD"])
    assert count.count == 1 and len(found) == 5
    assert found[0] and not found[1] and not found[2]
