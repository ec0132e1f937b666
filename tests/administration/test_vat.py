"""/administration/vat: rates by date; what is in force, was sold at or was sent does not change."""

import asyncio
from datetime import date, timedelta

import pytest

from app import clock, remembered, vat
from app.accounts.models import Session
from app.administration.models import VatRate
from app.administration.rates import DayTaken, add
from app.history.models import Event
from app.money import STATUTORY, Vat, vat_rate
from app.orders.models import OrderLine
from app.presentations.models import Line
from app.vat import vat_rates
from tests.factories import Cast, make_cart_line, make_order, make_presentation, make_product
from tests.site import Browser
from tests.users import make_user

HERE = "/administration/vat"


def in_days(number: int) -> date:
    return clock.distributor_today() + timedelta(days=number)


@pytest.mark.parametrize(
    ("kind", "day", "rate"),
    [
        (Vat.STANDARD, date(2025, 12, 31), 20),
        (Vat.STANDARD, date(2026, 1, 1), 22),
        (Vat.STANDARD, date(2018, 12, 31), 20),
        (Vat.TEN, date(2026, 6, 1), 10),
        (Vat.SEVEN, date(2026, 6, 1), 7),
        (Vat.FIVE, date(2026, 6, 1), 5),
        (Vat.ZERO, date(2026, 6, 1), 0),
        (Vat.NONE, date(2026, 6, 1), None),
    ],
)
async def test_the_rates_of_the_law_are_there(database: str, kind: Vat, day: date, rate: int | None) -> None:
    assert vat_rate(kind, day, await vat_rates()) == vat_rate(kind, day, STATUTORY) == rate


@pytest.mark.parametrize("htmx", [False, True])
async def test_a_later_rate_holds_from_its_day_on(anna: Browser, cast: Cast, htmx: bool) -> None:
    since = in_days(30)
    answer = await (anna.hx_post if htmx else anna.post)(
        HERE, {"vat": "standard", "rate": "24 %", "since": f"{since:%d.%m.%Y}"}
    )
    assert answer.status_code == (200 if htmx else 303)
    rates = await vat_rates()
    assert [vat_rate(Vat.STANDARD, since + timedelta(days=one), rates) for one in (-1, 0)] == [22, 24]
    assert vat_rate(Vat.TEN, since, rates) == 10
    data = (await Event.get(name="vat_rate.added")).data
    assert (data["was"], data["rate"], data["since"]) == (22, 24, since.isoformat())
    assert "24&nbsp;%" in (await anna.get(HERE)).text


async def test_orders_and_sent_presentations_keep_theirs(
    anna: Browser, alice: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = await make_product()
    order = await make_order(person=cast.alice, products=[product])
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[product])
    await make_cart_line(person=cast.alice, product=product)
    assert "22&nbsp;%" in (await alice.get("/cart")).text
    await anna.post(HERE, {"vat": "standard", "rate": "24", "since": in_days(1).isoformat()})
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(hours=30))
    remembered.forget_all()
    await Session.all().update(created_at=clock.now(), seen_at=clock.now())
    assert "24&nbsp;%" in (await alice.get("/cart")).text
    assert (await OrderLine.get(order_id=order.id)).vat_rate == 22
    assert (await Line.get(version__presentation_id=offer.id)).vat_rate == 22


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("rate", "x"), ("rate", "100"), ("rate", "-1"), ("rate", "12,5"), ("vat", "none"), ("vat", "zero")),
        *(("since", ""), ("since", "31.02.2027"), ("since", "2020-01-01"), ("since", "31.12.9999")),
    ],
)
async def test_wrong_fields_are_told_and_kept(anna: Browser, field: str, value: str) -> None:
    right = {"vat": "standard", "rate": "24", "since": in_days(9).isoformat()}
    for post in (anna.post, anna.hx_post):
        answer = await post(HERE, {**right, field: value})
        assert answer.status_code == 422 and f'id="{field}-e"' in answer.text
    assert not await VatRate.exclude(added_at=None).exists()


async def test_a_later_rate_is_deleted_and_one_in_force_is_not(anna: Browser, cast: Cast) -> None:
    since = in_days(30)
    await anna.post(HERE, {"vat": "standard", "rate": "24", "since": since.isoformat()})
    later = await VatRate.exclude(added_at=None).get()
    assert "Удалить ставку?" in (await anna.get(f"{HERE}/{later.id}/removal")).text
    assert (await anna.post(f"{HERE}/{later.id}/removal")).status_code == 303
    assert vat_rate(Vat.STANDARD, since, await vat_rates()) == 22
    assert (await Event.get(name="vat_rate.deleted")).data["rate"] == 24
    held = await VatRate.get(vat=Vat.STANDARD, since=date(2026, 1, 1))
    for post in (anna.post, anna.hx_post):
        answer = await post(f"{HERE}/{held.id}/removal")
        assert answer.status_code == 409 and "уже действует" in answer.text
    assert await VatRate.filter(id=held.id).exists()


async def test_two_at_once_are_one(cast: Cast) -> None:
    by, today = await make_user(cast.anna), clock.distributor_today()
    values = {"kind": Vat.STANDARD, "since": in_days(30), "today": today, "by": by}
    outcomes = await asyncio.gather(*(add(percents=rate, **values) for rate in (23, 24)), return_exceptions=True)
    assert sum(isinstance(one, DayTaken) for one in outcomes) == 1
    assert await VatRate.exclude(added_at=None).count() == 1
    vat.forget()


async def test_strangers_do_not(maria: Browser, alice: Browser) -> None:
    for browser in (maria, alice):
        answer = await browser.post(HERE, {"vat": "standard", "rate": "24", "since": in_days(9).isoformat()})
        assert answer.status_code == 403
    assert not await VatRate.exclude(added_at=None).exists()
