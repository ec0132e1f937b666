"""Giving discounts: within a manager's limit at once, past it when an administrator has agreed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tortoise.exceptions import IntegrityError

from app import clock
from app.accounts.invitations import lock_company
from app.accounts.models import Company, Person
from app.accounts.user import User
from app.catalogue.models import Brand, Category, Discount
from app.database import transaction
from app.desk.partners.models import DiscountRequest, RequestState
from app.errors import NotFound, RuleBroken
from app.outbox import record


@dataclass(frozen=True, slots=True)
class Terms:
    """What is given: basis points on a brand, a category or (neither) everything else, from one day to another.

    The open-ended default discount is kept with the company, everything else is a row of its own.
    """

    brand_id: int | None
    category_id: int | None
    percent: int
    since: date | None
    until: date | None

    @property
    def is_default(self) -> bool:
        """Whether it is the company's default discount, which has no dates."""
        return not (self.brand_id or self.category_id or self.since or self.until)

    @property
    def columns(self) -> dict[str, Any]:
        """The same as columns of a row."""
        what = {"brand_id": self.brand_id, "category_id": self.category_id}
        return {**what, "percent": self.percent, "valid_from": self.since, "valid_until": self.until}


async def give(company_id: int, terms: Terms, *, by: User, replaces: int | None = None) -> bool:
    """Gives a discount, or changes the one with the id `replaces`.

    :return: whether it holds; past the manager's limit it waits for an administrator, and what was before holds.
    :raises NotFound: the company has no such discount any more. RuleBroken: there is no such brand or category.
    """
    try:
        async with transaction():
            await lock_company(company_id)
            holds = await _within_limit(terms.percent, by)
            await (_write if holds else _ask)(company_id, terms, replaces, by)
    except IntegrityError as error:  # merged or deleted while the form was filled in
        raise RuleBroken("This brand or category is gone: choose another") from error
    return holds


async def remove(company_id: int, discount_id: int, *, by: User) -> None:
    """Takes a discount away; one that is gone already is no matter."""
    async with transaction():
        await lock_company(company_id)
        there = await Discount.get_or_none(id=discount_id, company_id=company_id)
        if there is None:
            return
        was = await _told(_terms(there))
        await there.delete()
        await record("discount.removed", by=by, company=company_id, was=was)


async def approve(request: DiscountRequest, word: str, *, by: User) -> None:
    """The administrator agrees: from now on it holds. Raises RuleBroken: it is decided already, or what it changes
    is gone."""
    async with transaction():
        waiting = await _decide(request, RequestState.APPROVED, word, by)
        try:
            await _write(waiting.company_id, _terms(waiting), waiting.replaces, by)
        except NotFound:
            raise RuleBroken("The discount that it changes was removed meanwhile: decline it") from None
        await _record_decision("discount.approved", waiting, word, by)


async def decline(request: DiscountRequest, word: str, *, by: User) -> None:
    """The administrator does not: what was before holds on. Raises RuleBroken: it is decided already."""
    async with transaction():
        await _record_decision("discount.declined", await _decide(request, RequestState.DECLINED, word, by), word, by)


async def _within_limit(percent: int, by: User) -> bool:
    if by.is_administrator:
        return True
    limit = (await Person.get(id=by.id)).discount_limit
    return limit is None or percent <= limit


async def _ask(company_id: int, terms: Terms, replaces: int | None, by: User) -> None:
    about = {"brand_id": terms.brand_id, "category_id": terms.category_id}
    waiting = DiscountRequest.filter(company_id=company_id, state=RequestState.WAITING, **about)
    if await waiting.filter(asked_by_id=by.id, replaces=replaces, **terms.columns).exists():
        return  # the same form, sent twice
    await waiting.update(state=RequestState.REPLACED, decided_at=clock.now())
    asked = await DiscountRequest.create(
        company_id=company_id, replaces=replaces, asked_by_id=by.id, asked_at=clock.now(), **terms.columns
    )
    await record("discount.asked", by=by, company=company_id, now=await _told(terms), request=asked.id)


async def _write(company_id: int, terms: Terms, replaces: int | None, by: User) -> None:
    there = await _there(company_id, terms, replaces)
    was = _terms(there) if there else None
    if terms.is_default:
        company = await Company.get(id=company_id)
        was = was or Terms(None, None, company.default_discount, None, None)
        await Company.filter(id=company_id).update(default_discount=terms.percent)
        if there:
            await there.delete()  # it had dates, and has none any more
    elif there:
        changes = {**terms.columns, "set_by_id": by.id, "set_at": clock.now()}
        await Discount.filter(id=there.id).update(**changes)
    else:
        await Discount.create(company_id=company_id, set_by_id=by.id, set_at=clock.now(), **terms.columns)
    if was != terms:
        told = await _told(was) if was else None
        await record("discount.set", by=by, company=company_id, was=told, now=await _told(terms))


async def _there(company_id: int, terms: Terms, replaces: int | None) -> Discount | None:
    """The row that is changed: the one that was opened, else the one about the same thing on the same days."""
    if replaces is not None:
        found = await Discount.get_or_none(id=replaces, company_id=company_id)
        if found is None:
            raise NotFound
        return found
    same = {name: value for name, value in terms.columns.items() if name != "percent"}
    return None if terms.is_default else await Discount.filter(company_id=company_id, **same).order_by("id").first()


async def _decide(request: DiscountRequest, state: RequestState, word: str, by: User) -> DiscountRequest:
    await lock_company(request.company_id)
    decision = {"state": state, "decided_by_id": by.id, "decided_at": clock.now(), "word": word}
    if not await DiscountRequest.filter(id=request.id, state=RequestState.WAITING).update(**decision):
        raise RuleBroken("This is decided already")
    return await DiscountRequest.get(id=request.id)


async def _record_decision(event: str, request: DiscountRequest, word: str, by: User) -> None:
    about = {"request": request.id, "asked_by": request.asked_by_id, "now": await _told(_terms(request)), "word": word}
    await record(event, by=by, company=request.company_id, **about)


def _terms(row: Discount | DiscountRequest) -> Terms:
    return Terms(row.brand_id, row.category_id, row.percent, row.valid_from, row.valid_until)


async def _told(terms: Terms) -> dict[str, Any]:
    """The terms as an event keeps them: with the name of the brand or category."""
    name = ""
    if terms.brand_id:
        name = (await Brand.get(id=terms.brand_id)).name
    elif terms.category_id:
        name = (await Category.get(id=terms.category_id)).name
    days = {"since": terms.since and terms.since.isoformat(), "until": terms.until and terms.until.isoformat()}
    return {"name": name, "percent": terms.percent, **days}
