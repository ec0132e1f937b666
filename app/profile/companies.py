"""The data of a partner company: its owner changes them, and the staff who take care of it."""

import hashlib
import json
from collections.abc import Mapping

from app.accounts import tax_numbers
from app.accounts.models import Company
from app.accounts.user import User
from app.database import transaction
from app.errors import RuleBroken, Stale
from app.outbox import record

COLUMNS = ("name", "city", "inn", "kpp", "ogrn", "legal_address", "actual_address", "bank", "bik", "bank_account")


def version(company: Company) -> str:
    """What stands now, in short: another one as soon as anything of it is changed."""
    columns = [getattr(company, name) for name in COLUMNS]
    return hashlib.sha256(json.dumps(columns).encode()).hexdigest()[:20]


async def change(company_id: int, values: Mapping[str, str], seen: str, *, by: User) -> list[str]:
    """Changes a company whose `seen` version was shown. What it is found by follows.

    :return: the columns that are other than before; of a form that is sent twice none.
    :raises Stale: somebody changed it meanwhile. RuleBroken: the ИНН is another company's, or not theirs to change.
    """
    async with transaction():
        company = await Company.filter(id=company_id).select_for_update().get()
        changed = {name: value for name, value in values.items() if getattr(company, name) != value}
        if not changed:
            return []
        if version(company) != seen:
            raise Stale
        if "inn" in changed:
            await _must_be_theirs(company, changed["inn"], by)
        search = f"{values['name']} {values['city']} {values['inn']}".casefold()[:300]
        await Company.filter(id=company.id).update(**changed, search=search)
        changes = [{"field": name, "was": getattr(company, name), "now": value} for name, value in changed.items()]
        await record("company.changed", by=by, company=company.id, changes=changes)
    return [*changed]


async def _must_be_theirs(company: Company, inn: str, by: User) -> None:
    """The site knows a company by its ИНН: no two have one, and only staff give another.

    A partner does not learn whose it is, nor a manager: it may be a colleague's partner.
    """
    if company.inn and not by.is_staff:
        raise RuleBroken("Your manager can change the tax number: ask them")
    await tax_numbers.lock(inn)
    if await Company.filter(inn=inn).exclude(id=company.id).exists():
        if by.is_staff:
            raise RuleBroken("Another partner company has this tax number already")
        raise RuleBroken("This tax number cannot be taken here: ask your manager")
