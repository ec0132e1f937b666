"""Connections of 1C: made, changed, switched off, given another password; what their prices are here."""

import re

from starlette.applications import Starlette

from app import clock
from app.exchange.models import Connection, Encoding, ExternalKey, Kind
from app.history.models import Event
from app.prices.models import PriceType, ProductPrice
from tests.exchange.one_c import PASSWORD, OneC, make_connection
from tests.exchange.shop import RETAIL, Shop, Ware
from tests.factories import Cast
from tests.site import Browser

DOOR = "/administration/exchange/connections"
KEY = "a-key-of-a-form-that-was-sent"


def typed(cast: Cast, **fields: str) -> dict[str, str]:
    """The form of a new connection."""
    since = clock.distributor_today().isoformat()
    plain = {"name": "УТ 11", "login": "ut-11", "orders_since": since, "encoding": "windows-1251", "key": KEY}
    return {**plain, "person": str(cast.anna.id), "catalogue": "1", "orders": "1", "active": "1", **fields}


def secret_of(page: str) -> str:
    found = re.search(r'id="secret" value="([^"]+)"', page)
    assert found
    return found[1]


async def test_made_and_its_password_shown_once(anna: Browser, cast: Cast, site: Starlette) -> None:
    assert 'name="key"' in (await anna.get(f"{DOOR}/new")).text
    answer = await anna.post(DOOR, typed(cast))
    secret = secret_of(answer.text)
    made = await Connection.get(login="ut-11")
    assert len(secret) == 24 and secret not in made.password_hash and made.encoding is Encoding.WINDOWS
    assert "/1c_exchange" in answer.text and 'id="secret"' not in (await anna.get(f"{DOOR}/{made.id}")).text
    async with OneC(site, login="ut-11", password=secret) as client:
        assert (await client.enter()).text.startswith("success")
    again = await anna.post(DOOR, typed(cast))
    assert secret_of(again.text) == secret and await Connection.all().count() == 1
    assert (await Event.get(name="exchange.connection_created")).data["login"] == "ut-11"
    assert "УТ 11" in (await anna.get("/administration/exchange")).text


async def test_made_with_htmx(anna: Browser, cast: Cast) -> None:
    answer = await anna.hx_post(DOOR, typed(cast))
    assert answer.status_code == 200 and answer.text.lstrip().startswith("<form") and secret_of(answer.text)


async def test_what_is_wrong_stands_at_the_field_and_nothing_is_lost(anna: Browser, cast: Cast) -> None:
    wrong = typed(cast, login="ут", name="Моё название", orders_since="вчера")
    del wrong["catalogue"], wrong["orders"]
    for post in (anna.post, anna.hx_post):
        answer = await post(DOOR, wrong)
        assert answer.status_code == 422 and "Моё название" in answer.text and answer.text.count('class="err"') == 3
    assert not await Connection.all().exists()


async def test_a_name_that_is_taken(anna: Browser, cast: Cast) -> None:
    connection = await make_connection(cast.anna, login="bp-3")
    for fields in ({"login": connection.login}, {"name": connection.name}):
        answer = await anna.post(DOOR, typed(cast, **fields))
        assert answer.status_code == 422 and "уже есть у другого подключения" in answer.text
    assert await Connection.all().count() == 1


async def test_changed_and_switched_off(anna: Browser, cast: Cast, connection: Connection, one_c: OneC) -> None:
    form = typed(cast, name="УНФ", login="unf", encoding="utf-8-bom", wrapped="1", version="1")
    del form["key"], form["active"]
    answer = await anna.post(f"{DOOR}/{connection.id}", form)
    assert answer.headers["location"] == f"{DOOR}/{connection.id}"
    one = await Connection.get(id=connection.id)
    assert (one.name, one.login, one.wrapped, one.active, one.version) == ("УНФ", "unf", True, False, 2)
    changes = {
        change["field"]: (change["was"], change["now"])
        for change in (await Event.get(name="exchange.connection_changed")).data["changes"]
    }
    assert changes["active"] == (True, False) and changes["encoding"] == ("windows-1251", "utf-8-bom")
    one_c.login = "unf"
    assert (await one_c.enter()).status_code == 401
    stale = await anna.post(f"{DOOR}/{connection.id}", {**form, "name": "Иное"})
    assert stale.status_code == 409 and "Иное" in stale.text and "УНФ" in stale.text
    assert (await anna.hx_post(f"{DOOR}/{connection.id}", {**form, "version": "2"})).status_code == 200


async def test_another_password(anna: Browser, connection: Connection, one_c: OneC) -> None:
    door = f"{DOOR}/{connection.id}/password"
    assert "Выдать новый пароль?" in (await anna.get(door)).text
    secret = secret_of((await anna.post(door, {"key": KEY})).text)
    assert secret_of((await anna.post(door, {"key": KEY})).text) == secret
    assert await Event.filter(name="exchange.password_renewed").count() == 1
    assert (await one_c.enter()).status_code == 401
    one_c.password = secret
    assert (await one_c.enter()).text.startswith("success") and secret != PASSWORD


async def test_which_type_of_prices_is_retail(anna: Browser, connection: Connection, one_c: OneC) -> None:
    types = ((RETAIL, "Цена продажи", "руб", "true"), ("type-dealer", "Закупочная", "руб", "true"))
    await one_c.exchange(Shop([Ware()], types=types))
    page = (await anna.get(f"{DOOR}/{connection.id}")).text
    assert "Цена продажи" in page and "Закупочная" in page
    sale, bought = [await ExternalKey.get(kind=Kind.PRICE_TYPE, text=name) for name in ("Цена продажи", "Закупочная")]
    base = await PriceType.get(base=True)
    door, form = f"{DOOR}/{connection.id}/price-types", {f"t{sale.id}": str(base.id), f"t{bought.id}": ""}
    answer = await anna.post(door, form)
    assert answer.headers["location"] == f"{DOOR}/{connection.id}#price-types"
    assert (await anna.hx_post(door, form)).status_code == 200
    assert len((await Event.get(name="exchange.price_types_set")).data["changes"]) == 2
    await ProductPrice.all().delete()
    await one_c.exchange(Shop([Ware()], types=types))
    price = await ProductPrice.get()
    assert (price.price_type_id, price.amount) == (base.id, 1499_90)
    for post in (anna.post, anna.hx_post):
        answer = await post(door, {f"t{sale.id}": "999999"})
        assert answer.status_code == 422 and "Выберите тип цен" in answer.text


async def test_strangers(maria: Browser, alice: Browser, guest: Browser, cast: Cast, connection: Connection) -> None:
    doors = (DOOR, f"{DOOR}/{connection.id}", f"{DOOR}/{connection.id}/password", f"{DOOR}/{connection.id}/price-types")
    for door in doors:
        for browser in (maria, alice):
            assert (await browser.post(door, typed(cast))).status_code == 403
            assert (await browser.hx_post(door, typed(cast))).status_code == 403
        assert "sign-in" in (await guest.post(door, typed(cast))).headers["location"]
    assert await Connection.all().count() == 1 and not await Event.filter(name__startswith="exchange.").exists()


async def test_none_of_that_number(anna: Browser, cast: Cast) -> None:
    for door in (f"{DOOR}/77", f"{DOOR}/77/password", f"{DOOR}/77/price-types"):
        assert (
            await anna.post(door, {**typed(cast), "version": "1"} if door.endswith("77") else {})
        ).status_code == 404
