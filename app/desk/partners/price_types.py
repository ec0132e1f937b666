"""Which type of prices a partner company pays.

Administrators alone give it. A type lowers thousands of prices at once, each by another part of retail, and so it
cannot be held against a manager's limit of discounts, which is one percentage: what is past it could not be said.
"""

from collections.abc import Sequence

from app.accounts.invitations import lock_company
from app.accounts.models import Company
from app.accounts.user import User
from app.database import transaction
from app.i18n import gettext as _
from app.outbox import record
from app.prices.models import PriceType
from app.web.forms import Form


class PriceTypeOfCompanyForm(Form):
    """A type by its id; empty: retail."""

    names = frozenset({"price_type"})

    def check(self, types: Sequence[PriceType]) -> None:
        typed = self.typed["price_type"]
        self.chosen = next((one for one in types if str(one.id) == typed), None)
        if typed and self.chosen is None:
            self.errors["price_type"] = _("Choose the type of prices")


async def choices(company: Company) -> list[PriceType]:
    """The types that a company may get: those that are shown, and the one that it has."""
    types = await PriceType.filter(base=False).order_by("position", "name", "id")
    return [one for one in types if not one.hidden or one.id == company.price_type_id]


async def give(company_id: int, price_type: PriceType | None, *, by: User) -> None:
    """From now on the company pays this type, or (None) retail; sent presentations and orders keep their prices."""
    async with transaction():
        await lock_company(company_id)
        company = await Company.get(id=company_id).select_related("price_type")
        new = price_type.id if price_type else None
        if company.price_type_id == new:
            return
        was, now = company.price_type.name if company.price_type else "", price_type.name if price_type else ""
        await Company.filter(id=company_id).update(price_type_id=new)
        await record("company.price_type_set", by=by, company=company_id, was=was, now=now)
