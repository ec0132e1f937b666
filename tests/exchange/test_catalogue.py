"""A catalogue comes, in both dialects, packed and in parts; and comes again."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from app import clock
from app.catalogue.models import Brand, Category, Product
from app.catalogue.search import find
from app.exchange.models import ExchangeFile, ExternalKey, Kind, State
from app.money import Currency, Vat
from app.prices.models import PriceType, ProductPrice
from app.warehouses.models import Warehouse, WarehouseStock
from tests.contents import contents
from tests.exchange.one_c import OneC, last
from tests.exchange.shop import DEALER, HERE, RETAIL, Shop, Ware, but, wares
from tests.factories import make_brand, make_product


@pytest.mark.parametrize("new", [False, True], ids=["2.07", "3.1"])
@pytest.mark.parametrize("zipped", [False, True], ids=["parts", "zip"])
async def test_a_complete_exchange(one_c: OneC, new: bool, zipped: bool) -> None:
    answers = await one_c.exchange(Shop(wares(3), new=new), zipped=zipped)
    assert all(one.startswith("success") for one in answers), answers
    assert "3 товара добавлено" in "".join(answers)
    product = await Product.get(article="TR-D2102").select_related("brand", "category__parent")
    assert (product.brand.name, product.unit, product.vat, product.retail, product.stock) == (
        "TRASSIR",
        "шт",
        Vat.STANDARD,
        1499_90,
        7,
    )
    assert product.properties == {"Матрица": "CMOS", "Угол обзора": "98°"}
    assert (product.category.name, product.category.parent and product.category.parent.name) == (
        "Купольные",
        "IP-камеры",
    )
    assert (await find("trd2102", limit=5)).ids == [product.id]
    dealer = await ProductPrice.get(product=product, price_type__name="Дилер 1")
    assert (dealer.amount, dealer.currency) == (1199_00, Currency.RUB)
    assert {
        (one.warehouse.name, one.quantity)
        for one in await WarehouseStock.filter(product=product).select_related("warehouse")
    } == {
        ("Основной склад", 5),
        ("Магазин", 2),
    }
    assert (await last()).state is State.DONE and not await ExchangeFile.filter(troubles__not=[]).exists()


@pytest.mark.parametrize("new", [False, True], ids=["2.07", "3.1"])
async def test_the_same_again_changes_nothing(one_c: OneC, new: bool) -> None:
    await one_c.exchange(Shop(wares(3), new=new))
    before = await contents()
    answers = await one_c.exchange(Shop(wares(3), new=new))
    after = await contents()
    ours = ("product", "product_price", "warehouse_stock", "category", "brand", "price_type", "warehouse")
    assert {name: after[name] for name in ours} == {name: before[name] for name in ours}
    assert "3 товара без изменений" in "".join(answers)


async def test_what_changed_is_written(one_c: OneC) -> None:
    one, two = wares(2)
    await one_c.exchange(Shop([one, two]))
    changed = but(one, name="Камера новая", prices={RETAIL: "1600"}, stocks={HERE: "0"})
    answers = await one_c.exchange(Shop([changed], complete=False))
    product = await Product.get(article=one.article)
    assert (product.name, product.retail, product.stock) == ("Камера новая", 1600_00, 2)
    assert "1 товар изменён" in answers[0] and (await Product.get(article=two.article)).discontinued_at is None
    assert await ProductPrice.filter(product=product, price_type__name="Дилер 1").count() == 1


async def test_a_complete_package_says_what_there_is_not(one_c: OneC) -> None:
    one = Ware()
    await one_c.exchange(Shop([one]))
    await one_c.exchange(Shop([but(one, prices={RETAIL: "1600"}, stocks={HERE: "1"})]))
    dealer = await PriceType.get(name="Дилер 1")
    assert (await ProductPrice.get(price_type=dealer)).amount == 0
    assert (await Product.get(article=one.article)).stock == 1


async def test_one_of_the_same_brand_and_article_is_taken_for_it(one_c: OneC) -> None:
    here = await make_product(article="TR D2121", brand=await make_brand(name="Trassir"), name="Старое имя", pack=5)
    await one_c.exchange(Shop([Ware()]))
    product = await Product.get(id=here.id)
    assert (product.article, product.name, product.pack) == ("TR-D2121", "Камера «Купол» 2 Мп", 5)
    assert await Product.all().count() == 1 and await Brand.all().count() == 1


async def test_the_key_decides_and_not_the_article(one_c: OneC) -> None:
    await one_c.exchange(Shop([Ware()]))
    await one_c.exchange(Shop([but(Ware(), article="TR-D3000", brand="HIKVISION")]))
    product = await Product.get().select_related("brand")
    assert (product.article, product.brand.name) == ("TR-D3000", "HIKVISION")


async def test_variants_are_products(one_c: OneC) -> None:
    ware = Ware(variants=(("v-white", "белый"), ("v-black", "чёрный")))
    for new in (False, True, False):
        await one_c.exchange(Shop([ware], new=new))
    sold = await Product.filter(discontinued_at=None).order_by("article")
    assert [(one.article, one.name) for one in sold] == [
        ("TR-D2121 (белый)", "Камера «Купол» 2 Мп (белый)"),
        ("TR-D2121 (чёрный)", "Камера «Купол» 2 Мп (чёрный)"),
    ]
    assert all(one.retail == 1499_90 and one.stock == 7 and one.properties["Цвет"] in one.article for one in sold)
    assert (await Product.get(article="TR-D2121")).discontinued_at is not None
    assert await ExternalKey.filter(kind=Kind.PRODUCT).count() == 3


async def test_prices_without_vat_and_in_dollars(one_c: OneC) -> None:
    types = ((RETAIL, "Розничная", "руб", "false"), (DEALER, "Дилер 1", "USD", "true"))
    await one_c.exchange(Shop([but(Ware(), vat="10", prices={RETAIL: "100,05", DEALER: "4.5"})], types=types))
    assert (await Product.get()).retail == 110_06
    dealer = await ProductPrice.get(price_type__name="Дилер 1")
    assert (dealer.amount, dealer.currency) == (4_50, Currency.USD)


async def test_names_follow_1c_as_long_as_nobody_changed_them_here(one_c: OneC) -> None:
    await one_c.exchange(Shop([Ware()]))
    groups = (("g-cctv", "Видео", ""), ("g-ip", "Сетевые камеры", "g-cctv"), ("g-dome", "Купола", "g-ip"))
    await Category.filter(name="Купольные").update(name="Купольные камеры")
    await one_c.exchange(Shop([Ware()], groups=groups, stores=((HERE, "Склад на Лесной"),)))
    assert {str(one) for one in await Category.all().values_list("name", flat=True)} >= {
        "Сетевые камеры",
        "Купольные камеры",
    }
    assert await Warehouse.filter(name="Склад на Лесной").exists()


async def test_the_code_stands_for_an_article_that_is_empty(one_c: OneC) -> None:
    answers = await one_c.exchange(Shop([but(Ware(), article="", code="С0006746"), but(Ware(2), article="", code="")]))
    assert (await Product.get()).article == "С0006746" and "1 замечание" in answers[0]
    file = await ExchangeFile.get(name="import.xml")
    assert file.troubles[0][1].startswith("«%(name)s» has neither article nor code")


async def test_stock_that_is_confirmed_keeps_its_moment_for_a_while(
    one_c: OneC, monkeypatch: pytest.MonkeyPatch, site: Starlette
) -> None:
    await one_c.exchange(Shop([Ware()]))
    at = (await WarehouseStock.all().first()).at  # type: ignore[union-attr]
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(hours=7))
    await one_c.exchange(Shop([Ware()]))
    later = (await WarehouseStock.all().first()).at  # type: ignore[union-attr]
    assert later - at > timedelta(hours=6)
