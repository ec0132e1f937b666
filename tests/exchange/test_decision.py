"""The log of exchanges, and what administrators decide about one that would hide too much."""

from app.catalogue.models import Product
from app.database import counting_queries
from app.exchange.models import Exchange, ExchangeFile, State
from tests.exchange.one_c import OneC, last, work
from tests.exchange.shop import Shop, but, wares
from tests.site import Browser

LOG = "/administration/exchange"


async def held(one_c: OneC) -> Exchange:
    await one_c.exchange(Shop(wares(10)))
    await one_c.exchange(Shop(wares(6)))
    return await last()


async def test_agreed_to(anna: Browser, one_c: OneC) -> None:
    one = await held(one_c)
    assert "С сайта ушло бы товаров: 4 из 10" in (await anna.get(LOG)).text
    page = (await anna.get(f"{LOG}/{one.id}")).text
    assert "TR-D2107" in page and "TR-D2106" not in page and "Скрыть их" in page
    answer = await anna.post(f"{LOG}/{one.id}/decision", {"decision": "agree"})
    assert answer.headers["location"] == f"{LOG}/{one.id}"
    assert (await anna.post(f"{LOG}/{one.id}/decision", {"decision": "agree"})).status_code == 303
    await work(one_c.site)
    assert await Product.filter(discontinued_at=None).count() == 6
    page = (await anna.get(f"{LOG}/{one.id}")).text
    assert "снято с продажи: 4" in page and "Анна Ветрова" in page and "Скрыть их" not in page
    assert (await anna.post(f"{LOG}/{one.id}/decision", {"decision": "refuse"})).status_code == 409


async def test_refused_with_htmx(anna: Browser, one_c: OneC) -> None:
    one = await held(one_c)
    answer = await anna.hx_post(f"{LOG}/{one.id}/decision", {"decision": "refuse"})
    assert answer.headers["hx-redirect"] == f"{LOG}/{one.id}"
    await work(one_c.site)
    assert await Product.filter(discontinued_at=None).count() == 10
    assert "Решение: Анна Ветрова" in (await anna.get(f"{LOG}/{one.id}")).text


async def test_neither(anna: Browser, one_c: OneC) -> None:
    one = await held(one_c)
    for form in ({}, {"decision": "maybe"}):
        assert (await anna.post(f"{LOG}/{one.id}/decision", form)).status_code == 422
    assert (await last()).state is State.HELD


async def test_strangers(maria: Browser, alice: Browser, one_c: OneC) -> None:
    one = await held(one_c)
    for browser in (maria, alice):
        assert (await browser.get(LOG)).status_code == 403
        assert (await browser.get(f"{LOG}/{one.id}")).status_code == 403
        assert (await browser.post(f"{LOG}/{one.id}/decision", {"decision": "agree"})).status_code == 403
    assert (await last()).state is State.HELD


async def test_remarks_and_failures_are_told_by_line(anna: Browser, one_c: OneC) -> None:
    await one_c.exchange(Shop([*wares(2), but(wares(3)[2], article="", code="")]))
    await one_c.enter()
    await one_c.send("import.xml", b"nothing of ours")
    await one_c.read("import.xml")
    first, second = await Exchange.all().order_by("id")
    page = (await anna.get(f"{LOG}/{first.id}")).text
    assert "нет ни артикула, ни кода" in page and "Строка " in page and "2 товара добавлено" in page
    page = (await anna.get(f"{LOG}/{second.id}")).text
    assert "не CommerceML" in page and "не прочитан" in page
    assert "1 файл не прочитан" in (await anna.get(LOG)).text
    anna.http.cookies.set("language", "en")


async def test_the_log_costs_the_same_however_long_it_is(anna: Browser, one_c: OneC) -> None:
    await one_c.exchange(Shop(wares(1)))
    await anna.get(LOG)
    with counting_queries() as few:
        await anna.get(LOG)
    one = await last()
    for number in range(45):
        fields = {"connection_id": one.connection_id, "begun_at": one.begun_at, "seen_at": one.seen_at}
        made = await Exchange.create(digest=f"d{number}", state=State.DONE, **fields)
        await ExchangeFile.create(exchange=made, name="import.xml", counts={"added": 1})
    with counting_queries() as many:
        page = (await anna.get(LOG)).text
    assert many.count == few.count
    assert page.count("data-row") == 41 and 'class="btn" href="/administration/exchange?before=' in page
    older = (await anna.get(f"{LOG}?before=7")).text
    assert older.count("data-row") == 7 and 'class="btn" href="/administration/exchange?before=' not in older
