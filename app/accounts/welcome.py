"""The first steps of somebody who was invited: an own password and the consents. Before them no other door opens."""

import asyncio

from app import clock
from app.accounts import invitations, passwords
from app.accounts.joining import Consent, ConsentKind, Invitation
from app.accounts.models import Person, Session
from app.accounts.user import User
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import record
from app.policies import consent_version
from app.settings import Settings


async def come_in(password: str, *, promo: bool, by: User, settings: Settings) -> None:
    """Gives a newcomer their own password and keeps their consents (`promo`: to promotional letters too).

    Sent twice, it is done once. Other sessions that the one-time password may have opened are ended.

    :raises RuleBroken: the password is too weak, or was the one-time password of an invitation.
    """
    passwords.must_be_good(password, by.login)
    numbers = await Invitation.filter(person_id=by.id).values_list("id", flat=True)
    if any(invitations.fits(settings, int(str(number)), password) for number in numbers):
        raise RuleBroken("This is the password from the letter, it works only once: choose one of your own")
    kept = await asyncio.to_thread(passwords.hash_password, password)
    async with transaction():
        new = Person.filter(id=by.id, must_choose_password=True)
        if not await new.update(password_hash=kept, must_choose_password=False):
            return
        await _settle(by)
        for kind in (ConsentKind.PERSONAL_DATA, ConsentKind.PROMO) if promo else (ConsentKind.PERSONAL_DATA,):
            await Consent.create(
                person_id=by.id, kind=kind, version=consent_version(kind), given_at=clock.now(), ip=by.ip
            )
        await record("person.came_in", by=by, person=by.name)


async def _settle(by: User) -> None:
    now = clock.now()
    await Invitation.filter(person_id=by.id, accepted_at=None, withdrawn_at=None).update(accepted_at=now)
    await Session.filter(person_id=by.id, ended_at=None).exclude(id=by.session_id).update(ended_at=now)
