"""What administrators do about staff: their data and role, absence, and the door that closes behind leavers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app import clock
from app.accounts.models import Person, Role, Session
from app.accounts.user import User
from app.administration.handing_over import hand_over
from app.administration.staff_queries import lock_staff, owned
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import record


class NoSubstitute(RuleBroken):
    """This person cannot stand for that one."""


class NobodyTakesOver(RuleBroken):
    """What somebody has in hand needs another pair of hands."""


async def change(person: Person, values: Mapping[str, Any], *, by: User) -> list[str]:
    """Changes a member's data and role, from their next click on. :return: the columns that are other than before.

    :raises RuleBroken: nobody would administer the site.
    """
    async with transaction():
        await lock_staff()
        now = await Person.get(id=person.id)
        changed = [name for name, value in values.items() if getattr(now, name) != value]
        if "role" in changed and now.role is Role.ADMINISTRATOR:
            await _must_leave_an_administrator(now)
        if changed:
            changes = [{"field": name, "was": getattr(now, name), "now": values[name]} for name in changed]
            await Person.filter(id=now.id).update(**{name: values[name] for name in changed})
            await record("staff.changed", by=by, person=now.name, person_id=now.id, changes=changes)
    return changed


async def set_absence(
    person: Person, first: date | None, last: date | None, substitute: Person | None, *, by: User
) -> None:
    """Keeps when somebody is away and who answers meanwhile; without days: that they are not.

    :raises NoSubstitute: oneself, somebody who is blocked or has yet to come in, or who is stood for by this person.
    """
    async with transaction():
        await lock_staff()
        now = await Person.get(id=person.id).select_related("substitute")
        if substitute:
            await _must_stand_for(substitute.id, now)
        was, is_now = _absence(now, now.substitute), _days(first, last, substitute)
        if was == is_now:
            return
        values = {"absent_from": first, "absent_until": last, "substitute_id": substitute.id if substitute else None}
        await Person.filter(id=now.id).update(**values)
        await record("staff.absence_set", by=by, person=now.name, person_id=now.id, was=was, now=is_now)


async def block(person: Person, to: Person | None, *, by: User) -> None:
    """Closes the door to a member of staff, and hands what they have to `to`, or leaves it to whoever takes it.

    :raises RuleBroken: oneself, the last administrator, or somebody who has yet to come in. NobodyTakesOver.
    """
    if person.id == by.id:
        raise RuleBroken("You cannot close the door to yourself: ask another administrator")
    async with transaction():
        await lock_staff()
        now = await Person.get(id=person.id)
        if now.must_choose_password:
            raise RuleBroken("%(person)s has not come in yet: withdraw the invitation", person=now.name)
        if now.blocked_at is not None:
            return
        if now.role is Role.ADMINISTRATOR:
            await _must_leave_an_administrator(now)
        await _hand_all_over(now, to, by)
        moment = clock.now()
        gone = {"blocked_at": moment, "absent_from": None, "absent_until": None, "substitute_id": None}
        await Person.filter(id=now.id).update(**gone)
        await Person.filter(substitute_id=now.id).update(substitute_id=None)
        await Session.filter(person_id=now.id, ended_at=None).update(ended_at=moment)


async def unblock(person: Person, *, by: User) -> None:
    """Opens the door again: the old password and role hold; what was handed over stays where it is."""
    async with transaction():
        await lock_staff()
        if (
            await Person.filter(id=person.id, must_choose_password=False)
            .exclude(blocked_at=None)
            .update(blocked_at=None)
        ):
            await record("staff.unblocked", by=by, person=person.name, person_id=person.id)


async def _hand_all_over(person: Person, to: Person | None, by: User) -> None:
    has = await owned(person.id)
    if to and not await Person.filter(id=to.id, blocked_at=None, must_choose_password=False).exists():
        raise NobodyTakesOver("%(person)s cannot come in: choose somebody else", person=to.name)
    if not to and has.begun:
        raise NobodyTakesOver(
            "Invoiced orders do not go back to the queue: choose who takes them over. There are %(count)s",
            count=has.begun,
        )
    await hand_over(person, to, by=by)
    has_been = {"partners": has.partners, "orders": has.orders, "tickets": has.tickets}
    to_whom = to.name if to else ""
    await record("staff.blocked", by=by, person=person.name, person_id=person.id, to=to_whom, **has_been)


async def _must_leave_an_administrator(person: Person) -> None:
    others = Person.filter(role=Role.ADMINISTRATOR, blocked_at=None, must_choose_password=False)
    if person.blocked_at is None and not await others.exclude(id=person.id).exists():
        raise RuleBroken("Somebody must administer the site: make another person an administrator first")


async def _must_stand_for(substitute_id: int, person: Person) -> None:
    """Follows who stands for whom from the substitute on: the way must not lead back."""
    if substitute_id == person.id:
        raise NoSubstitute("Nobody stands for themselves: choose a colleague")
    met: set[int] = set()
    number: int | None = substitute_id
    while number is not None and number not in met:
        met.add(number)
        one = await Person.get(id=number)
        if number == substitute_id and (one.blocked_at is not None or one.must_choose_password):
            raise NoSubstitute("%(person)s cannot come in: choose somebody else", person=one.name)
        number = one.substitute_id if _is_away_still(one) else None
        if number == person.id:
            raise NoSubstitute("%(person)s is stood for by this very person: choose somebody else", person=one.name)


def _is_away_still(person: Person) -> bool:
    """Whether the absence is not over anywhere: a day more than any zone needs."""
    return person.absent_until is not None and (clock.now().date() - person.absent_until).days <= 1


def _absence(person: Person, substitute: Person | None) -> dict[str, str]:
    return _days(person.absent_from, person.absent_until, substitute)


def _days(first: date | None, last: date | None, substitute: Person | None) -> dict[str, str]:
    if first is None or last is None:
        return {}
    return {"from": first.isoformat(), "until": last.isoformat(), "substitute": substitute.name if substitute else ""}
