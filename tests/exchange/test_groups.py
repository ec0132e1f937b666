"""Groups of 1C in a site of two levels of categories."""

import logging

import pytest

from app.catalogue.models import Category, Product
from tests.exchange.one_c import OneC
from tests.exchange.shop import Shop, Ware, but, wares

CHAIN = (
    ("root", "Каталог", ""),
    ("video", "Видео", "root"),
    ("ip", "IP", "video"),
    ("dome", "Купольные", "ip"),
    ("brand", "Hikvision", "dome"),
    ("guard", "Охрана", ""),
)
EVEN = (
    ("video", "Видео", ""),
    ("ip", "IP", "video"),
    ("dome", "Купольные", "ip"),
    ("guard", "Охрана", ""),
    ("smoke", "Датчики", "guard"),
    ("fire", "Дымовые", "smoke"),
)


async def tree(one_c: OneC, groups: tuple[tuple[str, str, str], ...]) -> list[str]:
    """Where products of each group are, twice."""
    goods = [but(ware, group=group[0]) for ware, group in zip(wares(len(groups)), groups, strict=True)]
    for _ in range(2):
        await one_c.exchange(Shop(goods, groups=groups))
        found = []
        for product in await Product.all().order_by("article").select_related("category__parent__parent"):
            above = product.category.parent
            assert above is None or above.parent is None
            found.append(f"{above.name} / {product.category.name}" if above else product.category.name)
    return found


async def test_a_group_that_most_others_are_within_is_no_level(one_c: OneC, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "kabinet.exchange"):
        found = await tree(one_c, CHAIN)
    assert found == ["Каталог", "Видео", "IP", "Купольные", "Купольные / Hikvision", "Охрана"]
    said = [one.getMessage() for one in caplog.records if "left out" in one.getMessage()]
    assert len(said) == 1 and said[0].endswith("Каталог, Видео, IP")


async def test_a_tree_of_several_branches_is_as_it_is(one_c: OneC) -> None:
    assert await tree(one_c, EVEN) == [
        "Видео",
        "Видео / IP",
        "Видео / IP",
        "Охрана",
        "Охрана / Датчики",
        "Охрана / Датчики",
    ]


async def test_a_tree_that_grows_keeps_what_stands(one_c: OneC) -> None:
    shallow = (CHAIN[0], CHAIN[1], CHAIN[5])
    assert await tree(one_c, shallow) == ["Каталог", "Каталог / Видео", "Охрана"]
    await Category.filter(name="Видео").update(name="Видеокамеры")
    deep = (*shallow, CHAIN[2], CHAIN[3])
    found = await tree(one_c, deep)
    assert found[:3] == ["Каталог", "Каталог / Видеокамеры", "Охрана"]
    assert await tree(one_c, shallow) == [*found[:3], *found[3:]]


async def test_a_group_with_a_category_of_its_own_keeps_it_when_others_grow(one_c: OneC) -> None:
    await one_c.exchange(Shop([but(Ware(), group="dome")], groups=CHAIN[:4]))
    before = (await Product.get()).category_id
    more = tuple((f"more-{n}", f"Ещё {n}", "guard") for n in range(9))
    await one_c.exchange(Shop([but(Ware(), group="dome")], groups=(*CHAIN[:4], CHAIN[5], *more)))
    assert (await Product.get()).category_id == before
