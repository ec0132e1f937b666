"""POST /tickets/{number}/comments: messages of both sides, notes of staff, and what they do to the ticket."""

import asyncio

import pytest

from app import clock
from app.accounts.models import Role
from app.database import counting_queries
from app.history.models import Event
from app.threads.models import Attachment, Comment, Thread
from app.tickets.models import Ticket, TicketState
from tests.attachments.samples import png
from tests.conftest import SignIn
from tests.factories import Cast, make_person, make_ticket
from tests.site import Browser
from tests.tickets.forms import attached, said


async def test_without_javascript(maria: Browser, alice: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    door = f"/tickets/{ticket.number}/comments"

    answer = await maria.post(door, said(answers="1"), files=attached(("прайс.png", png())))

    assert (answer.status_code, answer.headers["location"]) == (303, f"/tickets/{ticket.number}#comment-2")
    thread, comment = await Thread.get(), await Comment.get(number=2)
    assert (await Ticket.get()).state is TicketState.ANSWERED
    assert (thread.awaits, thread.by_staff, comment.author_id) == ("partner", 2, cast.maria.id)
    file = await Attachment.get(comment=comment)
    assert (file.name, file.kind, file.size) == ("прайс.png", "png", len(png()))
    [event] = await Event.all()
    assert (event.name, event.company_id) == ("comment.added", cast.company.id)
    assert (event.data["on"], event.data["ticket"], event.data["files"]) == ("ticket", ticket.number, 1)
    page = (await alice.get(f"/tickets/{ticket.number}")).text
    assert "В пятницу" in page and f'href="/attachments/{file.id}"' in page and "отвечен" in page


async def test_with_htmx(alice: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria, state=TicketState.ANSWERED)

    answer = await alice.hx_post(
        f"/tickets/{ticket.number}/comments", said("А точнее?"), files=attached(("а.png", png()))
    )

    assert answer.status_code == 200
    assert answer.text.startswith('<section class="part" id="thread"')
    assert 'hx-target="#state"' in answer.text and "открыт" in answer.text and "а.png" in answer.text
    assert (await Ticket.get()).state is TicketState.OPEN


async def test_a_viewer_answers_too(vera: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)

    assert 'name="text"' in (await vera.get(f"/tickets/{ticket.number}")).text
    assert (await vera.get(f"/tickets/{ticket.number}/comments/1/answer")).text.count('name="answers"') == 1
    assert (await vera.post(f"/tickets/{ticket.number}/comments", said())).status_code == 303


async def test_a_message_opens_a_closed_ticket_again(alice: Browser, maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    for browser, state in ((alice, TicketState.OPEN), (maria, TicketState.ANSWERED)):
        await browser.post(f"/tickets/{ticket.number}/closing")
        assert (await Ticket.get()).state is TicketState.CLOSED

        await browser.post(f"/tickets/{ticket.number}/comments", said())

        again = await Ticket.get()
        assert (again.state, again.closed_at) == (state, None)
    names = [event.name for event in await Event.all().order_by("id")]
    assert names == ["ticket.closed", "comment.added", "ticket.reopened"] * 2


async def test_an_internal_note_changes_nothing_for_the_partner(nina: Browser, maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina, state=TicketState.CLOSED, closed_at=clock.now())
    door = f"/tickets/{ticket.number}/comments"

    await maria.post(door, said("Это к бухгалтерии", internal="1"), files=attached(("внутри.png", png())))

    again = await Ticket.get()
    assert (again.state, again.manager_id) == (TicketState.CLOSED, None)
    page = (await nina.get(f"/tickets/{ticket.number}")).text
    assert "Это к бухгалтерии" not in page and "внутри.png" not in page
    assert "data-row" not in (await nina.get("/tickets?q=бухгалтерии")).text
    assert "внутри.png" in (await maria.get(f"/tickets/{ticket.number}")).text
    assert (await nina.post(door, said(answers="2"))).status_code == 404
    assert (await nina.post(door, said(internal="1"))).status_code == 403


async def test_ten_first_answers_at_once_give_one_owner(sign_in: SignIn, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina)
    managers = [await make_person(name=f"Менеджер {n}", role=Role.MANAGER) for n in range(10)]
    browsers = [await sign_in(manager) for manager in managers]
    door = f"/tickets/{ticket.number}/comments"

    posts = [
        browser.post(door, said(f"Беру {n}"), files=attached(("а.png", png()))) for n, browser in enumerate(browsers)
    ]
    answers = await asyncio.gather(*posts)

    codes = [answer.status_code for answer in answers]
    assert sorted(codes) == [303] + [409] * 9
    winner = managers[codes.index(303)]
    assert (await Ticket.get()).manager_id == winner.id
    assert await Comment.all().count() == 2 and await Attachment.all().count() == 1
    assert sorted(event.name for event in await Event.all()) == ["comment.added", "ticket.taken"]
    kept = [file for file in browsers[0].site.state.settings.files.rglob("*") if file.is_file()]
    assert len(kept) == 1, "files of those who came late are gone"


async def test_who_comes_late_is_told_who_was_quicker(maria: Browser, oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.nina)
    door = f"/tickets/{ticket.number}/comments"
    await maria.post(door, said())

    page, note = await oleg.post(door, said()), await oleg.hx_post(door, said())

    for answer in (page, note):
        assert answer.status_code == 409 and cast.maria.name in answer.text
    assert note.headers["hx-retarget"] == "#problem"
    assert await Comment.all().count() == 2


async def test_a_form_sent_twice_is_one_message(alice: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    form, files = said(), attached(("а.png", png()))

    answers = await asyncio.gather(
        *(alice.post(f"/tickets/{ticket.number}/comments", form, files=files) for _ in range(6))
    )

    assert {answer.headers["location"] for answer in answers} == {f"/tickets/{ticket.number}#comment-2"}
    assert await Comment.all().count() == 2 and await Attachment.all().count() == await Event.all().count() == 1
    assert len([file for file in alice.site.state.settings.files.rglob("*") if file.is_file()]) == 1


@pytest.mark.parametrize("text", ["", " \r\n ", "я" * 5001])
async def test_what_cannot_be_a_message_is_kept(alice: Browser, cast: Cast, text: str) -> None:
    ticket = await make_ticket(person=cast.alice)
    door = f"/tickets/{ticket.number}/comments"

    for answer in (await alice.post(door, said(text)), await alice.hx_post(door, said(text, answers="1"))):
        assert answer.status_code == 422
        assert f">\n{text.replace(chr(13), '')}</textarea>" in answer.text.replace("\r", "")
    assert await Comment.all().count() == 1


async def test_strangers(guest: Browser, charlie: Browser, oleg: Browser, anna: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    door = f"/tickets/{ticket.number}/comments"

    assert (await guest.post(door, said())).headers["location"].startswith("/sign-in")
    for browser in (charlie, oleg):
        assert (await browser.post(door, said(), files=attached(("а.png", png())))).status_code == 404
        assert (
            (await browser.get(f"{door}/1")).status_code == (await browser.get(f"{door}/1/answer")).status_code == 404
        )
    assert await Comment.all().count() == 1
    assert (await anna.post(door, said())).status_code == 303
    assert (await Ticket.get()).manager_id == cast.maria.id


async def test_a_message_has_an_address(alice: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice)

    answer = await alice.get(f"/tickets/{ticket.number}/comments/1")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/tickets/{ticket.number}#comment-1")
    assert (await alice.hx_get(f"/tickets/{ticket.number}/comments/1")).text.startswith('<li id="comment-1"')


async def test_the_page_costs_the_same_for_any_number_of_messages(alice: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice)
    costs = []
    for count in (1, 20):
        for _ in range(count):
            await alice.post(f"/tickets/{ticket.number}/comments", said(), files=attached(("а.png", png())))
        await alice.get(f"/tickets/{ticket.number}")
        with counting_queries() as counted:
            await alice.get(f"/tickets/{ticket.number}")
        costs.append(counted.count)

    assert costs[0] == costs[1]
