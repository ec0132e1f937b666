"""From an order, a ticket, a presentation or a row of the desk to the partner's card, for whoever may open it."""

import pytest

from app import clock
from app.orders.models import Status
from tests.desk.test_desk import make_letter, make_opened, make_waiting
from tests.factories import Cast, make_order, make_presentation, make_ticket
from tests.site import Browser

WHERE = ("/orders/{order}", "/tickets/{ticket}", "/desk", "/desk/orders", "/desk/answers", "/desk/tickets")
OF_PRESENTATIONS = ("/desk/presentations/{sent}", "/desk/presentations/{draft}")


@pytest.fixture
async def numbers(cast: Cast) -> dict[str, int]:
    """A partner of Oleg's: an order and a ticket that Maria has in hand, a presentation and a draft of hers and his."""
    order = await make_order(person=cast.charlie, manager=cast.maria, status=Status.IN_WORK, claimed_at=clock.now())
    await make_waiting(order, cast.charlie)
    ticket = await make_ticket(person=cast.charlie, manager=cast.maria)
    sent = await make_presentation(company=cast.other_company, author=cast.maria)
    draft = await make_presentation(company=cast.other_company, author=cast.oleg, sent=False)
    return {"order": order.number, "ticket": ticket.number, "sent": sent.number, "draft": draft.number}


async def test_only_who_may_open_it_is_led_to_it(
    maria: Browser, oleg: Browser, anna: Browser, cast: Cast, numbers: dict[str, int]
) -> None:
    link = f'href="/desk/partners/{cast.other_company.id}">{cast.other_company.name}</a>'
    for path in (one.format(**numbers) for one in (*WHERE, OF_PRESENTATIONS[0])):
        page = (await maria.get(path)).text
        assert cast.other_company.name in page and link not in page, path
    assert (await maria.get(f"/desk/partners/{cast.other_company.id}")).status_code == 404
    for path in (one.format(**numbers) for one in (*WHERE, *OF_PRESENTATIONS)):
        assert path in ("/desk", "/desk/answers") or link in (await oleg.get(path)).text, path
        assert path == "/desk" or link in (await anna.get(path)).text, path
    assert link in (await anna.get(f"/desk?manager={cast.maria.id}")).text
    assert (await oleg.get(f"/desk/partners/{cast.other_company.id}")).status_code == 200


async def test_a_partner_of_nobody_is_everybodys(maria: Browser, cast: Cast) -> None:
    await make_order(person=cast.nina)
    await make_letter(cast.nina)
    link = f'href="/desk/partners/{cast.lone_company.id}">{cast.lone_company.name}</a>'
    for path in ("/desk", "/desk/orders?queue=1", "/desk/letters"):
        assert link in (await maria.get(path)).text, path


async def test_on_the_rows_of_what_was_opened(maria: Browser, cast: Cast) -> None:
    await make_opened(cast)
    assert f'href="/desk/partners/{cast.company.id}">' in (await maria.get("/desk")).text


async def test_partners_are_not_led_there(alice: Browser, cast: Cast) -> None:
    order = await make_order(person=cast.alice, manager=cast.maria)
    ticket = await make_ticket(person=cast.alice)
    for path in (f"/orders/{order.number}", f"/tickets/{ticket.number}"):
        assert "/desk/" not in (await alice.get(path)).text
