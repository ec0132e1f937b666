"""Forms about staff."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from app import clock
from app.accounts.models import Person, Role
from app.i18n import gettext as _
from app.money import parse_percent, percent
from app.web.formats import phone
from app.web.forms import Form

NOBODY = "nobody"  # takes over: what was in somebody's hands waits for whoever takes it
CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


class StaffRole(StrEnum):
    """What somebody may be who works for the distributor: the roles of app.accounts.models that staff have."""

    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


class InviteForm(Form):
    """Whom to invite."""

    names = frozenset({"name", "email", "role"})

    def check(self) -> None:
        self.name = self.text("name", limit=150, required=_("Write the name"))
        self.address = self.email("email")
        role = self.choice("role", StaffRole, _("Choose a role"))
        self.role = Role(role) if role else Role.MANAGER


class MemberForm(Form):
    """What an administrator changes about a member of staff."""

    texts = ("name", "extension", "about", "shown_email", "work_from", "work_till")
    names = frozenset({*texts, "phone", "role", "discount_limit"})

    @classmethod
    def of(cls, person: Person) -> "MemberForm":
        """The form as it is first shown."""
        form = cls((name, getattr(person, name)) for name in (*cls.texts, "role"))
        form.typed["phone"] = phone(person.phone)
        limit = person.discount_limit
        form.typed["discount_limit"] = percent(limit).rstrip("\u00a0%") if limit is not None else ""
        return form

    def check(self) -> None:
        role = self.choice("role", StaffRole, _("Choose a role"))
        self.values = {
            "name": self.text("name", limit=150, required=_("Write the name")),
            "phone": self.phone("phone") if self.typed["phone"].strip() else "",
            "extension": self.text("extension", limit=10),
            "about": self.text("about", limit=200),
            "shown_email": self.email("shown_email") if self.typed["shown_email"].strip() else "",
            "discount_limit": self._limit(),
            "role": Role(role) if role else Role.MANAGER,
            **working_day(self),
        }

    def _limit(self) -> int | None:
        text = self.typed["discount_limit"].strip()
        try:
            return parse_percent(text) if text else None
        except ValueError:
            self.errors["discount_limit"] = _("Write a percentage from 0 to 100, for example 12.5")
            return None


class AbsenceForm(Form):
    """From when to when somebody is away, and who answers meanwhile; all empty: they are not away."""

    names = frozenset({"absent_from", "absent_until", "substitute"})

    @classmethod
    def of(cls, person: Person) -> "AbsenceForm":
        """The form as it is first shown."""
        days = ((name, getattr(person, name)) for name in ("absent_from", "absent_until"))
        form = cls((name, day.isoformat() if day else "") for name, day in days)
        form.typed["substitute"] = str(person.substitute_id or "")
        return form

    def check(self, person: Person, colleagues: Sequence[Person]) -> None:
        self.first, self.last = self._day("absent_from"), self._day("absent_until")
        self.substitute = chosen_colleague(self, "substitute", colleagues)
        if self.errors:
            return
        if not self.first and not self.last:
            if self.substitute:
                self.errors["absent_from"] = _("Choose a date")
            return
        for name, day in (("absent_from", self.first), ("absent_until", self.last)):
            if day is None:
                self.errors[name] = _("Choose a date")
        if self.first and self.last:
            self._check_order(self.first, self.last)

    def _check_order(self, first: date, last: date) -> None:
        if last < first:
            self.errors["absent_until"] = _("This day is before the first one")
        elif last < clock.distributor_today():
            self.errors["absent_until"] = _("This day is over already")
        elif (last - first).days > 1000:
            self.errors["absent_until"] = _("An absence lasts three years at the most")

    def _day(self, name: str) -> date | None:
        day = self.day(name) if self.typed[name].strip() else None
        if day and not 2000 <= day.year <= 2100:
            self.errors[name] = _("This is not a date: 04.12.2026")
        elif day:
            self.typed[name] = day.isoformat()
        return day


class BlockingForm(Form):
    """Who takes over: a colleague, or nobody in particular. Asked for when there is something to take over."""

    names = frozenset({"to"})

    def check(self, colleagues: Sequence[Person], needed: bool) -> None:
        nobody = self.typed["to"] == NOBODY or (not self.typed["to"] and not needed)
        self.to = None if nobody else chosen_colleague(self, "to", colleagues)
        if self.to is None and not nobody:
            self.errors["to"] = _("Choose who takes over")


class StaffFilter(Form):
    """Words of a search."""

    names = frozenset({"q"})

    def check(self) -> None:
        self.q = self.typed["q"].strip()[:100]


def chosen_colleague(form: Form, name: str, colleagues: Sequence[Person]) -> Person | None:
    """The colleague whose id a field holds; an error at the field for one that cannot be chosen."""
    typed = form.typed[name]
    found = next((one for one in colleagues if str(one.id) == typed), None)
    if typed and found is None:
        form.errors[name] = _("Choose somebody from the list")
    return found


def working_day(form: Form) -> dict[str, str]:
    """`work_from` and `work_till` of a form, checked."""
    values = {name: form.typed[name].strip() for name in ("work_from", "work_till")}
    for name, value in values.items():
        if not CLOCK.fullmatch(value):
            form.errors[name] = _("Write a time: 09:00")
    if not (form.errors["work_from"] or form.errors["work_till"]) and values["work_from"] >= values["work_till"]:
        form.errors["work_till"] = _("The day ends after it begins")
    return values
