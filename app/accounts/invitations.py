"""Invitations: a person is made at once, with a login and a one-time password that is derived and never kept.

Whoever is invited comes in once, within LASTS, and chooses an own password: app/accounts/welcome.py.
"""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tortoise.exceptions import IntegrityError

from app import clock, tokens
from app.accounts import logins, tax_numbers
from app.accounts.joining import Invitation
from app.accounts.models import STAFF, Assignment, Company, Person, Role, Session
from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import RuleBroken
from app.outbox import record
from app.settings import Settings

LASTS = timedelta(days=7)
_NO_SIGN = re.compile(r"[^a-z0-9._-]+")
_USE = Sql(
    "UPDATE invitation SET used_at = :now WHERE id = :invitation AND used_at IS NULL AND accepted_at IS NULL "
    "AND withdrawn_at IS NULL AND expires_at > :now"
)
_LOCK_COMPANY = Sql(
    "SELECT id FROM company WHERE id = :company",
    postgres="SELECT id FROM company WHERE id = :company FOR NO KEY UPDATE",
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Whom to invite. `phone` is E.164 or empty."""

    name: str
    email: str
    phone: str
    role: Role


class AddressTaken(RuleBroken):
    """The address is somebody's already."""


class CompanyKnown(RuleBroken):
    """There is a company with this ИНН already."""


async def lock_company(company_id: int) -> None:
    """Makes the current transaction the only one that changes who works for this company, and as what."""
    await _LOCK_COMPANY.value(company=company_id)


async def invite(newcomer: Newcomer, company_id: int, *, by: User) -> Person:
    """Invites somebody into a company: a person who has yet to come in, and a letter.

    An owner who invites an address of another company's person sees what they always see, and nobody learns who is
    registered: the row that they get opens to no password, and the person there gets a letter of another kind.

    :raises AddressTaken: it is a colleague's; to staff: it is anybody's.
    """
    try:
        return await _invite(newcomer, company_id, by)
    except IntegrityError:  # somebody else was quicker with this address or login
        return await _invite(newcomer, company_id, by)


async def invite_company(name: str, inn: str, newcomer: Newcomer, *, by: User) -> Person:
    """Adds a partner company, of which the inviting manager takes care, and invites the first person.

    :raises AddressTaken: as `invite`. CompanyKnown: somebody has this ИНН.
    """
    try:
        return await _invite_company(name, inn, newcomer, by)
    except IntegrityError:
        return await _invite_company(name, inn, newcomer, by)


async def resend(person: Person, *, by: User) -> None:
    """Sends another invitation; the former one, and who came in with it and went no further, are out.

    :raises RuleBroken: the person has come in already, or the invitation was withdrawn.
    """
    async with transaction():
        await _must_be_expected(person)
        await _end(person)
        await send("person.invited_again", person, by)


async def withdraw(person: Person, *, by: User) -> None:
    """Takes an invitation back. The address can be invited again, here or elsewhere.

    :raises RuleBroken: the person has come in already, or it was withdrawn before.
    """
    async with transaction():
        await _must_be_expected(person)
        await _end(person)
        await Person.filter(id=person.id).update(blocked_at=clock.now())
        await record("person.invitation_withdrawn", by=by, company=person.company_id, person=person.name)


def one_time_password(settings: Settings, invitation_id: int) -> str:
    """What the letter says: made when it is written."""
    return tokens.one_time_password(settings.secrets[0], invitation_id)


def fits(settings: Settings, invitation_id: int, password: str) -> bool:
    """Whether it is the invitation's one-time password, under any of the site's secrets; in constant time."""
    typed = password.strip().casefold().encode()
    kept = [tokens.one_time_password(secret, invitation_id).encode() for secret in settings.secrets]
    return any([hmac.compare_digest(typed, one) for one in kept])  # noqa: C419 - all are compared, whichever fits


async def opened(settings: Settings, person: Person | None, password: str) -> int:
    """The live invitation whose one-time password this is, or 0. The same work for whoever is asked about."""
    now = clock.now()
    live = Invitation.filter(person_id=person.id if person else 0, used_at=None, accepted_at=None, withdrawn_at=None)
    numbers: list[int] = await live.filter(expires_at__gt=now).values_list("id", flat=True)  # type: ignore[assignment]  # flat
    number = max(numbers, default=0)
    return number if fits(settings, number, password) and number else 0


async def use(invitation_id: int) -> bool:
    """Uses a one-time password up; of ten who do so at once one wins."""
    return bool(await _USE.run(invitation=invitation_id, now=clock.now()))


async def _invite(newcomer: Newcomer, company_id: int, by: User) -> Person:
    key = newcomer.email.casefold()
    async with transaction():
        await lock_company(company_id)
        known = await Person.get_or_none(email_key=key).select_related("company")
        of_somebody = known is not None and not is_free(known)
        if known and of_somebody and (by.is_staff or known.company_id == company_id):
            raise await _taken(known, by)
        here = await _invited_here(company_id, key)
        if here and not is_free(here):
            raise _colleague(here)
        reused = here if of_somebody else known or here
        # A row that is no address: nobody signs in by it, and it is nobody's twice.
        values = {"email_key": tokens.digest(tokens.new_secret()) if of_somebody else key}
        person = await keep_person(reused, newcomer, company_id, by, values)
        await send("person.invited", person, by)
    return person


async def _invite_company(name: str, inn: str, newcomer: Newcomer, by: User) -> Person:
    async with transaction():
        await tax_numbers.lock(inn)
        if inn and (there := await Company.filter(inn=inn).first()):
            if await _sees(there.id, by):
                raise CompanyKnown("This is %(company)s: choose it from the list of partners", company=there.name)
            raise CompanyKnown("A company with this tax number is a partner already, of another manager")
        company = await Company.create(name=name, inn=inn, search=f"{name} {inn}".casefold())
        if by.role is Role.MANAGER:
            await Assignment.create(company_id=company.id, manager_id=by.id)
        return await _invite(newcomer, company.id, by)


async def keep_person(
    reused: Person | None, newcomer: Newcomer, company_id: int | None, by: User, values: dict[str, Any]
) -> Person:
    """The row of somebody who is invited: a new one, or that of an address which is free again."""
    values |= {
        "company_id": company_id,
        "role": newcomer.role,
        "name": newcomer.name,
        "email": newcomer.email,
        "phone": newcomer.phone,
        "timezone": by.timezone,
        "must_choose_password": True,
        "blocked_at": None,
        "created_at": clock.now(),
    }
    if reused:
        await reused.update_from_dict(values).save(update_fields=list(values))
        return reused
    login = await _free_login(newcomer.email, hidden=not by.is_staff)
    return await Person.create(login=login, login_key=login, login_look=logins.login_look(login), **values)


async def _free_login(email: str, *, hidden: bool) -> str:
    """A login made of an address. To owners it always ends in a number: without one it would tell who is here."""
    base = _NO_SIGN.sub("", email.partition("@")[0].casefold()).strip("._-")[:50] or "login"
    login = base if not hidden and logins.MAY_BE.fullmatch(base) else ""
    while not login or not await logins.free(login):
        login = f"{base}-{secrets.randbelow(900) + 100}"
    return login


async def send(event: str, person: Person, by: User) -> None:
    """A new invitation, and the event that its letter comes of."""
    now = clock.now()
    invitation = await Invitation.create(person_id=person.id, by_id=by.id, sent_at=now, expires_at=now + LASTS)
    about = {"person": person.name, "person_id": person.id, "role": person.role, "invitation_id": invitation.id}
    happened = await record(event, by=by, company=person.company_id, **about)
    await Invitation.filter(id=invitation.id).update(event_id=happened.id)


async def _end(person: Person) -> None:
    now = clock.now()
    await Invitation.filter(person_id=person.id, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    await Session.filter(person_id=person.id, ended_at=None).update(ended_at=now)


async def _must_be_expected(person: Person) -> None:
    if person.company_id is not None:
        await lock_company(person.company_id)
    await person.refresh_from_db()
    if not person.must_choose_password:
        raise RuleBroken("%(person)s has come in already", person=person.name)
    if person.blocked_at is not None:
        raise RuleBroken("The invitation of %(person)s is withdrawn already", person=person.name)


def is_free(person: Person) -> bool:
    """Whether the invitation was withdrawn before the person came in: then the address is as good as new."""
    return person.must_choose_password and person.blocked_at is not None


async def _invited_here(company_id: int, key: str) -> Person | None:
    people = await Person.filter(company_id=company_id, must_choose_password=True)
    return next((one for one in people if one.email.casefold() == key), None)


async def _taken(person: Person, by: User) -> AddressTaken:
    if not by.is_staff:
        return _colleague(person)
    if person.role in STAFF or not await _sees(person.company_id or 0, by):
        return AddressTaken("This address is taken already")
    whose = {"person": person.name, "company": person.company.name if person.company else ""}
    return AddressTaken("This address is of %(person)s, %(company)s", **whose)


def _colleague(person: Person) -> AddressTaken:
    return AddressTaken("This address is of your colleague: %(person)s", person=person.name)


async def _sees(company_id: int, by: User) -> bool:
    """Whether a member of staff may know this partner: their own, nobody's, and an administrator any."""
    taken_care = await Assignment.get_or_none(company_id=company_id)
    return by.is_administrator or taken_care is None or taken_care.manager_id == by.id
