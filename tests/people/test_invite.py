"""POST /people: an owner invites a colleague."""

import asyncio

import pytest

from app.accounts.invitations import Newcomer, invite, withdraw
from app.accounts.joining import Invitation
from app.accounts.models import Person, Role
from app.history.models import Email, Event
from jobs.relay import Relay
from tests.factories import Cast
from tests.site import Browser
from tests.users import make_user

YANA = {"name": "Яна Зимина", "email": "Zimina@example.ru", "role": "buyer"}


async def test_without_javascript(alice: Browser, cast: Cast) -> None:
    answer = await alice.post("/people", YANA)
    assert (answer.status_code, answer.headers["location"]) == (303, "/people")
    yana = await Person.get(email_key="zimina@example.ru")
    assert (yana.name, yana.role, yana.company_id) == ("Яна Зимина", Role.BUYER, cast.company.id)
    assert yana.must_choose_password and yana.password_hash == ""
    assert yana.login.startswith("zimina-"), "a login without a number would tell who is here already"
    invitation = await Invitation.get(person_id=yana.id)
    assert (invitation.expires_at - invitation.sent_at).days == 7
    event = await Event.get(name="person.invited")
    assert (event.id, event.company_id) == (invitation.event_id, cast.company.id)
    page = (await alice.get("/people")).text
    assert "Приглашение отправляется на Zimina@example.ru" in page
    assert "Яна Зимина" in page and "есть приглашение" in page


async def test_with_htmx(alice: Browser) -> None:
    answer = await alice.hx_post("/people", YANA)
    assert answer.status_code == 200
    assert answer.text.startswith('<section class="part" id="invite"')
    assert 'hx-target="#people"' in answer.text and "Яна Зимина" in answer.text
    assert 'value="Яна Зимина"' not in answer.text, "the form is empty again"


async def test_wrong_fields_are_told_and_kept(alice: Browser) -> None:
    answer = await alice.post("/people", {"name": "", "email": "zimina", "role": "manager"})
    assert answer.status_code == 422
    for words in ("Напишите имя", 'id="email-e"', "Выберите роль", 'value="zimina"'):
        assert words in answer.text
    assert not await Invitation.exists()


async def test_strangers_and_others_do_not_invite(bob: Browser, vera: Browser, maria: Browser, guest: Browser) -> None:
    for browser in (bob, vera, maria):
        assert (await browser.post("/people", YANA)).status_code == 403
    assert (await guest.post("/people", YANA)).headers["location"].startswith("/sign-in")
    assert not await Invitation.exists()


async def test_a_colleagues_address_is_told(alice: Browser, cast: Cast) -> None:
    answer = await alice.hx_post("/people", {**YANA, "email": cast.bob.email})
    assert answer.status_code == 422 and "Это адрес вашего сотрудника: Борис Соколов" in answer.text


async def test_an_address_known_elsewhere_is_answered_as_a_new_one(alice: Browser, cast: Cast, relay: Relay) -> None:
    """Whatever the owner sees or counts, now or the second time, is the same; the letter is another one."""
    told = []
    for email in ("zimina@example.ru", cast.charlie.email, cast.maria.email):
        first = await alice.post("/people", {**YANA, "email": email})
        again = await alice.hx_post("/people", {**YANA, "email": email})
        person = await Person.filter(company_id=cast.company.id).order_by("-id").first()
        assert person is not None
        row = (await alice.get("/people")).text.partition(f'id="person-{person.id}"')[2].partition("</tr>")[0]
        shown = row.replace(email, "…").replace(person.login, "…").replace(f"/people/{person.id}/", "…")
        told.append((first.status_code, again.status_code, shown.partition("csrf")[0]))
        assert "Это адрес вашего сотрудника: Яна Зимина" in again.text
    assert len(set(told)) == 1
    await relay.run()
    new, *others = [
        await Email.get(recipient=one) for one in ("zimina@example.ru", cast.charlie.email, cast.maria.email)
    ]
    assert new.template == "invitation" and all(one.template == "invitation_known" for one in others)
    assert {one.subject for one in others} == {new.subject}, "the history shows subjects"
    for one in others:
        assert one.secret == "" and "Одноразовый пароль" not in one.text and "один адрес" in one.text
    assert (await Person.get(id=cast.charlie.id)).company_id == cast.other_company.id


async def test_the_row_of_a_known_address_opens_to_nobody(guest: Browser, alice: Browser, known: Cast) -> None:
    await alice.post("/people", {**YANA, "email": known.charlie.email})
    row = await Person.get(company_id=known.company.id, must_choose_password=True)
    assert "@" not in row.email_key
    for login in (row.login, row.email_key):
        assert (await guest.post("/sign-in", {"login": login, "password": "guessed"})).status_code == 422


async def test_a_withdrawn_address_is_invited_again_here_or_elsewhere(cast: Cast) -> None:
    alice, charlie = await make_user(cast.alice), await make_user(cast.charlie)
    newcomer = Newcomer("Яна Зимина", "zimina@example.ru", "", Role.BUYER)
    first = await invite(newcomer, cast.company.id, by=alice)
    await withdraw(first, by=alice)
    second = await invite(newcomer, cast.company.id, by=alice)
    await withdraw(second, by=alice)
    third = await invite(newcomer, cast.other_company.id, by=charlie)
    assert first.id == second.id == third.id
    now = await Person.get(id=first.id)
    assert (now.company_id, now.blocked_at, now.email_key) == (cast.other_company.id, None, "zimina@example.ru")
    assert await Invitation.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("times", [5])
async def test_sent_many_times_at_once_it_is_one_person(cast: Cast, times: int) -> None:
    alice = await make_user(cast.alice)
    newcomer = Newcomer("Яна Зимина", "zimina@example.ru", "", Role.BUYER)
    answers = await asyncio.gather(
        *(invite(newcomer, cast.company.id, by=alice) for _ in range(times)), return_exceptions=True
    )
    assert sum(isinstance(one, Person) for one in answers) == 1, answers
    assert await Person.filter(email_key="zimina@example.ru").count() == 1
    assert await Invitation.all().count() == 1
