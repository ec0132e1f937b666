"""POST /administration/imports/{run}/undoing: the last import, exactly, or nothing."""

import pytest

from app import clock
from app.catalogue.models import Product
from app.catalogue.search import find
from app.history.models import Event
from app.imports.models import ImportRun, State
from app.money import Currency
from app.prices import actions as prices
from app.prices.actions import NewPrice
from app.warehouses.models import WarehouseStock
from jobs.imports import Imports
from tests.factories import Cast, make_cart_line, make_presentation
from tests.imports.books import DIRTY
from tests.imports.conftest import DOOR, Shelf, applied, previewed, standing, undone
from tests.site import Browser
from tests.users import make_user

SHORTER = [row for row in DIRTY if row[1:2] != ["X 3"]]


async def test_everything_is_as_it_was(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    stood = await standing()
    run = await applied(anna, worker, shelf)
    page = (await anna.get(f"{DOOR}/{run.id}/undoing")).text
    assert "Отменить импорт?" in page and "5 изменений" in page
    run = await undone(anna, worker, run)
    assert run.state is State.UNDONE and await standing() == stood
    assert not (await find("new1", limit=5)).ids and (await Event.get(name="import.undone")).data["made"] == 2
    assert "Отменён" in (await anna.get(f"{DOOR}/{run.id}")).text
    again = await previewed(anna, worker, shelf)
    assert {kind: again.counts[kind] for kind in run.counts} == run.counts


async def test_prices_and_stocks_that_were_written_over(
    anna: Browser, worker: Imports, shelf: Shelf, cast: Cast
) -> None:
    """Prices of the same day, an older one, a stock that was there, what was taken off sale."""
    await applied(anna, worker, shelf)
    stood = await standing()
    rows = [
        ["Артикул", "Наименование", "Цена", "Остаток"],
        ["DS-1", "a", 9, 9],
        ["120", "b", 8, 0],
        ["NEW-1", "c", 7, 7],
    ]
    run = await applied(anna, worker, shelf, rows, hide="1", details="1")
    assert (await Product.get(article="X-3")).discontinued_at and (await Product.get(article="DS-1")).name == "a"
    run = await undone(anna, worker, run)
    assert run.state is State.UNDONE and await standing() == stood


async def test_what_came_back_goes_again(anna: Browser, worker: Imports, shelf: Shelf) -> None:
    await applied(anna, worker, shelf)
    await applied(anna, worker, shelf, SHORTER, hide="1")
    stood = await standing()
    await undone(anna, worker, await applied(anna, worker, shelf, hide="1"))
    assert await standing() == stood


@pytest.mark.parametrize("htmx", [False, True])
async def test_only_the_last_one(anna: Browser, worker: Imports, shelf: Shelf, htmx: bool) -> None:
    first = await applied(anna, worker, shelf)
    last = await applied(anna, worker, shelf, [["Артикул", "Цена"], ["DS-1", 5]], warehouse="")
    post = anna.hx_post if htmx else anna.post
    answer = await post(f"{DOOR}/{first.id}/undoing")
    assert answer.status_code == 409 and "сначала отмените его" in answer.text
    assert "сначала отмените его" in (await anna.get(f"{DOOR}/{first.id}/undoing")).text
    assert "Отменить импорт" not in (await anna.get(f"{DOOR}/{first.id}")).text
    await undone(anna, worker, last)
    assert (await undone(anna, worker, first)).state is State.UNDONE
    answer = await post(f"{DOOR}/{first.id}/undoing")
    assert answer.status_code == (200 if htmx else 303)
    draft = await previewed(anna, worker, shelf)
    assert (await post(f"{DOOR}/{draft.id}/undoing")).status_code == 409


@pytest.mark.parametrize("what", ["price", "stock", "new", "used", "off sale"])
async def test_not_what_somebody_changed_since(
    anna: Browser, worker: Imports, shelf: Shelf, cast: Cast, what: str
) -> None:
    run = await applied(anna, worker, shelf)
    article = "NEW-1" if what in ("new", "used") else "DS-1"
    product = await Product.get(article=article)
    if what == "price":
        new = NewPrice(shelf.retail, 55_500, Currency.RUB, clock.distributor_today())
        await prices.put(product.id, new, by=await make_user(cast.anna))
    elif what == "stock":
        await WarehouseStock.filter(product_id=product.id).update(quantity=5)
    elif what == "new":
        await Product.filter(id=product.id).update(name="Названа иначе")
    elif what == "used":
        await make_presentation(company=cast.company, author=cast.maria, products=[product])
    else:
        product = await Product.get(article="NEW-1")
        article = product.article
        await Product.filter(id=product.id).update(discontinued_at=clock.now())
    stood = await standing()
    page = (await anna.get(f"{DOOR}/{run.id}/undoing")).text
    assert "Отменить уже нельзя" in page and article in page
    run = await undone(anna, worker, run)
    assert (run.state, run.problem) == (State.APPLIED, "hindered") and await standing() == stood
    page = (await anna.get(f"{DOOR}/{run.id}")).text
    assert "Импорт не отменён" in page and article in page


async def test_a_later_price_by_hand(anna: Browser, worker: Imports, shelf: Shelf, cast: Cast) -> None:
    run = await applied(anna, worker, shelf)
    later = clock.distributor_today().replace(year=clock.distributor_today().year + 1, day=1)
    product = await Product.get(article="DS-1")
    await prices.put(product.id, NewPrice(shelf.retail, 1, Currency.RUB, later), by=await make_user(cast.anna))
    run = await undone(anna, worker, run)
    assert run.state is State.APPLIED and run.about["articles"] == "DS-1"


async def test_a_cart_keeps_a_new_product(anna: Browser, worker: Imports, shelf: Shelf, cast: Cast) -> None:
    run = await applied(anna, worker, shelf)
    await make_cart_line(person=cast.alice, product=await Product.get(article="NEW-1"))
    assert (await undone(anna, worker, run)).problem == "hindered"
    assert await ImportRun.filter(state=State.APPLIED).count() == 1
