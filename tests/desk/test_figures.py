"""The figures on the desk: orders and sums by week, what became of presentations, the first answer in tickets."""

from datetime import timedelta

from app import clock
from app.desk.figures import KEPT, WEEKS, KeptFigures, columns
from app.orders.models import Status
from app.presentations.models import Opening, Version
from app.settings import Settings
from app.tickets.models import Ticket
from tests.factories import Cast, make_cart_line, make_order, make_presentation, make_product, make_ticket
from tests.site import Browser
from tests.users import make_user


async def test_orders_and_sums_by_week(cast: Cast, settings: Settings) -> None:
    now = clock.now()
    for weeks, total in ((0, 100_00), (0, 50_00), (3, 70_00), (40, 999_00)):
        await make_order(person=cast.alice, manager=cast.maria, placed_at=now - timedelta(weeks=weeks), total=total)
    await make_order(person=cast.alice, manager=cast.maria, status=Status.CANCELLED, total=1)
    await make_order(person=cast.charlie, manager=cast.oleg, placed_at=now, total=30_00)

    hers = await KeptFigures().of(await make_user(cast.maria), settings)
    alls = await KeptFigures().of(await make_user(cast.anna), settings)
    olegs = await KeptFigures().of(await make_user(cast.anna), settings, cast.oleg.id)

    assert len(hers.weeks) == WEEKS
    assert (hers.weeks[-1].orders, hers.weeks[-1].total) == (2, 150_00)
    assert (hers.weeks[-4].orders, hers.weeks[-4].total) == (1, 70_00)
    assert sum(week.orders for week in hers.weeks) == 3
    assert alls.weeks[-1].total == 180_00 and olegs.weeks[-1].total == 30_00


async def test_what_became_of_presentations(cast: Cast, settings: Settings) -> None:
    product = await make_product()
    versions = []
    for _ in range(4):
        offer = await make_presentation(company=cast.company, author=cast.maria, products=[product])
        versions.append(await Version.get(presentation=offer).prefetch_related("lines"))
    await make_presentation(company=cast.company, author=cast.maria, sent=False)
    for version in versions[:3]:
        await Opening.create(version=version, person=cast.alice, day=clock.distributor_today(), at=clock.now())
    await make_cart_line(person=cast.alice, line=versions[0].lines[0])
    order = await make_order(person=cast.alice, manager=cast.maria, products=[product])
    await order.lines.all().update(presentation_line_id=versions[1].lines[0].id)

    assert (await KeptFigures().of(await make_user(cast.maria), settings)).steps == (4, 3, 2, 1)
    assert (await KeptFigures().of(await make_user(cast.oleg), settings)).steps == (0, 0, 0, 0)


async def test_the_median_of_first_answers(cast: Cast, settings: Settings) -> None:
    for minutes in (10, 20, 300):
        ticket = await make_ticket(person=cast.alice, manager=cast.maria, created_at=clock.now() - timedelta(days=1))
        await Ticket.filter(id=ticket.id).update(answered_at=ticket.created_at + timedelta(minutes=minutes))
    assert (await KeptFigures().of(await make_user(cast.maria), settings)).first_answer == timedelta(minutes=20)
    assert (await KeptFigures().of(await make_user(cast.oleg), settings)).first_answer is None


async def test_they_are_kept_for_some_minutes(cast: Cast, settings: Settings) -> None:
    kept, maria = KeptFigures(), await make_user(cast.maria)
    await kept.of(maria, settings)
    await make_order(person=cast.alice, manager=cast.maria)
    assert (await kept.of(maria, settings)).weeks[-1].orders == 0
    key, (at, figures) = cast.maria.id, kept.kept[cast.maria.id]
    kept.kept[key] = (at - timedelta(seconds=KEPT + 1), figures)
    assert (await kept.of(maria, settings)).weeks[-1].orders == 1


def test_bars_are_as_high_as_their_values() -> None:
    first, second, none = columns([5, 10, 0])
    assert (first.height, second.height, none.height) == (28, 56, 0)
    assert first.y == 28 and not first.now and none.now


async def test_pictures_have_words_and_numbers_behind(maria: Browser, cast: Cast) -> None:
    await make_order(person=cast.alice, manager=cast.maria, total=1_234_500)
    page = (await maria.get("/desk")).text.replace("\u00a0", " ")
    assert page.count('<svg class="figure" role="img"') == 3
    assert "Заказы за двенадцать недель: от 0 до 1 в неделю, на этой 1" in page
    assert page.count("<details><summary>Числа</summary>") == 2 and "12 345,00 ₽" in page
    assert "style=" not in page
