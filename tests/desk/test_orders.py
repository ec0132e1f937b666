"""GET /desk/orders: own orders, those of own partners, and the common queue."""

from datetime import timedelta

from app import clock
from app.orders.models import Order, Status
from tests.desk.conftest import cost
from tests.factories import Cast, make_order, make_product
from tests.site import Browser


async def listed(browser: Browser, query: str = "") -> list[int]:
    """The numbers in the list."""
    page = await browser.get(f"/desk/orders{query}")
    assert page.status_code == 200
    return [int(part.split('"')[0].split("/")[-1]) for part in page.text.split('data-row href="')[1:]]


async def test_whose(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    product = await make_product()
    queued = await make_order(person=cast.nina, products=[product])
    mine = await make_order(person=cast.alice, manager=cast.maria, products=[product])
    handed_over = await make_order(person=cast.alice, manager=cast.oleg, products=[product], status=Status.PAID)
    theirs = await make_order(person=cast.charlie, manager=cast.oleg, products=[product])

    assert await listed(maria) == [handed_over.number, mine.number, queued.number]
    assert await listed(oleg) == [theirs.number, handed_over.number, queued.number]
    assert await listed(anna) == [theirs.number, handed_over.number, mine.number, queued.number]
    assert await listed(maria, "?mine=1") == [mine.number]
    assert await listed(maria, "?queue=1") == [queued.number]
    for number in await listed(maria):
        assert (await maria.get(f"/orders/{number}")).status_code == 200
    page = (await maria.get("/desk/orders")).text
    assert f'action="/orders/{queued.number}/claim"' in page
    assert f'action="/orders/{mine.number}/claim"' not in page


async def test_filters(maria: Browser, cast: Cast) -> None:
    product = await make_product()
    paid = await make_order(person=cast.alice, manager=cast.maria, products=[product], status=Status.PAID)
    new = await make_order(person=cast.nina, products=[product])

    assert await listed(maria, "?status=paid") == [paid.number]
    assert await listed(maria, f"?q={new.number}") == [new.number]
    assert await listed(maria, f"?q=№ {new.number}") == [new.number]
    assert await listed(maria, "?q=МОНТАЖ") == [paid.number]
    assert await listed(maria, "?q=монтаж&status=new") == []
    assert await listed(maria, "?q=%25") == []
    assert await listed(maria, "?status=melted&before=abc") == [new.number, paid.number]
    assert await listed(maria, f"?q={'9' * 200}") == []
    assert await listed(maria, "?q=a%00b&status=%00") == []


async def test_pages(maria: Browser, cast: Cast) -> None:
    product = await make_product()
    numbers = [(await make_order(person=cast.nina, products=[product])).number for _ in range(35)]
    first = await maria.get("/desk/orders?queue=1")
    older = first.text.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "queue=1" in older
    assert await listed(maria, "?queue=1") + await listed(maria, older.removeprefix("/desk/orders")) == numbers[::-1]


async def test_partners_have_their_own_list(alice: Browser) -> None:
    assert (await alice.get("/desk/orders")).status_code == 403


async def test_it_costs_the_same_however_many(maria: Browser, cast: Cast) -> None:
    product = await make_product()
    await make_order(person=cast.nina, products=[product])
    before = await cost(maria, "/desk/orders")
    for _ in range(20):
        await make_order(person=cast.nina, products=[product])
    assert await cost(maria, "/desk/orders") == before <= 5


async def test_more_filters(maria: Browser, anna: Browser, cast: Cast) -> None:
    camera, lock = await make_product(article="DS-7"), await make_product(article="ML-7", retail=100)
    old = clock.now() - timedelta(days=40)
    first = await make_order(person=cast.alice, manager=cast.maria, products=[camera], placed_at=old)
    second = await make_order(person=cast.charlie, manager=cast.oleg, products=[lock])
    third = await make_order(person=cast.alice, manager=cast.maria, products=[lock])

    assert await listed(anna, f"?manager={cast.maria.id}") == [third.number, first.number]
    assert await listed(anna, "?q=ml-7") == [third.number, second.number]
    assert await listed(maria, "?q=ml-7") == [third.number], "another's partner is not found"
    assert await listed(anna, "?sort=sum") == [first.number, third.number, second.number]
    day = old.date() + timedelta(days=3)
    assert await listed(anna, f"?to={day}") == [first.number]
    assert await listed(anna, f"?from={day:%d.%m.%Y}") == [third.number, second.number]
    wrong = await anna.get("/desk/orders?from=31.02.2026&q=ml-7")
    assert wrong.status_code == 200 and 'aria-invalid="true"' in wrong.text and "31.02.2026" in wrong.text


async def test_pages_by_sum(maria: Browser, cast: Cast) -> None:
    products = [await make_product(retail=100 * (number % 5 + 1)) for number in range(35)]
    for product in products:
        await make_order(person=cast.nina, products=[product])
    first = await maria.get("/desk/orders?sort=sum")
    further = first.text.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    shown = await listed(maria, "?sort=sum") + await listed(maria, further.removeprefix("/desk/orders"))
    totals = [(await Order.get(number=number)).total for number in shown]
    assert len(set(shown)) == 35 and totals == sorted(totals, reverse=True)


async def test_who_it_is_being_handed_to(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    await maria.post(f"/orders/{order.number}/handover", {"colleague": str(cast.oleg.id)})
    assert f"→ {cast.oleg.name}" in (await maria.get("/desk/orders")).text
