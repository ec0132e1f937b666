"""When the demo happened: relative to now, on working days, in the distributor's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """Counts back from `now`, so that figures stay the same whatever day the demo is loaded."""

    now: datetime
    zone: ZoneInfo

    def day(self, workdays_ago: int) -> date:
        """The day that many working days before today; 1 is the last one before today."""
        day = self.now.astimezone(self.zone).date()
        while workdays_ago > 0:
            day -= timedelta(days=1)
            workdays_ago -= day.weekday() < SATURDAY
        return day

    def at(self, workdays_ago: int, clock: str) -> datetime:
        """A moment («12:04») of a past working day, in UTC."""
        hour, minute = clock.split(":")
        return datetime.combine(self.day(workdays_ago), time(int(hour), int(minute)), self.zone).astimezone(UTC)

    def coming(self, days: int, clock: str) -> datetime:
        """A moment («09:30») of the day in so many days, in UTC."""
        hour, minute = clock.split(":")
        return datetime.combine(self.ahead(days), time(int(hour), int(minute)), self.zone).astimezone(UTC)

    def ago(self, minutes: float) -> datetime:
        """A moment of the last hours."""
        return self.now - timedelta(minutes=minutes)

    def ahead(self, days: int) -> date:
        """The calendar day in so many days; a negative number is in the past."""
        return self.now.astimezone(self.zone).date() + timedelta(days=days)

    def local(self, moment: datetime) -> datetime:
        """The moment as the distributor's clock shows it."""
        return moment.astimezone(self.zone)
