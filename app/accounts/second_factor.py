"""The second factor of staff: set up, used, renewed, turned off, taken away by an administrator."""

from dataclasses import dataclass
from datetime import timedelta

from app import clock
from app.accounts import codes
from app.accounts.models import Person, Session, SignInFailure
from app.accounts.queries import lock_person
from app.accounts.second_factor_models import RecoveryCode, SecondFactor
from app.accounts.user import User
from app.database import transaction
from app.errors import RuleBroken
from app.outbox import Actor, record
from app.settings import Settings

SET_UP = timedelta(minutes=15)  # between the password and the first code


class WrongCode(RuleBroken):
    """The code is none of now, or it was used already."""

    def __init__(self) -> None:
        super().__init__("This code does not fit, or it was used already. Take the next one that is shown")


class TooManyCodes(RuleBroken):
    """Somebody who knows the password tries codes."""

    def __init__(self, seconds: int) -> None:
        super().__init__("Too many wrong codes. Wait %(minutes)s min and try again", minutes=seconds // 60)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Beginning:
    """A set-up under way: what the authenticator is to be told. `size` and `path` draw the QR code."""

    secret: str
    size: int
    path: str


def required(settings: Settings) -> bool:
    """Whether all staff must have a second factor before they go on: the environment says so, or an administrator."""
    return settings.second_factor == "required" or settings.second_factor_required


def must_set_up(user: User, settings: Settings) -> bool:
    """Whether this reader has to set one up first."""
    return user.is_staff and not user.second_factor and required(settings)


async def has(person_id: int) -> bool:
    """Whether somebody signs in with a second factor."""
    return await SecondFactor.filter(person_id=person_id, confirmed_at__isnull=False).exists()


async def codes_left(person_id: int) -> int:
    """How many recovery codes are not used yet."""
    return await RecoveryCode.filter(person_id=person_id, used_at__isnull=True).count()


async def begin(*, by: User) -> None:
    """Begins to set it up, or begins anew; the password was asked for.

    :raises RuleBroken: it is on already.
    """
    async with transaction():
        await lock_person(by.id)
        if await has(by.id):
            raise RuleBroken("The second factor is on already: turn it off before you set up another one")
        await SecondFactor.filter(person_id=by.id).delete()
        await SecondFactor.create(
            person_id=by.id, salt=codes.new_salt(), begun_at=clock.now(), session_id=by.session_id
        )


async def begun(user: User, settings: Settings) -> Beginning | None:
    """The set-up that was begun in this session a while ago, or None."""
    found = await _begun(user)
    if found is None:
        return None
    secret = next(codes.secrets_of(settings, user.id, found.salt))
    size, path = codes.drawing(codes.address(secret, login=user.login, site=settings.site_name))
    return Beginning(codes.in_groups(secret), size, path)


async def turn_on(typed: str, *, by: User, settings: Settings) -> list[str]:
    """Turns it on with the first code, and ends the other sessions, which were opened without it.

    :return: the recovery codes, to be shown this once.
    :raises WrongCode: the code does not fit. TooManyCodes. RuleBroken: nothing was begun, or it is on already.
    """
    made = codes.new_recovery_codes()
    kept = [await codes.digest(by.id, one) for one in made]
    async with transaction():
        await lock_person(by.id)
        found = await _begun(by)
        if found is None:
            raise RuleBroken("The set-up was not begun here, or took too long: begin anew")
        wrong = await _too_many(by.id, settings)
        step = None if wrong else codes.step_of(settings, by.id, found.salt, codes.bare(typed))
        if step is not None:
            await SecondFactor.filter(person_id=by.id).update(confirmed_at=clock.now(), last_step=step)
            others = Session.filter(person_id=by.id, ended_at__isnull=True).exclude(id=by.session_id)
            await others.update(ended_at=clock.now())
            await _keep(by.id, kept)
            await record("person.second_factor_turned_on", by=by, person=by.name)
            return made
        await _count(by.id, wrong)
    raise wrong or WrongCode()


async def check(person: Person, typed: str, *, by: Actor, settings: Settings, known_device: bool = False) -> None:
    """Uses up a code of somebody's authenticator, or a recovery code of theirs. Of ten at once one goes on.

    A browser that has signed in before (`known_device`) has a count of its own, as at the sign-in.

    :raises WrongCode: it does not fit. TooManyCodes.
    """
    digest = await codes.digest(person.id, typed)  # before the lock: it takes a while
    async with transaction():
        await lock_person(person.id)
        wrong = await _too_many(person.id, settings, known_device)
        if wrong is None and (await _use(person.id, typed, settings) or await _use_recovery(person, digest, by)):
            return
        await _count(person.id, wrong, known_device)
    raise wrong or WrongCode()


async def renew(*, by: User) -> list[str]:
    """Other recovery codes instead of those that there are; password and code were asked for."""
    made = codes.new_recovery_codes()
    kept = [await codes.digest(by.id, one) for one in made]
    async with transaction():
        await lock_person(by.id)
        await _keep(by.id, kept)
        await record("person.recovery_codes_renewed", by=by, person=by.name)
    return made


async def turn_off(*, by: User, settings: Settings) -> None:
    """Turns it off; password and code were asked for. A repeat changes nothing.

    :raises RuleBroken: all staff must have it.
    """
    if required(settings):
        raise RuleBroken("All staff must have a second factor here: it cannot be turned off")
    async with transaction():
        await lock_person(by.id)
        if await _forget(by.id):
            await record("person.second_factor_turned_off", by=by, person=by.name)


async def reset(person: Person, *, by: Actor | None) -> None:
    """Takes away the second factor of a colleague who has lost it, and ends their sessions: a phone may be in
    strange hands. `by` None: whoever runs the site.

    :raises RuleBroken: it is one's own, or there is none.
    """
    if by is not None and by.id == person.id:
        raise RuleBroken("Your own second factor is turned off in your profile, with a code")
    async with transaction():
        await lock_person(person.id)
        if not await _forget(person.id):
            raise RuleBroken("%(name)s has no second factor", name=person.name)
        await Session.filter(person_id=person.id, ended_at__isnull=True).update(ended_at=clock.now())
        await record("person.second_factor_reset", by=by, person=person.name, person_id=person.id)


async def _begun(user: User) -> SecondFactor | None:
    since = clock.now() - SET_UP
    mine = SecondFactor.filter(person_id=user.id, session_id=user.session_id, confirmed_at__isnull=True)
    return await mine.filter(begun_at__gt=since).first()


async def _use(person_id: int, typed: str, settings: Settings) -> bool:
    found = await SecondFactor.filter(person_id=person_id, confirmed_at__isnull=False).first()
    step = codes.step_of(settings, person_id, found.salt, codes.bare(typed)) if found else None
    if step is None:
        return False
    return bool(await SecondFactor.filter(person_id=person_id, last_step__lt=step).update(last_step=step))


async def _use_recovery(person: Person, digest: str, by: Actor) -> bool:
    fresh = RecoveryCode.filter(person_id=person.id, digest=digest, used_at__isnull=True)
    if not await fresh.update(used_at=clock.now()):
        return False
    left = await codes_left(person.id)
    await record("person.recovery_code_used", by=by, person=person.name, left=left)
    return True


async def _keep(person_id: int, digests: list[str]) -> None:
    await RecoveryCode.filter(person_id=person_id).delete()
    await RecoveryCode.bulk_create([RecoveryCode(person_id=person_id, digest=one) for one in digests])


async def _forget(person_id: int) -> int:
    await RecoveryCode.filter(person_id=person_id).delete()
    had = await SecondFactor.filter(person_id=person_id, confirmed_at__isnull=False).delete()
    await SecondFactor.filter(person_id=person_id).delete()
    return int(had)


def _key(person_id: int, known_device: bool) -> str:
    return f"code-{'device' if known_device else 'account'}:{person_id}"


async def _too_many(person_id: int, settings: Settings, known_device: bool = False) -> TooManyCodes | None:
    since = clock.now() - timedelta(seconds=settings.signin_window)
    made = await SignInFailure.filter(key=_key(person_id, known_device), at__gt=since).count()
    return TooManyCodes(settings.signin_window) if made >= settings.signin_account_limit else None


async def _count(person_id: int, wrong: RuleBroken | None, known_device: bool = False) -> None:
    if wrong is None:
        await SignInFailure.create(key=_key(person_id, known_device), at=clock.now())
