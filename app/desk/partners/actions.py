"""What staff do about a partner: take, hand over, note, block. Discounts: discounts.py."""

from datetime import datetime

from tortoise.exceptions import IntegrityError

from app import clock
from app.accounts.invitations import lock_company
from app.accounts.models import Assignment, Company, Person, Role, Session
from app.accounts.user import User
from app.database import transaction
from app.desk.partners.models import Note
from app.errors import RuleBroken
from app.outbox import record


class AlreadyTaken(RuleBroken):
    """Another manager was quicker: `manager` is the name, `at` the moment."""

    def __init__(self, manager: str, at: datetime) -> None:
        super().__init__("The partner is taken already: %(manager)s", manager=manager)
        self.manager, self.at = manager, at


async def take(company: Company, *, by: User) -> None:
    """The manager takes care of a company that nobody has; pressed twice, it is theirs once.

    :raises AlreadyTaken: of those who press at once one wins. RuleBroken: the reader manages no partners.
    """
    if by.role is not Role.MANAGER:
        raise RuleBroken("Administrators assign a manager, they do not take partners")
    async with transaction():
        await lock_company(company.id)
        there = await Assignment.get_or_none(company_id=company.id).select_related("manager")
        if there and there.manager_id == by.id:
            return
        if there:
            raise AlreadyTaken(there.manager.name, there.assigned_at)
        await Assignment.create(company_id=company.id, manager_id=by.id)
        await record("company.taken", by=by, company=company.id, manager=by.name, manager_id=by.id)


async def transfer(company: Company, to: Person, word: str, *, by: User) -> None:
    """Hands a company to a manager: its own one does, or an administrator. `word` is for the partner.

    :raises RuleBroken: it is not the reader's any more, the colleague has left, or has it already.
    """
    async with transaction():
        await lock_company(company.id)
        there = await Assignment.get_or_none(company_id=company.id).select_related("manager")
        if not by.is_administrator and (there is None or there.manager_id != by.id):
            raise RuleBroken("The partner is not yours: take it first")
        manager = await Person.get_or_none(id=to.id, role=Role.MANAGER, blocked_at=None)
        if manager is None:
            raise RuleBroken("This colleague does not work here any more")
        if there and there.manager_id == manager.id:
            raise RuleBroken("The partner is with %(manager)s already", manager=manager.name)
        now = clock.now()
        if there:
            await Assignment.filter(company_id=company.id).update(manager_id=manager.id, assigned_at=now)
        else:
            await Assignment.create(company_id=company.id, manager_id=manager.id, assigned_at=now)
        about = {"was": there.manager.name if there else "", "manager": manager.name, "manager_id": manager.id}
        await record("company.transferred", by=by, company=company.id, **about, word=word)


async def note(company: Company, text: str, *, key: str, by: User) -> None:
    """Keeps a remark for staff; `key` is the form's: sent twice, kept once."""
    try:
        async with transaction():
            if await Note.filter(key=key).exists():
                return
            await Note.create(company_id=company.id, author_id=by.id, text=text, at=clock.now(), key=key)
            await record("company.noted", by=by, company=company.id, text=text[:200])
    except IntegrityError:
        return  # the same form, sent twice at once


async def block(company: Company, reason: str, *, by: User) -> None:
    """Closes the door to a company: its people's sessions end, and nobody writes to them. Everything stays."""
    async with transaction():
        await lock_company(company.id)
        now = clock.now()
        if not await Company.filter(id=company.id, blocked_at=None).update(blocked_at=now, block_reason=reason):
            return
        people = await Person.filter(company_id=company.id).values_list("id", flat=True)
        await Session.filter(person_id__in=people, ended_at=None).update(ended_at=now)
        await record("company.blocked", by=by, company=company.id, reason=reason)


async def unblock(company: Company, *, by: User) -> None:
    """Opens it again: logins and passwords hold."""
    async with transaction():
        await lock_company(company.id)
        if await Company.filter(id=company.id, blocked_at__isnull=False).update(blocked_at=None, block_reason=""):
            await record("company.unblocked", by=by, company=company.id, reason=company.block_reason)


async def block_person(person: Person, *, by: User) -> None:
    """Closes the door to one person of a partner, also to its last owner, and ends their sessions.

    :raises RuleBroken: they have yet to come in.
    """
    async with transaction():
        await lock_company(person.company_id or 0)
        await person.refresh_from_db()
        if person.must_choose_password:
            raise RuleBroken("%(person)s has not come in yet: withdraw the invitation", person=person.name)
        now = clock.now()
        if await Person.filter(id=person.id, blocked_at=None).update(blocked_at=now):
            await Session.filter(person_id=person.id, ended_at=None).update(ended_at=now)
            about = {"person": person.name, "person_id": person.id}
            await record("person.blocked", by=by, company=person.company_id, **about)


async def unblock_person(person: Person, *, by: User) -> None:
    """Opens it again: the old password and role hold."""
    async with transaction():
        await lock_company(person.company_id or 0)
        await person.refresh_from_db()
        # Whoever never came in, and whose invitation was withdrawn, is let in by another invitation only.
        open_again = Person.filter(id=person.id, blocked_at__isnull=False, must_choose_password=False)
        if await open_again.update(blocked_at=None):
            about = {"person": person.name, "person_id": person.id}
            await record("person.unblocked", by=by, company=person.company_id, **about)
