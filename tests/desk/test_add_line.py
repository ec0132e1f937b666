"""POST /desk/presentations/{number}/lines: a found product joins the draft at the partner's own price."""

import asyncio

from app import clock
from app.catalogue.models import Discount, Product
from app.presentations import drafts
from app.presentations.models import Line, Version
from tests.desk.conftest import Draft
from tests.factories import Cast, make_product
from tests.site import Browser


def added(draft: Draft, product: Product, quantity: str = "2") -> dict[str, str]:
    """The form with «Add» pressed beside a product."""
    return draft.fields(product=str(product.id), **{f"n{product.id}": quantity})


async def test_without_javascript(maria: Browser, cast: Cast, draft: Draft) -> None:
    fields = {**added(draft, draft.lock), "find": "ML-16", f"q{draft.camera.id}": "9"}

    answer = await maria.post(f"{draft.path}/lines", fields)

    assert answer.status_code == 303 and answer.headers["location"] == f"{draft.path}?find=ML-16"
    line = await Line.get(version_id=draft.version.id, product_id=draft.lock.id)
    assert (line.position, line.quantity, line.retail) == (3, 2, 649_000)
    assert (line.discount, line.price) == (1500, 551_650), "the company's default discount"
    assert (line.article, line.brand, line.unit) == ("ML-16HR", "HIKVISION", "шт")
    assert (await draft.line(draft.camera)).quantity == 9, "what was typed beside it is saved too"


async def test_with_htmx(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Discount.create(company=cast.company, brand_id=draft.lock.brand_id, percent=2550)

    answer = await maria.hx_post(f"{draft.path}/lines", {**added(draft, draft.lock), "find": "ML-16"})

    assert answer.status_code == 200 and answer.text.startswith('<form id="draft"')
    line = await Line.get(product_id=draft.lock.id)
    assert (line.discount, line.price) == (2550, 483_505), "the discount by brand goes before the default one"
    assert f'id="line-{line.id}"' in answer.text and f'name="n{draft.lock.id}"' not in answer.text


async def test_the_first_line(maria: Browser, draft: Draft) -> None:
    await Line.all().delete()
    fields = {"product": str(draft.lock.id), f"n{draft.lock.id}": "1"}
    assert (await maria.post(f"{draft.path}/lines", fields)).status_code == 303
    assert (await Line.get(version_id=draft.version.id)).position == 1


async def test_a_wrong_quantity_offers_the_nearest(maria: Browser, draft: Draft) -> None:
    reel = await make_product(article="01-0044", unit="м", pack=305, minimum=305)
    for quantity in ("", "0", "-1", "1,5", "500", "１２", "1000000000", "много"):
        fields = {**added(draft, reel, quantity), "find": "01-0044", "title": "Набрано"}
        answer = await maria.post(f"{draft.path}/lines", fields)
        assert answer.status_code == 422
        assert f'name="n{reel.id}" value="{quantity}"' in answer.text
        assert f'value="n{reel.id}:305"' in answer.text or quantity == "1000000000"
        assert 'value="Набрано"' in answer.text
    assert await draft.is_untouched()


async def test_a_wrong_field_beside_it_saves_nothing(maria: Browser, draft: Draft) -> None:
    answer = await maria.post(f"{draft.path}/lines", {**added(draft, draft.lock), f"d{draft.camera.id}": "120"})
    assert answer.status_code == 422 and 'value="120"' in answer.text
    assert await draft.is_untouched()


async def test_what_is_in_the_list_is_not_added_again(maria: Browser, draft: Draft) -> None:
    camera = await Product.get(id=draft.camera.product_id)
    for send in (maria.post, maria.hx_post):
        answer = await send(f"{draft.path}/lines", added(draft, camera))
        assert answer.status_code == 409 and camera.article in answer.text
    answers = await asyncio.gather(*(maria.post(f"{draft.path}/lines", added(draft, draft.lock)) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert await Line.filter(product_id=draft.lock.id).count() == 1


async def test_a_discontinued_product(maria: Browser, draft: Draft) -> None:
    await Product.filter(id=draft.lock.id).update(discontinued_at=clock.now())
    answer = await maria.post(f"{draft.path}/lines", added(draft, draft.lock))
    assert answer.status_code == 409 and "ML-16HR" in answer.text
    assert await draft.is_untouched()


async def test_a_line_too_many(maria: Browser, draft: Draft, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(drafts, "MOST_LINES", 2)
    assert (await maria.post(f"{draft.path}/lines", added(draft, draft.lock))).status_code == 409
    assert await draft.is_untouched()


async def test_no_such_product(maria: Browser, draft: Draft) -> None:
    for product in ("", "0", "-1", "999999", str(2**63), "lock"):
        assert (await maria.post(f"{draft.path}/lines", draft.fields(product=product))).status_code == 404
    assert (await maria.post(f"{draft.path}/lines", draft.fields())).status_code == 404
    assert await draft.is_untouched()


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    assert (await oleg.post(f"{draft.path}/lines", added(draft, draft.lock))).status_code == 404
    assert (await alice.post(f"{draft.path}/lines", added(draft, draft.lock))).status_code == 403
    assert await draft.is_untouched()


async def test_what_is_sent_does_not_change(maria: Browser, draft: Draft) -> None:
    await draft.send()
    assert (await maria.post(f"{draft.path}/lines", added(draft, draft.lock))).status_code == 409
    assert await Line.filter(version=await Version.get(id=draft.version.id)).count() == 2
