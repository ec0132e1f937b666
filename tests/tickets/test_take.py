"""POST /tickets/{number}/taking: one of staff makes a ticket theirs."""

import asyncio

from app.accounts.models import Assignment
from app.history.models import Event
from app.tickets.models import Ticket
from tests.factories import Cast, make_ticket
from tests.site import Browser


async def test_without_javascript(oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina)

    answer = await oleg.post(f"/tickets/{ticket.number}/taking")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/tickets/{ticket.number}")
    taken = await Ticket.get()
    assert taken.manager_id == cast.oleg.id and taken.taken_at
    [event] = await Event.all()
    assert (event.name, event.company_id, event.data["manager"]) == (
        "ticket.taken",
        cast.lone_company.id,
        cast.oleg.name,
    )


async def test_with_htmx(oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina)

    answer = await oleg.hx_post(f"/tickets/{ticket.number}/taking")

    assert answer.status_code == 200 and answer.text.startswith('<div id="state">')
    assert cast.oleg.name in answer.text and "/taking" not in answer.text


async def test_two_at_once(maria: Browser, oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina)

    answers = await asyncio.gather(*(browser.post(f"/tickets/{ticket.number}/taking") for browser in (maria, oleg)))

    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert await Event.all().count() == 1


async def test_the_new_manager_of_a_partner_takes_over(oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    assert (await oleg.post(f"/tickets/{ticket.number}/taking")).status_code == 404
    await Assignment.filter(company=cast.company).update(manager_id=cast.oleg.id)

    for _ in range(2):
        assert (await oleg.post(f"/tickets/{ticket.number}/taking")).status_code == 303

    assert (await Ticket.get()).manager_id == cast.oleg.id
    assert await Event.all().count() == 1


async def test_partners_take_nothing(guest: Browser, alice: Browser, nina: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina)

    assert (await guest.post(f"/tickets/{ticket.number}/taking")).headers["location"].startswith("/sign-in")
    for browser in (alice, nina):
        assert (await browser.post(f"/tickets/{ticket.number}/taking")).status_code == 403
    assert (await Ticket.get()).manager_id is None
