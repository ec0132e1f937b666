"""A forgotten password: a link in a letter leads to a new one. Who is known is not to be learned from the answer."""

import asyncio
from dataclasses import dataclass

from app.accounts import actions, links, passwords, queries, throttle
from app.accounts.joining import OneTimeLink, Purpose
from app.accounts.models import Person
from app.database import transaction
from app.outbox import Knock, record
from app.settings import Settings

_NOBODY = 0  # no row has this id


@dataclass(frozen=True, slots=True)
class Found:
    """A live link, and whose password it changes."""

    link: OneTimeLink
    person: Person


async def ask(login: str, *, ip: str, request_id: str, settings: Settings) -> None:
    """Has a link sent to whoever signs in with this login or address; the links that they had before are dead.

    For nobody, and for a blocked person, it does the same work, and no letter is written. Raises TooOften.
    """
    person = await queries.person_by_login(login)
    known = person if person and person.blocked_at is None else None
    async with transaction():
        await throttle.count("password", ip=ip, whom=login, settings=settings)
        await links.revoke(Purpose.PASSWORD, person=known.id if known else _NOBODY)
        link = await links.new(Purpose.PASSWORD, person=known.id if known else None)
        by = Knock(known.id, known.company_id, ip, request_id) if known else Knock(None, None, ip, request_id)
        await record("person.password_forgotten", by=by, link_id=link.id)


async def find(token: str, *, settings: Settings) -> Found:
    """The link in a letter. Raises DeadLink, for one of a person who is blocked by now too."""
    link = await links.find(settings, Purpose.PASSWORD, token)
    person = await Person.get_or_none(id=link.person_id, blocked_at=None)
    if person is None:
        raise links.DeadLink("unknown")
    return Found(link, person)


async def set_password(found: Found, password: str, *, ip: str, request_id: str) -> None:
    """Uses the link up: a new password, and all sessions of the person are ended. Of ten at once one goes on.

    :raises DeadLink: somebody was quicker. RuleBroken: the password is too weak; the link still works.
    """
    person = found.person
    passwords.must_be_good(password, person.login)
    hashed = await asyncio.to_thread(passwords.hash_password, password)
    async with transaction():
        await links.use(found.link)
        await links.revoke(Purpose.PASSWORD, person=person.id)
        await actions.keep_password(person, hashed, by=Knock(person.id, person.company_id, ip, request_id))
