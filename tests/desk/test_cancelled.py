"""An offer whose only order was cancelled: nowhere is it told as ordered, and it waits for an order again."""

from datetime import datetime, timedelta

import pytest

from app import clock
from app.desk.figures import KeptFigures
from app.orders.models import Order, Status
from app.outbox import Event
from app.presentations import following
from app.presentations.models import Line, Opening, Presentation, Version
from app.settings import Settings
from jobs.presentations import Timed
from tests.desk.test_desk import counts
from tests.desk.test_presentations import states
from tests.factories import Cast, make_order, make_presentation
from tests.site import Browser
from tests.users import make_user


@pytest.fixture
async def offer(cast: Cast) -> Presentation:
    """Opened by Alice, ordered by her and cancelled; its last day is near."""
    offer = await make_presentation(
        company=cast.company, author=cast.maria, valid_until=clock.distributor_today() + timedelta(days=2)
    )
    line = await Line.get(version__presentation=offer)
    await Opening.create(version_id=line.version_id, person=cast.alice, day=clock.distributor_today(), at=clock.now())
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.CANCELLED)
    await order.lines.all().update(presentation_line_id=line.id)  # type: ignore[attr-defined]
    return offer


async def order_again() -> None:
    """The order stands after all."""
    await Order.all().update(status=Status.NEW)


async def test_the_lists_of_both(maria: Browser, alice: Browser, offer: Presentation) -> None:
    title = "Видеонаблюдение для склада"
    assert await states(maria) == {title: "открыта"}
    assert set(await states(maria, "opened")) == set(await states(maria, "expiring")) == {title}
    assert not await states(maria, "ordered")
    assert "data-row" not in (await alice.get("/presentations?state=ordered")).text
    assert "data-row" in (await alice.get("/presentations?state=seen")).text
    await order_again()
    assert await states(maria, "ordered") == {title: "заказана: 1 из 1"}
    assert "data-row" in (await alice.get("/presentations?state=ordered")).text


async def test_the_desk_counts_it(maria: Browser, offer: Presentation) -> None:
    page = (await maria.get("/desk")).text
    assert counts(page)[3:5] == [1, 1], "opened and not ordered, expiring"
    assert f'href="/desk/presentations/{offer.number}"' in page
    await order_again()
    assert counts((await maria.get("/desk")).text)[3:5] == [0, 0]


async def test_the_funnel(cast: Cast, settings: Settings, offer: Presentation) -> None:
    maria = await make_user(cast.maria)
    assert (await KeptFigures().of(maria, settings)).steps == (1, 1, 0, 0)
    await order_again()
    assert (await KeptFigures().of(maria, settings)).steps == (1, 1, 1, 1)


async def test_its_own_page(maria: Browser, offer: Presentation) -> None:
    page = (await maria.get(f"/desk/presentations/{offer.number}")).text
    funnel = page[page.index('id="came-h"') : page.index('id="people-h"')]
    assert [part.partition("</dd>")[0] for part in funnel.split("<dd>")[1:]][3:4] == ["0"]


async def test_its_buyer_is_reminded(
    maria: Browser, offer: Presentation, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = await Version.get(presentation=offer)
    assert not await following.who_ordered(version.id)
    noon = datetime.combine(clock.distributor_today(), datetime.min.time(), settings.timezone) + timedelta(hours=12)
    monkeypatch.setattr(clock, "now", lambda: noon)
    await Version.filter(id=version.id).update(remind_days=3)

    await order_again()
    assert await following.who_ordered(version.id)
    assert await Timed(settings).do_due() == 0, "who has ordered is not reminded"
    await Order.all().update(status=Status.CANCELLED)
    assert await Timed(settings).do_due() == 1
    assert await Event.filter(name="presentation.reminded").count() == 1
