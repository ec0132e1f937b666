"""GET /tickets and /desk/tickets: who sees which, found by number, words, state and topic, in pages."""

import re

from app.database import counting_queries
from app.tickets.models import TicketState, Topic
from tests.factories import Cast, make_comment, make_ticket
from tests.site import Browser
from tests.tickets.forms import said


async def shown(browser: Browser, path: str) -> list[int]:
    """The numbers in a list."""
    page = await browser.get(path)
    assert page.status_code == 200
    return [int(number) for number in re.findall(r'data-row href="/tickets/(\d+)"', page.text)]


async def test_an_empty_list_says_what_will_stand_there(alice: Browser, maria: Browser) -> None:
    assert "Тикетов пока нет." in (page := (await alice.get("/tickets")).text)
    assert 'href="/tickets/new"' in page and 'name="q"' in page and 'id="asked"' not in page
    assert "Тикетов пока нет." in (await maria.get("/desk/tickets")).text
    assert "Таких тикетов нет." in (await alice.get("/tickets?state=closed")).text


async def test_whose_tickets(
    alice: Browser, vera: Browser, charlie: Browser, maria: Browser, oleg: Browser, anna: Browser, cast: Cast
) -> None:
    await make_ticket(person=cast.alice, manager=cast.maria)
    await make_ticket(person=cast.nina)
    await make_ticket(person=cast.charlie, manager=cast.oleg)

    assert await shown(alice, "/tickets") == await shown(vera, "/tickets") == [1]
    assert await shown(charlie, "/tickets") == [3]
    assert await shown(maria, "/desk/tickets") == [2, 1]
    assert await shown(oleg, "/desk/tickets") == [3, 2]
    assert await shown(anna, "/desk/tickets") == [3, 2, 1]
    assert await shown(maria, "/desk/tickets?mine=1") == [1]
    assert await shown(maria, "/desk/tickets?queue=1") == [2]


async def test_found_by_number_words_state_and_topic(alice: Browser, maria: Browser, cast: Cast) -> None:
    first = await make_ticket(person=cast.alice, subject="Акты СВЕРКИ за год", topic=Topic.DOCUMENT)
    await make_ticket(person=cast.alice, subject="Скидка 100%", text="Почему_так?", state=TicketState.CLOSED)
    await maria.post(f"/tickets/{first.number}/comments", said("Подписано ДиректоРом"))

    assert await shown(alice, "/tickets?q=акты+сверки") == await shown(alice, "/tickets?q=№+1") == [1]
    assert await shown(alice, "/tickets?q=директором") == [1]
    assert await shown(alice, "/tickets?q=100%25") == await shown(alice, "/tickets?q=почему_") == [2]
    assert await shown(alice, "/tickets?q=%25%25") == await shown(alice, "/tickets?q=ч_р") == []
    assert await shown(alice, "/tickets?state=closed") == [2]
    assert await shown(alice, "/tickets?state=answered&topic=document") == [1]
    assert await shown(alice, "/tickets?topic=complaint") == []
    assert await shown(alice, "/tickets?state=nonsense") == [2, 1]


async def test_in_pages_that_keep_the_filter(alice: Browser, cast: Cast) -> None:
    for number in range(33):
        await make_ticket(person=cast.alice, topic=Topic.COMPLAINT if number else Topic.QUESTION)

    first = (await alice.get("/tickets?topic=complaint")).text
    older = first.split('class="pages"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")

    assert await shown(alice, "/tickets?topic=complaint") == list(range(33, 3, -1))
    assert await shown(alice, older) == [3, 2]


async def test_what_is_new_is_marked_until_it_is_seen(alice: Browser, bob: Browser, maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    await maria.post(f"/tickets/{ticket.number}/comments", said())

    assert "есть новое" in (await alice.get("/tickets")).text
    assert 'class="tag info">новый' in (await alice.get(f"/tickets/{ticket.number}")).text
    assert "есть новое" not in (await alice.get("/tickets")).text
    assert "есть новое" in (await bob.get("/tickets")).text


async def test_the_list_costs_the_same_for_any_number(alice: Browser, cast: Cast) -> None:
    costs = []
    for count in (2, 25):
        for _ in range(count):
            ticket = await make_ticket(person=cast.alice)
            await make_comment(on=ticket, author=cast.maria)
        await alice.get("/tickets")
        with counting_queries() as counted:
            await alice.get("/tickets")
        costs.append(counted.count)

    assert costs[0] == costs[1]
