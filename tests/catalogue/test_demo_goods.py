"""The demo catalogue is plausible, and the same on every machine."""

import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from app.catalogue.models import article_key
from app.catalogue.pictures import DEFAULT, PICTURES
from app.demo.goods import Catalogue, Product, catalogue
from app.demo.wares import bound
from app.money import NBSP, Vat
from app.settings import ROOT

# Article, retail in kopecks, unit, pack and picture of what the first design of the pages shows.
SHOWN = (
    ("DS-2CD2043G2-I", 14_990_00, "шт", 1, "bullet"),
    ("DS-2CD2143G2-IS", 17_490_00, "шт", 1, "dome"),
    ("DS-2CD2143G2-I", 16_390_00, "шт", 1, "dome"),
    ("DS-7616NI-Q2/16P", 42_990_00, "шт", 1, "rec"),
    ("SN-IPR56/14ZDR", 15_800_00, "шт", 1, "dome"),
    ("01-0043", 31_50, "м", 305, "reel"),
    ("05-1021", 9_80, "шт", 100, "plug"),
    ("CDV-704MA", 15_200_00, "шт", 1, "monitor"),
    ("ML-16HR", 6_490_00, "шт", 1, "door"),
    ("DP-2S", 2_150_00, "шт", 1, "handset"),
    ("SKAT-1200И7", 4_380_00, "шт", 1, "power"),
    ("ВЭРС-ПК 4П", 7_920_00, "шт", 1, "ppk"),
    ("ECB-12L", 12_400_00, "шт", 1, "lock"),
    ("EWP3", 5_250_00, "шт", 1, "pir"),
    ("ББП-12/1", 960_00, "шт", 1, "power"),
    ("DS-2CD2T83G2-4I", 23_890_00, "шт", 1, "bullet"),
    ("SN-IPR80/14ZDR", 16_200_00, "шт", 1, "dome"),
    ("SN-IPR54/04AKDN", 7_420_00, "шт", 1, "bullet"),
    ("DS-7608NI-K1/8P", 21_490_00, "шт", 1, "rec"),
)


@pytest.fixture(scope="module")
def goods() -> Catalogue:
    return catalogue()


@pytest.fixture(scope="module")
def by_article(goods: Catalogue) -> dict[str, Product]:
    return {product.article: product for product in goods.products}


def test_there_is_enough_to_look_at(goods: Catalogue) -> None:
    assert len(goods.brands) == 20
    assert 420 <= len(goods.products) <= 520
    assert {brand.slug for brand in goods.brands} == {product.brand for product in goods.products}
    assert min(Counter(product.brand for product in goods.products).values()) >= 10
    assert {product.unit for product in goods.products} == {"шт", "м", "компл", "уп"}


def test_categories_stand_in_groups(goods: Catalogue) -> None:
    groups = [category.slug for category in goods.categories if category.parent is None]
    leaves = {category.slug for category in goods.categories if category.parent is not None}
    assert len(groups) == 5
    assert {category.parent for category in goods.categories} == {None, *groups}
    assert {product.category for product in goods.products} == leaves
    assert len({category.slug for category in goods.categories}) == len(goods.categories)


def test_articles_are_unique_however_they_are_typed(goods: Catalogue) -> None:
    keys = Counter(article_key(product.article) for product in goods.products)
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize(("article", "retail", "unit", "pack", "picture"), SHOWN)
def test_the_goods_of_the_design_are_there(
    by_article: dict[str, Product], article: str, retail: int, unit: str, pack: int, picture: str
) -> None:
    product = by_article[article]
    assert (product.retail, product.unit, product.pack, product.picture) == (retail, unit, pack, picture)


def test_names_keep_numbers_with_their_units(by_article: dict[str, Product]) -> None:
    tied = {article: by_article[article].name.replace(NBSP, "~") for article, *_ in SHOWN}
    assert tied["DS-2CD2043G2-I"] == "IP-камера уличная, 4~Мп, ИК~40~м, 2,8~мм"
    assert tied["DS-7616NI-Q2/16P"] == "Видеорегистратор, 16~каналов, 2~HDD, PoE~16~портов"
    assert tied["01-0043"] == "Кабель UTP 4PR 24AWG CAT5e, внутренний, серый"
    assert tied["05-1021"] == "Разъём RJ-45 8P8C под витую пару"
    assert tied["CDV-704MA"] == "Монитор видеодомофона~7″, без трубки, белый"
    assert tied["SKAT-1200И7"] == "Источник вторичного питания 12~В, 3~А, под АКБ 7~Ач"
    assert tied["ВЭРС-ПК 4П"] == "Прибор приёмно-контрольный на~4~шлейфа"
    assert bound("до 1 200 м, 2 × 7 Ач") == f"до{NBSP}1{NBSP}200{NBSP}м, 2{NBSP}×{NBSP}7{NBSP}Ач"


def test_each_product_can_be_sold(goods: Catalogue) -> None:
    for product in goods.products:
        assert product.retail > 0, product
        assert product.pack >= 1 and product.minimum >= 1, product
        assert product.minimum % product.pack == 0, product
        assert product.stock >= 0 and product.stock % product.pack == 0, product
        assert product.restock_in_days is None or product.restock_in_days > 0, product
        assert Vat(product.vat) in (Vat.STANDARD, Vat.NONE), product


def test_each_product_is_described(goods: Catalogue) -> None:
    for product in goods.products:
        texts = [product.name, product.description, *product.properties, *product.properties.values()]
        assert all(text.strip() and "{" not in text and "—" not in text for text in texts), product
        assert 4 <= len(product.properties) <= 8, product
        assert len(product.article) <= 80 and len(product.name) <= 250, product


def test_stock_has_every_mood(goods: Catalogue) -> None:
    on_sale = [product for product in goods.products if not product.discontinued]
    out = [product for product in on_sale if product.stock == 0]
    assert 20 <= len(out) <= 60
    assert 0.3 < sum(product.restock_in_days is not None for product in out) / len(out) < 0.7
    assert 10 <= sum(0 < product.stock <= 5 for product in on_sale) <= 60


def test_the_discontinued_lead_to_goods_on_sale(by_article: dict[str, Product]) -> None:
    gone = [product for product in by_article.values() if product.discontinued]
    replaced = [product for product in gone if product.replacement]
    assert 0.02 < len(gone) / len(by_article) < 0.05
    assert len(gone) / 2 < len(replaced) < len(gone)
    assert by_article["SN-IPR56/14ZDR"].replacement == "SN-IPR80/14ZDR"
    assert all(not by_article[product.replacement or ""].discontinued for product in replaced)
    assert all(product.replacement is None for product in by_article.values() if not product.discontinued)


def test_pictures_are_drawn_and_used(goods: Catalogue) -> None:
    assert {product.picture for product in goods.products} == set(PICTURES)
    assert DEFAULT in PICTURES


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_small_and_sound(kind: str) -> None:
    markup = str(PICTURES[kind])
    assert len(markup.encode()) <= 700
    shapes = {element.tag for element in ET.fromstring(f"<symbol>{markup}</symbol>").iter()}
    assert shapes <= {"symbol", "path", "rect", "circle", "g"}


def test_it_is_the_same_in_another_process() -> None:
    program = "from app.demo.goods import catalogue; print(repr(catalogue(2)))"
    there = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "7", "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert there.stdout.strip() == repr(catalogue(2))


def test_scale_adds_versions(goods: Catalogue, by_article: dict[str, Product]) -> None:
    more = catalogue(3)
    assert more.products[: len(goods.products)] == goods.products
    assert len({article_key(product.article) for product in more.products}) == 3 * len(goods.products)
    versions = {product.article: product for product in more.products}
    assert versions["SN-IPR56/14ZDR-V2"].replacement == "SN-IPR80/14ZDR-V2"
    assert versions["SN-IPR80/14ZDR-V3"].name == by_article["SN-IPR80/14ZDR"].name + ", версия 3"
    assert all(product.retail > 0 and product.stock % product.pack == 0 for product in more.products)
