"""POST /desk/promos/{promo}/sending, stop, resumption: each company once, at its own prices."""

import asyncio
from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import Assignment, Person
from app.catalogue.models import Discount, Product
from app.history.models import Email, Event, HistoryEntry
from app.presentations.models import Line, Presentation, Version
from app.promos import making
from app.promos.models import Promo, PromoCompany, PromoState
from app.settings import Settings
from jobs.promos import Promos
from jobs.relay import Relay
from tests.factories import Cast
from tests.promos.conftest import Offer
from tests.site import Browser


async def prices(company_id: int) -> list[int]:
    """What the company was offered, in kopecks."""
    return (
        await Line.filter(version__presentation__company_id=company_id)
        .order_by("position")
        .values_list("price", flat=True)
    )


async def states() -> list[str]:
    """Of the companies in their order."""
    return [str(one) for one in await PromoCompany.all().order_by("id").values_list("state", flat=True)]


async def test_each_company_at_its_own_discounts(
    maria: Browser, offer: Offer, promo: Promo, worker: Promos, settings: Settings
) -> None:
    brand = offer.products[0].brand_id
    await Discount.create(company=offer.companies[3], brand_id=brand, percent=3000)
    answer = await maria.post(f"/desk/promos/{promo.id}/sending")
    assert answer.headers["location"] == f"/desk/promos/{promo.id}"
    assert await worker.make_all() == 4 and await worker.make_all() == 0
    expected = [[100_000, 33_333], [95_000, 31_666], [90_000, 30_000], [70_000, 23_333]]
    assert [await prices(company.id) for company in offer.companies] == expected
    made = await Presentation.filter(promo=True)
    assert len({one.number for one in made}) == 4
    assert await Version.filter(presentation__promo=True, sent_at__isnull=False, title="Неделя камер").count() == 4
    assert (await Promo.get()).finished_at is not None
    await Relay(settings).run()
    letters = await Email.all()
    assert {letter.person_id for letter in letters} == {one.id for one in offer.owners[:2]}
    assert all(letter.unsubscribe for letter in letters)
    assert await HistoryEntry.filter(action="presentation.sent").count() == 4
    page = (await maria.get(f"/desk/promos/{promo.id}")).text
    assert "разослано всем" in page and "Писем: 2" in page


async def test_sent_twice_it_goes_once(maria: Browser, promo: Promo, worker: Promos) -> None:
    for send in (maria.post, maria.hx_post, maria.post):
        assert (await send(f"/desk/promos/{promo.id}/sending")).status_code in (200, 303)
    assert await Event.filter(name="promo.sent").count() == 1
    await worker.make_all()
    await maria.post(f"/desk/promos/{promo.id}/sending")
    await worker.make_all()
    assert await Presentation.filter(promo=True).count() == 4


async def test_nothing_is_made_before_it_is_sent(promo: Promo, worker: Promos) -> None:
    assert await worker.make_all() == 0


async def test_several_at_work_make_each_once(maria: Browser, promo: Promo, settings: Settings) -> None:
    await maria.post(f"/desk/promos/{promo.id}/sending")
    await asyncio.gather(*(Promos(settings).make_all() for _ in range(4)))
    assert await states() == ["made"] * 4
    assert await Presentation.filter(promo=True).count() == await Event.filter(name="presentation.sent").count() == 4
    assert await Event.filter(name="promo.finished").count() == 1


async def test_stopped_and_resumed(maria: Browser, promo: Promo, worker: Promos, settings: Settings) -> None:
    path = f"/desk/promos/{promo.id}"
    await maria.post(f"{path}/sending")
    assert await making.make_next(settings)
    for stop in (maria.post, maria.hx_post):
        await stop(f"{path}/stop")
    assert await worker.make_all() == 0 and await states() == ["made", "waiting", "waiting", "waiting"]
    assert "остановлено" in (await maria.get(path)).text
    page = await maria.hx_post(f"{path}/resumption")
    assert 'id="progress"' in page.text and "отправляется" in page.text
    await worker.make_all()
    assert await states() == ["made"] * 4
    assert [one.name for one in await Event.filter(name__startswith="promo.").order_by("id")] == [
        *("promo.sent", "promo.stopped", "promo.resumed", "promo.finished"),
    ]


async def test_who_cannot_be_written_to_any_more_is_passed_over(
    maria: Browser, cast: Cast, offer: Offer, promo: Promo, worker: Promos
) -> None:
    await maria.post(f"/desk/promos/{promo.id}/sending")
    await Person.filter(id=offer.owners[0].id).update(blocked_at=clock.now())
    await Assignment.filter(company=offer.companies[1]).update(manager=cast.oleg)
    await worker.make_all()
    reasons = await PromoCompany.all().order_by("id").values_list("reason", flat=True)
    assert list(reasons) == ["nobody", "others", "", ""] and await states() == ["passed", "passed", "made", "made"]
    page = (await maria.get(f"/desk/promos/{promo.id}")).text
    assert "некому войти" in page and "партнёр другого менеджера" in page


async def test_what_is_not_sold_any_more_is_refused_or_left_out(
    maria: Browser, offer: Offer, promo: Promo, worker: Promos
) -> None:
    await Product.filter(id=offer.products[0].id).update(discontinued_at=clock.now())
    answer = await maria.post(f"/desk/promos/{promo.id}/sending")
    assert answer.status_code == 409 and offer.products[0].article in answer.text
    await Product.filter(id=offer.products[0].id).update(discontinued_at=None)
    await maria.post(f"/desk/promos/{promo.id}/sending")
    await Product.filter(id=offer.products[0].id).update(discontinued_at=clock.now())
    await worker.make_all()
    assert await prices(offer.companies[0].id) == [33_333]


async def test_an_expired_one_does_not_go_on(maria: Browser, promo: Promo, worker: Promos) -> None:
    path = f"/desk/promos/{promo.id}"
    await maria.post(f"{path}/sending")
    await maria.post(f"{path}/stop")
    await Promo.all().update(valid_until=clock.distributor_today() - timedelta(days=2))
    assert (await maria.post(f"{path}/resumption")).status_code == 409
    assert await worker.make_all() == 0
    assert (await maria.post(f"{path}/removal")).status_code == 409


async def test_a_mistake_of_ours_holds_nobody_up(
    maria: Browser, offer: Offer, promo: Promo, worker: Promos, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = making.discounts_of_company

    async def broken(company_id: int, products: list[int]) -> object:
        if company_id == offer.companies[1].id:
            raise ZeroDivisionError
        return await sound(company_id, products)

    monkeypatch.setattr(making, "discounts_of_company", broken)
    await maria.post(f"/desk/promos/{promo.id}/sending")
    await worker.make_all()
    assert await states() == ["made", "failed", "made", "made"]
    assert (await PromoCompany.get(state=PromoState.FAILED)).attempts == making.TRIES
    assert "не получилась" in (await maria.get(f"/desk/promos/{promo.id}")).text


async def test_a_stranger_finds_nothing(oleg: Browser, anna: Browser, promo: Promo) -> None:
    path = f"/desk/promos/{promo.id}"
    for door in ("", "/news"):
        assert (await oleg.get(path + door)).status_code == 404
    for door in ("/sending", "/stop", "/resumption", "/removal"):
        assert (await oleg.post(path + door)).status_code == 404
    assert (await anna.get(path)).status_code == 200
    assert (await anna.get("/desk/promos")).text.count("Неделя камер") == 1
    assert "Неделя камер" not in (await oleg.get("/desk/promos")).text


async def test_news_only_when_there_are_some(maria: Browser, promo: Promo, worker: Promos) -> None:
    path = f"/desk/promos/{promo.id}"
    await maria.post(f"{path}/sending")
    first = await maria.hx_get(f"{path}/news")
    assert first.status_code == 200 and 'id="progress"' in first.text
    tag = first.text.partition('hx-headers=\'{"If-None-Match":"')[2].partition('"}')[0].replace('\\"', '"')
    same = await maria.get(f"{path}/news", headers={"hx-request": "true", "if-none-match": tag})
    assert same.status_code == 304
    await worker.make_all()
    later = await maria.get(f"{path}/news", headers={"hx-request": "true", "if-none-match": tag})
    assert later.status_code == 200 and "4 из 4" in later.text
