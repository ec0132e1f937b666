"""Currency rates: read, held, written by hand; and the prices that follow them."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app import clock
from app.accounts.user import User
from app.cart.models import CartLine
from app.catalogue.models import Product
from app.database import Sql
from app.history.models import Event
from app.money import CONVERTED, Currency, converted, discounted
from app.orders.models import Order, OrderLine
from app.presentations import draft_queries, drafts
from app.presentations.drafts import Changes
from app.presentations.models import Line
from app.rates import actions, bank
from app.rates.bank import Quoted, Unreadable
from app.rates.models import CurrencyRate, RateState, Reading
from app.settings import Settings
from jobs.rates import Rates
from tests.factories import Cast, make_cart_line, make_presentation, make_product
from tests.orders.forms import open_checkout
from tests.prices.shelf import give, make_type, write
from tests.site import Browser
from tests.users import make_user

HERE = "/administration/rates"
MOSCOW = ZoneInfo("Europe/Moscow")


async def quote(value: int = 900_000, ahead: int = 0) -> None:
    """The bank said so for a day."""
    await actions.take(Quoted(clock.distributor_today() + timedelta(days=ahead), value))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Sets the clock, in Moscow."""

    def set_clock(*moment: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime(*moment, tzinfo=MOSCOW))  # type: ignore[arg-type]

    set_clock(2026, 12, 4, 12)
    yield set_clock


@pytest.mark.parametrize(("cents", "rate"), [(1, 5_000), (1, 4_999), (10_050, 921_234), (999_999_999, 1_234_567)])
async def test_one_rounding(database: str, cents: int, rate: int) -> None:
    of_database = await Sql("SELECT " + CONVERTED.format(amount=str(cents), rate=f"CAST({rate} AS BIGINT)")).value()
    assert of_database == converted(cents, rate)


async def test_retail_in_a_currency_follows_the_rate(alice: Browser, cast: Cast) -> None:
    product = await make_product(article="DS-1", retail=1)
    await write(product, 100_00, currency=Currency.USD)
    page = f"/catalogue/products/{product.id}"
    assert "по запросу" in (await alice.get(page)).text, "without a rate there is no price"
    await quote(900_000)
    assert (await Product.get(id=product.id)).retail == 900_000
    shown = (await alice.get(page)).text
    assert "7\xa0650,00" in shown and "Пересчитано из у.е. по курсу 90,0000" in shown
    await quote(950_000, 1)
    assert (await Product.get(id=product.id)).retail == 900_000, "tomorrow's rate waits for tomorrow"


async def test_tomorrows_rate_holds_from_midnight_of_the_distributor(guest: Browser, at: Any) -> None:
    product = await make_product(article="DS-1", retail=1)
    await write(product, 100_00, currency=Currency.USD)
    await quote(900_000)
    await quote(1_000_000, 1)
    page = f"/catalogue/products/{product.id}"
    at(2026, 12, 4, 23, 59)
    assert "9\xa0000,00" in (await guest.get(page)).text
    at(2026, 12, 5, 0, 0)
    assert "10\xa0000,00" in (await guest.get(page)).text
    assert (await Product.get(id=product.id)).retail == 1_000_000


async def test_a_dearer_rate_between_page_and_order(alice: Browser, cast: Cast) -> None:
    dealer, product = await make_type(), await make_product(article="DS-1", retail=5_000_000)
    await write(product, 100_00, dealer, currency=Currency.USD)
    await give(cast.company, dealer)
    await quote(900_000)
    await alice.post(f"/catalogue/products/{product.id}/cart", {"from": "/catalogue", f"q{product.id}": "1"})
    form = await open_checkout(alice)
    await actions.write(1_000_000, sure=True, by=await _anna(cast))
    answer = await alice.post("/orders", form)
    assert answer.status_code in (303, 409, 422)
    assert not await Order.all().exists(), "nothing is ordered at a price that was not seen"
    cart = (await alice.get("/cart")).text
    assert "Цена выросла" in cart and "10\xa0000,00" in cart


async def test_the_order_keeps_the_rate(alice: Browser, cast: Cast) -> None:
    dealer, product = await make_type(), await make_product(article="DS-1", retail=5_000_000)
    await write(product, 100_00, dealer, currency=Currency.USD)
    await give(cast.company, dealer)
    await quote(900_000)
    await make_cart_line(person=cast.alice, product=product, quantity=1, price=900_000)
    await alice.post("/orders", await open_checkout(alice))
    line = await OrderLine.get()
    assert (line.price, line.price_source, line.rate) == (900_000, "type", 900_000)
    assert line.rate_on == clock.distributor_today()
    await actions.write(1_000_000, sure=True, by=await _anna(cast))
    number = (await Order.get()).number
    assert "по курсу 90,0000" in (await alice.get(f"/orders/{number}")).text


async def test_a_sent_presentation_keeps_price_and_rate(alice: Browser, settings: Settings, cast: Cast) -> None:
    product = await make_product(article="DS-1", retail=1)
    await write(product, 100_00, currency=Currency.USD)
    await quote(900_000)
    product = await Product.get(id=product.id)
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[product], sent=False)
    by = await make_user(cast.maria)
    draft = await draft_queries.draft(by, offer.number, settings)
    await drafts.send(draft, Changes(*draft.head, {}), by=by, settings=settings)
    line = await Line.get()
    assert (line.retail, line.price, line.rate) == (900_000, 720_000, 900_000)
    await actions.write(1_000_000, sure=True, by=await _anna(cast))
    shown = (await alice.get(f"/presentations/{offer.number}")).text
    assert "7\xa0200,00" in shown and "по курсу 90,0000" in shown
    await alice.post(f"/presentations/{offer.number}/lines/{line.id}/cart", {f"q{line.id}": "2"})
    assert (await CartLine.get()).price == 720_000


async def test_the_bank_is_read_when_it_is_time(settings: Settings, cast: Cast, at: Any, monkeypatch: Any) -> None:
    asked: list[str] = []

    async def read(address: str) -> Quoted:
        asked.append(address)
        if len(asked) == 1:
            raise Unreadable("away")
        return Quoted(clock.distributor_today(), 900_000 + len(asked))

    monkeypatch.setattr(bank, "read", read)
    worker = Rates(settings)
    assert not await worker.read_due(), "without an address nothing is read"
    await actions.change_terms("https://bank.example.ru/x", 0, settings, by=await _anna(cast))
    assert await worker.read_due() and (await Reading.get()).failure == "away"
    assert not await worker.read_due(), "not at once again"
    at(2026, 12, 4, 12, 20)
    assert await worker.read_due() and (await Reading.get()).failure == ""
    at(2026, 12, 4, 15, 59)
    assert not await worker.read_due()
    at(2026, 12, 4, 16, 1)
    assert await worker.read_due()
    at(2026, 12, 9, 3, 0)
    assert await worker.read_due(), "missed times are made up for"
    assert asked == ["https://bank.example.ru/x"] * 4
    assert [one.name for one in await Event.filter(name__startswith="currency_rate").order_by("id")][:3] == [
        "currency_rate.terms_changed",
        "currency_rate.failed",
        "currency_rate.taken",
    ]


async def test_a_jump_waits_for_an_administrator(anna: Browser, maria: Browser) -> None:
    product = await make_product(retail=1)
    await write(product, 100_00, currency=Currency.USD)
    await quote(900_000)
    await quote(1_080_000)
    assert (await Product.get(id=product.id)).retail == 1_080_000, "20 % is believed"
    for _ in range(2):
        await quote(1_300_000)
    held = await CurrencyRate.get(state=RateState.HELD)
    assert (await Product.get(id=product.id)).retail == 1_080_000
    page = (await anna.get(HERE)).text
    assert "130,0000" in page and "Верно" in page
    door = f"{HERE}/{held.id}/decision"
    assert (await maria.post(door, {"decision": "agree"})).status_code == 403
    assert (await anna.post(door, {"decision": ""})).status_code == 422
    assert (await anna.post(door, {"decision": "agree"})).headers["location"] == HERE
    assert (await Product.get(id=product.id)).retail == 1_300_000
    assert (await anna.post(door, {"decision": "refuse"})).status_code == 409
    assert (await anna.post(door, {"decision": "agree"})).status_code == 303, "twice is as once"
    assert await Event.filter(name="currency_rate.agreed").count() == 1


async def test_by_hand(anna: Browser, maria: Browser) -> None:
    product = await make_product(retail=1)
    await write(product, 100_00, currency=Currency.USD)
    await quote(900_000)
    assert (await maria.post(HERE, {"value": "95"})).status_code == 403
    assert "Напишите рубли" in (await anna.post(HERE, {"value": "95,12345"})).text
    jumped = await anna.hx_post(HERE, {"value": "300"})
    assert jumped.status_code == 422 and 'name="sure"' in jumped.text and 'value="300"' in jumped.text
    assert (await anna.post(HERE, {"value": "300", "sure": "1"})).headers["location"] == HERE
    assert (await Product.get(id=product.id)).retail == 3_000_000
    assert (await anna.post(HERE, {"value": "95,5", "sure": "1"})).status_code == 303
    assert (await Product.get(id=product.id)).retail == 955_000
    await quote(960_000)
    assert (await Product.get(id=product.id)).retail == 955_000, "the bank's of the same day does not undo it"


async def test_the_percentage_goes_on_top(anna: Browser, maria: Browser) -> None:
    product = await make_product(retail=1)
    await write(product, 100_00, currency=Currency.USD)
    await quote(900_000)
    door = f"{HERE}/terms"
    assert (await maria.post(door, {"address": "", "percent": "2"})).status_code == 403
    for wrong in ({"address": "file:///etc/passwd"}, {"address": "bank"}, {"percent": "51"}, {"percent": "x"}):
        answer = await anna.post(door, {"address": "", "percent": "2", **wrong})
        assert answer.status_code == 422
    assert (await anna.post(door, {"address": "https://bank.example.ru/x", "percent": "2,5"})).status_code == 303
    assert (await Product.get(id=product.id)).retail == 922_500
    await quote(910_000, 0)
    assert (await Product.get(id=product.id)).retail == 932_750
    changed = await Event.get(name="currency_rate.terms_changed")
    assert changed.data["changes"][1] == {"field": "percent", "was": 0, "now": 250}


async def test_read_now(anna: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await anna.post(f"{HERE}/reading")).status_code == 409, "there is no address"
    await anna.post(f"{HERE}/terms", {"address": "https://bank.example.ru/x", "percent": "0"})

    async def missing(address: str) -> Quoted:
        raise Unreadable("missing")

    monkeypatch.setattr(bank, "read", missing)
    answer = await anna.hx_post(f"{HERE}/reading")
    assert answer.status_code == 200 and "нет курса доллара" in answer.text
    assert "нет курса доллара" in (await anna.get(HERE)).text

    async def good(address: str) -> Quoted:
        return Quoted(clock.distributor_today(), 900_000)

    monkeypatch.setattr(bank, "read", good)
    assert (await anna.post(f"{HERE}/reading")).headers["location"] == HERE
    page = (await anna.get(HERE)).text
    assert "нет курса доллара" not in page and "90,0000" in page


@pytest.mark.parametrize("first", ["order", "rate"])
async def test_the_job_and_an_order_at_once(alice: Browser, cast: Cast, first: str) -> None:
    product = await make_product(article="DS-1", retail=1)
    await write(product, 100_00, currency=Currency.USD)
    await quote(1_000_000)
    await make_cart_line(person=cast.alice, product=product, quantity=3, price=850_000)
    form = await open_checkout(alice)
    deeds = [alice.post("/orders", form), quote(900_000)]
    await asyncio.gather(*(deeds if first == "order" else deeds[::-1]))
    for line in await OrderLine.all():
        assert line.price == discounted(converted(100_00, line.rate), line.discount) and line.discount == 1500
        assert (await Order.get()).total == 3 * line.price
    assert (await Product.get(id=product.id)).retail == 900_000


async def _anna(cast: Cast) -> User:
    return await make_user(cast.anna)
