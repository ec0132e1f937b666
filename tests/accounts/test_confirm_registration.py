"""GET and POST /registration/confirmation/…: what the link of a letter does, once."""

import asyncio

import pytest
from starlette.applications import Starlette

from app import clock
from app.accounts import registration as actions
from app.accounts.joining import Consent, Registration, RegistrationState
from app.accounts.models import Assignment, Company, Person, Role, Session
from app.errors import RuleBroken
from app.history.models import Email, Event
from jobs.relay import Relay
from tests.accounts.conftest import Clock
from tests.accounts.forms import INN, PASSWORD, confirmation, register
from tests.factories import Cast
from tests.site import Browser
from tests.users import make_user

MINE = "9990002425"  # of Alice's company in these tests


@pytest.fixture
async def here(cast: Cast) -> Cast:
    """The cast, with Alice's company known by its tax number."""
    await Company.filter(id=cast.company.id).update(inn=MINE)
    return cast


async def test_to_read_the_page_uses_nothing_up(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    path = await confirmation(relay)
    for _ in range(3):
        page = await guest.get(path)
        assert page.status_code == 200 and "ООО «Ельник»" in page.text and "Подтвердить" in page.text
    assert not await Person.filter(login="lesnoy").exists()


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
async def test_a_new_company_and_its_owner(guest: Browser, cast: Cast, relay: Relay, htmx: bool) -> None:
    await register(guest, manager=str(cast.maria.id), promo="1", login="Lesnoy")
    answer = await (guest.hx_post if htmx else guest.post)(await confirmation(relay))
    assert answer.headers["hx-redirect" if htmx else "location"] == "/catalogue"
    page = (await guest.get("/catalogue")).text
    assert "Добро пожаловать, Иван Лесной!" in page and "Мария Орлова" in page, "signed in, with the manager at hand"
    company = await Company.get(inn=INN)
    person = await Person.get(company=company)
    assert (person.role, person.login, person.login_key, person.login_look) == (
        Role.OWNER,
        "Lesnoy",
        "lesnoy",
        "lesnoy",
    )
    assert (company.name, company.search) == ("ООО «Ельник»", f"ооо «ельник» {INN}")
    assert (await Assignment.get(company=company)).manager_id == cast.maria.id
    kept = await Registration.get()
    assert (kept.state, kept.person_id, kept.password_hash) == (RegistrationState.ACCEPTED, person.id, "")
    consents = await Consent.filter(person=person).order_by("id")
    assert [(one.kind.value, one.version, one.given_at, one.ip) for one in consents] == [
        ("personal_data", "1", kept.at, "198.51.100.24"),
        ("promo", "1", kept.at, "198.51.100.24"),
    ]
    await relay.run()
    told = await Email.get(template="registration_arrived")
    assert told.recipient == "maria@example.ru" and INN in told.text and "lesnoy@example.ru" in told.text


async def test_they_sign_in_with_what_they_chose(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    await guest.post(await confirmation(relay))
    await guest.post("/sign-out")
    answer = await guest.post("/sign-in", {"login": "lesnoy", "password": PASSWORD})
    assert answer.headers["location"] == "/presentations"


async def test_with_any_manager_all_are_told(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    await guest.post(await confirmation(relay))
    await relay.run()
    told = {letter.recipient for letter in await Email.filter(template="registration_arrived")}
    assert told == {"maria@example.ru", "oleg@example.ru"}
    assert not await Assignment.filter(company__inn=INN).exists()


async def test_a_manager_who_has_left_meanwhile_is_not_assigned(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest, manager=str(cast.maria.id))
    await Person.filter(id=cast.maria.id).update(blocked_at=clock.now())
    assert (await guest.post(await confirmation(relay))).headers["location"] == "/catalogue"
    assert not await Assignment.filter(company__inn=INN).exists()


async def test_the_second_time_it_says_that_it_is_confirmed(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    path = await confirmation(relay)
    await guest.post(path)
    for answer in (await guest.get(path), await guest.post(path)):
        assert answer.status_code == 410 and "Эта ссылка уже сработала" in answer.text
        assert "Адрес уже подтверждён" in answer.text and 'href="/sign-in"' in answer.text
    assert await Person.filter(login="lesnoy").count() == 1


async def test_after_three_days_it_has_expired(guest: Browser, cast: Cast, relay: Relay, later: Clock) -> None:
    await register(guest)
    path = await confirmation(relay)
    later.pass_(days=2, hours=23)
    assert (await guest.get(path)).status_code == 200
    later.pass_(hours=2)
    for answer in (await guest.get(path), await guest.post(path)):
        assert answer.status_code == 410 and "Срок ссылки истёк" in answer.text
        assert 'href="/registration"' in answer.text
    assert not await Person.filter(login="lesnoy").exists()


async def test_a_cut_off_or_foreign_link(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    path = await confirmation(relay)
    await guest.post("/forgotten-password", {"login": "alice"})
    await relay.run()
    foreign = (await Email.get(template="password_forgotten")).text.partition("/forgotten-password/")[2].split()[0]
    for odd in (path[:-1], path + "x", "/registration/confirmation/x", f"/registration/confirmation/{foreign}"):
        for answer in (await guest.get(odd), await guest.post(odd)):
            assert answer.status_code == 404 and "Эта ссылка никуда не ведёт" in answer.text, odd
    assert (await guest.post(path, {"login": "a", "role": "owner"})).status_code == 400
    assert not await Person.filter(login="lesnoy").exists()


async def test_of_ten_at_once_one_wins(site: Starlette, guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    path = await confirmation(relay)
    browsers = [Browser(site) for _ in range(10)]
    answers = await asyncio.gather(*(one.post(path) for one in browsers))
    assert sorted(one.status_code for one in answers) == [303] + [410] * 9
    assert await Company.filter(inn=INN).count() == await Person.filter(login="lesnoy").count() == 1
    assert await Session.all().count() == 1
    for browser in browsers:
        await browser.aclose()


async def test_two_with_one_new_tax_number_make_one_company(
    site: Starlette, guest: Browser, cast: Cast, relay: Relay
) -> None:
    await register(guest)
    await register(guest, login="bereza", email="bereza@example.ru")
    paths = [await confirmation(relay), await confirmation(relay, "bereza@example.ru")]
    browsers = [Browser(site) for _ in paths]
    answers = await asyncio.gather(*(one.post(path) for one, path in zip(browsers, paths, strict=True)))
    assert {one.headers["location"] for one in answers} == {"/catalogue", "/registration/waiting"}
    company = await Company.get(inn=INN)
    assert await Person.filter(company=company).count() == 1
    waiting = await Registration.get(state=RegistrationState.WAITING)
    assert waiting.company_id == company.id
    for browser in browsers:
        await browser.aclose()


async def test_the_login_was_taken_meanwhile(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    path = await confirmation(relay)
    await Person.filter(id=cast.bob.id).update(login="1esnoy", login_key="1esnoy", login_look="lesnoy")
    answer = await guest.post(path)
    assert answer.status_code == 422 and "занят или слишком похож" in answer.text
    assert 'name="login"' in answer.text and 'value="lesnoy"' in answer.text
    assert (await guest.post(path, {"login": "alice"})).status_code == 422
    assert (await guest.post(path, {"login": "не тот"})).status_code == 422
    assert (await guest.post(path, {"login": "ivan.lesnoy"})).headers["location"] == "/catalogue"
    assert (await Person.get(email="lesnoy@example.ru")).login == "ivan.lesnoy"


async def test_the_address_was_taken_meanwhile(guest: Browser, cast: Cast, relay: Relay) -> None:
    await register(guest)
    path = await confirmation(relay)
    await Person.filter(id=cast.bob.id).update(email="lesnoy@example.ru", email_key="lesnoy@example.ru")
    answer = await guest.post(path)
    assert answer.status_code == 409 and "Этот адрес уже зарегистрирован" in answer.text
    assert 'href="/sign-in"' in answer.text and 'href="/forgotten-password"' in answer.text
    assert not await Company.filter(inn=INN).exists()


async def test_two_take_one_login_at_once(site: Starlette, guest: Browser, cast: Cast, relay: Relay) -> None:
    """With tax numbers of their own: nothing but the unique index parts them."""
    await register(guest)
    await register(guest, email="bereza@example.ru", inn="999000575712")
    paths = [await confirmation(relay), await confirmation(relay, "bereza@example.ru")]
    browsers = [Browser(site) for _ in paths]
    answers = await asyncio.gather(*(one.post(path) for one, path in zip(browsers, paths, strict=True)))
    assert sorted(one.status_code for one in answers) == [303, 422]
    assert await Person.filter(login="lesnoy").count() == 1
    for browser in browsers:
        await browser.aclose()


async def test_a_company_that_is_here_is_asked(guest: Browser, here: Cast, relay: Relay) -> None:
    await register(guest, inn=MINE, manager=str(here.oleg.id))
    answer = await guest.post(await confirmation(relay))
    assert answer.headers["location"] == "/registration/waiting"
    page = await guest.get("/registration/waiting")
    assert "Адрес подтверждён, спрашиваем компанию" in page.text and "Монтаж-Сервис" not in page.text
    assert not await Person.filter(login="lesnoy").exists() and not await Session.all().exists()
    assert (await Assignment.get(company=here.company)).manager_id == here.maria.id, "their manager stays"
    await relay.run()
    letter = await Email.get(template="registration_put_forward")
    assert letter.recipient == "alice@example.ru" and "http://kabinet.test/people\n" in letter.text
    assert "Иван Лесной" in letter.text and "lesnoy@example.ru" in letter.text


async def test_without_an_owner_the_manager_is_asked(guest: Browser, here: Cast, relay: Relay) -> None:
    await Person.filter(id=here.alice.id).update(blocked_at=clock.now())
    await register(guest, inn=MINE)
    await guest.post(await confirmation(relay))
    await relay.run()
    assert (await Email.get(template="registration_put_forward")).recipient == "maria@example.ru"


async def put_forward(guest: Browser, relay: Relay) -> Registration:
    """Somebody who waits for Alice."""
    await register(guest, inn=MINE)
    await guest.post(await confirmation(relay))
    return await Registration.get()


async def test_accepted(guest: Browser, here: Cast, relay: Relay) -> None:
    waiting = await put_forward(guest, relay)
    await Person.filter(id=here.bob.id).update(login_look="lesnoy")
    person = await actions.accept(waiting, by=await make_user(here.alice))
    assert (person.company_id, person.role, person.login) == (here.company.id, Role.BUYER, "lesnoy2")
    assert await Consent.filter(person=person).count() == 1
    kept = await Registration.get()
    assert (kept.state, kept.decided_by_id, kept.password_hash) == (RegistrationState.ACCEPTED, here.alice.id, "")
    await relay.run()
    letter = await Email.get(template="registration_accepted")
    assert letter.recipient == "lesnoy@example.ru" and "lesnoy2" in letter.text
    answer = await guest.post("/sign-in", {"login": "lesnoy2", "password": PASSWORD})
    assert answer.headers["location"] == "/presentations"
    event = await Event.get(name="registration.accepted")
    assert (event.actor_id, event.company_id) == (here.alice.id, here.company.id)


async def test_declined(guest: Browser, here: Cast, relay: Relay) -> None:
    waiting = await put_forward(guest, relay)
    await actions.decline(waiting, by=await make_user(here.alice))
    await relay.run()
    letter = await Email.get(template="registration_declined")
    assert letter.recipient == "lesnoy@example.ru" and "Монтаж-Сервис" not in letter.text
    kept = await Registration.get()
    assert (kept.state, kept.password_hash) == (RegistrationState.DECLINED, "")
    assert not await Person.filter(login="lesnoy").exists()


async def test_decided_once(guest: Browser, here: Cast, relay: Relay) -> None:
    waiting, alice = await put_forward(guest, relay), await make_user(here.alice)
    done = await asyncio.gather(
        *(actions.accept(waiting, by=alice) for _ in range(4)),
        actions.decline(waiting, by=alice),
        return_exceptions=True,
    )
    assert len([one for one in done if isinstance(one, RuleBroken)]) == 4
    assert await Event.filter(name__in=["registration.accepted", "registration.declined"]).count() == 1
    with pytest.raises(RuleBroken):
        await actions.accept(waiting, by=alice, role=Role.ADMINISTRATOR)


async def test_an_address_that_came_in_otherwise_is_not_accepted(guest: Browser, here: Cast, relay: Relay) -> None:
    waiting = await put_forward(guest, relay)
    await Person.filter(id=here.bob.id).update(email_key="lesnoy@example.ru")
    with pytest.raises(actions.AddressTaken):
        await actions.accept(waiting, by=await make_user(here.alice))
    assert (await Registration.get()).state is RegistrationState.WAITING
