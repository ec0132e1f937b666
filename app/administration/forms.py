"""Forms of settings and VAT rates."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.administration.rates import CHANGEABLE
from app.administration.staff_forms import working_day
from app.i18n import gettext as _
from app.money import Vat
from app.web.formats import phone
from app.web.forms import Form

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_RANGE = re.compile(r"\s*[-–—]\s*")
MOST_HOLIDAYS = 400
MOST_LINES = 200


class SettingsForm(Form):
    """The site's settings."""

    limits: Mapping[str, int] = {"requisites": 1000, "sender_name": 100, "mail_signature": 500, "sign_in_text": 500}
    names = frozenset({*limits, "site_name", "site_phone", "work_from", "work_till"}) | {
        *("holidays", "second_factor_required"),
    }

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "SettingsForm":
        """The form as it is first shown."""
        shown = {**values, "second_factor_required": "1" if values["second_factor_required"] else ""}
        shown |= {"site_phone": phone(values["site_phone"]), "holidays": holidays_text(values["holidays"])}
        return cls(shown.items())

    def check(self) -> None:
        self.values: dict[str, Any] = {
            "site_name": self.text("site_name", limit=100, required=_("Write the company's name")),
            "site_phone": self.phone("site_phone"),
            **{name: self.text(name, limit=limit) for name, limit in self.limits.items()},
            **working_day(self),
            "holidays": self._holidays(),
            "second_factor_required": self.ticked("second_factor_required"),
        }
        for name in ("site_name", "sender_name"):
            if not self.values[name].isprintable():
                self.errors[name] = _("Write it in one line")

    def _holidays(self) -> list[str]:
        """The days as ISO dates, in their order; a line of the field is a day or a range of days."""
        lines = [line.strip() for line in self.typed["holidays"].splitlines() if line.strip()]
        days: set[date] = set()
        for line in lines[: MOST_LINES + 1]:
            found = _days(line)
            if not found:
                self.errors["holidays"] = _("Not understood: %(line)s. Write 01.01.2027 or 01.01.2027 – 08.01.2027") % {
                    "line": line[:40]
                }
                return []
            days |= found
        if len(days) > MOST_HOLIDAYS or len(lines) > MOST_LINES:
            self.errors["holidays"] = _("At most %(most)s days: take out those that are over") % {"most": MOST_HOLIDAYS}
        return [day.isoformat() for day in sorted(days)]


class RateForm(Form):
    """A VAT rate from a later day on."""

    names = frozenset({"vat", "rate", "since"})

    def check(self) -> None:
        self.vat = Vat(self.typed["vat"]) if self.typed["vat"] in set(CHANGEABLE) else Vat.STANDARD
        if self.typed["vat"] not in set(CHANGEABLE):
            self.errors["vat"] = _("Choose which rate changes")
        text = self.typed["rate"].strip().removesuffix("%").strip()
        self.rate = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else -1
        if self.rate < 0:
            self.errors["rate"] = _("Write whole percents: 22")
        since = self.day("since")
        if since and not 2000 <= since.year <= 2100:
            self.errors["since"] = _("This is not a date: 04.12.2026")
        self.since = since or date.min


def holidays_text(days: list[str]) -> str:
    """Days as the field shows them: a line for each run of days."""
    runs: list[list[date]] = []
    for day in map(date.fromisoformat, days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    ends = ((f"{run[0]:%d.%m.%Y}", f"{run[-1]:%d.%m.%Y}") for run in runs)
    return "\n".join(first if first == last else f"{first} – {last}" for first, last in ends)


def _days(line: str) -> set[date]:
    """The days of «01.01.2027» or «01.01.2027 – 08.01.2027»; none for what is no such thing."""
    edges = [_day(part) for part in _RANGE.split(line, maxsplit=1)]
    first, last = edges[0], edges[-1]
    if first is None or last is None or last < first or (last - first).days > MOST_HOLIDAYS:
        return set()
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    try:
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
    return day if day and 2000 <= day.year <= 2100 else None
