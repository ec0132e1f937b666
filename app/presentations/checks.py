"""What must hold before an offer is sent: one list for the page of a draft and for sending itself.

A manager's limit of discounts is about what they grant: the partner's own discount was granted already.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app import clock
from app.accounts.models import BUYERS, Person, Role
from app.accounts.user import User
from app.catalogue.prices import Discounts, discounts_of_company
from app.errors import NotFound, RuleBroken
from app.i18n import N_
from app.presentations.models import Approval, Doubt, Line, Version
from app.quantities import WrongQuantity, must_fit
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an offer cannot be sent: a rule that a reply can print, and the lines that it is about."""

    code: str
    rule: RuleBroken
    lines: tuple[Line, ...] = ()


def digest(lines: Iterable[Line]) -> str:
    """What an approval holds for: the products with their prices and quantities, in any order."""
    terms = sorted([line.product_id, line.retail, line.price, line.discount, line.quantity] for line in lines)
    return hashlib.sha256(json.dumps(terms).encode()).hexdigest()


async def problems(version_id: int, *, by: User, settings: Settings) -> list[Problem]:
    """What stands between a saved draft and its being sent by somebody; the gravest first, nothing when it may be."""
    version = await Version.get_or_none(id=version_id).select_related("presentation__company")
    if version is None:  # discarded a moment ago
        raise NotFound
    lines = await lines_of(version_id)
    today = clock.today(settings.timezone)
    company = version.presentation.company
    found = [*_of_lines(lines), *_of_date(version.valid_until, today)]
    found += await _of_readers(company.id, company.name, version.presentation.recipient_id)
    waiting = await Doubt.filter(version_id=version_id).count()
    if waiting:
        words = N_("Rows of the list wait to be settled or dismissed: %(count)s")
        found.append(Problem("doubts", RuleBroken(words, count=waiting)))
    over = await over_limit(lines, await limit_of(by), company.id)
    if over and not await is_approved(version_id, lines):
        found.append(Problem("limit", _named(N_("Over your limit of discounts: %(articles)s"), over), tuple(over)))
    return found


async def must_be_sendable(version_id: int, *, by: User, settings: Settings) -> None:
    """Raises RuleBroken with the gravest problem."""
    for problem in await problems(version_id, by=by, settings=settings):
        raise problem.rule


async def lines_of(version_id: int) -> list[Line]:
    """The lines of a version in their order, with products and brands."""
    return await Line.filter(version_id=version_id).order_by("position").select_related("product__brand")


async def limit_of(user: User) -> int | None:
    """The greatest discount that somebody may grant, in basis points; None: any."""
    if user.role == Role.ADMINISTRATOR:
        return None
    limit: int | None = (await Person.get(id=user.id)).discount_limit
    return limit


async def over_limit(lines: Sequence[Line], limit: int | None, company_id: int) -> list[Line]:
    """The lines with a discount over `limit` that is more than the company has anyway."""
    if limit is None or all(line.discount <= limit for line in lines):
        return []
    discounts = await discounts_of_company(company_id, [line.product_id for line in lines])
    return [line for line in lines if line.discount > max(limit, _own(line, discounts))]


async def is_approved(version_id: int, lines: Sequence[Line]) -> bool:
    """Whether an administrator has agreed to just these terms."""
    return await Approval.filter(version_id=version_id, approved=True, terms=digest(lines)).exists()


async def last_request(version_id: int) -> Approval | None:
    """The last request for approval of a draft, with whoever decided."""
    asked = Approval.filter(version_id=version_id).order_by("-id").select_related("decided_by")
    return await asked.first()


def new_prices() -> RuleBroken:
    """Retail prices went away from what was looked at."""
    return RuleBroken(
        N_("Retail prices have changed since the draft was saved: recalculate, look at them and send again")
    )


def _own(line: Line, discounts: Discounts) -> int:
    product = line.product
    price = discounts.price(
        product.retail, product_id=product.id, brand_id=product.brand_id, category_id=product.category_id
    )
    return price.discount


def _of_lines(lines: Sequence[Line]) -> list[Problem]:
    if not lines:
        return [Problem("empty", RuleBroken(N_("There is nothing to send yet: add a product")))]
    moved = tuple(line for line in lines if line.retail != line.product.retail)
    found = [Problem("prices", new_prices(), moved)] if moved else []
    for code, words, wrong in (
        (
            "discontinued",
            N_("Discontinued: %(articles)s. Take out what is not sold any more"),
            [line for line in lines if line.product.discontinued_at],
        ),
        (
            "quantity",
            N_("Mend the quantities first: %(articles)s"),
            [line for line in lines if not line.product.discontinued_at and not _fits(line)],
        ),
        ("price", N_("The price is zero: %(articles)s"), [line for line in lines if line.price <= 0]),
    ):
        if wrong:
            found.append(Problem(code, _named(words, wrong), tuple(wrong)))
    return found


def _of_date(valid_until: date, today: date) -> list[Problem]:
    if valid_until >= today:
        return []
    return [Problem("date", RuleBroken(N_("The offer would have expired already: choose another date")))]


async def _of_readers(company_id: int, company: str, recipient_id: int | None) -> list[Problem]:
    people = Person.filter(company_id=company_id, blocked_at=None, company__blocked_at=None)
    if recipient_id is not None:
        if await people.filter(id=recipient_id).exists():
            return []
        return [Problem("recipient", RuleBroken(N_("The recipient was blocked: choose another")))]
    if await people.filter(role__in=list(BUYERS)).exists():
        return []
    words = N_("%(company)s has nobody to send to: no owner or buyer may sign in")
    return [Problem("recipient", RuleBroken(words, company=company))]


def _named(words: str, lines: Sequence[Line]) -> RuleBroken:
    return RuleBroken(words, articles=", ".join(line.product.article for line in lines))


def _fits(line: Line) -> bool:
    product = line.product
    try:
        must_fit(line.quantity, minimum=product.minimum, pack=product.pack, unit=product.unit)
    except WrongQuantity:
        return False
    return True
