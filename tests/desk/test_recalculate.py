"""POST /desk/presentations/{number}/recalculation: the whole form of a draft is saved, or none of it."""

from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Assignment
from app.catalogue.models import Product
from app.presentations.models import AlreadySent, Presentation, Version
from app.web.replies import explain
from tests.desk.conftest import RETAIL, Draft
from tests.factories import Cast
from tests.site import Browser


async def test_without_javascript(maria: Browser, cast: Cast, draft: Draft) -> None:
    day = clock.distributor_today() + timedelta(days=20)
    changed = {"title": " Камеры  для склада ", "greeting": "Алиса, добрый день!", "valid_until": f"{day:%d.%m.%Y}"}
    changed |= {"recipient": str(cast.bob.id), f"q{draft.camera.id}": "7", f"d{draft.camera.id}": "12,5"}

    answer = await maria.post(f"{draft.path}/recalculation", draft.fields(**changed))

    assert answer.status_code == 303 and answer.headers["location"] == draft.path
    version = await Version.get(id=draft.version.id)
    assert (version.title, version.greeting, version.valid_until) == ("Камеры для склада", "Алиса, добрый день!", day)
    assert (await Presentation.get(id=draft.presentation.id)).recipient_id == cast.bob.id
    camera = await draft.line(draft.camera)
    assert (camera.quantity, camera.discount, camera.price) == (7, 1250, 1_311_625)
    page = (await maria.get(draft.path)).text
    assert 'value="12,5"' in page and 'value="13\u00a0116,25"' in page


async def test_with_htmx(maria: Browser, draft: Draft) -> None:
    fields = draft.fields(**{f"p{draft.camera.id}": "12 000"})

    answer = await maria.hx_post(f"{draft.path}/recalculation", fields)

    assert answer.status_code == 200 and answer.text.startswith('<form id="draft"')
    camera = await draft.line(draft.camera)
    assert (camera.price, camera.discount) == (1_200_000, 1995)  # 2 990 of 14 990 is 19,95 %
    assert 'value="12\u00a0000,00"' in answer.text and 'value="19,95"' in answer.text
    assert 'id="totals"' in answer.text and "48\u00a0000,00" in answer.text


async def test_a_saved_form_saved_again_changes_nothing(maria: Browser, draft: Draft) -> None:
    await maria.post(f"{draft.path}/recalculation", draft.fields(**{f"p{draft.camera.id}": "12000"}))
    saved = draft.fields(**{f"p{draft.camera.id}": "12\u00a0000,00", f"d{draft.camera.id}": "19,95"})

    await maria.post(f"{draft.path}/recalculation", saved)

    camera = await draft.line(draft.camera)
    assert (camera.price, camera.discount) == (1_200_000, 1995)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "  "),
        ("title", "x" * 201),
        ("greeting", "x" * 5001),
        ("valid_until", ""),
        ("valid_until", "послезавтра"),
        ("valid_until", "2020-02-01"),
        ("valid_until", "9999-12-31"),
        ("recipient", "999999"),
        ("d", ""),
        ("d", "100,01"),
        ("d", "-1"),
        ("d", "12,345"),
        ("d", "１２"),
        ("d", "100"),
        ("p", "0"),
        ("p", "-5"),
        ("p", "дорого"),
        ("p", "999999999999"),
        ("q", ""),
        ("q", "0"),
        ("q", "-1"),
        ("q", "1,5"),
        ("q", "１２"),
        ("q", "1000000000"),
        ("q", str(2**63)),
    ],
)
async def test_what_is_wrong_stays_in_its_field(maria: Browser, draft: Draft, field: str, typed: str) -> None:
    name = field if len(field) > 1 else f"{field}{draft.camera.id}"
    right = {f"q{draft.cable.id}": "610"}  # is not saved either

    for send in (maria.post, maria.hx_post):
        answer = await send(f"{draft.path}/recalculation", draft.fields(**{**right, name: typed}))
        assert answer.status_code == 422
        assert f'id="{name}"' in answer.text and 'aria-invalid="true"' in answer.text
        assert f'id="{name}-e"' in answer.text, "the reason stands at the field"
        if field not in ("greeting", "recipient"):
            assert f'value="{typed}"' in answer.text
    assert await draft.is_untouched()


async def test_a_wrong_multiple_offers_the_nearest(maria: Browser, draft: Draft) -> None:
    name = f"q{draft.cable.id}"

    answer = await maria.post(f"{draft.path}/recalculation", draft.fields(**{name: "500"}))

    assert answer.status_code == 422 and 'value="500"' in answer.text
    assert f'name="take" value="{name}:305"' in answer.text and f'name="take" value="{name}:610"' in answer.text

    taken = await maria.post(f"{draft.path}/recalculation", draft.fields(**{name: "500", "take": f"{name}:610"}))
    assert taken.status_code == 303
    assert (await draft.line(draft.cable)).quantity == 610


async def test_fields_that_were_not_sent_keep_what_is_saved(maria: Browser, draft: Draft) -> None:
    assert (await maria.post(f"{draft.path}/recalculation")).status_code == 303
    assert await draft.is_untouched()


async def test_a_new_retail_price_moves_what_was_left_alone(maria: Browser, draft: Draft) -> None:
    await Product.filter(id=draft.camera.product_id).update(retail=2_000_000)
    page = (await maria.get(draft.path)).text
    assert 'value="15\u00a0600,00"' in page and "14\u00a0990,00" in page

    await maria.post(f"{draft.path}/recalculation", draft.fields())  # from a page that shows the old price

    camera = await draft.line(draft.camera)
    assert (camera.retail, camera.price, camera.discount) == (2_000_000, 1_560_000, 2200)


async def test_on_the_way_to_the_preview(maria: Browser, draft: Draft) -> None:
    fields = draft.fields(title="Новое название", then="preview")

    answer = await maria.hx_post(f"{draft.path}/recalculation", fields)

    assert answer.headers["hx-redirect"] == f"{draft.path}/preview"
    assert "Новое название" in (await maria.get(f"{draft.path}/preview")).text


async def test_searching_saves_and_goes_on(maria: Browser, draft: Draft) -> None:
    answer = await maria.post(f"{draft.path}/recalculation", draft.fields(find="ML-16", title="Новое название"))

    assert answer.headers["location"] == f"{draft.path}?find=ML-16"
    page = (await maria.get(answer.headers["location"])).text
    assert "ML-16HR" in page and 'value="Новое название"' in page


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, guest: Browser, draft: Draft) -> None:
    assert (await oleg.post(f"{draft.path}/recalculation", draft.fields(title="Чужое"))).status_code == 404
    assert (await alice.post(f"{draft.path}/recalculation", draft.fields(title="Чужое"))).status_code == 403
    assert (await guest.post(f"{draft.path}/recalculation", draft.fields())).headers["location"].startswith("/sign-in")
    assert await draft.is_untouched()


async def test_a_partner_who_went_to_another_manager_is_gone(maria: Browser, cast: Cast, draft: Draft) -> None:
    await Assignment.filter(company_id=cast.company.id).update(manager_id=cast.oleg.id)
    assert (await maria.get(draft.path)).status_code == 404
    assert (await maria.post(f"{draft.path}/recalculation", draft.fields(title="Поздно"))).status_code == 404


async def test_the_administrator_may(anna: Browser, draft: Draft) -> None:
    assert (await anna.post(f"{draft.path}/recalculation", draft.fields(title="Поправлено"))).status_code == 303
    assert (await Version.get(id=draft.version.id)).title == "Поправлено"


async def test_what_is_sent_does_not_change(maria: Browser, draft: Draft) -> None:
    await draft.send()
    for send in (maria.post, maria.hx_post):
        answer = await send(f"{draft.path}/recalculation", draft.fields(title="Поздно"))
        assert answer.status_code == 409 and explain(AlreadySent()) in answer.text
    assert (await Version.get(id=draft.version.id)).title == draft.version.title


async def test_unknown_doubled_and_foreign_fields(maria: Browser, draft: Draft) -> None:
    door = f"{draft.path}/recalculation"
    assert (await maria.post(door, draft.fields(discount="99"))).status_code == 400
    assert (await maria.http.post(door, content="title=a&title=b", headers=FORM)).status_code == 400
    assert (await maria.http.post(door, content="title=%ff", headers=FORM)).status_code == 400
    assert (await maria.post(door, draft.fields(d999999="5"))).status_code == 409
    assert (await maria.post("/desk/presentations/999999/recalculation")).status_code == 404
    assert await draft.is_untouched()
    assert (await draft.line(draft.camera)).retail == RETAIL


FORM = {"content-type": "application/x-www-form-urlencoded"}
