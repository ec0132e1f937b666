"""The clock: UTC inside, the distributor's calendar where a rule speaks of days (PRODUCT rules 3 and 12)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_calendar = ZoneInfo("Europe/Moscow")


def now() -> datetime:
    """The present moment, aware, in UTC. Tests replace it here and nowhere else."""
    return datetime.now(UTC)


def today(zone: ZoneInfo) -> date:
    """The calendar day in `zone`."""
    return now().astimezone(zone).date()


def set_calendar(zone: ZoneInfo) -> None:
    """Says whose days `distributor_today` counts: called once, as a process starts."""
    global _calendar
    _calendar = zone


def distributor_today() -> date:
    """The calendar day of the distributor: discounts begin and end by it."""
    return today(_calendar)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first moment after `day` in `zone`, as UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
