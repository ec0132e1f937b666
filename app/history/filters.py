"""What an address of the history asks for, and what can be chosen there."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.accounts.user import User
from app.catalogue.filters import LONGEST, printable
from app.errors import NotFound
from app.history import choices
from app.history.keys import LATEST, Wanted
from app.history.kinds import actions_of
from app.history.subjects import SUBJECTS
from app.i18n import gettext as _
from app.web.forms import Form

_YEARS = range(2000, 2101)
_WORDS = {
    "order": ("заказ", "order", "зак"),
    "presentation": ("презентация", "presentation", "през"),
    "ticket": ("тикет", "ticket", "обращение"),
}
_OBJECT = re.compile(r"(?P<word>[^\W\d]*)\.?\s*(?:№|n[o°]?\.?|#)?\s*(?P<number>[1-9]\d{0,8})", re.IGNORECASE)


class HistoryFilter(Form):
    """Action, person, object, days and, for staff, the partner. `wanted` is what they come to; `before` is a key."""

    names = frozenset({"what", "who", "object", "from", "to", "company", "before"})

    def check(self, user: User) -> None:
        """Turns texts into values; raises NotFound for a key that is none."""
        for name in self.typed:
            self.typed[name] = printable(self.typed[name]).strip() if name != "before" else self.typed[name]
        if user.is_partner:
            self.typed.pop("company", None)  # they have their own
        key = self.typed.get("before", str(LATEST))
        if not (key.isascii() and key.isdigit() and len(key) < 20 and 0 < int(key) <= LATEST):
            raise NotFound
        self.before = int(key)
        self.latest = "before" not in self.typed
        self.wanted = Wanted(
            actions=self._actions(user), subjects=self._subjects(), since=self._midnight("from", user), until=None
        )
        self._until(user)

    @property
    def query(self) -> Mapping[str, str]:
        """The query of an address with these filters; it begins at the newest entry."""
        company = str(self.wanted.company) if self.wanted.company else self.typed["company"]
        return {**{name: self.typed[name] for name in ("what", "who", "object", "from", "to")}, "company": company}

    @property
    def narrowed(self) -> bool:
        """Whether something is filtered."""
        return any(self.query.values())

    def marks(self, name: str) -> dict[str, str]:
        """The attributes of a field that say that it is wrong; the first wrong one has the focus."""
        wrong = {"aria-invalid": "true", "aria-describedby": f"{name}-e"} if name in self.errors else {}
        return wrong | ({"autofocus": ""} if name == next(iter(self.errors), "") else {})

    async def choose(self, user: User) -> choices.Choices:
        """What can be chosen from; adds the chosen company and person to `wanted`, or to `errors`."""
        companies = await choices.companies(user, self.text("company", limit=LONGEST)) if user.is_staff else []
        company = companies[0] if len(companies) == 1 else None
        if company:
            self.wanted = replace(self.wanted, company=company.id)
            self.typed["company"] = company.name
        elif self.typed["company"]:
            self.errors["company"] = _("Several partners are like that") if companies else _("No partner is like that")
        people = await choices.people(user, self.wanted.company)
        who = self.typed["who"]
        if who and who not in {str(one.id) for one in people}:
            self.errors["who"] = _("Choose somebody from the list")
        elif who:
            self.wanted = replace(self.wanted, person=int(who))
        return choices.Choices(people=people, companies=companies if "company" in self.errors else [])

    def _actions(self, user: User) -> tuple[str, ...]:
        actions = actions_of(self.typed["what"], staff=user.is_staff)
        if self.typed["what"] and not actions:
            self.errors["what"] = _("Choose an action from the list")
        return actions

    def _subjects(self) -> tuple[str, ...]:
        """Of «заказ 65» or «order No. 65» the order, of «65» whatever has this number."""
        text = self.text("object", limit=LONGEST)
        if not text or "object" in self.errors:
            return ()
        found = _OBJECT.fullmatch(text)
        word = found["word"].casefold() if found else ""
        kinds = [kind for kind in SUBJECTS if any(_is_form(word, name) for name in _WORDS[kind])]
        if not found or not kinds:
            self.errors["object"] = _("Write a number: order 65, presentation 1184 or ticket 157")
            return ()
        return tuple(f"{kind}:{int(found['number'])}" for kind in kinds)

    def _midnight(self, name: str, user: User, later: int = 0) -> datetime | None:
        """The beginning of a typed day in the reader's zone, or of one `later`."""
        day = self.day(name) if self.text(name, limit=20) else None
        if day and day.year not in _YEARS:
            self.errors[name] = _("This is not a date: 04.12.2026")
        if not day or name in self.errors:
            return None
        self.typed[name] = day.isoformat()
        return _begins(day + timedelta(days=later), user)

    def _until(self, user: User) -> None:
        until = self._midnight("to", user, later=1)
        if until and self.wanted.since and until <= self.wanted.since:
            self.errors["to"] = _("This day is before the first one")
        self.wanted = replace(self.wanted, until=until)


def _is_form(word: str, name: str) -> bool:
    """Whether a word may be a form of the name: «заказа» of «заказ», «презентации» of «презентация». No word is all."""
    stem = name[: max(3, len(name) - 2)]
    return not word or (word.startswith(stem) and len(word) <= len(name) + 3)


def _begins(day: date, user: User) -> datetime:
    return datetime.combine(day, time(), user.zone).astimezone(UTC)


def asked(query: Any, user: User) -> HistoryFilter:
    """The filters of an address, checked; raises HTTPException 400 for unknown or doubled fields."""
    where = HistoryFilter(query.multi_items())
    where.check(user)
    return where
