"""What people change about themselves, and owners about their company."""

from collections.abc import Mapping
from typing import Any

from app import clock
from app.accounts.joining import Consent, ConsentKind, Withdrawal
from app.accounts.models import Company, Person
from app.accounts.user import User
from app.database import transaction
from app.errors import RuleBroken
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


async def change_company(values: Mapping[str, str], *, by: User) -> list[str]:
    """Changes the company of an owner. What it is found by follows. :return: the columns that are other than before.

    :raises RuleBroken: the ИНН was set meanwhile, or is that of another company here.
    """
    async with transaction():
        company = await Company.filter(id=by.company).select_for_update().get()
        changed = {name: value for name, value in values.items() if getattr(company, name) != value}
        if "inn" in changed:
            await _must_be_ours(company, changed["inn"])
        if changed:
            was = {name: getattr(company, name) for name in changed}
            search = f"{values['name']} {values['city']} {values['inn']}".casefold()[:300]
            await Company.filter(id=company.id).update(**changed, search=search)
            changes = [{"field": name, "was": was[name], "now": value} for name, value in changed.items()]
            await record("company.changed", by=by, changes=changes)
    return [*changed]


async def _must_be_ours(company: Company, inn: str) -> None:
    """The site knows a company by its ИНН: it is given once, and no two have one."""
    if company.inn:
        raise RuleBroken("Your manager can change the tax number: ask them")
    if await Company.filter(inn=inn).exists():
        raise RuleBroken("This tax number cannot be taken here: ask your manager")


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
