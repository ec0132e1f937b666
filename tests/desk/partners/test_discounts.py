"""A partner's discounts: given within a limit, past it approved, and never for what was sent."""

from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Company, Person
from app.catalogue.models import Discount
from app.catalogue.prices import discounts_of_company
from app.desk.partners.models import DiscountRequest, RequestState
from app.history.models import Email, Event
from app.presentations.models import Line
from jobs.relay import Relay
from tests.factories import Cast, make_brand, make_cart_line, make_presentation, make_product
from tests.jobs.conftest import mail_server, posting, relay
from tests.site import Browser

__all__ = ["mail_server", "posting", "relay"]


def at(cast: Cast) -> str:
    """The discounts of Alice's company."""
    return f"/desk/partners/{cast.company.id}/discounts"


@pytest.mark.parametrize("htmx", [False, True])
async def test_by_brand_with_dates(maria: Browser, cast: Cast, htmx: bool) -> None:
    brand = await make_brand()
    today = clock.distributor_today()
    form = {"what": f"brand:{brand.id}", "percent": "22,25 %", "since": today.isoformat(), "until": today.isoformat()}
    answer = await (maria.hx_post if htmx else maria.post)(at(cast), form)
    if htmx:
        assert answer.text.startswith('<section class="part" id="discounts"') and "22,25\u00a0%" in answer.text
    else:
        assert answer.headers["location"] == f"/desk/partners/{cast.company.id}"
    assert (await discounts_of_company(cast.company.id, [])).by_brand == {brand.id: 2225}
    await maria.post(at(cast), form)  # sent twice, given once
    (given,) = await Discount.all()
    assert given.set_by_id == cast.maria.id and await Event.filter(name="discount.set").count() == 1


async def test_the_default_one(maria: Browser, cast: Cast) -> None:
    assert 'value="15"' in (await maria.get(f"{at(cast)}/new?what=default")).text
    assert (await maria.post(at(cast), {"what": "default", "percent": "17.5"})).status_code == 303
    assert (await Company.get(id=cast.company.id)).default_discount == 1750
    event = await Event.get(name="discount.set")
    assert (event.data["was"]["percent"], event.data["now"]["percent"]) == (1500, 1750)


async def test_changed_and_taken_away(maria: Browser, cast: Cast) -> None:
    given = await Discount.create(company=cast.company, brand=await make_brand(), percent=2000)
    form = {"what": f"brand:{given.brand_id}", "percent": "21"}
    fragment = await maria.hx_get(f"{at(cast)}/{given.id}")
    assert 'value="20"' in fragment.text and "Убрать скидку" in fragment.text
    assert (await maria.post(f"{at(cast)}/{given.id}", form)).status_code == 303
    assert (await Discount.get(id=given.id)).percent == 2100
    answer = await maria.hx_post(f"{at(cast)}/{given.id}", {**form, "removed": "1"})
    assert answer.status_code == 200 and not await Discount.exists()
    assert (await maria.post(f"{at(cast)}/{given.id}", form)).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *(("percent", typed) for typed in ("101", "-5", "−5", "12,345", "", "много", "1e2", "100,01")),
        *(("what", typed) for typed in ("", "brand:999999", "category:x", "shelf:1")),
        *(("since", typed) for typed in ("завтра", "2026-02-30", "0001-01-01")),
        ("until", "2020-01-01"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
async def test_bad_input(maria: Browser, cast: Cast, field: str, typed: str, htmx: bool) -> None:
    form = {"what": "default", "percent": "12", "since": "2026-12-01", field: typed}
    answer = await (maria.hx_post if htmx else maria.post)(at(cast), form)
    assert answer.status_code == 422 and f'id="{field}-e"' in answer.text
    assert f'value="{typed}"' in answer.text or field == "what"
    assert (await Company.get(id=cast.company.id)).default_discount == 1500 and not await Discount.exists()


async def test_strangers(oleg: Browser, maria: Browser, alice: Browser, guest: Browser, cast: Cast) -> None:
    form = {"what": "default", "percent": "90"}
    given = await Discount.create(company=cast.company, brand=await make_brand(), percent=2000)
    for path in (at(cast), f"{at(cast)}/{given.id}"):
        assert (await oleg.post(path, form)).status_code == 404
        assert (await alice.post(path, form)).status_code == 403
        assert (await guest.post(path, form)).status_code == 303
    # Another company's discount, by an address of one's own; and a company that nobody has yet.
    mine = await Discount.create(company=cast.other_company, brand=await make_brand(), percent=2000)
    assert (await maria.post(f"{at(cast)}/{mine.id}", {**form, "removed": "1"})).status_code == 404
    assert (await maria.post(f"/desk/partners/{cast.lone_company.id}/discounts", form)).status_code == 409
    assert await Discount.all().count() == 2


async def test_past_the_limit(maria: Browser, anna: Browser, cast: Cast, relay: Relay) -> None:
    await Person.filter(id=cast.maria.id).update(discount_limit=2000)
    answer = await maria.hx_post(at(cast), {"what": "default", "percent": "20"})
    assert (await Company.get(id=cast.company.id)).default_discount == 2000
    for _ in range(2):  # sent twice, asked once
        answer = await maria.hx_post(at(cast), {"what": "default", "percent": "20,01"})
        assert answer.status_code == 200 and "Ждёт администратора" in answer.text
    assert (await Company.get(id=cast.company.id)).default_discount == 2000
    asked = await DiscountRequest.get()
    assert (await maria.get("/desk/discounts/approvals")).status_code == 403
    assert "20,01\u00a0%" in (await anna.get("/desk/discounts/approvals")).text
    here = f"/desk/discounts/approvals/{asked.id}"
    assert (await maria.post(here, {"decision": "approve"})).status_code == 403
    refused = await anna.post(here, {"word": "Хорошо"})
    assert refused.status_code == 422 and "Хорошо" in refused.text
    assert (await anna.post(here, {"decision": "approve", "word": "Хорошо"})).status_code == 303
    assert (await Company.get(id=cast.company.id)).default_discount == 2001
    assert (await anna.post(here, {"decision": "decline"})).status_code == 422
    await relay.run()
    letter = await Email.get(template="discount_decided")
    assert letter.recipient == cast.maria.email and "Хорошо" in letter.text and "согласована" in letter.subject
    assert (await Email.get(template="discount_asked")).recipient == cast.anna.email


async def test_declined(maria: Browser, anna: Browser, cast: Cast) -> None:
    await Person.filter(id=cast.maria.id).update(discount_limit=0)
    await maria.post(at(cast), {"what": "default", "percent": "30"})
    await maria.post(at(cast), {"what": "default", "percent": "31"})  # instead of the first one
    first, second = await DiscountRequest.all().order_by("id")
    assert first.state is RequestState.REPLACED
    answer = await anna.hx_post(f"/desk/discounts/approvals/{second.id}", {"decision": "decline", "word": "Много"})
    assert answer.headers["hx-redirect"] == "/desk/discounts/approvals"
    assert (await Company.get(id=cast.company.id)).default_discount == 1500
    assert (await DiscountRequest.get(id=second.id)).state is RequestState.DECLINED


async def test_one_that_changes_what_is_gone(maria: Browser, anna: Browser, cast: Cast) -> None:
    given = await Discount.create(company=cast.company, brand=await make_brand(), percent=100)
    await Person.filter(id=cast.maria.id).update(discount_limit=500)
    await maria.post(f"{at(cast)}/{given.id}", {"what": f"brand:{given.brand_id}", "percent": "9"})
    await maria.post(f"{at(cast)}/{given.id}", {"what": f"brand:{given.brand_id}", "percent": "1", "removed": "1"})
    asked = await DiscountRequest.get()
    answer = await anna.post(f"/desk/discounts/approvals/{asked.id}", {"decision": "approve"})
    assert answer.status_code == 422 and "отклоните" in answer.text
    assert (await DiscountRequest.get()).state is RequestState.WAITING


async def test_carts_follow_and_sent_presentations_do_not(maria: Browser, alice: Browser, cast: Cast) -> None:
    product = await make_product(retail=100_000)
    await make_presentation(company=cast.company, author=cast.maria, products=[product], discount=2000)
    await make_cart_line(person=cast.alice, product=product, quantity=1, price=85_000)
    await maria.post(at(cast), {"what": "default", "percent": "20"})
    assert "800,00" in (await alice.get("/cart")).text  # a lower price applies
    await maria.post(at(cast), {"what": "default", "percent": "10"})
    cart = (await alice.get("/cart")).text
    assert "900,00" in cart and "/price" in cart  # a higher one needs a click
    assert (await Line.all().first()).price == 80_000  # type: ignore[union-attr]  # there is one


async def test_it_ends_by_the_clock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    brand, today = await make_brand(), clock.distributor_today()
    tomorrow = today + timedelta(days=1)
    await Discount.create(company=cast.company, brand=brand, percent=3000, valid_until=today)
    await Discount.create(company=cast.company, brand=brand, percent=2000, valid_from=tomorrow)
    await Discount.create(company=cast.company, percent=1600, valid_until=today)
    assert (await discounts_of_company(cast.company.id, [])).by_brand == {brand.id: 3000}
    assert (await discounts_of_company(cast.company.id, [])).default == 1600
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=1))
    assert (await discounts_of_company(cast.company.id, [])).by_brand == {brand.id: 2000}
    assert (await discounts_of_company(cast.company.id, [])).default == 1500
