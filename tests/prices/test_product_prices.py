"""A product's prices by type and day, as administrators write them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.catalogue.models import Product
from app.history.models import Event
from app.prices import queries, retail
from app.prices.models import ProductPrice
from tests.factories import make_product
from tests.prices.shelf import make_type, write
from tests.site import Browser


def day(ahead: int = 0) -> str:
    """A day of the distributor, so many days from today."""
    return (clock.distributor_today() + timedelta(days=ahead)).isoformat()


def form(price_type: int, amount: str = "8 500,50", since: str = "", currency: str = "") -> dict[str, str]:
    """A price."""
    return {"type": str(price_type), "amount": amount, "since": since or day(), "currency": currency}


async def test_a_price_of_a_type(anna: Browser) -> None:
    dealer, product = await make_type(), await make_product(article="DS-1", retail=1_000_000)
    door = f"/administration/products/{product.id}/prices"
    answer = await anna.post(door, form(dealer.id))
    assert answer.headers["location"] == door
    page = (await anna.get(door)).text
    assert "8\xa0500,50" in page and "Дилер 1" in page and "10\xa0000,00" in page
    await anna.post(door, form(dealer.id, "8000"))
    await anna.post(door, form(dealer.id, "8000"))
    assert (await ProductPrice.get(price_type_id=dealer.id)).amount == 800_000
    told = [event.data for event in await Event.filter(name="price.set").order_by("id")]
    assert [one["was"] and one["was"]["amount"] for one in told] == [None, 850_050], "twice the same is once"
    assert (await Product.get(id=product.id)).retail == 1_000_000


async def test_retail_of_today_is_written_into_the_product(anna: Browser) -> None:
    product = await make_product(retail=1_000_000)
    base = await queries.retail_type()
    door = f"/administration/products/{product.id}/prices"
    await anna.post(door, form(base.id, "9 000"))
    now = await Product.get(id=product.id)
    assert (now.retail, now.version) == (900_000, product.version + 1)
    await anna.post(door, form(base.id, ""))
    assert (await Product.get(id=product.id)).retail == 0, "on request"


async def test_with_htmx(anna: Browser) -> None:
    dealer, product = await make_type(), await make_product()
    door = f"/administration/products/{product.id}/prices"
    refused = await anna.hx_post(door, form(dealer.id, "сто"))
    assert refused.status_code == 422 and 'id="prices"' in refused.text and "сто" in refused.text
    saved = await anna.hx_post(door, form(dealer.id))
    assert saved.status_code == 200 and "8\xa0500,50" in saved.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"type": "999"}, "Выберите тип цен"),
        ({"amount": "0"}, "Напишите цену"),
        ({"amount": "-5"}, "Напишите цену"),
        ({"amount": "99999999999999"}, "Напишите цену"),
        ({"since": "2020-01-01"}, "Не раньше сегодняшнего дня"),
        ({"since": "2099-01-01"}, "Не дальше"),
        ({"since": ""}, "Выберите дату"),
        ({"currency": "EUR"}, "Выберите валюту"),
    ],
)
async def test_what_is_wrong_is_said_at_the_field(anna: Browser, wrong: dict[str, str], words: str) -> None:
    dealer, product = await make_type(), await make_product()
    answer = await anna.post(f"/administration/products/{product.id}/prices", {**form(dealer.id), **wrong})
    assert answer.status_code == 422 and words in answer.text
    assert not await ProductPrice.all().exists()


async def test_strangers(maria: Browser, alice: Browser) -> None:
    dealer, product = await make_type(), await make_product()
    for stranger in (maria, alice):
        answer = await stranger.post(f"/administration/products/{product.id}/prices", form(dealer.id))
        assert answer.status_code == 403
    assert not await ProductPrice.all().exists()


async def test_a_later_price_is_taken_back_and_one_in_force_is_not(anna: Browser, maria: Browser) -> None:
    dealer, product = await make_type(), await make_product()
    door = f"/administration/products/{product.id}/prices"
    await anna.post(door, form(dealer.id, "100", day(3)))
    await anna.post(door, form(dealer.id, "200", day()))
    later = await ProductPrice.get(amount=10_000)
    held = await ProductPrice.get(amount=20_000)
    assert (await maria.post(f"{door}/{later.id}/removal")).status_code == 403
    assert "100,00" in (await anna.get(f"{door}/{later.id}/removal")).text
    assert (await anna.get(f"{door}/{held.id}/removal")).status_code == 404
    assert (await anna.post(f"{door}/{held.id}/removal")).status_code == 404
    for _ in range(2):
        assert (await anna.post(f"{door}/{later.id}/removal")).headers["location"] == door
    assert await ProductPrice.all().count() == 1
    assert await Event.filter(name="price.removed").count() == 1


async def test_a_new_day_of_the_distributor_turns_the_prices(anna: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    moscow = ZoneInfo("Europe/Moscow")
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 4, 23, 59, tzinfo=moscow))
    product = await make_product(article="DS-1", retail=1_000_000)
    await write(product, 1_100_000, since=clock.distributor_today() + timedelta(days=1))
    page = f"/catalogue/products/{product.id}"
    assert "10\xa0000,00" in (await anna.get(page)).text
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 5, 0, 0, tzinfo=moscow))
    assert "11\xa0000,00" in (await anna.get(page)).text, "whoever reads first on the new day turns them"
    assert (await Product.get(id=product.id)).retail == 1_100_000


async def test_the_product_form_and_the_prices_tell_one_price(anna: Browser) -> None:
    product = await make_product(article="DS-1", retail=1_000_000)
    later = clock.distributor_today() + timedelta(days=5)
    await write(product, 1_300_000, since=later)
    page = (await anna.get(f"/administration/products/{product.id}")).text
    assert 'value="10\xa0000,00"' in page
    fields = {"article": "DS-1", "name": product.name, "brand": str(product.brand_id), "unit": "шт", "pack": "1"}
    fields |= {"category": str(product.category_id), "minimum": "1", "vat": "standard", "stock": "1", "version": "1"}
    await anna.post(f"/administration/products/{product.id}", {**fields, "retail": "12 000"})
    prices = await ProductPrice.filter(product_id=product.id).order_by("valid_from")
    assert [(one.amount, one.valid_from) for one in prices] == [
        (1_200_000, clock.distributor_today()),
        (1_300_000, later),
    ]
    assert await retail.refresh() == 0
