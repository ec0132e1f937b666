"""GET /desk/presentations/{number}/preview: the draft as its partner will see it, and nothing to press."""

from app import clock
from app.history.models import Event
from app.money import Currency
from app.presentations.models import Line, Opening
from app.rates.actions import take
from app.rates.bank import Quoted
from tests.desk.conftest import Draft, cost
from tests.factories import make_line, make_product
from tests.prices.shelf import write
from tests.site import Browser


async def test_shows_what_the_partner_will_see(maria: Browser, alice: Browser, draft: Draft) -> None:
    preview = (await maria.get(f"{draft.path}/preview")).text
    await maria.post(f"{draft.path}/sending")
    page = (await alice.get(f"/presentations/{draft.presentation.number}")).text

    begin, end = f'<tbody role="rowgroup" id="line-{draft.camera.id}"', "</table>"
    assert preview.split(begin)[1].split(end)[0] == page.split(begin)[1].split(end)[0]
    assert "<div" in preview.split(" inert>")[0] and "inert>" in preview
    assert draft.version.greeting in preview and draft.version.title in preview


async def test_the_rate_that_a_price_follows(maria: Browser, alice: Browser, draft: Draft) -> None:
    await take(Quoted(clock.distributor_today(), 900_000))
    for product, name in ((await make_product(article="US-1"), "follows"), (await make_product(article="US-2"), "own")):
        await write(product, 100_00, currency=Currency.USD)
        await maria.post(f"{draft.path}/lines", {"product": str(product.id), f"n{product.id}": "1"})
        line = await Line.get(product=product)
        own = {f"p{line.id}": "8 111"} if name == "own" else {f"d{line.id}": "7"}
        await maria.post(f"{draft.path}/recalculation", own)

    preview = (await maria.get(f"{draft.path}/preview")).text
    assert (await maria.post(f"{draft.path}/sending")).status_code == 303
    page = (await alice.get(f"/presentations/{draft.presentation.number}")).text

    assert preview.count("по курсу 90,0000") == 1 == page.count("по курсу 90,0000")
    for line in await Line.filter(version=draft.version).order_by("position"):
        begin, end = f'<tbody role="rowgroup" id="line-{line.id}"', "</tbody>"
        shown, sent = (text.split(begin)[1].split(end)[0] for text in (preview, page))
        assert shown.split('class="act')[0] == sent.split('class="act')[0], line.article


async def test_nobody_hears_of_it(maria: Browser, draft: Draft) -> None:
    await maria.get(f"{draft.path}/preview")
    assert await Event.all().count() == 0 and await Opening.all().count() == 0


async def test_what_is_sent_is_shown_itself(maria: Browser, draft: Draft) -> None:
    await draft.send()
    answer = await maria.get(f"{draft.path}/preview")
    assert answer.headers["location"] == f"/presentations/{draft.presentation.number}"


async def test_strangers_find_nothing(oleg: Browser, alice: Browser, draft: Draft) -> None:
    assert (await oleg.get(f"{draft.path}/preview")).status_code == 404
    assert (await alice.get(f"{draft.path}/preview")).status_code == 403


async def test_it_costs_the_same_for_60_lines(maria: Browser, draft: Draft) -> None:
    before = await cost(maria, f"{draft.path}/preview")
    for position in range(3, 30):
        await make_line(version=draft.version, product=await make_product(), position=position, quantity=1, discount=0)
    assert await cost(maria, f"{draft.path}/preview") == before
