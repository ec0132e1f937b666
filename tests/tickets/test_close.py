"""POST /tickets/{number}/closing: either side closes a ticket; who answers opens it again (test_answer.py)."""

from app.history.models import Event
from app.threads.models import Thread
from app.tickets.models import Ticket, TicketState
from tests.factories import Cast, make_ticket
from tests.site import Browser


async def test_without_javascript(vera: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)

    answer = await vera.post(f"/tickets/{ticket.number}/closing")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/tickets/{ticket.number}")
    closed = await Ticket.get()
    assert closed.state is TicketState.CLOSED and closed.closed_at
    assert (await Thread.get()).awaits == ""
    [event] = await Event.all()
    assert (event.name, event.actor_id) == ("ticket.closed", cast.vera.id)
    assert event.data == {"ticket": ticket.number, "ticket_id": ticket.id}
    page = (await vera.get(f"/tickets/{ticket.number}")).text
    assert "Новое сообщение откроет его снова" in page and "/closing" not in page and 'name="text"' in page


async def test_with_htmx(maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)

    answer = await maria.hx_post(f"/tickets/{ticket.number}/closing")

    assert answer.status_code == 200 and answer.text.startswith('<div id="state">') and "закрыт" in answer.text


async def test_closing_twice_is_closing_once(alice: Browser, maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)

    for browser in (alice, maria, alice):
        assert (await browser.post(f"/tickets/{ticket.number}/closing")).status_code == 303
    assert await Event.all().count() == 1


async def test_strangers(guest: Browser, charlie: Browser, oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    door = f"/tickets/{ticket.number}/closing"

    assert (await guest.post(door)).headers["location"].startswith("/sign-in")
    for browser in (charlie, oleg):
        assert (await browser.post(door)).status_code == 404
    assert (await Ticket.get()).state is TicketState.OPEN
