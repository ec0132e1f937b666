"""A small catalogue, the worker's part of imports, and the steps of the wizard as a browser takes them."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest

from app.catalogue.models import Brand, Category, Product
from app.imports.models import ImportChange, ImportRun, SupplierCode
from app.prices.models import PriceType, ProductPrice
from app.prices.queries import retail_type
from app.settings import Settings
from app.warehouses.models import Warehouse, WarehouseStock
from jobs.imports import Imports
from tests.factories import Cast, make_brand, make_product
from tests.imports.books import DIRTY, Rows, workbook
from tests.site import Browser

DOOR, KEY = "/administration/imports", "a-key-that-a-form-was-given"
_INPUT = re.compile(r"<input ([^>]*)>")
_SELECT = re.compile(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


@dataclass
class Shelf:
    """What is there before: two known products of one brand, one of another, an article that both brands have."""

    hikvision: Brand
    lighthouse: Brand
    category: Category
    retail: PriceType
    warehouse: Warehouse
    products: dict[str, Product] = field(default_factory=dict)


@pytest.fixture
async def shelf(cast: Cast) -> Shelf:
    hikvision, lighthouse = await make_brand(name="HIKVISION"), await make_brand(name="Маяк")
    products = {
        "DS-1": await make_product(article="DS-1", brand=hikvision, retail=100_000, stock=7),
        "120": await make_product(article="120", brand=hikvision, retail=20_000, stock=7),
        "X-3": await make_product(article="X-3", brand=lighthouse, retail=30_000, stock=7),
        "SAME": await make_product(article="SAME", brand=lighthouse, retail=77_700, stock=7),
        "TWIN": await make_product(article="TWIN", brand=lighthouse, retail=77_700, stock=7),
    }
    await make_product(article="TWIN", brand=hikvision)
    category = await Category.get(slug="ip-cameras")
    warehouse = await Warehouse.create(name="Главный склад")
    return Shelf(hikvision, lighthouse, category, await retail_type(), warehouse, products)


@pytest.fixture
def worker(settings: Settings) -> Imports:
    """The worker's part of it."""
    return Imports(settings)


def fields_of(page: str) -> dict[str, str]:
    """The fields of the form of columns as they stand on a page."""
    found: dict[str, str] = {}
    form = page[page.index('id="columns"') :]
    for attributes in _INPUT.findall(form[: form.index("</form>")]):
        named = dict(re.findall(r'([a-z]+)="([^"]*)"', attributes))
        ticked = named.get("type") != "checkbox" or attributes.endswith(" checked")
        if named.get("name") not in (None, "csrf") and ticked:
            found[named["name"]] = unescape(named.get("value", ""))
    for name, options in _SELECT.findall(form):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


async def begin(browser: Browser, content: bytes, *, name: str = "прайс.xlsx", key: str = KEY, **fields: str) -> str:
    """Uploads a list; the path of its import."""
    data = {"key": key, **({} if "supplier" in fields else {"name": "Маяк-Снаб"}), **fields}
    answer = await browser.http.post(DOOR, data=data, files={"files": (name, content)})
    assert answer.status_code == 303, answer.text[-4000:]
    return answer.headers["location"].removesuffix("/columns")


async def preview(browser: Browser, worker: Imports, at: str, **fields: str) -> ImportRun:
    """Chooses what is not guessed, and has the preview made."""
    page = await browser.get(f"{at}/columns")
    answer = await browser.post(f"{at}/columns", {**fields_of(page.text), "do": "preview", **fields})
    assert answer.status_code == 303, answer.text[-4000:]
    assert await worker.do_all() == 1
    return await ImportRun.get(id=int(at.rpartition("/")[2]))


def terms(shelf: Shelf, **fields: str) -> dict[str, str]:
    """Prices of retail, the stock of the warehouse, and new products into the category."""
    told = {"type": str(shelf.retail.id), "warehouse": str(shelf.warehouse.id), "new": "1"}
    return {**told, "category": str(shelf.category.id), **fields}


async def previewed(browser: Browser, worker: Imports, shelf: Shelf, rows: Rows = DIRTY, **fields: str) -> ImportRun:
    """A list on its way, with its preview made."""
    key = f"{KEY}-{await ImportRun.all().count()}"
    at = await begin(browser, workbook(("Прайс", rows)), key=key)
    return await preview(browser, worker, at, **terms(shelf, **fields))


async def applied(browser: Browser, worker: Imports, shelf: Shelf, rows: Rows = DIRTY, **fields: str) -> ImportRun:
    """The same, applied."""
    run = await previewed(browser, worker, shelf, rows, **fields)
    assert (await browser.post(f"{DOOR}/{run.id}/application")).status_code == 303
    await worker.do_all()
    return await ImportRun.get(id=run.id)


async def undone(browser: Browser, worker: Imports, run: ImportRun) -> ImportRun:
    """A run after somebody had it undone."""
    assert (await browser.post(f"{DOOR}/{run.id}/undoing")).status_code == 303
    await worker.do_all()
    return await ImportRun.get(id=run.id)


async def standing() -> list[tuple[Any, ...]]:
    """Everything that an import writes, but for versions and moments."""
    columns = ("article", "name", "retail", "stock", "unit", "pack", "minimum", "brand_id", "replacement_id", "search")
    products = await Product.all().order_by("id").values_list("id", "discontinued_at", *columns)
    prices = await ProductPrice.all().order_by("id").values_list("product_id", "amount", "currency", "valid_from")
    stocks = await WarehouseStock.all().order_by("id").values_list("product_id", "warehouse_id", "quantity", "at")
    codes = await SupplierCode.all().order_by("code").values_list("code", "product_id", "present", "hidden")
    return [*products, *prices, *stocks, *codes]  # type: ignore[list-item]


async def kinds(run: ImportRun) -> dict[str, list[str]]:
    """The articles of the preview by what becomes of them."""
    found: dict[str, list[str]] = {}
    for one in await ImportChange.filter(run_id=run.id).order_by("place"):
        found.setdefault(one.kind.value, []).append(one.article)
    return found
