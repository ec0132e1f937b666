"""Signing in and out, with a throttle that does not lock the owner out."""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from app import clock, tokens
from app.accounts import invitations, logins, passwords, queries, second_factor
from app.accounts.models import Company, Person, Role, Session, SignInFailure
from app.accounts.user import User
from app.acting import actions as acting
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import Actor, Knock, record
from app.settings import Settings


class TooManyAttempts(RuleBroken):
    """The throttle is closed for now; `seconds` says how long at most."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many attempts to sign in. Wait %(minutes)s min and try again", minutes=seconds // 60)
        self.seconds = seconds


class CompanyBlocked(RuleBroken):
    """The company's access is closed: its people are told whom to ring."""

    def __init__(self) -> None:
        super().__init__("The access of your company is closed")


async def check_sign_in(
    login: str, password: str, *, ip: str, request_id: str, known_device: bool, settings: Settings
) -> Person | None:
    """The person whom login and password let in, or None; a failure is counted.

    Failures are counted by account and by address. A browser that has signed in to this account before
    (`known_device`) has a count of its own, so that a stranger's guesses never lock the owner out.
    Raises TooManyAttempts; CompanyBlocked to whoever has the right password of a person there.
    """
    person = await queries.person_by_login(login)
    # One count for a person's login and address; what names nobody is counted as it was typed.
    whom = str(person.id) if person else tokens.digest(login.strip().casefold())
    account, address = f"{'device' if known_device else 'account'}:{whom}", f"address:{ip}"
    since = clock.now() - timedelta(seconds=settings.signin_window)
    limits = ((account, settings.signin_account_limit), (address, settings.signin_address_limit))
    for key, limit in limits:
        if await SignInFailure.filter(key=key, at__gt=since).count() >= limit:
            await _tell_of_throttle(key, since, person, ip, request_id)
            raise TooManyAttempts(settings.signin_window)
    right = await passwords.matches(password, person.password_hash if person else "")
    invited = await invitations.opened(settings, person, password)
    if person and right and person.blocked_at is None and await _is_shut(person.company_id):
        raise CompanyBlocked
    if person and person.blocked_at is None and (right or (invited and await invitations.use(invited))):
        return person
    await _count_failure((account, address), person, ip, request_id)
    return None


async def _count_failure(keys: Iterable[str], person: Person | None, ip: str, request_id: str) -> None:
    async with transaction():
        for key in keys:
            await SignInFailure.create(key=key, at=clock.now())
        # Of nobody too: an answer that took less work would tell who is here.
        whose = Knock(person.id, person.company_id, ip, request_id) if person else Knock(None, None, ip, request_id)
        await record("person.sign_in_failed", by=whose)


async def _tell_of_throttle(key: str, since: datetime, person: Person | None, ip: str, request_id: str) -> None:
    """Records that the throttle closed: once while its window lasts, however often somebody knocks."""
    told = f"told:{key}"[:80]
    async with transaction():
        if await SignInFailure.filter(key=told, at__gt=since).exists():
            return
        await SignInFailure.create(key=told, at=clock.now())
        whose = Knock(person.id, person.company_id, ip, request_id) if person else Knock(None, None, ip, request_id)
        await record("person.sign_in_throttled", by=whose)


async def _is_shut(company_id: int | None) -> bool:
    return await Company.filter(id=company_id, blocked_at__isnull=False).exists()


async def check_code(
    person: Person, code: str, *, ip: str, request_id: str, known_device: bool, settings: Settings
) -> None:
    """The second step of a sign-in, after the password. Raises WrongCode, TooManyCodes (app.accounts.second_factor)."""
    by = Knock(person.id, person.company_id, ip, request_id)
    try:
        await second_factor.check(person, code, by=by, known_device=known_device, settings=settings)
    except second_factor.WrongCode:
        async with transaction():
            await record("person.sign_in_failed", by=by, step="code")
        raise


async def signed_in(person: Person, *, ip: str, request_id: str) -> None:
    """Records that a person signed in, and forgets old failures."""
    async with transaction():
        await SignInFailure.filter(at__lt=clock.now() - timedelta(days=1)).delete()
        await record("person.signed_in", by=Knock(person.id, person.company_id, ip, request_id))


async def sign_out(user: User) -> None:
    """Ends the session in use; a manager who acts for a partner stops that first."""
    by: Actor = Knock(user.deputy.id, None, user.ip, user.request_id) if user.deputy else user
    async with transaction():
        if user.deputy:
            await acting.end(by=user)
        await Session.filter(id=user.session_id).update(ended_at=clock.now())
        await record("person.signed_out", by=by)


async def set_password(person: Person, password: str, *, by: Actor | None) -> None:
    """Gives a person a new password and ends all their sessions. `by` None: whoever runs the site.

    :raises RuleBroken: the password is too weak.
    """
    passwords.must_be_good(password, person.login)
    hashed = await asyncio.to_thread(passwords.hash_password, password)
    async with transaction():
        await keep_password(person, hashed, by=by)


async def keep_password(person: Person, hashed: str, *, by: Actor | None, besides: int = 0) -> None:
    """Writes a new password down and ends all sessions of the person `besides` one, in the current transaction."""
    await Person.filter(id=person.id).update(password_hash=hashed)
    others = Session.filter(person_id=person.id, ended_at__isnull=True).exclude(id=besides)
    await others.update(ended_at=clock.now())
    company = person.company_id
    await record("person.password_changed", by=by, company=company, person=person.name, person_id=person.id)


async def add_administrator(login: str, name: str, email: str) -> Person:
    """Adds an administrator, who has no password yet.

    :raises RuleBroken: the login or the address belongs to somebody.
    """
    login_key, email_key = login.casefold(), email.casefold()
    if not await logins.free(login) or await Person.filter(email_key=email_key).exists():
        raise RuleBroken("This login or address belongs to somebody")
    return await Person.create(
        role=Role.ADMINISTRATOR,
        login=login,
        login_key=login_key,
        login_look=logins.login_look(login),
        name=name,
        email=email,
        email_key=email_key,
    )


async def change_language(user: User, language: str) -> None:
    """Keeps the language that a person reads and is written to in."""
    await Person.filter(id=user.id).update(language=language)
