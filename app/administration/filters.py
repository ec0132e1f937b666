"""What the logs are filtered by, as their addresses say it."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from app.accounts.user import User
from app.administration.post import LATEST, Wanted
from app.administration.sign_ins import Wanted as SignInsWanted
from app.catalogue.filters import printable
from app.history.models import EmailState
from app.i18n import gettext as _
from app.web.forms import Form


class LogFilter(Form):
    """Days in the reader's zone, and `before`: a key, where a page begins."""

    names = frozenset({"from", "to", "before"})

    def check(self, user: User) -> None:
        """Turns texts into values, or adds to `errors`."""
        for name in self.typed:
            self.typed[name] = printable(self.typed[name]).strip()[:254]
        key = self.typed["before"]
        self.before = int(key) if key.isascii() and key.isdigit() and 0 < len(key) < 19 else LATEST
        self.latest = self.before == LATEST
        self.since = self._midnight("from", user)
        self.until = self._midnight("to", user, later=1)
        if self.since and self.until and self.until <= self.since:
            self.errors["to"] = _("This day is before the first one")

    @property
    def query(self) -> Mapping[str, str]:
        """The query of an address with these filters; it begins at the newest."""
        return {name: self.typed[name] for name in sorted(self.names - {"before"})}

    @property
    def narrowed(self) -> bool:
        """Whether something is filtered."""
        return any(self.query.values())

    def _midnight(self, name: str, user: User, later: int = 0) -> datetime | None:
        day = self.day(name) if self.typed[name] else None
        if day is None or name in self.errors:
            return None
        if not 2000 <= day.year <= 2100:
            self.errors[name] = _("This is not a date: 04.12.2026")
            return None
        self.typed[name] = day.isoformat()
        return datetime.combine(day + timedelta(days=later), time(), user.zone).astimezone(UTC)


class LetterFilter(LogFilter):
    """State, kind, recipient and a part of the subject."""

    names = LogFilter.names | {"state", "kind", "recipient", "subject"}

    def check(self, user: User) -> None:
        super().check(user)
        if self.typed["state"] not in {"", *EmailState}:
            self.typed["state"] = ""
        self.wanted = Wanted(
            **{name: self.typed[name] for name in ("state", "kind", "recipient", "subject")},
            since=self.since,
            until=self.until,
        )


class SignInFilter(LogFilter):
    """Whose sign-ins, from which address, and how they ended."""

    names = LogFilter.names | {"who", "person", "ip", "outcome"}

    def check(self, user: User) -> None:
        super().check(user)
        typed = self.typed["person"]
        self.person = int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 10 else 0
        self.outcome = self.typed["outcome"]

    @property
    def wanted(self) -> SignInsWanted:
        """What they come to."""
        return SignInsWanted(self.outcome, self.person, self.typed["ip"], self.since, self.until)
