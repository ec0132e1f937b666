"""POST /own-codes and /own-codes/7/removal: what a company calls products in its own books."""

from app.catalogue.lists import parse
from app.catalogue.matches import meant
from app.catalogue.models import Product
from app.history.models import Event
from app.own_codes import actions
from app.own_codes.models import OwnCode
from tests.factories import Cast, make_brand, make_product
from tests.site import Browser

DOOR = "/own-codes"


async def codes() -> dict[str, str]:
    rows = await OwnCode.all().order_by("key").select_related("product")
    return {row.code: row.product.article for row in rows}


async def two() -> tuple[Product, Product]:
    return await make_product(article="DS-2CD2043G2-I"), await make_product(article="ML-16HR")


async def test_with_htmx(alice: Browser, bob: Browser, charlie: Browser) -> None:
    await two()
    answer = await alice.hx_post(DOOR, {"codes": "К-1024 = ds2cd2043g2i\nzam 5;ML-16HR"})
    assert answer.status_code == 200 and answer.text.startswith('<div id="codes">') and "К-1024" in answer.text
    assert await codes() == {"К-1024": "DS-2CD2043G2-I", "zam 5": "ML-16HR"}
    found = (await bob.get("/catalogue/search?q=k1024")).text
    assert "DS-2CD2043G2-I" in found, "the colleague finds it, in any writing"
    assert "DS-2CD2043G2-I" not in (await charlie.get("/catalogue/search?q=k1024&literally=1")).text
    event = await Event.get(name="own_code.kept")
    assert event.data["count"] == 2 and ["К-1024", "DS-2CD2043G2-I", ""] in event.data["codes"]


async def test_without_javascript_a_code_means_another_product(bob: Browser, cast: Cast) -> None:
    await two()
    await bob.post(DOOR, {"codes": "77\tDS-2CD2043G2-I"})
    answer = await bob.post(DOOR, {"codes": "77\tML-16HR"})
    assert (answer.status_code, answer.headers["location"]) == (303, DOOR)
    assert await codes() == {"77": "ML-16HR"}
    last = await Event.filter(name="own_code.kept").order_by("-id").first()
    assert last and last.data["codes"] == [["77", "ML-16HR", "DS-2CD2043G2-I"]]
    await bob.post(DOOR, {"codes": "77\tML-16HR"})
    assert await Event.filter(name="own_code.kept").count() == 2, "the same again is no change"
    [row] = await meant(parse("77 – 3 шт"), cast.company.id)
    assert [one.article for one in row.goods] == ["ML-16HR"]


async def test_rows_that_are_not_clear_stay(alice: Browser) -> None:
    await two()
    await make_product(article="ML-16HR", brand=await make_brand(name="SLINEX"))
    sent = {"codes": "a1 = DS-2CD2043G2-I\na2 = ML-16HR\na3 = ML-16HR SLINEX\na4 = nothing-1\njustone"}
    for answer in (await alice.post(DOOR, sent), await alice.hx_post(DOOR, sent)):
        assert answer.status_code == 422 and "a2 = ML-16HR\na4 = nothing-1\njustone</textarea>" in answer.text
        assert "у нескольких брендов" in answer.text and "с таким артикулом нет" in answer.text
    assert set(await codes()) == {"a1", "a3"}


async def test_too_much(alice: Browser, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    await two()
    monkeypatch.setattr(actions, "MOST_CODES", 1)
    answer = await alice.post(DOOR, {"codes": "a = ML-16HR\nb = DS-2CD2043G2-I"})
    assert answer.status_code == 409 and "не больше 1 кодов" in answer.text and "b = DS" in answer.text
    for text in ("", " \n", "a = b\n" * 1001):
        assert (await alice.hx_post(DOOR, {"codes": text})).status_code == 422
    assert await codes() == {}


async def test_strangers_and_viewers(alice: Browser, charlie: Browser, vera: Browser, cast: Cast) -> None:
    await two()
    await alice.post(DOOR, {"codes": "a = ML-16HR"})
    own = await OwnCode.get()
    assert (await charlie.post(f"{DOOR}/{own.id}/removal")).status_code == 404
    assert (await vera.post(f"{DOOR}/{own.id}/removal")).status_code == 403
    assert (await vera.post(DOOR, {"codes": "b = ML-16HR"})).status_code == 403
    assert "ML-16HR" in (await vera.get(DOOR)).text and "ML-16HR" not in (await charlie.get(DOOR)).text


async def test_remove(alice: Browser, bob: Browser) -> None:
    await two()
    await alice.post(DOOR, {"codes": "a = ML-16HR\nb = DS-2CD2043G2-I"})
    first, second = await OwnCode.all().order_by("key")
    answer = await alice.hx_post(f"{DOOR}/{first.id}/removal")
    assert answer.status_code == 200 and "Убран: a" in answer.text and list(await codes()) == ["b"]
    assert (await bob.post(f"{DOOR}/{second.id}/removal")).status_code == 303
    assert (await bob.post(f"{DOOR}/{second.id}/removal")).status_code == 404
    assert await Event.filter(name="own_code.removed").count() == 2


async def test_a_page_costs_the_same_with_many(alice: Browser) -> None:
    await two()
    await alice.post(DOOR, {"codes": "\n".join(f"q{number:03} = ML-16HR" for number in range(120))})
    page = (await alice.get(f"{DOOR}?q=q0")).text
    assert page.count('<td role="cell"><b>q0') == 100 and "after=" not in page
    assert 'after=q099"' in (await alice.get(DOOR)).text
