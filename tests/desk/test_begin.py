"""POST /desk/presentations: a draft for a company; GET /desk/presentations/new: whom it is for."""

import asyncio
from datetime import timedelta

import pytest

from app import clock
from app.history.models import Event
from app.presentations.models import Line, Presentation, Version
from app.settings import Settings
from tests.factories import Cast, make_line, make_product
from tests.site import Browser

DOOR = "/desk/presentations"


async def test_without_javascript(maria: Browser, cast: Cast, settings: Settings) -> None:
    page = (await maria.get(f"{DOOR}/new?q=монтаж")).text
    assert f'name="company" value="{cast.company.id}"' in page

    answer = await maria.post(DOOR, {"company": str(cast.company.id)})

    [presentation] = await Presentation.all()
    assert answer.status_code == 303 and answer.headers["location"] == f"{DOOR}/{presentation.number}"
    version = await Version.get(presentation=presentation)
    assert (presentation.company_id, presentation.author_id) == (cast.company.id, cast.maria.id)
    assert (version.number, version.author_id, version.sent_at) == (1, cast.maria.id, None)
    assert version.valid_until == clock.today(settings.timezone) + timedelta(days=14)
    assert await Event.all().count() == 0, "nobody hears of a draft"
    page = (await maria.get(answer.headers["location"])).text
    assert cast.company.name in page and "15\u00a0%" in page and "Алиса Соколова" in page


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    answer = await maria.hx_post(DOOR, {"company": str(cast.company.id)})
    [presentation] = await Presentation.all()
    assert answer.headers["hx-redirect"] == f"{DOOR}/{presentation.number}"


async def test_an_empty_draft_is_taken_up_again(maria: Browser, anna: Browser, cast: Cast) -> None:
    answers = await asyncio.gather(*(maria.post(DOOR, {"company": str(cast.company.id)}) for _ in range(5)))
    assert len({answer.headers["location"] for answer in answers}) == 1
    [version] = await Version.all()
    await anna.post(DOOR, {"company": str(cast.company.id)})
    assert await Version.all().count() == 2, "another's draft is another's"
    await make_line(version=version, product=await make_product(), position=1, quantity=1, discount=0)
    await maria.post(DOOR, {"company": str(cast.company.id)})
    assert await Version.all().count() == 3 and await Line.all().count() == 1


async def test_a_company_without_a_manager_is_everybodys(maria: Browser, oleg: Browser, cast: Cast) -> None:
    for browser in (maria, oleg):
        assert (await browser.post(DOOR, {"company": str(cast.lone_company.id)})).status_code == 303
    mine, others = await Presentation.all().order_by("id")
    assert (await maria.get(f"{DOOR}/{mine.number}")).status_code == 200
    assert (await maria.get(f"{DOOR}/{others.number}")).status_code == 404


async def test_strangers_find_nothing(maria: Browser, alice: Browser, guest: Browser, cast: Cast) -> None:
    assert (await maria.post(DOOR, {"company": str(cast.other_company.id)})).status_code == 404
    assert (await alice.post(DOOR, {"company": str(cast.company.id)})).status_code == 403
    assert (await guest.post(DOOR, {"company": str(cast.company.id)})).headers["location"].startswith("/sign-in")
    assert await Presentation.all().count() == 0


async def test_the_administrator_may_for_all(anna: Browser, cast: Cast) -> None:
    assert (await anna.post(DOOR, {"company": str(cast.other_company.id)})).status_code == 303


@pytest.mark.parametrize("company", ["", "0", "-1", "999999", "1,5", "１", str(2**63), "ООО"])
async def test_no_such_company(maria: Browser, cast: Cast, company: str) -> None:
    assert (await maria.post(DOOR, {"company": company})).status_code == 404
    assert (await maria.post(DOOR, {"company": company, "title": "x"})).status_code == 400
    assert await Presentation.all().count() == 0
