"""POST /tickets: a partner opens a ticket."""

import asyncio

import pytest

from app.history.models import Event
from app.threads.models import Attachment, Comment, Thread
from app.tickets.models import Ticket, TicketState, Topic
from tests.attachments.samples import png
from tests.factories import Cast
from tests.site import Browser
from tests.tickets.forms import attached, ticket


async def test_without_javascript(alice: Browser, cast: Cast) -> None:
    page = (await alice.get("/tickets/new")).text
    assert 'enctype="multipart/form-data"' in page and "Мария Орлова" in page

    answer = await alice.post(
        "/tickets", ticket(topic="complaint", text="Где\r\nдокументы? <b>"), files=attached(("фото.png", png()))
    )

    [opened] = await Ticket.all()
    assert (answer.status_code, answer.headers["location"]) == (303, f"/tickets/{opened.number}")
    assert (opened.topic, opened.state, opened.subject) == (Topic.COMPLAINT, TicketState.OPEN, "Прайс на декабрь")
    assert (opened.company_id, opened.person_id, opened.manager_id) == (cast.company.id, cast.alice.id, cast.maria.id)
    comment, thread, [event] = await Comment.get(), await Thread.get(), await Event.all()
    assert (comment.number, comment.author_id, comment.text) == (1, cast.alice.id, "Где\nдокументы? <b>")
    assert (thread.ticket_id, thread.awaits, thread.comments, thread.by_partner) == (opened.id, "staff", 1, 1)
    assert await Attachment.filter(comment=comment).count() == 1
    assert (event.name, event.company_id, event.actor_id) == ("ticket.opened", cast.company.id, cast.alice.id)
    assert event.data == {
        "ticket": opened.number,
        "ticket_id": opened.id,
        "topic": "complaint",
        "subject": "Прайс на декабрь",
        "on": "ticket",
        "thread_id": thread.id,
        "comment_id": comment.id,
        "comment": 1,
        "files": 1,
    }
    page = (await alice.get(f"/tickets/{opened.number}")).text
    assert "Где<br>документы? &lt;b&gt;" in page and "фото.png" in page and "Тикет отправлен" in page


async def test_with_htmx(alice: Browser) -> None:
    answer = await alice.hx_post("/tickets", ticket())

    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, f"/tickets/{(await Ticket.get()).number}")


async def test_a_company_without_a_manager_writes_to_support(nina: Browser, maria: Browser, oleg: Browser) -> None:
    assert "в поддержку" in (await nina.get("/tickets/new")).text
    await nina.post("/tickets", ticket())

    opened = await Ticket.get()
    assert opened.manager_id is None
    for manager in (maria, oleg):
        assert (await manager.get(f"/tickets/{opened.number}")).status_code == 200


async def test_everybody_of_the_company_may_open_one(bob: Browser, vera: Browser) -> None:
    for browser in (bob, vera):
        assert (await browser.post("/tickets", ticket())).status_code == 303
    assert [one.number for one in await Ticket.all().order_by("id")] == [1, 2]


async def test_a_form_sent_twice_is_one_ticket(alice: Browser) -> None:
    form = ticket()

    answers = await asyncio.gather(
        *(alice.post("/tickets", form, files=attached(("фото.png", png()))) for _ in range(6))
    )

    assert {answer.headers["location"] for answer in answers} == {"/tickets/1"}
    assert await Ticket.all().count() == await Comment.all().count() == await Event.all().count() == 1
    assert await Attachment.all().count() == 1
    kept = alice.site.state.settings.files.rglob("*")
    assert [file.name for file in kept if file.is_file()] == [(await Attachment.get()).stored]


@pytest.mark.parametrize(
    ("field", "value"),
    [("topic", "gossip"), ("topic", ""), ("subject", "  "), ("subject", "я" * 201), ("text", ""), ("text", "я" * 5001)],
)
async def test_what_cannot_be_a_ticket_is_kept(alice: Browser, field: str, value: str) -> None:
    form = {**ticket(subject="Акты сверки"), field: value}
    files = attached(("фото.png", png()))

    for answer in (await alice.post("/tickets", form, files=files), await alice.hx_post("/tickets", form, files=files)):
        assert answer.status_code == 422
        assert f'id="{field}-e"' in answer.text and answer.text.count("autofocus") == 1
        assert all(form[kept].strip() in answer.text for kept in ("subject", "text"))
        assert "Выберите файлы ещё раз" in answer.text
    assert answer.text.startswith("<form")
    assert not await Ticket.exists() and not list(alice.site.state.settings.files.rglob("*"))


async def test_strangers(guest: Browser, maria: Browser, anna: Browser) -> None:
    assert (await guest.post("/tickets", ticket())).headers["location"].startswith("/sign-in")
    for browser in (maria, anna):
        assert (await browser.post("/tickets", ticket())).status_code == 403
        assert (await browser.get("/tickets/new")).status_code == 403
        assert (await browser.get("/tickets")).headers["location"] == "/desk/tickets"
    assert not await Ticket.exists()


@pytest.mark.parametrize("broken", [{"key": ""}, {"key": "short"}, {"manager": "1"}])
async def test_a_form_that_no_page_made_is_refused(alice: Browser, broken: dict[str, str]) -> None:
    assert (await alice.post("/tickets", {**ticket(), **broken})).status_code == 400
    assert not await Ticket.exists()
