"""GET /presentations/7 and its versions."""

from datetime import timedelta

import pytest

from app import clock
from app.database import counting_queries
from app.history.models import Event
from app.presentations import queries
from app.presentations.models import Line, Opening, Version
from app.settings import Settings
from tests.factories import Cast, make_brand, make_presentation, make_product
from tests.presentations.conftest import Offer
from tests.site import Browser
from tests.users import make_user


async def test_shows_prices_discount_and_saving(alice: Browser, offer: Offer) -> None:
    page = (await alice.get(offer.path)).text
    assert "14\u00a0990,00" in page and "−22\u00a0%" in page and "11\u00a0692,20" in page
    assert "−13\u00a0191,20" in page  # 4 × (14 990,00 − 11 692,20)
    assert "SN-IPR80/14ZDR" in page, "the replacement of the discontinued one"


async def test_an_opening_counts_once_a_day(alice: Browser, bob: Browser, cast: Cast, offer: Offer) -> None:
    for _ in range(3):
        await alice.get(offer.path)
    await bob.get(offer.path)
    await alice.http.get(offer.path, headers={"sec-purpose": "prefetch"})
    assert sorted(await Opening.all().values_list("person_id", flat=True)) == sorted([cast.alice.id, cast.bob.id])
    assert await Event.filter(name="presentation.opened").count() == 2


async def test_staff_and_prefetch_do_not_count(alice: Browser, maria: Browser, offer: Offer) -> None:
    await maria.get(offer.path)
    await alice.http.get(offer.path, headers={"sec-purpose": "prefetch"})
    await alice.http.head(offer.path)
    assert await Opening.all().count() == 0


async def test_strangers_find_nothing(charlie: Browser, oleg: Browser, offer: Offer) -> None:
    for browser in (charlie, oleg):
        assert (await browser.get(offer.path)).status_code == 404
        assert (await browser.get(f"{offer.path}/versions/1")).status_code == 404
    assert (await charlie.get(f"{offer.path}/customer")).status_code == 404


async def test_an_expired_offer_stays_readable(alice: Browser, cast: Cast, offer: Offer) -> None:
    await Version.filter(presentation_id=offer.presentation.id).update(
        valid_until=clock.distributor_today() - timedelta(days=3)
    )
    page = await alice.get(offer.path)
    assert page.status_code == 200
    assert f"{offer.path}/extension" in page.text
    assert f'name="q{offer.camera.id}"' not in page.text, "quantities of an expired offer are not for changing"


async def test_the_last_day_ends_in_the_distributors_zone(
    cast: Cast, offer: Offer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, number = await make_user(cast.alice), offer.presentation.number
    last = clock.end_of_day(offer.valid_until, settings.timezone)
    monkeypatch.setattr(clock, "now", lambda: last - timedelta(seconds=1))
    assert (await queries.sheet(user, number, settings)).open
    monkeypatch.setattr(clock, "now", lambda: last)
    assert not (await queries.sheet(user, number, settings)).open


async def test_the_old_version_leads_to_the_new_one(alice: Browser, cast: Cast, offer: Offer) -> None:
    old = await Version.get(presentation_id=offer.presentation.id)
    new = await Version.create(
        presentation_id=offer.presentation.id,
        number=2,
        title="Новее",
        valid_until=old.valid_until,
        author_id=cast.maria.id,
        sent_at=clock.now(),
    )
    old.replaced_at = clock.now()
    await old.save()
    page = (await alice.get(f"{offer.path}/versions/1")).text
    assert f'href="{offer.path}"' in page and f'name="q{offer.camera.id}"' not in page
    assert f"{offer.path}/versions/2/changes" in page
    assert f"{offer.path}/versions/2/changes" in (await alice.get(offer.path)).text
    assert (await alice.get(f"{offer.path}/versions/3")).status_code == 404
    assert new.number == 2


async def test_drafts_are_not_seen(alice: Browser, cast: Cast) -> None:
    draft = await make_presentation(company=cast.company, author=cast.maria, sent=False)
    assert (await alice.get(f"/presentations/{draft.number}")).status_code == 404
    assert f"№\u00a0{draft.number}" not in (await alice.get("/presentations")).text


async def test_filter_and_order_stand_in_the_address(alice: Browser, cast: Cast) -> None:
    products = [
        await make_product(article=f"A{n}", name=f"Я{9 - n}", brand=await make_brand(name="BFT" if n % 2 else "SONY"))
        for n in range(6)
    ]
    presentation = await make_presentation(company=cast.company, author=cast.maria, products=products)
    page = (await alice.get(f"/presentations/{presentation.number}?brand=BFT&order=name")).text
    shown = [article for article in ("A5", "A3", "A1") if f">{article}<" in page]
    assert shown == ["A5", "A3", "A1"] and ">A2<" not in page
    assert page.index(">A5<") < page.index(">A3<") < page.index(">A1<")


async def test_a_filter_keeps_what_was_typed(alice: Browser, cast: Cast) -> None:
    one, other = await make_product(brand=await make_brand(name="BFT")), await make_product()
    offer = await make_presentation(company=cast.company, author=cast.maria, products=[one, other])
    path, lines = f"/presentations/{offer.number}", await Line.all().order_by("position")
    typed = {f"q{lines[0].id}": "7", f"q{lines[1].id}": "9", "brand": "BFT"}
    shown = await alice.post(f"{path}/recalculation", typed)
    assert (shown.status_code, shown.headers["location"]) == (303, f"{path}?brand=BFT")
    page = (await alice.get(shown.headers["location"])).text
    assert f'name="q{lines[1].id}"' not in page and 'value="7"' in page
    await alice.post(f"{path}/recalculation", {f"q{lines[0].id}": "8", "brand": ""})
    page = (await alice.get(path)).text
    assert 'value="8"' in page and 'value="9"' in page


async def test_fifty_lines_cost_as_many_queries_as_five(alice: Browser, cast: Cast) -> None:
    counts = []
    for size in (5, 50):
        products = [await make_product() for _ in range(size)]
        presentation = await make_presentation(company=cast.company, author=cast.maria, products=products)
        await alice.get(f"/presentations/{presentation.number}")  # the first opening of the day is a write
        with counting_queries() as counted:
            page = await alice.get(f"/presentations/{presentation.number}")
        assert page.text.count('class="line"') == size
        counts.append(counted.count)
    assert counts[0] == counts[1] <= 7
