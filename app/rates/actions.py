"""What becomes of rates: the bank's are taken or held, administrators write, agree, refuse, and set the percentage.

Whoever changes the rate that holds writes retail prices that follow it anew, in the same transaction. Presentations
that were sent and orders that were placed keep the rate of their day.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from app import clock, money
from app.accounts.user import User
from app.database import Sql, transaction
from app.errors import NotFound, RuleBroken
from app.history.models import Event, HistoryEntry
from app.i18n import N_
from app.money import Currency
from app.outbox import record
from app.prices import retail
from app.rates import bank
from app.rates.bank import Quoted, Unreadable
from app.rates.models import CurrencyRate, RateState, Reading
from app.settings import Settings

JUMP = 2000  # basis points: a rate that differs by more from the last one is looked at by an administrator first
HOURS = (time(6), time(16))  # of the distributor's day: the bank says tomorrow's rate in the afternoon
AGAIN = timedelta(minutes=15)  # after a failure
LONG = timedelta(days=1)  # without a rate, after which administrators are told, once in as much time
FARTHEST = timedelta(days=14)  # that the bank names a day ahead
_CLAIM = Sql(
    "UPDATE rate_reading SET tried_at = :now WHERE id = 1 AND (tried_at IS NULL OR tried_at <= :before)"
    " AND (read_at IS NULL OR read_at < :slot)"
)


class Jumped(RuleBroken):
    """The rate differs so much from the last one that it may be a mistake."""

    def __init__(self) -> None:
        super().__init__(N_("It differs from the last rate by more than a fifth. Tick the box if it is right"))


async def reading() -> Reading:
    """How rates are read; made when it is first asked for."""
    found, _made = await Reading.get_or_create(id=1)
    return found


def address(state: Reading, settings: Settings) -> str:
    """Where the bank's rates are read; empty: nowhere."""
    return settings.rates_url if state.address is None else state.address


def is_stale(state: Reading, settings: Settings) -> bool:
    """Whether the bank's rate has not been read for LONG, since it fails or no worker is at work."""
    since = [moment for moment in (state.read_at, state.failed_since) if moment]
    return bool(address(state, settings) and since) and clock.now() - min(since) >= LONG


async def read_due(settings: Settings) -> bool:
    """Reads the bank's rate when it is time, or when a time was missed; whether it tried. One process at a time."""
    state, now = await reading(), clock.now()
    if not address(state, settings):
        return False
    if not await _CLAIM.run(now=now, before=now - AGAIN, slot=_last_slot(now, settings)):
        return False
    await read_now(settings)
    return True


async def read_now(settings: Settings) -> str:
    """Reads the bank's rate; the code of what failed, or empty."""
    try:
        quoted = await bank.read(address(await reading(), settings))
        if quoted.day > clock.distributor_today() + FARTHEST:
            raise Unreadable("day")
    except Unreadable as unreadable:
        await _fail(unreadable.code)
        return unreadable.code
    await take(quoted)
    return ""


async def take(quoted: Quoted) -> None:
    """Keeps what the bank says from its day on; what jumped is held until an administrator agrees. Twice is as once."""
    async with transaction():
        state = await _locked()
        now = clock.now()
        await Reading.filter(id=1).update(tried_at=now, read_at=now, failure="", failed_since=None)
        same = CurrencyRate.filter(currency=Currency.USD, by_hand=False, day=quoted.day, value=quoted.value)
        if await same.exists():
            return
        held = await _jumps(quoted.value, quoted.day)
        kept = RateState.HELD if held else RateState.KEPT
        rate = await _create(quoted, state.percent, kept)
        await record("currency_rate.held" if held else "currency_rate.taken", by=None, **_told(rate, await _was(rate)))
        if not held:
            await retail.refresh()


async def write(value: int, *, sure: bool, by: User) -> None:
    """A rate by hand (ten-thousandths) from today on, until the bank's of a later day. Raises Jumped unless `sure`."""
    async with transaction():
        state, today = await _locked(), clock.distributor_today()
        if not sure and await _jumps(value, today):
            raise Jumped
        rate = await _create(Quoted(today, value), state.percent, RateState.KEPT, by=by)
        await record("currency_rate.set", by=by, **_told(rate, await _was(rate)))
        await retail.refresh()


async def decide(rate_id: int, *, agreed: bool, by: User) -> None:
    """Lets a held rate hold, or refuses it; the same decision twice is as once. Raises NotFound, RuleBroken."""
    async with transaction():
        await _locked()
        rate = await CurrencyRate.get_or_none(id=rate_id)
        if rate is None:
            raise NotFound
        state = RateState.KEPT if agreed else RateState.REFUSED
        if rate.state is state and rate.person_id == by.id:
            return
        if rate.state is not RateState.HELD:
            raise RuleBroken(N_("Somebody has decided about this rate already"))
        was = await _was(rate)
        await CurrencyRate.filter(id=rate.id).update(state=state, person_id=by.id)
        await record("currency_rate.agreed" if agreed else "currency_rate.refused", by=by, **_told(rate, was))
        if agreed:
            await retail.refresh()


async def change_terms(new_address: str, percent: int, settings: Settings, *, by: User) -> None:
    """Where the bank's rates are read, and the percentage (basis points) on top of today's rate and later ones."""
    async with transaction():
        state = await _locked()
        was = {"address": address(state, settings), "percent": state.percent}
        now = {"address": new_address, "percent": percent}
        changes = [{"field": name, "was": was[name], "now": now[name]} for name in now if was[name] != now[name]]
        if not changes:
            return
        kept = None if new_address == settings.rates_url else new_address
        await Reading.filter(id=1).update(address=kept, percent=percent)
        if percent != state.percent:
            await _reckon_again(percent)
        await record("currency_rate.terms_changed", by=by, changes=changes)


async def _reckon_again(percent: int) -> None:
    """The rate that holds and those of later days, with another percentage; past days stay as they were."""
    held = await current()
    since = held.day if held else clock.distributor_today()
    for rate in await CurrencyRate.filter(currency=Currency.USD, day__gte=since):
        await CurrencyRate.filter(id=rate.id).update(percent=percent, rate=money.marked_up(rate.value, percent))
    await retail.refresh()


async def current() -> CurrencyRate | None:
    """The rate that holds today: the same row as the price function takes."""
    kept = CurrencyRate.filter(currency=Currency.USD, state=RateState.KEPT, day__lte=clock.distributor_today())
    return await kept.order_by("-day", "-by_hand", "-id").select_related("person").first()


async def _create(quoted: Quoted, percent: int, state: RateState, by: User | None = None) -> CurrencyRate:
    return await CurrencyRate.create(
        currency=Currency.USD,
        day=quoted.day,
        value=quoted.value,
        percent=percent,
        rate=money.marked_up(quoted.value, percent),
        state=state,
        by_hand=by is not None,
        taken_at=clock.now(),
        person_id=by.id if by else None,
    )


async def _locked() -> Reading:
    """One change of rates after another."""
    await reading()
    return await Reading.select_for_update().get(id=1)


async def _jumps(value: int, day: date) -> bool:
    kept = CurrencyRate.filter(currency=Currency.USD, state=RateState.KEPT, day__lte=day)
    last = await kept.order_by("-day", "-by_hand", "-id").first()
    return last is not None and abs(value - last.value) * money.WHOLE > JUMP * last.value


async def _was(rate: CurrencyRate) -> int | None:
    """The rate that held before it, for the history."""
    kept = CurrencyRate.filter(currency=Currency.USD, state=RateState.KEPT, day__lte=rate.day).exclude(id=rate.id)
    last = await kept.order_by("-day", "-by_hand", "-id").first()
    return last.rate if last else None


async def _fail(code: str) -> None:
    async with transaction():
        state, now = await _locked(), clock.now()
        began = state.failed_since or now
        await Reading.filter(id=1).update(tried_at=now, failure=code, failed_since=began)
        if state.failed_since is None:  # once, and not every quarter of an hour
            await record("currency_rate.failed", by=None, failure=code)
        elif now - began >= LONG and not await _told_lately(now):
            last = await current()
            about = {"days": (now - began).days, "rate": last.rate if last else None}
            await record("currency_rate.missed", by=None, failure=code, **about)


async def _told_lately(now: datetime) -> bool:
    """Whether the history says already, or is to say, that the rate was not read for long."""
    if await Event.filter(handled_at=None, name="currency_rate.missed").exists():
        return True
    return await HistoryEntry.filter(action="currency_rate.missed", at__gt=now - LONG).exists()


def _last_slot(now: datetime, settings: Settings) -> datetime:
    """The last moment at which it was time to read."""
    today = clock.today(settings.timezone)
    slots = [
        datetime.combine(day, hour, settings.timezone) for day in (today - timedelta(days=1), today) for hour in HOURS
    ]
    return max(slot for slot in slots if slot <= now)


def _told(rate: CurrencyRate, was: int | None) -> dict[str, Any]:
    about = {"day": rate.day.isoformat(), "value": rate.value, "percent": rate.percent, "rate": rate.rate}
    return {**about, "currency": rate.currency.value, "was": was}
