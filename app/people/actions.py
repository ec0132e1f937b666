"""What an owner does about colleagues: role, block, unblock. Invitations: app/accounts/invitations.py."""

from tortoise.queryset import QuerySet

from app import clock
from app.accounts.invitations import lock_company
from app.accounts.models import Person, Role, Session
from app.accounts.user import User
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import record


async def change_role(person: Person, role: Role, *, by: User) -> None:
    """Makes a colleague (or oneself) owner, buyer or viewer; it holds from their next click on.

    :raises RuleBroken: nobody would own the company, or the one who acts does not any more.
    """
    async with transaction():
        found = await _locked(person, by)
        if found.role is role:
            return
        if found.role is Role.OWNER:
            await _must_leave_an_owner(found)
        await Person.filter(id=found.id).update(role=role)
        await record(
            "person.role_changed",
            by=by,
            person=found.name,
            person_id=found.id,
            was=found.role.value,
            role=role.value,
        )


async def block(person: Person, *, by: User) -> None:
    """Closes the door to a colleague and ends their sessions at once. What they made stays, with their name.

    :raises RuleBroken: nobody would own the company, they have yet to come in, or the one who acts owns it no more.
    """
    async with transaction():
        found = await _locked(person, by)
        if found.must_choose_password:
            raise RuleBroken("%(person)s has not come in yet: withdraw the invitation", person=found.name)
        if found.blocked_at is not None:
            return
        if found.role is Role.OWNER:
            await _must_leave_an_owner(found)
        now = clock.now()
        await Person.filter(id=found.id).update(blocked_at=now)
        await Session.filter(person_id=found.id, ended_at=None).update(ended_at=now)
        await record("person.blocked", by=by, person=found.name, person_id=found.id)


async def unblock(person: Person, *, by: User) -> None:
    """Opens the door again: the old password and role hold.

    :raises RuleBroken: the one who acts does not own the company any more.
    """
    async with transaction():
        found = await _locked(person, by)
        if found.blocked_at is None:
            return
        await Person.filter(id=found.id).update(blocked_at=None)
        await record("person.unblocked", by=by, person=found.name, person_id=found.id)


async def _locked(person: Person, by: User) -> Person:
    """The person as they are now, with the company locked: two owners who demote each other come one after another."""
    await lock_company(by.company)
    if not await _owners(by.company).filter(id=by.id).exists():
        raise RuleBroken("You do not own the company any more")
    return await Person.get(id=person.id, company_id=by.company)


async def _must_leave_an_owner(person: Person) -> None:
    if person.blocked_at is None and not await _owners(person.company_id or 0).exclude(id=person.id).exists():
        raise RuleBroken("Somebody must own the company: make another person an owner first")


def _owners(company_id: int) -> QuerySet[Person]:
    return Person.filter(company_id=company_id, role=Role.OWNER, blocked_at=None, must_choose_password=False)
