"""POST /desk/presentations/{number}/versions: the next version begins as a copy of the one that holds."""

import asyncio
from datetime import timedelta

from app import clock
from app.accounts.models import Assignment
from app.presentations.models import Line, Presentation, Version
from app.settings import Settings
from tests.factories import Cast, make_presentation, make_product
from tests.site import Browser


async def make_sent(cast: Cast, **fields: object) -> Presentation:
    """A sent presentation of two lines."""
    products = [await make_product(), await make_product(unit="м", pack=305, minimum=305)]
    return await make_presentation(company=cast.company, author=cast.maria, products=products, **fields)  # type: ignore[arg-type]


def door(presentation: Presentation) -> str:
    return f"/desk/presentations/{presentation.number}/versions"


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast) -> None:
    presentation = await make_sent(cast)

    answer = await maria.post(door(presentation))

    assert answer.status_code == 303 and answer.headers["location"] == f"/desk/presentations/{presentation.number}"
    old, new = await Version.filter(presentation=presentation).order_by("number")
    assert (new.number, new.title, new.greeting, new.sent_at) == (2, old.title, old.greeting, None)
    assert (new.valid_until, new.author_id, old.replaced_at) == (old.valid_until, cast.maria.id, None)
    names = ("position", "product_id", "quantity", "discount", "price", "retail", "vat_rate", "article", "pack")
    copied = [[getattr(line, name) for name in names] for line in await Line.filter(version=new).order_by("position")]
    assert copied == [
        [getattr(line, name) for name in names] for line in await Line.filter(version=old).order_by("position")
    ]
    assert 'id="draft"' in (await maria.get(answer.headers["location"])).text
    page = (await alice.get(f"/presentations/{presentation.number}")).text
    assert old.title in page, "the partner sees the version that holds"


async def test_with_htmx_and_twice(maria: Browser, cast: Cast) -> None:
    presentation = await make_sent(cast)
    answers = await asyncio.gather(*(maria.hx_post(door(presentation)) for _ in range(4)))
    to = f"/desk/presentations/{presentation.number}"
    assert {answer.headers["hx-redirect"] for answer in answers} == {to}
    assert await Version.filter(presentation=presentation).count() == 2
    assert await Line.all().count() == 4


async def test_an_expired_offer_gets_a_new_date(maria: Browser, cast: Cast, settings: Settings) -> None:
    today = clock.today(settings.timezone)
    presentation = await make_sent(cast, valid_until=today - timedelta(days=9))
    await maria.post(door(presentation))
    new = await Version.get(presentation=presentation, number=2)
    assert new.valid_until == today + timedelta(days=14)


async def test_only_one_drafts_at_a_time(maria: Browser, anna: Browser, cast: Cast) -> None:
    presentation = await make_sent(cast)
    await anna.post(door(presentation))
    for send in (maria.post, maria.hx_post):
        answer = await send(door(presentation))
        assert answer.status_code == 409 and cast.anna.name in answer.text
    page = await maria.get(f"/desk/presentations/{presentation.number}")
    assert page.status_code == 200 and 'id="draft"' not in page.text, "she sees what is sent, not another's draft"


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, cast: Cast) -> None:
    presentation = await make_sent(cast)
    assert (await oleg.post(door(presentation))).status_code == 404
    assert (await alice.post(door(presentation))).status_code == 403
    assert await Version.all().count() == 1


async def test_the_author_of_an_offer_to_anothers_partner(maria: Browser, cast: Cast) -> None:
    presentation = await make_sent(cast)
    await Assignment.filter(company_id=cast.company.id).update(manager_id=cast.oleg.id)
    page = await maria.get(f"/desk/presentations/{presentation.number}")
    assert page.status_code == 200 and door(presentation) not in page.text
    assert (await maria.post(door(presentation))).status_code == 404
    assert await Version.all().count() == 1


async def test_a_draft_has_no_next_version(maria: Browser, cast: Cast) -> None:
    presentation = await make_sent(cast, sent=False)
    assert (await maria.post(door(presentation))).status_code == 404
