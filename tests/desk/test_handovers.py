"""GET /desk/handovers: orders that change hands when the reader says yes, counted on the desk while there are some."""

from app import clock
from app.orders.handovers import Handover
from app.orders.models import Order, Status
from tests.desk.conftest import cost
from tests.factories import Cast, make_order
from tests.site import Browser

COUNT = 'href="/desk/handovers"><b>'


async def make_order_of_maria(cast: Cast) -> Order:
    """One that she took out of the queue."""
    return await make_order(person=cast.nina, manager=cast.maria, status=Status.IN_WORK, claimed_at=clock.now())


async def offer(browser: Browser, order: Order, cast: Cast) -> None:
    """Offers an order to Oleg."""
    form = {"colleague": str(cast.oleg.id), "word": "Ты <знаешь> СКУД"}
    assert (await browser.post(f"/orders/{order.number}/handover", form)).status_code == 303


async def test_what_is_offered_waits_for_the_taker(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    order = await make_order_of_maria(cast)
    assert "/desk/handovers" not in (await oleg.get("/desk")).text
    assert "Ничего не ждёт" in (await oleg.get("/desk/handovers")).text

    await offer(maria, order, cast)

    assert f"{COUNT}1</b>" in (await oleg.get("/desk")).text
    page = (await oleg.get("/desk/handovers")).text
    assert f'data-row href="/orders/{order.number}"' in page and "Мария Орлова → Олег Синицын" in page
    assert "Ты &lt;знаешь&gt; СКУД" in page
    assert COUNT not in (await maria.get("/desk")).text
    assert "data-row" not in (await maria.get("/desk/handovers")).text
    assert f"{COUNT}1</b>" in (await anna.get("/desk")).text
    assert "data-row" in (await anna.get(f"/desk/handovers?manager={cast.oleg.id}")).text
    assert "data-row" not in (await anna.get(f"/desk/handovers?manager={cast.maria.id}")).text


async def test_what_is_asked_for_waits_for_the_giver(maria: Browser, oleg: Browser, cast: Cast) -> None:
    order = await make_order_of_maria(cast)
    await oleg.post(f"/orders/{order.number}/request")
    assert f"{COUNT}1</b>" in (await maria.get("/desk")).text and COUNT not in (await oleg.get("/desk")).text
    assert "Олег Синицын просит" in (await maria.get("/desk/handovers")).text
    form = {"handover": str((await Handover.get()).id), "answer": "accept"}
    await maria.post(f"/orders/{order.number}/handover/answer", form)
    assert COUNT not in (await maria.get("/desk")).text


async def test_partners_do_not_see_it(alice: Browser, guest: Browser) -> None:
    assert (await alice.get("/desk/handovers")).status_code == 403
    assert (await guest.get("/desk/handovers")).headers["location"] == "/sign-in?next=/desk/handovers"


async def test_pages_cost_the_same(maria: Browser, oleg: Browser, cast: Cast) -> None:
    await offer(maria, await make_order_of_maria(cast), cast)
    before = [await cost(oleg, path) for path in ("/desk", "/desk/handovers")]
    for _ in range(31):
        await offer(maria, await make_order_of_maria(cast), cast)
    assert [await cost(oleg, path) for path in ("/desk", "/desk/handovers")] == before
    first = (await oleg.get("/desk/handovers")).text
    assert first.count("data-row") == 30
    further = first.split('class="pages"')[1].split('href="')[1].split('"')[0]
    assert (await oleg.get(further)).text.count("data-row") == 2
