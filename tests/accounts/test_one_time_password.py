"""POST /sign-in with the password of an invitation: it lets one person in, once, for seven days."""

import asyncio
from dataclasses import replace

import pytest

from app import tokens
from app.accounts import actions
from app.accounts.invitations import Newcomer, fits, invite, one_time_password, resend, withdraw
from app.accounts.joining import Invitation
from app.accounts.models import Person, Role, Session
from app.history.models import BLOT, Email, Event
from app.settings import Settings
from jobs.mail import Post
from jobs.relay import Relay
from tests.accounts.conftest import Clock
from tests.accounts.test_sign_in import enter
from tests.factories import Cast
from tests.jobs.conftest import mail_server, post, posting, relay
from tests.site import Browser
from tests.smtp import MailServer
from tests.users import make_user

__all__ = ["mail_server", "post", "posting", "relay"]  # fixtures


@pytest.fixture
async def yana(cast: Cast) -> Person:
    newcomer = Newcomer("Яна Зимина", "zimina@example.ru", "", Role.BUYER)
    return await invite(newcomer, cast.company.id, by=await make_user(cast.maria))


@pytest.fixture
async def password(yana: Person, settings: Settings) -> str:
    return one_time_password(settings, (await Invitation.get(person_id=yana.id)).id)


@pytest.mark.parametrize("login", ["zimina", "zimina@example.ru"])
async def test_once(guest: Browser, yana: Person, password: str, login: str) -> None:
    assert yana.login == "zimina"
    answer = await enter(guest, login, password, next="/orders")
    assert (answer.status_code, answer.headers["location"]) == (303, "/orders")
    led = await guest.get("/orders")
    assert (led.status_code, led.headers["location"]) == (303, "/welcome?next=/orders")
    assert (await Invitation.get(person_id=yana.id)).used_at is not None
    await guest.post("/sign-out")
    again = await enter(guest, login, password)
    assert again.status_code == 422 and "не подошли" in again.text
    assert await Session.filter(person_id=yana.id).count() == 1


async def test_of_ten_at_once_one_comes_in(yana: Person, password: str, settings: Settings) -> None:
    ways = {"ip": "198.51.100.24", "request_id": "test", "known_device": False, "settings": settings}
    came = await asyncio.gather(*(actions.check_sign_in("zimina", password, **ways) for _ in range(10)))  # type: ignore[arg-type]
    assert [one.id for one in came if one] == [yana.id]


async def test_after_seven_days(guest: Browser, yana: Person, password: str, later: Clock) -> None:
    later.pass_(days=7, seconds=1)
    assert (await enter(guest, "zimina", password)).status_code == 422
    assert (await Invitation.get(person_id=yana.id)).used_at is None


async def test_a_moment_before(guest: Browser, yana: Person, password: str, later: Clock) -> None:
    later.pass_(days=7, seconds=-60)
    assert (await enter(guest, "zimina", password)).status_code == 303


async def test_a_withdrawn_or_replaced_one(
    guest: Browser, yana: Person, password: str, cast: Cast, settings: Settings
) -> None:
    maria = await make_user(cast.maria)
    await resend(yana, by=maria)
    assert (await enter(guest, "zimina", password)).status_code == 422
    latest = one_time_password(settings, (await Invitation.get(person_id=yana.id, withdrawn_at=None)).id)
    assert latest != password
    await withdraw(yana, by=maria)
    assert (await enter(guest, "zimina", latest)).status_code == 422


async def test_it_is_nobody_elses(guest: Browser, known: Cast, yana: Person, password: str) -> None:
    assert (await enter(guest, "alice", password)).status_code == 422
    assert (await enter(guest, "zimina", "")).status_code == 422
    assert (await Invitation.get(person_id=yana.id)).used_at is None


def test_every_secret_of_the_site_verifies(settings: Settings) -> None:
    rotated = replace(settings, secrets=("a newer secret that is long enough: 0123456789", *settings.secrets))
    kept = one_time_password(settings, 7)
    assert fits(rotated, 7, f" {kept.upper()} ") and one_time_password(rotated, 7) != kept
    assert not fits(rotated, 8, kept) and not fits(settings, 7, one_time_password(rotated, 7))
    assert tokens.one_time_password(settings.secrets[0], 7) == kept


async def test_the_letter_has_it_until_it_is_sent(
    guest: Browser,
    yana: Person,
    password: str,
    relay: Relay,
    post: Post,
    mail_server: MailServer,
) -> None:
    await relay.run()
    await post.send_due()
    letter = mail_server.letters[0]
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert letter["Subject"] == "Спектр-СБ - приглашение: ООО «Монтаж-Сервис»"
    assert password in text and "Логин: zimina" in text and "http://kabinet.test/sign-in?login=zimina" in text
    assert password in letter.get_body(("html",)).get_content()  # type: ignore[union-attr]
    kept = await Email.get(recipient="zimina@example.ru")
    assert password not in kept.text + kept.html + kept.secret and BLOT in kept.text
    assert password not in str([event.data for event in await Event.all()])
    assert 'value="zimina"' in (await guest.get("/sign-in?login=zimina")).text


async def test_a_withdrawn_invitation_is_not_mailed(cast: Cast, yana: Person, relay: Relay) -> None:
    await withdraw(yana, by=await make_user(cast.maria))
    await relay.run()
    assert not await Email.exists()
