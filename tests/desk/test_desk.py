"""GET /desk: what waits, counted and listed; each for whom it is."""

from datetime import timedelta

from app import clock
from app.accounts.models import Person
from app.history.models import Email, EmailState
from app.orders.models import Order, Status
from app.presentations.models import Opening, Presentation, Version
from app.threads.models import Thread
from tests.desk.conftest import cost
from tests.factories import Cast, make_cart_line, make_comment, make_order, make_presentation, make_product
from tests.site import Browser


def counts(page: str) -> list[int]:
    """The numbers at the top: queue, own new orders, answers due, opened, expiring, undelivered."""
    return [int(part.split("</b>")[0]) for part in page.split('id="counts"')[1].split("</ul>")[0].split("<b>")[1:]]


async def make_opened(cast: Cast, **fields: object) -> Presentation:
    """A presentation to Alice's company that she opened."""
    presentation = await make_presentation(company=cast.company, author=cast.maria, **fields)  # type: ignore[arg-type]
    version = await Version.get(presentation=presentation)
    await Opening.create(version=version, person=cast.alice, day=clock.distributor_today(), at=clock.now())
    return presentation


async def make_waiting(on: Order | Presentation, author: Person, text: str = "Когда отгрузите?") -> Thread:
    """A comment of a partner that awaits an answer for three hours."""
    comment = await make_comment(on=on, author=author, text=text)
    await Thread.filter(id=comment.thread_id).update(awaits="staff", last_at=clock.now() - timedelta(hours=3))
    return await Thread.get(id=comment.thread_id)


async def make_letter(person: Person, state: EmailState = EmailState.FAILED, days: int = 1) -> Email:
    """A letter to somebody."""
    count = await Email.all().count()
    letter = await Email.create(
        person=person,
        template="order_placed",
        message_id=f"<{count}@example.ru>",
        sender="robot@example.ru",
        recipient=person.email,
        subject="Заказ",
        text="",
        html="",
        state=state,
        error="550 no such mailbox",
    )
    await Email.filter(id=letter.id).update(created_at=clock.now() - timedelta(days=days))
    return letter


async def test_the_queue(maria: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.nina, placed_at=clock.now() - timedelta(minutes=112), total=94_127_700)

    page = (await maria.get("/desk")).text

    assert counts(page)[0] == 1 and '<a href="/desk/orders?queue=1"><b>1</b>' in page
    assert f'href="/orders/{order.number}"' in page and 'href="tel:+73430004567"' in page
    assert "941\u00a0277,00\u00a0₽" in page and cast.lone_company.name in page
    assert '<span class="late">1 ч 52 мин</span>' in page.replace("\u00a0", " ")
    door = f"/orders/{order.number}/claim"
    assert f'method="post" action="{door}"' in page and f'hx-post="{door}"' in page
    claimed = await maria.hx_post(door)
    assert "<h1>" in claimed.text and 'class="tag ' in claimed.text, "what the claim button takes from the answer"


async def test_own_orders(maria: Browser, oleg: Browser, cast: Cast) -> None:
    fresh = await make_order(person=cast.alice, manager=cast.maria)
    working = await make_order(person=cast.bob, manager=cast.maria, status=Status.PICKING)
    done = await make_order(person=cast.alice, manager=cast.maria, status=Status.DONE)

    page = (await maria.get("/desk")).text

    assert counts(page)[1] == 1 and "/desk/orders?mine=1&amp;status=new" in page
    assert f'"/orders/{fresh.number}"' in page and f'"/orders/{working.number}"' in page
    assert f'"/orders/{done.number}"' not in page
    others = (await oleg.get("/desk")).text
    assert counts(others)[1] == 0 and cast.company.name not in others


async def test_comments_without_an_answer(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria, status=Status.IN_WORK)
    presentation = await make_presentation(company=cast.company, author=cast.maria)
    await make_waiting(order, cast.alice, "Накладную на <склад>?")
    await make_comment(on=order, author=cast.maria, text="Спросить у склада", internal=True)
    await make_waiting(presentation, cast.bob, "Есть на DIN-рейку?")
    answered = await make_order(person=cast.alice, manager=cast.maria, status=Status.PAID)
    await make_comment(on=answered, author=cast.alice)

    page = (await maria.get("/desk")).text

    assert counts(page)[2] == 2
    assert f'href="/orders/{order.number}#comment-1"' in page and "Накладную на &lt;склад&gt;?" in page
    assert "Спросить у склада" not in page, "the partner's words wait, not our own"
    assert f'href="/presentations/{presentation.number}#comment-1"' in page and "Есть на DIN-рейку?" in page
    assert f"/orders/{answered.number}#" not in page
    assert counts((await oleg.get("/desk")).text)[2] == 0
    assert counts((await anna.get("/desk")).text)[2] == 2


async def test_a_comment_on_an_order_that_nobody_holds_is_everybodys(maria: Browser, oleg: Browser, cast: Cast) -> None:
    await make_waiting(await make_order(person=cast.nina), cast.nina)
    for browser in (maria, oleg):
        assert counts((await browser.get("/desk")).text)[2] == 1


async def test_opened_but_not_ordered(maria: Browser, oleg: Browser, cast: Cast) -> None:
    products = [await make_product(), await make_product()]
    opened = await make_opened(cast, products=products)
    version = await Version.get(presentation=opened).prefetch_related("lines")
    await make_cart_line(person=cast.alice, line=version.lines[0])
    ordered = await make_opened(cast)
    order = await make_order(person=cast.alice, manager=cast.maria)
    line = await Version.get(presentation=ordered).prefetch_related("lines")
    await (await order.lines.all().first()).update_from_dict({"presentation_line_id": line.lines[0].id}).save()  # type: ignore[union-attr]
    unseen = await make_presentation(company=cast.company, author=cast.maria)
    expired = await make_opened(cast, valid_until=clock.distributor_today() - timedelta(days=2))

    page = (await maria.get("/desk")).text

    assert counts(page)[3] == 1 and "/desk/presentations?state=opened" in page
    assert f'"/desk/presentations/{opened.number}"' in page and "1 из 2 в корзине" in page
    for other in (ordered, unseen, expired):
        assert f'"/desk/presentations/{other.number}"' not in page
    assert counts((await oleg.get("/desk")).text)[3] == 0


async def test_expiring(maria: Browser, oleg: Browser, cast: Cast) -> None:
    today = clock.distributor_today()
    for days in (-2, 1, 3, 9):
        await make_presentation(company=cast.company, author=cast.maria, valid_until=today + timedelta(days=days))
    draft = await make_presentation(company=cast.company, author=cast.maria, sent=False, valid_until=today)

    assert counts((await maria.get("/desk")).text)[4] == 2
    listed = (await maria.get("/desk/presentations?state=expiring")).text
    assert listed.count("data-row") == 2 and f'"/desk/presentations/{draft.number}"' not in listed
    assert counts((await oleg.get("/desk")).text)[4] == 0


async def test_undelivered_letters(maria: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    await make_letter(cast.alice)
    await make_letter(cast.maria)
    await make_letter(cast.nina)
    await make_letter(cast.alice, EmailState.SENT)
    await make_letter(cast.alice, days=40)

    assert counts((await maria.get("/desk")).text)[5] == 3
    assert counts((await oleg.get("/desk")).text)[5] == 1
    assert counts((await anna.get("/desk")).text)[5] == 3


async def test_an_empty_desk_says_what_will_come(maria: Browser) -> None:
    page = await maria.get("/desk")
    assert page.status_code == 200 and counts(page.text) == [0] * 8
    assert "<table" not in page.text.split('id="figures"')[0]


async def test_partners_have_no_desk(alice: Browser, guest: Browser) -> None:
    assert (await alice.get("/desk")).status_code == 403
    assert (await guest.get("/desk")).headers["location"] == "/sign-in?next=/desk"


async def test_it_costs_the_same_however_much_waits(maria: Browser, anna: Browser, cast: Cast) -> None:
    product = await make_product()

    async def work(times: int) -> None:
        for _ in range(times):
            await make_order(person=cast.nina, products=[product])
            order = await make_order(person=cast.alice, manager=cast.maria, products=[product])
            await make_waiting(order, cast.alice)
            await make_opened(cast, products=[product])
            await make_letter(cast.alice)

    await work(1)
    before = [await cost(browser, "/desk") for browser in (maria, anna)]
    await work(12)
    assert [await cost(browser, "/desk") for browser in (maria, anna)] == before
    assert before[0] <= 8
