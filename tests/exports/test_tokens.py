"""Secret addresses of a price list: made by the owner, used by programs without a session, revoked."""

import asyncio
import re
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette

from app import clock
from app.accounts.models import Company, Person
from app.catalogue.models import Discount, Product
from app.exports import actions, feeds, making
from app.exports.models import PriceListToken
from app.history.models import Event
from app.settings import Settings
from tests.exports.conftest import KEY, files, table, workbook
from tests.factories import Cast
from tests.site import Browser

MADE = {"key": KEY, "name": " Интернет-магазин "}


@pytest.fixture(autouse=True)
def at_once(site: Starlette) -> None:
    """Changes of prices are seen at the next request."""
    site.state.feeds.goods.fresh = 0.0


async def address(alice: Browser, form: str = "csv", **fields: str) -> str:
    """The path of a new address of Alice's company."""
    page = (await alice.post("/price-lists/tokens", {**MADE, **fields})).text
    found = re.search(rf'value="http://kabinet.test(/price-lists/[\w-]+\.{form})"', page)
    assert found, page
    return found[1]


async def test_without_javascript(alice: Browser, guest: Browser, goods: list[Product]) -> None:
    path = await address(alice)
    token = await PriceListToken.get()
    assert token.name == "Интернет-магазин" and token.digest not in path and token.last_used_at is None
    answer = await guest.get(path)
    rows = {row[0]: row for row in table(answer.content)}
    assert rows["00120"][10] == "850,00" and "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "private, no-cache" and answer.headers["content-encoding"] == "br"
    page = (await alice.get("/price-lists")).text
    assert path.split(".")[0] not in page and "Интернет-магазин" in page
    assert (await PriceListToken.get()).last_used_at
    event = await Event.get(name="price_list_token.created")
    assert event.data == {"token": token.id, "name": "Интернет-магазин"}


async def test_with_htmx_and_twice(alice: Browser) -> None:
    answers = await asyncio.gather(*(alice.hx_post("/price-lists/tokens", MADE) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({re.findall(r'value="(http[^"]*xlsx)"', answer.text)[0] for answer in answers}) == 1
    assert answers[0].text.startswith('<section id="tokens"')
    assert await PriceListToken.all().count() == 1 and await Event.filter(name="price_list_token.created").count() == 1


async def test_each_format(alice: Browser, guest: Browser, goods: list[Product]) -> None:
    path = await address(alice, "xlsx")
    answer = await guest.get(path)
    assert len(workbook(answer.content)) == 4 and "content-encoding" not in answer.headers
    assert (await guest.get(path.replace("xlsx", "yml"))).text.startswith("<?xml")
    for wrong in (path.replace("xlsx", "doc"), path.replace("xlsx", "XLSX"), "/price-lists/no-such-token.csv"):
        assert (await guest.get(wrong)).status_code == 404


async def test_asked_again(
    alice: Browser, guest: Browser, goods: list[Product], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = await address(alice)
    first = await guest.get(path)
    tag, since = first.headers["etag"], first.headers["last-modified"]
    monkeypatch.setattr(feeds, "make", None)  # nothing is made again
    for said in ({"if-none-match": f'"old", {tag}'}, {"if-none-match": "*"}, {"if-modified-since": since}):
        again = await guest.get(path, headers=said)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), said
    for said in ({"if-none-match": '"old"', "if-modified-since": since}, {"if-modified-since": "long ago"}):
        assert (await guest.get(path, headers=said)).content == first.content
    assert len(files(settings)) == 1
    monkeypatch.undo()


async def test_prices_and_stock_of_now(alice: Browser, guest: Browser, cast: Cast, goods: list[Product]) -> None:
    path = await address(alice)
    seen = {(await guest.get(path)).headers["etag"]}

    async def row() -> list[str]:
        answer = await guest.get(path, headers={"if-none-match": ", ".join(seen)})
        assert answer.status_code == 200, "something has changed"
        seen.add(answer.headers["etag"])
        return next(one for one in table(answer.content) if one[0] == "00120")

    await Product.filter(id=goods[0].id).update(stock=4)
    assert (await row())[7] == "Осталось 4 шт"
    await Product.filter(id=goods[0].id).update(retail=200_000)
    assert (await row())[10] == "1700,00"
    await Discount.create(company=cast.company, brand_id=goods[0].brand_id, percent=5000)
    assert (await row())[10] == "1000,00"
    await Product.filter(id=goods[1].id).update(discontinued_at=clock.now())
    assert (await row())[10] == "1000,00"
    await Product.filter(id=goods[2].id).update(stock=500)
    await row()
    await Product.filter(id=goods[2].id).update(stock=501)
    assert (await guest.get(path, headers={"if-none-match": ", ".join(seen)})).status_code == 304, "both are plenty"


async def test_made_once_for_all_who_ask(
    alice: Browser, guest: Browser, goods: list[Product], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, count = await address(alice), 0

    async def counted(*arguments: Any, **options: Any) -> making.Made:
        nonlocal count
        count += 1
        return await making.make(*arguments, **options)

    monkeypatch.setattr(feeds, "make", counted)
    answers = await asyncio.gather(*(guest.get(path) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200} and count == 1


async def test_throttled(alice: Browser, guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    path = await address(alice)
    monkeypatch.setattr(feeds, "USES", 2)
    assert [(await guest.get(path)).status_code for _ in range(3)] == [200, 200, 429]
    later = clock.now() + timedelta(seconds=feeds.WINDOW + 1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await guest.get(path)).status_code == 200


async def test_blocked(alice: Browser, guest: Browser, cast: Cast) -> None:
    path = await address(alice)
    await Company.filter(id=cast.company.id).update(blocked_at=clock.now())
    assert (await guest.get(path)).status_code == 404
    await Company.filter(id=cast.company.id).update(blocked_at=None)
    await Person.filter(id=cast.alice.id).update(blocked_at=clock.now())
    assert (await guest.get(path)).status_code == 404
    await Person.filter(id=cast.alice.id).update(blocked_at=None)
    assert (await guest.get(path)).status_code == 200


async def test_revoke(alice: Browser, guest: Browser) -> None:
    path = await address(alice)
    token = await PriceListToken.get()
    door = f"/price-lists/tokens/{token.id}/revocation"
    assert "Отозвать адрес «Интернет-магазин»?" in (await alice.get(door)).text
    for _ in range(2):
        assert (await alice.post(door)).headers["location"] == "/price-lists#tokens"
    assert (await alice.hx_post(door)).headers["hx-redirect"] == "/price-lists#tokens"
    assert (await guest.get(path)).status_code == 404
    assert await Event.filter(name="price_list_token.revoked").count() == 1
    assert (await alice.get(door)).status_code == 404
    assert (await alice.post("/price-lists/tokens", MADE)).status_code == 409, "a form of before opens nothing again"


async def test_strangers(alice: Browser, bob: Browser, charlie: Browser) -> None:
    await address(alice)
    door = f"/price-lists/tokens/{(await PriceListToken.get()).id}/revocation"
    assert (await bob.post("/price-lists/tokens", MADE)).status_code == 403
    assert (await bob.post(door)).status_code == 403 and (await charlie.post(door)).status_code == 404
    assert "Интернет-магазин" in (await bob.get("/price-lists")).text
    assert (await PriceListToken.get()).revoked_at is None


async def test_wrong_forms(alice: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    for post in (alice.post, alice.hx_post):
        answer = await post("/price-lists/tokens", {"key": KEY, "name": " "})
        assert answer.status_code == 422 and "для чего этот адрес" in answer.text
    monkeypatch.setattr(actions, "MOST_TOKENS", 0)
    for post in (alice.post, alice.hx_post):
        answer = await post("/price-lists/tokens", MADE)
        assert answer.status_code == 409 and "не больше 0 адресов" in answer.text and "Интернет-магазин" in answer.text
    assert not await PriceListToken.exists()


async def test_no_room(alice: Browser, guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    path = await address(alice)
    monkeypatch.setattr(making, "PATIENCE", 0.0)
    answer = await guest.get(path)
    assert answer.status_code == 503 and answer.headers["retry-after"] == "60"
