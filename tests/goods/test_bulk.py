"""Many products, prices and stocks at once: only what differs is written, and everything that reads them knows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app import clock
from app.catalogue import shelves
from app.catalogue.index_models import ProductEntry
from app.catalogue.indexing import index_new, write_stale_shelves
from app.catalogue.models import Brand, Category, Product
from app.catalogue.search import find
from app.database import transaction
from app.goods.bulk import (
    PriceRow,
    ProductRow,
    StockRow,
    Written,
    ids_by_article,
    other_prices,
    other_stocks,
    read_products,
    settle,
    write_prices,
    write_products,
    write_stocks,
)
from app.money import Currency, Vat
from app.prices import queries
from app.prices.models import ProductPrice
from app.warehouses.models import Warehouse, WarehouseStock
from tests.factories import make_brand, make_product
from tests.prices.shelf import make_type


async def row(**fields: object) -> ProductRow:
    """A product as a supplier describes it."""
    brand = await make_brand(name="TRASSIR")
    category, _made = await Category.get_or_create(slug="ip-cameras", defaults={"name": "IP-камеры"})
    plain = {"id": None, "article": "TR-D2121", "name": "Камера «Купол» 2 Мп", "unit": "шт", "pack": 1, "minimum": 1}
    told = {"vat": Vat.STANDARD, "description": "", "properties": {"Матрица": '1/2.7"'}, "discontinued": False}
    return ProductRow(**{**plain, **told, "brand_id": brand.id, "category_id": category.id, **fields})  # type: ignore[arg-type]


async def write(*rows: ProductRow) -> Written:
    async with transaction():
        written = await write_products(rows)
        await settle(written.ids)
    return written


async def test_new_products_are_found_and_have_no_price_yet(database: str) -> None:
    one, other = await row(), await row(article="TR-D2122/й", name="Камера\nиз «двух» строк", properties={})
    written = await write(one, other)
    assert set(written.new) == {(one.brand_id, one.article), (other.brand_id, other.article)} and not written.changed
    product = await Product.get(id=written.new[one.brand_id, one.article])
    assert (product.retail, product.stock, product.picture, product.version) == (0, 0, "box", 1)
    assert product.properties == {"Матрица": '1/2.7"'} and product.discontinued_at is None
    assert (await find("trd2121", limit=5)).ids == [product.id]
    assert await read_products([product.id]) == {product.id: replace(one, id=product.id)}
    assert await ids_by_article([(one.brand_id, "trd2121"), (one.brand_id, "none")]) == {
        (one.brand_id, "trd2121"): product.id
    }


async def test_a_new_one_is_drawn_as_its_category_is(database: str) -> None:
    await make_product(picture="@1234", drawn="dome")
    written = await write(await row())
    assert (await Product.get(id=written.ids.pop())).picture == "dome"


async def test_only_what_differs_is_written(database: str) -> None:
    written = await write(await row(), await row(article="TR-D2122"))
    one, other = sorted(written.ids)
    rows = await read_products([one, other])
    assert (await write(*rows.values())).ids == set()
    written = await write(replace(rows[one], name="Камера другая"), rows[other], await row(id=999_999, article="X"))
    assert written.changed == {one} and not written.new
    changed = await Product.get(id=one)
    assert (changed.name, changed.version) == ("Камера другая", 2) and "камера другая" in changed.search
    assert (await Product.get(id=other)).version == 1


async def test_taken_off_sale_and_put_back(database: str) -> None:
    (one,) = (await write(await row())).ids
    rows = await read_products([one])
    gone = replace(rows[one], discontinued=True)
    await write(gone)
    since = (await Product.get(id=one)).discontinued_at
    assert since and (await ProductEntry.get(product_id=one)).gone == 1
    await write(replace(gone, name="Ещё раз"))
    assert (await Product.get(id=one)).discontinued_at == since
    await write(rows[one])
    assert (await Product.get(id=one)).discontinued_at is None and (await ProductEntry.get(product_id=one)).gone == 0


async def test_prices_that_hold_already_are_not_written(database: str) -> None:
    product, today = await make_product(retail=1), clock.distributor_today()
    base, dealer = await queries.retail_type(), await make_type()
    rows = [
        PriceRow(product.id, base.id, 500_00, Currency.RUB, today),
        PriceRow(product.id, dealer.id, 4_99, Currency.USD, today),
    ]
    async with transaction():
        assert await write_prices(rows) == {product.id}
    assert (await Product.get(id=product.id)).retail == 500_00
    tomorrow = [replace(one, valid_from=today + timedelta(days=1)) for one in rows]
    assert await other_prices([*rows, *tomorrow]) == []
    dearer = replace(tomorrow[0], amount=600_00)
    async with transaction():
        assert await write_prices([dearer, tomorrow[1]]) == {product.id}
    assert await ProductPrice.all().count() == 3 and (await Product.get(id=product.id)).retail == 500_00
    async with transaction():
        await write_prices([replace(rows[0], amount=0)])
    assert (await Product.get(id=product.id)).retail == 0 and await ProductPrice.all().count() == 3


async def test_whoever_has_the_form_open_sees_that_retail_is_another(database: str) -> None:
    product, today = await make_product(), clock.distributor_today()
    base, dealer = await queries.retail_type(), await make_type()
    async with transaction():
        await write_prices([PriceRow(product.id, dealer.id, 1, Currency.RUB, today)])
    assert (await Product.get(id=product.id)).version == 1
    async with transaction():
        await write_prices([PriceRow(product.id, base.id, 1, Currency.RUB, today)])
    assert (await Product.get(id=product.id)).version == 2


async def test_stocks_of_warehouses(database: str) -> None:
    product, now = await make_product(stock=7), clock.now()
    here, there = [await Warehouse.create(name=name) for name in ("Склад", "Магазин")]
    rows = [StockRow(product.id, here.id, 3, now), StockRow(product.id, there.id, 2, now)]
    async with transaction():
        assert await write_stocks(rows) == {product.id}
        await settle({product.id})
    assert (await Product.get(id=product.id)).stock == 5
    assert await other_stocks([replace(rows[0], at=now + timedelta(hours=1)), rows[1]]) == []
    assert await other_stocks([replace(rows[0], quantity=1, at=now - timedelta(hours=1))]) == []
    async with transaction():
        await write_stocks([replace(one, quantity=0, at=now + timedelta(hours=7)) for one in rows])
        await settle({product.id})
    assert (await Product.get(id=product.id)).stock == 0 and (
        await ProductEntry.get(product_id=product.id)
    ).stocked == 0
    assert await WarehouseStock.filter(quantity=0).count() == 2


async def test_nothing_of_nothing(database: str) -> None:
    async with transaction():
        assert (await write_products([])).ids == set() and await write_prices([]) == set()
        assert await write_stocks([]) == set()
        await settle(set())


async def test_all_or_nothing(database: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await write_products([await row()])
            raise ZeroDivisionError
    assert await Product.all().count() == 0 and await Brand.all().count() == 0


async def shown(category: Category) -> dict[int, int]:
    """The ids and prices on the shelf of a category."""
    shelf = (await shelves.take([category.id])).get(category.id)
    return dict(zip(shelf.ids, shelf.prices, strict=True)) if shelf else {}


async def test_shelves_follow_once_all_is_written(database: str) -> None:
    """New products that are listed by the thousand, and prices and marks that are written step by step."""
    rows = [await row(article=f"TR-{number}", properties={"Матрица": str(number // 2)}) for number in range(4)]
    category = await Category.get(slug="ip-cameras")
    async with transaction():
        written = await write_products(rows)
    assert await shown(category) == {}
    assert await index_new() == 4 and await index_new() == 0
    assert await shown(category) == {} and await shelves.stale() == [category.id]
    await write_stale_shelves()
    assert set(await shown(category)) == written.ids
    shelf = (await shelves.take([category.id]))[category.id]
    assert [name for name, _values in shelf.offered] == ["Матрица"]

    product = written.new[rows[0].brand_id, "TR-0"]
    retail_type = await queries.retail_type()
    async with transaction():
        dearer = await write_prices([PriceRow(product, retail_type.id, 7700, Currency.RUB, clock.distributor_today())])
        await settle(dearer)
    assert await shelves.stale() == [category.id] and 7700 not in (await shown(category)).values()
    await write_stale_shelves()
    assert (await shown(category))[product] == 7700 and await shelves.stale() == []
