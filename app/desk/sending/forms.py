"""Forms of sending: a moment in the manager's own time, the reason of a withdrawal, the day of a reminder."""

import re
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from app.i18n import gettext as _
from app.presentations.following import DAYS
from app.web.forms import Form

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", re.ASCII)


class ScheduleForm(Form):
    """A day and a time of day, as a clock on the manager's wall shows it."""

    names = frozenset({"day", "time"})

    def check(self, zone: ZoneInfo) -> None:
        self.at = datetime.max.replace(tzinfo=UTC)
        day = self.day("day")
        typed = _TIME.fullmatch(self.text("time", limit=10, required=_("Choose a time")))
        if typed is None:
            self.errors["time"] = _("This is not a time: 09:30")
        elif day is not None and not 2000 < day.year < 2200:
            self.errors["day"] = _("A year at most")
        elif day is not None:
            self.at = datetime.combine(day, time(int(typed[1]), int(typed[2])), zone).astimezone(UTC)


class WithdrawalForm(Form):
    """Why an offer is withdrawn, in words for its readers."""

    names = frozenset({"reason"})

    def check(self) -> None:
        text = self.text("reason", limit=500, required=_("Write why: the partner reads it"))
        self.reason = " ".join(text.split())


class ReminderForm(Form):
    """How many days before the last one a reminder goes out by itself; empty: none does."""

    names = frozenset({"days"})

    def check(self) -> None:
        typed = self.typed["days"]
        self.days = int(typed) if typed in {str(one) for one in DAYS} else None
        if typed and self.days is None:
            self.errors["days"] = _("Choose one of the list")
