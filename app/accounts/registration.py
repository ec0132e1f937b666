"""Somebody registers alone: they ask, they confirm their address, and the owner of a company that is here lets them in.

Nobody learns who is registered: a known address is answered as an unknown one, with the same work; what differs is
the letter (jobs/readers.py).
"""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from tortoise.exceptions import IntegrityError

from app import clock
from app.accounts import links, logins, passwords, tax_numbers, throttle
from app.accounts.joining import Consent, ConsentKind, OneTimeLink, Purpose, Registration, RegistrationState
from app.accounts.models import PARTNERS, Assignment, Company, Person, Role
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import Actor, Knock, record
from app.policies import consent_version
from app.settings import Settings


class AddressTaken(RuleBroken):
    """Since the registration somebody came in with its e-mail address."""

    def __init__(self) -> None:
        super().__init__("This e-mail address is registered by now: sign in, or ask for a new password")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody writes who registers; the phone is E.164, `manager_id` None means any."""

    company_name: str
    inn: str
    name: str
    email: str
    phone: str
    login: str
    manager_id: int | None
    timezone: str
    language: str


async def ask(
    wanted: Wanted, password: str, *, promo: bool, key: str, ip: str, request_id: str, settings: Settings
) -> None:
    """Keeps a registration until its address is confirmed. `key` is the form's: sent twice, kept once.

    :raises RuleBroken: the password or the login will not do. TooOften.
    """
    logins.must_be_login(wanted.login)
    passwords.must_be_good(password, wanted.login)
    await logins.must_be_free(wanted.login)
    hashed = await asyncio.to_thread(passwords.hash_password, password)
    try:
        async with transaction():
            if await Registration.filter(key=key).exists():
                return
            await throttle.count("registration", ip=ip, whom=wanted.email, settings=settings)
            kept = await _keep(wanted, hashed, promo=promo, key=key, ip=ip)
            link = await links.new(Purpose.REGISTRATION, registration=kept.id)
            by = Knock(None, None, ip, request_id)
            await record("registration.asked", by=by, **_about(kept), link_id=link.id)
    except IntegrityError:
        return  # the same form, sent twice at once


async def _keep(wanted: Wanted, hashed: str, *, promo: bool, key: str, ip: str) -> Registration:
    return await Registration.create(
        **asdict(wanted),
        email_key=wanted.email.casefold(),
        password_hash=hashed,
        consent_version=consent_version(ConsentKind.PERSONAL_DATA),
        promo_version=consent_version(ConsentKind.PROMO) if promo else "",
        ip=ip,
        at=clock.now(),
        key=key,
    )


async def find(token: str, *, settings: Settings) -> tuple[OneTimeLink, Registration]:
    """The link in a letter and the registration that it confirms. Raises DeadLink."""
    link = await links.find(settings, Purpose.REGISTRATION, token)
    return link, await Registration.get(id=link.registration_id)


async def confirm(token: str, *, login: str, ip: str, request_id: str, settings: Settings) -> Registration:
    """Uses the link of a letter up. `login` replaces the one in the registration when that was taken meanwhile.

    With a new ИНН the state is ACCEPTED, and there is a company and a person who owns it. Otherwise it is WAITING for
    the company's owner. :raises DeadLink: also for nine of ten who come at once. LoginTaken, AddressTaken, RuleBroken:
    the link still works.
    """
    for last in (False, True):
        try:
            async with transaction():
                return await _confirm(token, login, ip, request_id, settings)
        except IntegrityError:  # somebody took the login or the address a moment ago: the second time it is seen
            if last:
                raise
    raise AssertionError


async def _confirm(token: str, login: str, ip: str, request_id: str, settings: Settings) -> Registration:
    link, registration = await find(token, settings=settings)
    await tax_numbers.lock(registration.inn)  # two who register one company at once make one
    await links.use(link)
    if login and login != registration.login:
        logins.must_be_login(login)
        registration.login = login
    await logins.must_be_free(registration.login)
    await _must_be_new(registration)
    registration.confirmed_at = clock.now()
    registration.company = await Company.filter(inn=registration.inn).order_by("id").first()
    if registration.company:
        registration.state = RegistrationState.WAITING
        await registration.save()
        by = Knock(None, registration.company.id, ip, request_id)
        await record("registration.put_forward", by=by, **_about(registration))
        return registration
    registration.company = await _new_company(registration)
    person = await _come_in(registration, Role.OWNER)
    by = Knock(person.id, registration.company.id, ip, request_id)
    await record("registration.confirmed", by=by, **_about(registration))
    return registration


async def accept(registration: Registration, *, by: Actor, role: Role = Role.BUYER) -> Person:
    """The newcomer becomes a colleague; they are told by e-mail. A login that was taken meanwhile gets a number.

    :raises RuleBroken: it is decided already, or the address is somebody's by now.
    """
    if role not in PARTNERS:
        raise RuleBroken("There is no such role")
    async with transaction():
        waiting = await _waiting(registration.id)
        await _must_be_new(waiting)
        waiting.login = await logins.variant(waiting.login)
        person = await _come_in(waiting, role, decided_by=by.id)
        about = {**_about(waiting), "person_id": person.id, "role": role.value}
        await record("registration.accepted", by=by, company=waiting.company_id, **about)
        return person


async def decline(registration: Registration, *, by: Actor) -> None:
    """The newcomer is not let in; they are told by e-mail. Raises RuleBroken: it is decided already."""
    async with transaction():
        waiting = await _waiting(registration.id)
        waiting.state = RegistrationState.DECLINED
        await _decided(waiting, by.id)
        await record("registration.declined", by=by, company=waiting.company_id, **_about(waiting))


async def _waiting(registration_id: int) -> Registration:
    """The registration, locked; raises RuleBroken when it does not wait for anybody."""
    found = await Registration.filter(id=registration_id).select_for_update().get()
    if found.state is not RegistrationState.WAITING:
        raise RuleBroken("This registration is decided already")
    return found


async def _must_be_new(registration: Registration) -> None:
    if await Person.filter(email_key=registration.email_key).exists():
        raise AddressTaken


async def _new_company(registration: Registration) -> Company:
    name, inn = registration.company_name, registration.inn
    company = await Company.create(name=name, inn=inn, search=f"{name} {inn}".casefold())
    chosen = await Person.get_or_none(id=registration.manager_id, role=Role.MANAGER, blocked_at=None)
    if chosen:
        await Assignment.create(company=company, manager=chosen)
    return company


async def _come_in(registration: Registration, role: Role, *, decided_by: int | None = None) -> Person:
    """The person of a registration, with the consents that they gave, as of when they gave them."""
    person = await Person.create(
        company_id=registration.company_id,
        role=role,
        name=registration.name,
        login=registration.login,
        login_key=registration.login.casefold(),
        login_look=logins.login_look(registration.login),
        email=registration.email,
        email_key=registration.email_key,
        phone=registration.phone,
        password_hash=registration.password_hash,
        timezone=registration.timezone,
        language=registration.language,
    )
    given = {ConsentKind.PERSONAL_DATA: registration.consent_version, ConsentKind.PROMO: registration.promo_version}
    for kind, version in given.items():
        if version:
            await Consent.create(
                person=person, kind=kind, version=version, given_at=registration.at, ip=registration.ip
            )
    registration.person_id, registration.state = person.id, RegistrationState.ACCEPTED
    await _decided(registration, decided_by)
    return person


async def _decided(registration: Registration, by: int | None) -> None:
    registration.decided_by_id, registration.decided_at = by, clock.now()
    registration.password_hash = ""  # of no use here any more
    await registration.save()


def _about(registration: Registration) -> dict[str, Any]:
    return {"registration": registration.id, "name": registration.name, "title": registration.company_name}
