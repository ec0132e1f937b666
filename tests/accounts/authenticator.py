"""The phone of somebody who signs in with a second factor."""

from datetime import timedelta

import pyotp

from app import clock
from app.accounts import codes
from app.accounts.models import Person
from app.accounts.second_factor_models import RecoveryCode, SecondFactor
from app.settings import Settings

RECOVERY = "4821-9057-1138"


async def with_second_factor(person: Person) -> None:
    """Turns it on, with one recovery code."""
    await SecondFactor.create(person=person, salt="salt", begun_at=clock.now(), session_id=0, confirmed_at=clock.now())
    await RecoveryCode.create(person=person, digest=await codes.digest(person.id, RECOVERY))


async def code(person: Person, settings: Settings, *, steps: int = 0) -> str:
    """What the phone shows now, or showed some steps ago."""
    salt = (await SecondFactor.get(person=person)).salt
    secret = next(codes.secrets_of(settings, person.id, salt))
    return pyotp.TOTP(secret).at(clock.now() + timedelta(seconds=steps * codes.STEP))
