"""GET /tickets/{number}/news: what the other side did, on a page that stands open."""

from tests.factories import Cast, make_ticket
from tests.site import Browser
from tests.threads.test_news import tag_of
from tests.tickets.forms import said


async def asked(browser: Browser, number: int, tag: str) -> tuple[int, str]:
    """What a page that shows the state `tag` is answered: status and body."""
    headers = {"hx-request": "true", "if-none-match": f'"{tag}"'}
    answer = await browser.get(f"/tickets/{number}/news", headers=headers)
    return answer.status_code, answer.text


async def test_what_the_other_side_did(alice: Browser, maria: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)
    tag = tag_of((await alice.get(f"/tickets/{ticket.number}")).text)
    assert await asked(alice, ticket.number, tag) == (304, "")

    await maria.post(f"/tickets/{ticket.number}/comments", said("Заметка", internal="1"))
    assert await asked(alice, ticket.number, tag) == (304, "")
    await maria.post(f"/tickets/{ticket.number}/comments", said("Ответ готов"))

    status, html = await asked(alice, ticket.number, tag)
    assert status == 200 and "Ответ готов" in html and "Заметка" not in html and 'hx-target="#state"' in html
    tag = tag_of(html)
    assert await asked(alice, ticket.number, tag) == (304, "")


async def test_strangers(guest: Browser, charlie: Browser, oleg: Browser, cast: Cast) -> None:
    ticket = await make_ticket(person=cast.alice, manager=cast.maria)

    assert (await guest.get(f"/tickets/{ticket.number}/news")).status_code == 401
    for browser in (charlie, oleg):
        assert (await browser.get(f"/tickets/{ticket.number}/news")).status_code == 404
