"""What lets a person in: login, password, e-mail address, and the devices that are signed in. (Actions.)"""

import asyncio
from datetime import timedelta

from tortoise.exceptions import IntegrityError

from app import clock
from app.accounts import actions as accounts
from app.accounts import links, logins, passwords
from app.accounts.joining import OneTimeLink, Purpose
from app.accounts.links import DeadLink
from app.accounts.models import Person, Session, SignInFailure
from app.accounts.user import User
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import record
from app.profile import agents, queries
from app.settings import Settings

ASKED_AT_MOST = 5  # new addresses in an hour: nobody's mailbox is flooded from here


class WrongPassword(RuleBroken):
    """The current password is another one."""

    def __init__(self) -> None:
        super().__init__("This is not your current password. Check the keyboard layout and try again")


class TooManyGuesses(RuleBroken):
    """Somebody at a signed-in browser tries passwords."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many wrong passwords. Wait %(minutes)s min and try again", minutes=seconds // 60)


class AddressTaken(RuleBroken):
    """The new address became somebody else's before it was confirmed."""

    def __init__(self) -> None:
        super().__init__("This address belongs to somebody else by now")


async def must_know_password(password: str, *, by: User, settings: Settings) -> None:
    """Raises WrongPassword, or TooManyGuesses as the sign-in's throttle has it: a count of the person's own."""
    key, since = f"current:{by.id}", clock.now() - timedelta(seconds=settings.signin_window)
    if await SignInFailure.filter(key=key, at__gt=since).count() >= settings.signin_account_limit:
        raise TooManyGuesses(settings.signin_window)
    person = await Person.get(id=by.id)
    if not await passwords.matches(password, person.password_hash):
        await SignInFailure.create(key=key, at=clock.now())
        raise WrongPassword


async def change_login(login: str, *, by: User, password: str) -> None:
    """Gives the reader another login; `password` is their current one, already checked.

    :raises RuleBroken: it cannot be a login, is in the password, is taken, or looks like somebody's.
    """
    logins.must_be_login(login)
    if login.casefold() in password.casefold():
        raise RuleBroken("Your password has this login in it: choose another one")
    if login == by.login:
        return
    await logins.must_be_free(login, besides=by.id)
    try:
        async with transaction():
            keys = {"login_key": login.casefold(), "login_look": logins.login_look(login)}
            await Person.filter(id=by.id).update(login=login, **keys)
            await Person.index(by.id)
            await record("person.login_changed", by=by, was=by.login, login=login)
    except IntegrityError:
        raise logins.LoginTaken from None


async def change_password(password: str, *, by: User) -> None:
    """Gives the reader another password and ends their other sessions.

    :raises RuleBroken: it is too weak.
    """
    passwords.must_be_good(password, by.login)
    hashed = await asyncio.to_thread(passwords.hash_password, password)
    async with transaction():
        await links.revoke(Purpose.EMAIL, person=by.id)  # if it was not they who asked for another address
        await accounts.keep_password(await Person.get(id=by.id), hashed, by=by, besides=by.session_id)


async def ask_for_email(address: str, *, by: User) -> None:
    """Begins the change to another address: a link goes there, and nothing changes until it is followed.

    An address that is somebody's is asked for in the same way: only the letters differ (jobs/readers.py).

    :raises RuleBroken: it is the reader's own, or they have asked too often.
    """
    if address.casefold() == by.email.casefold():
        raise RuleBroken("This is your address already")
    async with transaction():
        hour = clock.now() - timedelta(hours=1)
        asked = OneTimeLink.filter(purpose=Purpose.EMAIL, person_id=by.id, created_at__gt=hour)
        if await asked.count() >= ASKED_AT_MOST:
            raise RuleBroken("You have asked for this often enough: look into your mail, or try again in an hour")
        await links.revoke(Purpose.EMAIL, person=by.id)
        link = await links.new(Purpose.EMAIL, person=by.id, email=address)
        await record("person.email_change_asked", by=by, was=by.email, email=address)
        # Apart, for staff only: whether a letter went there would tell colleagues whether the address is known here.
        await record("person.email_link_made", by=by, link_id=link.id, email=address)


async def link_of(token: str, *, by: User, settings: Settings) -> OneTimeLink:
    """The reader's own live link with this token; another person's is unknown. Raises DeadLink."""
    link = await links.find(settings, Purpose.EMAIL, token)
    if link.person_id != by.id:
        raise DeadLink("unknown")
    return link


async def confirm_email(link: OneTimeLink, *, by: User) -> None:
    """Makes the link's address the reader's.

    :raises DeadLink: the link was used meanwhile.
    :raises AddressTaken: the address is another person's.
    """
    try:
        async with transaction():
            await links.use(link)
            await Person.filter(id=by.id).update(email=link.email, email_key=link.email.casefold())
            await Person.index(by.id)
            await record("person.email_changed", by=by, was=by.email, email=link.email)
    except IntegrityError:
        raise AddressTaken from None


async def end_session(session: Session, *, by: User) -> None:
    """Signs one of the reader's devices out, at once."""
    async with transaction():
        if await Session.filter(id=session.id, ended_at__isnull=True).update(ended_at=clock.now()):
            await record("person.session_ended", by=by, device=agents.in_words(session.user_agent))


async def end_others(*, by: User, settings: Settings) -> int:
    """Signs all of the reader's devices out but the one in use. :return: how many."""
    async with transaction():
        others = queries.open_sessions(by, settings).exclude(id=by.session_id)
        ended = int(await others.update(ended_at=clock.now()))
        if ended:
            await record("person.sessions_ended", by=by, count=ended)
    return ended
