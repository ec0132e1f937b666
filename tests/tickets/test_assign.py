"""POST /tickets/{number}/assignment: one of staff gives a ticket to a colleague, with a word."""

from datetime import timedelta

from app import clock
from app.history.models import Event
from app.threads.models import Comment
from app.tickets.models import Ticket
from tests.factories import Cast, make_ticket
from tests.site import Browser

KEY = "a-key-that-a-form-was-given"


async def test_without_javascript(maria: Browser, oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    door = f"/tickets/{ticket.number}/assignment"
    shown = (await maria.get(door)).text
    assert cast.oleg.name in shown and f'value="{cast.maria.id}"' not in shown

    form = {"key": KEY, "to": str(cast.oleg.id), "word": "Он знает про СКУД"}
    for _ in range(2):  # sent twice, given once
        answer = await maria.post(door, form)

    assert (await Ticket.get()).manager_id == cast.oleg.id
    [event] = await Event.all()
    assert event.name == "ticket.assigned"
    assert (event.data["was"], event.data["manager"]) == (cast.maria.name, cast.oleg.name)
    note = await Comment.get(internal=True)
    assert note.text == "Он знает про СКУД"
    assert answer.headers["location"] == "/desk/tickets"
    assert "Он знает про СКУД" in (await oleg.get(f"/tickets/{ticket.number}")).text


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    door = f"/tickets/{ticket.number}/assignment"

    refused = await maria.hx_post(door, {"key": KEY, "to": "", "word": "Кому-нибудь"})
    assert refused.status_code == 422 and "Кому-нибудь" in refused.text and 'id="to-e"' in refused.text

    answer = await maria.hx_post(door, {"key": KEY, "to": str(cast.anna.id), "word": ""})
    assert answer.headers["hx-redirect"] == "/desk/tickets"
    assert (await Ticket.get()).manager_id == cast.anna.id


async def test_partners_and_strangers_hand_nothing_over(alice: Browser, oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    form = {"key": KEY, "to": str(cast.oleg.id)}
    assert (await alice.post(f"/tickets/{ticket.number}/assignment", form)).status_code == 403
    assert (await oleg.post(f"/tickets/{ticket.number}/assignment", form)).status_code == 404
    assert (await Ticket.get()).manager_id == cast.maria.id


async def test_nobody_but_staff_gets_it(maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    for to in (cast.bob.id, 0, 2**31 - 1):
        answer = await maria.post(f"/tickets/{ticket.number}/assignment", {"key": KEY, "to": str(to)})
        assert answer.status_code == 422
    assert (await Ticket.get()).manager_id == cast.maria.id


async def test_one_that_another_took_meanwhile(maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina)
    await Ticket.filter(id=ticket.id).update(manager_id=cast.anna.id, taken_at=clock.now())
    form = {"key": KEY, "to": str(cast.oleg.id)}
    assert (await maria.post(f"/tickets/{ticket.number}/assignment", form)).status_code == 404


async def test_the_first_answer_is_timed_once(maria: Browser, alice: Browser, cast: Cast) -> None:
    created_at = clock.now() - timedelta(minutes=95)
    ticket = await make_ticket(person=cast.alice, manager=cast.maria, created_at=created_at)
    assert "ждёт 1 ч 35 мин" in (await maria.get(f"/tickets/{ticket.number}")).text.replace("\u00a0", " ")

    for text in ("Сейчас", "Готово"):
        await maria.post(f"/tickets/{ticket.number}/comments", {"key": KEY, "text": text})
        answered_at = (await Ticket.get()).answered_at
        await Ticket.filter(id=ticket.id).update(answered_at=answered_at and answered_at - timedelta(minutes=5))

    page = (await maria.get("/desk/tickets?state=answered")).text.replace("\u00a0", " ")
    assert "1 ч 25 мин" in page
    assert "первый ответ через" in (await maria.get(f"/tickets/{ticket.number}")).text
    assert "первый ответ" not in (await alice.get(f"/tickets/{ticket.number}")).text


async def test_open_ones_stand_by_waiting_time(maria: Browser, cast: Cast) -> None:
    for hours in (1, 5, 3):
        ago = clock.now() - timedelta(hours=hours)
        await make_ticket(person=cast.alice, manager=cast.maria, subject=f"Ждёт {hours}", created_at=ago)
    page = (await maria.get("/desk/tickets?state=open")).text
    assert page.index("Ждёт 5") < page.index("Ждёт 3") < page.index("Ждёт 1")
    late = (await maria.get("/desk/tickets?late=1&mine=1")).text
    assert "Ждёт 5" in late and "Ждёт 1" not in late
