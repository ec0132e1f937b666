"""The text of a letter: for exactly those who see it in their history, and never with a secret in it."""

import re

import pytest

from app.history.models import BLOT, Email, EmailState
from app.settings import Settings
from jobs.relay import Relay
from tests.events import happened, order_placed
from tests.factories import Cast, make_order
from tests.history.pages import rows, text
from tests.site import Browser


@pytest.fixture
async def letters(cast: Cast, settings: Settings) -> dict[str, int]:
    """Alice ordered: the letters to her and to Maria, by recipient."""
    await order_placed(await make_order(person=cast.alice, manager=cast.maria), by=cast.alice)
    await Relay(settings).run()
    return {letter.recipient: letter.id for letter in await Email.all()}


async def test_a_page_with_its_text(alice: Browser, letters: dict[str, int]) -> None:
    number = letters["alice@example.ru"]
    (row,) = rows((await alice.get("/history")).text)
    assert f'href="/history/letters/{number}" hx-get="/history/letters/{number}"' in row
    page = await alice.get(f"/history/letters/{number}")
    shown = text(page.text)
    assert page.status_code == 200 and "<html" in page.text
    assert "robot@example.ru → alice@example.ru" in shown and "- новый заказ»" in shown and "в очереди" in shown
    assert "http://kabinet.test/orders/1" in shown
    assert f'href="http://kabinet.test/orders/{1}"' not in page.text


async def test_htmx_puts_it_in_its_place(alice: Browser, letters: dict[str, int]) -> None:
    number = letters["alice@example.ru"]
    answer = await alice.get(f"/history/letters/{number}", headers={"hx-request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text
    assert f'<details id="text-{number}" open>' in answer.text and "http://kabinet.test/orders/1" in answer.text


async def test_colleagues_and_staff_read_it(
    bob: Browser, vera: Browser, maria: Browser, anna: Browser, letters: dict[str, int]
) -> None:
    for browser in (bob, vera, maria, anna):
        assert (await browser.get(f"/history/letters/{letters['alice@example.ru']}")).status_code == 200


async def test_strangers_do_not(charlie: Browser, oleg: Browser, guest: Browser, letters: dict[str, int]) -> None:
    for number in letters.values():
        assert (await charlie.get(f"/history/letters/{number}")).status_code == 404
        assert (await oleg.get(f"/history/letters/{number}")).status_code == 404
        assert (await guest.get(f"/history/letters/{number}")).status_code == 303
    assert (await charlie.get("/history/letters/999999999")).status_code == 404


async def test_partners_read_no_letters_to_staff(alice: Browser, maria: Browser, letters: dict[str, int]) -> None:
    number = letters["maria@example.ru"]
    assert (await alice.get(f"/history/letters/{number}")).status_code == 404
    (row,) = rows((await alice.get("/history")).text)
    assert f"/history/letters/{number}" not in row and "maria@example.ru" in row
    assert (await maria.get(f"/history/letters/{number}")).status_code == 200


async def test_letters_of_what_is_for_staff_only(
    cast: Cast, alice: Browser, maria: Browser, letters: dict[str, int], settings: Settings
) -> None:
    called = await happened("order.called", by=cast.maria, company=cast.company.id, order=1, order_id=1)
    await Relay(settings).run()
    number = letters["alice@example.ru"]
    await Email.filter(id=number).update(event_id=called.id)
    assert (await alice.get(f"/history/letters/{number}")).status_code == 404
    assert (await maria.get(f"/history/letters/{number}")).status_code == 200


async def test_secrets_are_blotted(alice: Browser, anna: Browser, letters: dict[str, int]) -> None:
    number = letters["alice@example.ru"]
    await Email.filter(id=number).update(text="Пароль: kedr-51-oblako\n", secret="kedr-51-oblako")
    for browser in (alice, anna):
        page = await browser.get(f"/history/letters/{number}")
        assert f"Пароль: {BLOT}" in page.text and "kedr" not in page.text


async def test_what_was_typed_is_only_text(alice: Browser, letters: dict[str, int]) -> None:
    number = letters["alice@example.ru"]
    await Email.filter(id=number).update(text="<script>alert(1)</script>\nдо обеда")
    page = await alice.get(f"/history/letters/{number}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>до обеда" in page.text


async def test_staff_see_the_words_of_the_server(alice: Browser, maria: Browser, letters: dict[str, int]) -> None:
    number = letters["alice@example.ru"]
    await Email.filter(id=number).update(state=EmailState.FAILED, error="550 No such mailbox")
    assert "не доставлено: 550 No such mailbox" in text((await maria.get(f"/history/letters/{number}")).text)
    partners = text((await alice.get(f"/history/letters/{number}")).text)
    assert "не доставлено" in partners and not re.search("550|mailbox", partners)
