"""Inviting staff: as app.accounts.invitations invites partners, into no company."""

from app.accounts.invitations import AddressTaken, Newcomer, is_free, keep_person, send
from app.accounts.models import Person
from app.accounts.user import User
from app.administration.staff_queries import lock_staff
from app.database import transaction


async def invite(newcomer: Newcomer, *, by: User) -> Person:
    """Invites a manager or an administrator: a person who has yet to come in, and a letter.

    :raises AddressTaken: the address is somebody's.
    """
    key = newcomer.email.casefold()
    async with transaction():
        await lock_staff()
        known = await Person.get_or_none(email_key=key)
        if known and not is_free(known):
            raise AddressTaken("This address is taken already")
        person = await keep_person(known, newcomer, None, by, {"email_key": key})
        await send("person.invited", person, by)
    return person
