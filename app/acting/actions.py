"""Beginning and ending to act for a partner. While it lasts the session is the partner's: app.accounts.queries."""

from datetime import timedelta
from typing import Any

from app import clock
from app.accounts.models import Person
from app.accounts.queries import lock_person
from app.accounts.user import User
from app.acting.models import Acting
from app.cart.models import CartLine
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import Knock, record

LASTS = timedelta(hours=1)


async def begin(person: Person, *, by: User) -> None:
    """Begins to act for somebody in the session in use; what was begun in another one ends by that.

    The cart that was filled for the same person before is there again, one for somebody else is emptied.

    :raises RuleBroken: the person is blocked, or has not come in yet and so has agreed to nothing.
    """
    if person.blocked_at is not None:
        raise RuleBroken("%(name)s is blocked: nobody can act for them", name=person.name)
    if person.must_choose_password:
        raise RuleBroken("%(name)s was invited and has not come in yet: nobody can act for them", name=person.name)
    async with transaction():
        await lock_person(by.id)
        was = await Acting.get_or_none(manager_id=by.id)
        if was and was.person_id != person.id:
            await CartLine.filter(person_id=by.id).delete()
        now: dict[str, Any] = {"person_id": person.id, "session_id": by.session_id, "ends_at": clock.now() + LASTS}
        if was:
            await Acting.filter(manager_id=by.id).update(**now)
        else:
            await Acting.create(manager_id=by.id, **now)
        await record("acting.begun", by=by, company=person.company_id, person=person.name, person_id=person.id)


async def end(*, by: User) -> None:
    """Ends it for the manager behind the reader; a repeat changes nothing."""
    if by.deputy is None:
        return
    manager = Knock(by.deputy.id, None, by.ip, by.request_id)
    async with transaction():
        now = clock.now()
        lasting = Acting.filter(manager_id=by.deputy.id, session_id=by.session_id, ends_at__gt=now)
        if await lasting.update(ends_at=now):
            await record("acting.ended", by=manager, company=by.company_id, person=by.name, person_id=by.id)
