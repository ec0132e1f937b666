"""What people change about themselves. Their company: companies.py."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts.joining import Consent, ConsentKind, Withdrawal
from app.accounts.models import Person
from app.accounts.user import User
from app.database import transaction
from app.outbox import record
from app.policies import consent_version

PREFERENCES = ("presentations", "comments", "statuses")


async def change_person(values: Mapping[str, Any], *, by: User) -> list[str]:
    """Changes the reader's own data. :return: the columns that are other than before."""
    async with transaction():
        person = await Person.filter(id=by.id).select_for_update().get()
        changed = [name for name, value in values.items() if getattr(person, name) != value]
        if changed:
            await Person.filter(id=by.id).update(**{name: values[name] for name in changed})
            await Person.index(by.id)
            await record("person.changed", by=by, fields=changed)
    return changed


async def choose_letters(wanted: Mapping[str, bool], *, by: User) -> None:
    """Keeps which letters somebody wants: PREFERENCES, and promo, which is a consent with its version and IP."""
    async with transaction():
        person = await Person.filter(id=by.id).select_for_update().get()
        had = {name: getattr(person, f"wants_{name}") for name in PREFERENCES}
        had["promo"] = await _promo(by).exists()
        changed = {name: wanted[name] for name in had if had[name] != wanted[name]}
        if not changed:
            return
        await Person.filter(id=by.id).update(**{f"wants_{name}": wanted[name] for name in PREFERENCES})
        if "promo" in changed:
            await _consent(changed["promo"], by)
        on = [name for name in changed if changed[name]]
        await record("person.preferences_changed", by=by, on=on, off=[name for name in changed if not changed[name]])


async def _consent(given: bool, by: User) -> None:
    if given:
        version = consent_version(ConsentKind.PROMO)
        await Consent.create(person_id=by.id, kind=ConsentKind.PROMO, version=version, given_at=clock.now(), ip=by.ip)
    else:
        await _promo(by).update(withdrawn_at=clock.now(), withdrawn_by=Withdrawal.PROFILE)


def _promo(by: User) -> Any:
    return Consent.filter(person_id=by.id, kind=ConsentKind.PROMO, withdrawn_at__isnull=True)
