"""What is done while acting: in a cart of its own, in both names, and nothing that is the partner's alone."""

import csv
from io import StringIO

import pytest

from app.accounts.joining import Consent
from app.accounts.models import Person
from app.cart.models import CartLine
from app.history.models import Email, Event
from app.orders.models import Order, StatusChange
from app.presentations.models import ChosenQuantity, Line, Opening
from app.settings import Settings
from app.unread import Unread
from jobs.relay import Relay
from tests.acting.conftest import act
from tests.events import presentation_sent
from tests.factories import Cast, make_cart_line, make_order, make_presentation, make_product
from tests.orders.forms import open_checkout
from tests.site import Browser


async def test_the_partners_cart_is_untouched(deputy: Browser, alice: Browser, cast: Cast) -> None:
    own = await make_cart_line(person=cast.alice, quantity=5)
    product = await make_product(article="DS-77")
    await deputy.post(f"/catalogue/products/{product.id}/cart", {f"q{product.id}": "3"})
    theirs = await CartLine.exclude(id=own.id).get()
    assert (theirs.person_id, theirs.quantity) == (cast.maria.id, 3)
    page = (await deputy.get("/cart")).text
    assert "DS-77" in page and f'name="q{own.id}"' not in page
    assert "DS-77" not in (await alice.get("/cart")).text
    await deputy.post("/cart/recalculation", {f"q{theirs.id}": "4"})
    for door in ("quantity", "removal", "price"):
        assert (await deputy.post(f"/cart/lines/{own.id}/{door}", {f"q{own.id}": "9"})).status_code == 404
        assert (await alice.post(f"/cart/lines/{theirs.id}/{door}", {f"q{theirs.id}": "9"})).status_code == 404
    assert sorted([line.quantity for line in await CartLine.all()]) == [4, 5]


async def test_prices_are_the_partners(deputy: Browser, cast: Cast) -> None:
    product = await make_product(retail=1_000_00)
    await deputy.post(f"/catalogue/products/{product.id}/cart", {f"q{product.id}": "1"})
    assert (await CartLine.get()).price == 850_00, "her company has 15 %"


async def test_the_cart_is_found_again_for_the_same_person_only(deputy: Browser, cast: Cast) -> None:
    product = await make_product()
    await deputy.post(f"/catalogue/products/{product.id}/cart", {f"q{product.id}": "3"})
    await deputy.post("/acting/ending")
    await act(deputy, cast.alice)
    assert await CartLine.all().count() == 1
    await deputy.post("/acting/ending")
    await act(deputy, cast.bob)
    assert await CartLine.all().count() == 0


async def test_a_presentation(deputy: Browser, alice: Browser, maria: Browser, cast: Cast) -> None:
    offer = await make_presentation(company=cast.company, author=cast.maria)
    await presentation_sent(offer, by=cast.maria)
    before = await Unread.filter(person=cast.alice).count()
    path = f"/presentations/{offer.number}"
    assert (await deputy.get(path)).status_code == 200 and before == 1
    assert await Opening.all().count() == 0 and await Unread.filter(person=cast.alice).count() == before
    line = await Line.get()
    await deputy.post(f"{path}/lines/{line.id}/quantity", {f"q{line.id}": "7"})
    assert (await ChosenQuantity.get()).person_id == cast.maria.id
    assert 'value="7"' in (await deputy.get(path)).text and 'value="7"' not in (await alice.get(path)).text
    await deputy.post(f"{path}/lines/{line.id}/cart", {f"q{line.id}": "7"})
    await deputy.post("/acting/ending")
    assert "Открыта, заказа нет" not in (await maria.get(f"/desk/presentations/{offer.number}")).text
    assert not await CartLine.filter(person=cast.alice).exists()


async def test_an_order(deputy: Browser, alice: Browser, maria: Browser, cast: Cast, settings: Settings) -> None:
    own = await make_cart_line(person=cast.alice, quantity=5)
    product = await make_product()
    await deputy.post(f"/catalogue/products/{product.id}/cart", {f"q{product.id}": "3"})
    form = await open_checkout(deputy)
    assert form["name"] == "Алиса Соколова"
    first, second = await deputy.post("/orders", form), await deputy.post("/orders", form)
    assert first.status_code == 303 and first.headers["location"] == second.headers["location"]
    order = await Order.get()
    assert (order.person_id, order.company_id, order.manager_id) == (cast.alice.id, cast.company.id, cast.maria.id)
    assert (await StatusChange.get()).author_id == cast.maria.id
    assert [line.id for line in await CartLine.all()] == [own.id]
    event = await Event.get(name="order.placed")
    assert (event.actor_id, event.company_id) == (cast.maria.id, cast.company.id)
    assert event.data["for"] == {"id": cast.alice.id, "name": "Алиса Соколова"}
    assert await Unread.filter(person=cast.alice, kind="order", number=order.number).exists(), "it is news to her"
    await Relay(settings).run()
    assert {letter.recipient for letter in await Email.all()} == {"alice@example.ru", "maria@example.ru"}
    await deputy.post("/acting/ending")
    for reader in (alice, maria):
        page = (await reader.get("/history?what=order.placed")).text
        assert "Мария Орлова" in page and "за партнёра: Алиса Соколова" in page
        table = (await reader.get("/history/export.csv?what=order.placed")).text
        [_head, row] = csv.reader(StringIO(table), delimiter=";")
        assert "Мария Орлова, за партнёра: Алиса Соколова" in row
    assert "198.51.100.24" not in (await alice.get("/history?what=order.placed")).text, "the address is staff's"
    assert "Мария Орлова" in (await alice.get(f"/orders/{order.number}")).text


async def test_a_repeated_order(deputy: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await make_cart_line(person=cast.alice)
    page = (await deputy.get(f"/repeat?order={order.number}")).text
    assert "DS-" in page
    assert await CartLine.filter(person=cast.alice).count() == 1


FORBIDDEN = {
    "/profile/password": {"current": "x", "password": "Афанасий Никитин в Бидаре"},
    "/profile/login": {"login": "lebedev", "current": "x"},
    "/profile/email": {"email": "lebedev@example.com", "current": "x"},
    "/profile/person": {"name": "Пётр Лебедев"},
    "/profile/company": {"name": "ООО «Маяк»"},
    "/profile/letters": {"promo": "1"},
    "/profile/devices/sign-out": {"device": "others"},
    "/people": {"name": "Нора Ладова", "email": "ladova@example.ru", "role": "viewer"},
    "/language": {"language": "en", "next": "/help"},
    "/welcome": {"password": "Афанасий Никитин в Бидаре", "consent": "1"},
    "/tickets": {"key": "a-key-that-a-form-was-given", "topic": "question", "subject": "Прайс", "text": "Когда?"},
}


@pytest.mark.parametrize("path", FORBIDDEN)
@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
async def test_what_is_the_partners_alone(deputy: Browser, cast: Cast, path: str, htmx: bool) -> None:
    before = await Person.get(id=cast.alice.id).values()
    answer = await (deputy.hx_post if htmx else deputy.post)(path, FORBIDDEN[path])
    assert answer.status_code == 403 and "только сам партнёр" in answer.text
    assert await Person.get(id=cast.alice.id).values() == before
    assert await Consent.all().count() == 0 and await Event.all().count() == 1


async def test_mark_up_and_comments(deputy: Browser, cast: Cast) -> None:
    offer = await make_presentation(company=cast.company, author=cast.maria)
    path = f"/presentations/{offer.number}"
    for door, form in (("mark-up", {"mark_up": "10"}), ("comments", {"key": "x" * 20, "text": "Беру"})):
        assert (await deputy.post(f"{path}/{door}", form)).status_code == 403
    page, customer = (await deputy.get(path)).text, (await deputy.get(f"{path}/customer")).text
    assert "<textarea" not in page and "/note" not in page and "/mark-up" not in customer
