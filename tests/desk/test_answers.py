"""GET /desk/answers: partners' comments that nobody has answered, the longest waiting first."""

from datetime import timedelta

from app import clock
from app.orders.models import Status
from app.threads.models import Thread
from tests.factories import Cast, make_comment, make_order, make_product, make_ticket
from tests.site import Browser


async def test_longest_waiting_first_in_pages(maria: Browser, oleg: Browser, cast: Cast) -> None:
    product = await make_product()
    for number in range(33):
        order = await make_order(person=cast.alice, manager=cast.maria, products=[product], status=Status.PAID)
        comment = await make_comment(on=order, author=cast.alice, text=f"Вопрос {number}.")
        waits = clock.now() - timedelta(hours=number // 2)  # some wait equally long
        await Thread.filter(id=comment.thread_id).update(awaits="staff", last_at=waits)

    first = (await maria.get("/desk/answers")).text
    more = first.split('class="pages"')[1].split('href="')[1].split('"')[0]
    second = (await maria.get(more)).text

    assert first.count("data-row") == 30 and second.count("data-row") == 3
    assert first.index("Вопрос 32.") < first.index("Вопрос 31.") < first.index("Вопрос 5.")
    assert all(f"Вопрос {number}." in second for number in (0, 1, 3))
    assert "data-row" not in (await oleg.get("/desk/answers")).text


async def test_tickets_stand_there_too(maria: Browser, oleg: Browser, cast: Cast) -> None:
    hers = await make_ticket(person=cast.alice, manager=cast.maria, text="Где акты?")
    nobodys = await make_ticket(person=cast.nina, text="Кто нас ведёт?")
    closed = await make_ticket(person=cast.alice, manager=cast.maria, text="Всё ясно")
    await maria.post(f"/tickets/{closed.number}/closing")

    marias, olegs = (await maria.get("/desk/answers")).text, (await oleg.get("/desk/answers")).text

    assert f'href="/tickets/{hers.number}#comment-1"' in marias and "Где акты?" in marias
    assert "Всё ясно" not in marias and "Где акты?" not in olegs
    assert all(f"/tickets/{nobodys.number}#comment-1" in page for page in (marias, olegs))


async def test_partners_may_not_look(alice: Browser) -> None:
    assert (await alice.get("/desk/answers")).status_code == 403
