"""What 1C calls the steps of orders: usual words are known, others are told, an administrator says what they are."""

import pytest

from app.exchange.models import Connection, ExternalKey, Kind
from app.history.models import Event
from app.orders.models import Order, Status
from tests.exchange.one_c import OneC, make_connection, remarks, told
from tests.exchange.papers import document, paper, whole
from tests.factories import Cast
from tests.site import Browser

DOOR = "/administration/exchange/connections"


async def status(order: Order) -> Status:
    return (await Order.get(id=order.id)).status


async def word(text: str) -> ExternalKey:
    return await ExternalKey.get(kind=Kind.STATUS, text=text)


@pytest.fixture
async def strange(one_c: OneC, order: Order) -> ExternalKey:
    """A word of 1C that nobody knows."""
    await told(one_c, document(order, Статус_заказа="Ждёт машину"))
    return await word("Ждёт машину")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("К выполнению", Status.IN_WORK),
        ("В работе", Status.IN_WORK),
        ("На согласовании", Status.NEW),
        ("к  отгрузке", Status.PICKING),
        ("[F] Завершен", Status.DONE),
        ("Закрыт", Status.DONE),
        ("Счет выставлен", Status.INVOICED),
        ("Отменён", Status.CANCELLED),
    ],
)
async def test_usual_words(one_c: OneC, order: Order, text: str, expected: Status) -> None:
    await Order.filter(id=order.id).update(status=Status.NEW)
    await told(one_c, document(order, Статус_заказа=text))
    assert await status(order) is expected and not await remarks()
    await told(one_c, document(order, Статус_заказа=text))
    assert await ExternalKey.filter(kind=Kind.STATUS).count() == 1


async def test_an_unknown_word_is_told_once(one_c: OneC, order: Order, strange: ExternalKey) -> None:
    one = paper(order.number, order.number, Статус_заказа="ждет  машину")
    assert "1 замечание" in await told(one_c, whole(one, one))
    assert "статус «ждет машину»" in (await remarks())[0]
    assert await status(order) is Status.IN_WORK and await ExternalKey.filter(kind=Kind.STATUS).count() == 1
    await told(one_c, document(order, Статус_заказа="[X]"))
    await told(one_c, document(order))
    assert await ExternalKey.filter(kind=Kind.STATUS).count() == 1 and not await remarks()


async def test_what_an_administrator_says_holds(
    one_c: OneC, order: Order, strange: ExternalKey, connection: Connection, anna: Browser
) -> None:
    page = (await anna.get(f"{DOOR}/{connection.id}")).text
    assert "Ждёт машину" in page and "не выбран" in page
    door, form = f"{DOOR}/{connection.id}/statuses", {f"s{strange.id}": "picking"}
    answer = await anna.post(door, form)
    assert answer.headers["location"] == f"{DOOR}/{connection.id}#statuses"
    assert (await anna.hx_post(door, form)).status_code == 200
    event = await Event.get(name="exchange.statuses_set")
    assert event.data["changes"] == [{"field": "Ждёт машину", "was": "", "now": "picking"}]
    await told(one_c, document(order, Статус_заказа="Ждёт машину"))
    assert await status(order) is Status.PICKING and not await remarks()


async def test_a_word_that_is_not_to_change_anything(
    one_c: OneC, order: Order, connection: Connection, anna: Browser
) -> None:
    await told(one_c, document(order, Статус_заказа="К выполнению"))
    ours = await word("К выполнению")
    await anna.post(f"{DOOR}/{connection.id}/statuses", {f"s{ours.id}": "ignore"})
    await Order.filter(id=order.id).update(status=Status.NEW)
    await told(one_c, document(order, Статус_заказа="К выполнению"))
    assert await status(order) is Status.NEW and not await remarks()
    assert 'value="ignore" selected' in (await anna.get(f"{DOOR}/{connection.id}")).text


async def test_a_status_that_there_is_not(strange: ExternalKey, connection: Connection, anna: Browser) -> None:
    for post in (anna.post, anna.hx_post):
        answer = await post(f"{DOOR}/{connection.id}/statuses", {f"s{strange.id}": "somewhere"})
        assert answer.status_code == 422 and "Выберите статус" in answer.text
    assert (await word("Ждёт машину")).object_id is None


async def test_a_word_of_another_connection(strange: ExternalKey, anna: Browser, cast: Cast) -> None:
    other = await make_connection(cast.anna, login="other")
    await anna.post(f"{DOOR}/{other.id}/statuses", {f"s{strange.id}": "done"})
    assert (await word("Ждёт машину")).object_id is None
    assert (await anna.post(f"{DOOR}/77/statuses", {})).status_code == 404


async def test_strangers(
    strange: ExternalKey, connection: Connection, maria: Browser, alice: Browser, guest: Browser
) -> None:
    door, form = f"{DOOR}/{connection.id}/statuses", {f"s{strange.id}": "done"}
    for browser in (maria, alice):
        assert (await browser.post(door, form)).status_code == 403
        assert (await browser.hx_post(door, form)).status_code == 403
    assert "sign-in" in (await guest.post(door, form)).headers["location"]
    assert (await word("Ждёт машину")).object_id is None
