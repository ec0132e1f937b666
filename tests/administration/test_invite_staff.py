"""POST /administration/staff: somebody is invited to the staff, comes in, and works."""

import re

import pytest

from app.accounts.joining import Invitation
from app.accounts.models import Person, Role
from app.history.models import Email, Event
from jobs.relay import Relay
from tests.factories import Cast
from tests.site import Browser

LEV = {"name": "Лев Ручьёв", "email": "ruchyov@example.ru", "role": "manager"}
STAFF = "/administration/staff"


async def test_without_javascript(anna: Browser) -> None:
    answer = await anna.post(STAFF, LEV)
    assert (answer.status_code, answer.headers["location"]) == (303, STAFF)
    lev = await Person.get(email_key="ruchyov@example.ru")
    assert (lev.role, lev.company_id, lev.must_choose_password, lev.login) == (Role.MANAGER, None, True, "ruchyov")
    event = await Event.get(name="person.invited")
    assert (event.company_id, event.data["role"]) == (None, "manager")
    page = (await anna.get(STAFF)).text
    assert "Приглашение отправляется на ruchyov@example.ru" in page and "есть приглашение" in page


async def test_with_htmx(anna: Browser) -> None:
    answer = await anna.hx_post(STAFF, LEV)
    assert answer.status_code == 200 and answer.text.startswith('<section class="part" id="invite"')
    assert 'hx-target="#staff"' in answer.text and "Лев Ручьёв" in answer.text


async def test_the_letter_lets_in_once_and_leads_to_the_desk(anna: Browser, guest: Browser, relay: Relay) -> None:
    await anna.post(STAFF, LEV)
    await relay.run()
    letter = await Email.get(recipient="ruchyov@example.ru")
    assert letter.template == "invitation_staff" and "менеджер" in letter.text and letter.secret
    answer = await guest.post("/sign-in", {"login": "ruchyov", "password": letter.secret})
    assert answer.status_code == 303
    assert (await guest.get("/desk")).headers["location"].startswith("/welcome")
    answer = await guest.post("/welcome", {"password": "четыре слова подряд и мост", "consent": "1"})
    assert answer.status_code == 303
    assert (await guest.get("/desk")).status_code == 200
    assert (await Invitation.get()).accepted_at is not None


@pytest.mark.parametrize("field", ["name", "email", "role"])
async def test_wrong_fields_are_told_and_kept(anna: Browser, field: str) -> None:
    answer = await anna.post(STAFF, {**LEV, field: "owner" if field == "role" else ""})
    assert answer.status_code == 422 and f'id="{field}-e"' in answer.text
    assert not await Invitation.exists()


async def test_a_known_address_is_refused(anna: Browser, cast: Cast) -> None:
    for address in (cast.maria.email, cast.alice.email):
        answer = await anna.hx_post(STAFF, {**LEV, "email": address})
        assert answer.status_code == 422 and "Этот адрес уже занят" in answer.text


async def test_strangers_do_not_invite(maria: Browser, alice: Browser, guest: Browser) -> None:
    for browser in (maria, alice):
        assert (await browser.post(STAFF, LEV)).status_code == 403
    assert (await guest.post(STAFF, LEV)).headers["location"].startswith("/sign-in")
    assert not await Invitation.exists()


async def test_it_is_sent_again_and_withdrawn(anna: Browser, relay: Relay) -> None:
    await anna.post(STAFF, LEV)
    lev = await Person.get(email_key="ruchyov@example.ru")
    assert (await anna.post(f"{STAFF}/{lev.id}/resending")).status_code == 303
    assert await Invitation.filter(withdrawn_at=None).count() == 1
    assert re.search("Отозвать приглашение|Отозвать", (await anna.get(f"{STAFF}/{lev.id}/withdrawal")).text)
    assert (await anna.post(f"{STAFF}/{lev.id}/withdrawal")).status_code == 303
    assert (await anna.get(f"{STAFF}/{lev.id}")).status_code == 404
    assert "Лев Ручьёв" not in (await anna.get(STAFF)).text.partition('id="staff"')[2].partition("</table>")[0]
    assert (await anna.post(STAFF, LEV)).status_code == 303, "the address is as good as new"
    await relay.run()
    assert await Email.filter(recipient="ruchyov@example.ru").count() >= 1
