"""GET and POST /forgotten-password: a link to whoever is known, and one answer to all."""

import asyncio

import pytest
from starlette.applications import Starlette

from app import clock
from app.accounts.joining import OneTimeLink
from app.accounts.models import Person, Session
from app.database import counting_queries
from app.history.models import BLOT, Email, Event
from jobs.relay import Relay
from tests.accounts.conftest import PASSWORD, Clock
from tests.accounts.forms import link_to
from tests.accounts.test_registration import without_tokens
from tests.factories import Cast
from tests.site import Browser

NEW = "другие слова подряд и пароль"


async def link(browser: Browser, relay: Relay, login: str = "alice") -> str:
    """Where the newest letter to Alice leads."""
    assert (await browser.post("/forgotten-password", {"login": login})).status_code == 303
    return await link_to(relay, "alice@example.ru", "password_forgotten")


async def test_the_sign_in_page_leads_there(guest: Browser, cast: Cast) -> None:
    page = (await guest.get("/sign-in")).text
    assert 'href="/forgotten-password"' in page and 'href="/registration"' in page
    assert "Забыли пароль?" in page and "Только необходимые cookie" in page
    assert (await guest.get("/forgotten-password")).status_code == 200


@pytest.mark.parametrize("htmx", [False, True], ids=["page", "htmx"])
@pytest.mark.parametrize("login", [" ALICE ", "alice@example.ru"])
async def test_a_new_password(
    guest: Browser, known: Cast, relay: Relay, alice: Browser, login: str, htmx: bool
) -> None:
    path = await link(guest, relay, login)
    for _ in range(2):
        page = await guest.get(path)
        assert page.status_code == 200 and 'value="alice"' in page.text, "to read it uses nothing up"
    answer = await (guest.hx_post if htmx else guest.post)(path, {"password": NEW})
    assert answer.headers["hx-redirect" if htmx else "location"] == "/sign-in"
    assert "Пароль изменён" in (await guest.get("/sign-in")).text
    assert (await alice.get("/orders")).headers["location"].startswith("/sign-in"), "all sessions are ended"
    assert not await Session.filter(person=known.alice, ended_at__isnull=True).exists()
    assert (await guest.post("/sign-in", {"login": "alice", "password": PASSWORD})).status_code == 422
    assert (await guest.post("/sign-in", {"login": "alice", "password": NEW})).status_code == 303
    await relay.run()
    told = await Email.get(template="password_changed")
    assert told.recipient == "alice@example.ru" and "+7 495 000-12-00" in told.text.replace("\xa0", " ")
    event = await Event.get(name="person.password_changed")
    assert (event.actor_id, event.company_id) == (known.alice.id, known.company.id)


@pytest.mark.parametrize("weak", ["", "short", "qwerty123", "my-alice-password", "x" * 129])
async def test_a_weak_password_is_refused_and_the_link_stays(
    guest: Browser, known: Cast, relay: Relay, weak: str
) -> None:
    path = await link(guest, relay)
    answer = await guest.post(path, {"password": weak})
    assert answer.status_code == 422 and 'id="password-e"' in answer.text
    assert not weak or weak not in answer.text.replace("my-alice", "")
    assert (await guest.post(path, {"password": NEW})).status_code == 303


async def test_a_link_works_once(guest: Browser, known: Cast, relay: Relay) -> None:
    path = await link(guest, relay)
    await guest.post(path, {"password": NEW})
    for answer in (await guest.get(path), await guest.post(path, {"password": "yet another four words"})):
        assert answer.status_code == 410 and "Эта ссылка уже сработала" in answer.text
        assert 'href="/forgotten-password"' in answer.text
    assert (await guest.post("/sign-in", {"login": "alice", "password": NEW})).status_code == 303


async def test_the_newest_link_alone_works(guest: Browser, known: Cast, relay: Relay) -> None:
    older = await link(guest, relay)
    newer = await link(guest, relay)
    assert older != newer
    assert (await guest.get(older)).status_code == 410
    assert (await guest.get(newer)).status_code == 200


async def test_after_two_hours_it_has_expired(guest: Browser, known: Cast, relay: Relay, later: Clock) -> None:
    path = await link(guest, relay)
    later.pass_(hours=1, minutes=59)
    assert (await guest.get(path)).status_code == 200
    later.pass_(minutes=2)
    for answer in (await guest.get(path), await guest.post(path, {"password": NEW})):
        assert answer.status_code == 410 and "Срок ссылки истёк" in answer.text


async def test_a_cut_off_link_or_one_of_a_person_who_has_left(guest: Browser, known: Cast, relay: Relay) -> None:
    path = await link(guest, relay)
    for odd in (path[:-1], path[:40], "/forgotten-password/x"):
        for answer in (await guest.get(odd), await guest.post(odd, {"password": NEW})):
            assert answer.status_code == 404 and "Эта ссылка никуда не ведёт" in answer.text
    await Person.filter(id=known.alice.id).update(blocked_at=clock.now())
    assert (await guest.get(path)).status_code == 404
    assert (await guest.post(path, {"password": NEW})).status_code == 404


async def test_of_ten_at_once_one_wins(site: Starlette, guest: Browser, known: Cast, relay: Relay) -> None:
    path = await link(guest, relay)
    browsers = [Browser(site) for _ in range(10)]
    answers = await asyncio.gather(
        *(one.post(path, {"password": f"{NEW} {number}"}) for number, one in enumerate(browsers))
    )
    assert sorted(one.status_code for one in answers) == [303] + [410] * 9
    assert await Event.filter(name="person.password_changed").count() == 1
    winner = next(number for number, one in enumerate(answers) if one.status_code == 303)
    assert (await guest.post("/sign-in", {"login": "alice", "password": f"{NEW} {winner}"})).status_code == 303
    for browser in browsers:
        await browser.aclose()


async def test_everybody_is_answered_alike_at_the_same_cost(guest: Browser, known: Cast, relay: Relay) -> None:
    """Known by login and by address, unknown, blocked."""
    await Person.filter(id=known.bob.id).update(blocked_at=clock.now())
    told = []
    for login in ("alice", "alice@example.ru", "nobody", "nobody@example.ru", "bob"):
        with counting_queries() as counted:
            answer = await guest.post("/forgotten-password", {"login": login})
        page = await guest.get(answer.headers["location"])
        told.append((answer.status_code, answer.headers["location"], without_tokens(page.text), counted.count))
    assert len(set(told)) == 1
    assert await OneTimeLink.all().count() == await Event.all().count() == 5
    await relay.run()
    assert {letter.recipient for letter in await Email.all()} == {"alice@example.ru"}


async def test_too_many_are_put_off(guest: Browser, known: Cast) -> None:
    for login in ("alice", "nobody"):
        for _ in range(5):
            assert (await guest.post("/forgotten-password", {"login": login})).status_code == 303
        answer = await guest.post("/forgotten-password", {"login": login.upper()})
        assert answer.status_code == 429 and answer.headers["retry-after"] == "900"
        assert f'value="{login.upper()}"' in answer.text


async def test_forms_filled_in_wrongly(guest: Browser, known: Cast) -> None:
    for form, status in (
        ({}, 422),
        ({"login": " "}, 422),
        ({"login": "a" * 255}, 422),
        ({"login": "a", "x": "1"}, 400),
    ):
        assert (await guest.post("/forgotten-password", form)).status_code == status
    assert await OneTimeLink.all().count() == 0


async def test_the_link_is_nowhere_but_in_the_letter(guest: Browser, known: Cast, relay: Relay) -> None:
    path = await link(guest, relay)
    token = path.rpartition("/")[2]
    letter = await Email.get(template="password_forgotten")
    assert letter.secret == token and BLOT not in letter.text, "it is blotted out when the letter leaves"
    event = await Event.get(name="person.password_forgotten")
    assert set(event.data) == {"link_id"}
    assert token not in repr(await OneTimeLink.all().values())


async def test_somebody_who_was_invited_stays_one_who_must_choose(guest: Browser, known: Cast, relay: Relay) -> None:
    await Person.filter(id=known.alice.id).update(must_choose_password=True, password_hash="")
    assert (await guest.post(await link(guest, relay), {"password": NEW})).status_code == 303
    assert (await guest.post("/sign-in", {"login": "alice", "password": NEW})).status_code == 303
    assert (await guest.get("/orders")).headers["location"].startswith("/welcome")
