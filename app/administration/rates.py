"""VAT rates by date. One that is in force never changes: what was sold at it stays what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tortoise.exceptions import IntegrityError

from app import clock, vat
from app.accounts.user import User
from app.administration.models import VatRate
from app.database import on_commit, transaction
from app.errors import NotFound, RuleBroken
from app.money import Vat
from app.outbox import record

CHANGEABLE = (Vat.STANDARD, Vat.TEN, Vat.SEVEN, Vat.FIVE)  # zero and «без НДС» are what they are


class DayTaken(RuleBroken):
    """There is a rate from this day on, or the day is no later one."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate. `until` is its last day, or None; `state` is past, now or future."""

    id: int
    since: date
    until: date | None
    rate: int | None
    state: str
    by: str


async def rates(today: date) -> Mapping[Vat, Sequence[Rate]]:
    """All rates by kind, the latest first; `today` is the distributor's."""
    rows = await VatRate.all().select_related("added_by").order_by("vat", "since")
    return {kind: _rates([row for row in rows if row.vat is kind], today) for kind in Vat}


async def rate(number: int) -> VatRate:
    """A rate; raises NotFound."""
    found = await VatRate.get_or_none(id=number)
    if found is None:
        raise NotFound
    return found


async def add(kind: Vat, percents: int, since: date, *, today: date, by: User) -> None:
    """Adds a rate that holds from a later day on.

    :raises DayTaken: the day is not later than today, or it has a rate already.
    """
    if since <= today:
        raise DayTaken("A rate begins tomorrow at the earliest: what is in force does not change")
    try:
        async with transaction():
            if await VatRate.filter(vat=kind, since=since).exists():
                raise DayTaken("There is a rate from this day on: delete it first")
            before = await VatRate.filter(vat=kind, since__lt=since).order_by("-since").first()
            await VatRate.create(vat=kind, since=since, rate=percents, added_at=clock.now(), added_by_id=by.id)
            was = before.rate if before else None
            await record("vat_rate.added", by=by, vat=kind.value, since=since.isoformat(), rate=percents, was=was)
            on_commit(vat.forget)
    except IntegrityError:  # somebody else was quicker
        raise DayTaken("There is a rate from this day on: delete it first") from None


async def delete(one: VatRate, *, today: date, by: User) -> None:
    """Deletes a rate that does not hold yet; twice is as once.

    :raises RuleBroken: it is in force, or was.
    """
    if one.since <= today:
        raise RuleBroken("This rate is in force: it does not change any more")
    async with transaction():
        if await VatRate.filter(id=one.id).delete():
            await record("vat_rate.deleted", by=by, vat=one.vat.value, since=one.since.isoformat(), rate=one.rate)
            on_commit(vat.forget)


def _rates(rows: Sequence[VatRate], today: date) -> list[Rate]:
    found = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        until = date.fromordinal(following.since.toordinal() - 1) if following else None
        state = "future" if row.since > today else "past" if until and until < today else "now"
        by = row.added_by.name if row.added_by else ""
        found.append(Rate(row.id, row.since, until, row.rate, state, by))
    return found[::-1]
