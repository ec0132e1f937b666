"""Places, texts and blanket discounts of lines: in the draft's one form, and at POST …/discounts."""

import pytest

from app.accounts.models import Company
from app.catalogue.models import Discount
from app.presentations.models import Line
from tests.desk.conftest import Draft
from tests.factories import Cast, make_brand, make_line, make_product
from tests.site import Browser


async def articles(draft: Draft) -> list[str]:
    found = await Line.filter(version_id=draft.version.id).order_by("position")
    return [line.article for line in found]


async def test_a_typed_place(maria: Browser, draft: Draft) -> None:
    await make_line(version=draft.version, product=draft.lock, position=3, quantity=1, discount=0)
    answer = await maria.post(f"{draft.path}/recalculation", draft.fields(**{f"o{draft.camera.id}": "3"}))
    assert answer.status_code == 303
    assert await articles(draft) == ["01-0043", "ML-16HR", "DS-2CD2043G2-I"]
    await maria.hx_post(f"{draft.path}/recalculation", {f"o{draft.camera.id}": "1"})
    assert await articles(draft) == ["DS-2CD2043G2-I", "01-0043", "ML-16HR"]


@pytest.mark.parametrize("place", ["0", "3", "-1", "", "первая", "1,5", "9" * 4])
async def test_no_place(maria: Browser, draft: Draft, place: str) -> None:
    answer = await maria.post(f"{draft.path}/recalculation", draft.fields(**{f"o{draft.camera.id}": place}))
    assert answer.status_code == 422 and f'id="o{draft.camera.id}-e"' in answer.text
    assert await articles(draft) == ["DS-2CD2043G2-I", "01-0043"]


async def test_a_text_for_the_partner(maria: Browser, alice: Browser, draft: Draft) -> None:
    fields = draft.fields(**{f"r{draft.camera.id}": " Взамен  старой "})
    await maria.post(f"{draft.path}/recalculation", fields)
    assert (await draft.line(draft.camera)).remark == "Взамен старой"
    long = await maria.post(f"{draft.path}/recalculation", draft.fields(**{f"r{draft.camera.id}": "x" * 501}))
    assert long.status_code == 422 and f'id="r{draft.camera.id}-e"' in long.text
    await maria.post(f"{draft.path}/sending")
    assert "Взамен старой" in (await alice.get(f"/presentations/{draft.presentation.number}")).text


async def test_a_discount_for_all_and_for_a_brand(maria: Browser, draft: Draft) -> None:
    lock = await make_product(article="X-1", brand=await make_brand(name="Рубеж"), retail=10_000)
    line = await make_line(version=draft.version, product=lock, position=3, quantity=1, discount=0)
    fields = draft.fields(all="10", **{f"b{lock.brand_id}": "12,5"})
    answer = await maria.post(f"{draft.path}/discounts", fields)
    assert answer.status_code == 303
    camera, other = await draft.line(draft.camera), await draft.line(line)
    assert (camera.discount, camera.price) == (1000, 1_349_100) and (other.discount, other.price) == (1250, 8_750)
    assert (await maria.hx_post(f"{draft.path}/discounts", {"all": "0"})).status_code == 200
    assert (await draft.line(draft.camera)).discount == 0


async def test_an_own_price_without_retail_stays(maria: Browser, draft: Draft) -> None:
    on_request = await make_line(
        version=draft.version, product=await make_product(retail=0), position=3, quantity=1, discount=0
    )
    own = {f"p{on_request.id}": "5 000", f"d{on_request.id}": "0"}
    await maria.post(f"{draft.path}/recalculation", draft.fields(**own))
    answer = await maria.hx_post(f"{draft.path}/discounts", {"all": "10"})
    words = "1 позиция без розничной цены осталась при своей цене"
    assert answer.status_code == 200 and f"Скидки изменены. {words}" in answer.text
    kept = await draft.line(on_request)
    assert (kept.price, kept.discount) == (500_000, 0) and (await draft.line(draft.camera)).discount == 1000
    for line in (draft.camera, draft.cable):
        await maria.post(f"{draft.path}/lines/{line.id}/removal")
    answer = await maria.post(f"{draft.path}/discounts", {"all": "20"})
    assert answer.status_code == 303
    page = (await maria.get(answer.headers["location"])).text
    assert words in page and "Скидки изменены" not in page
    assert (await draft.line(on_request)).price == 500_000


@pytest.mark.parametrize("typed", ["101", "-5", "много", "100"])
async def test_no_discount(maria: Browser, draft: Draft, typed: str) -> None:
    for send in (maria.post, maria.hx_post):
        answer = await send(f"{draft.path}/discounts", draft.fields(all=typed))
        assert answer.status_code == 422 and f'value="{typed}"' in answer.text and 'id="all-e"' in answer.text
    assert await draft.is_untouched()


async def test_the_partners_own_discounts(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Company.filter(id=cast.company.id).update(default_discount=700)
    await Discount.create(company=cast.company, brand_id=draft.lock.brand_id, percent=1500)
    assert (await maria.post(f"{draft.path}/discounts", draft.fields(own="1"))).status_code == 303
    assert (await draft.line(draft.camera)).discount == 1500


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    assert (await oleg.post(f"{draft.path}/discounts", {"all": "5"})).status_code == 404
    assert (await alice.post(f"{draft.path}/discounts", {"all": "5"})).status_code == 403


async def test_what_is_sent_does_not_change(maria: Browser, draft: Draft) -> None:
    await draft.send()
    assert (await maria.post(f"{draft.path}/discounts", {"all": "5"})).status_code == 409
