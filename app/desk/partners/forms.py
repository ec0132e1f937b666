"""Forms about a partner."""

from datetime import date

from app import money
from app.desk.partners.discounts import Terms
from app.i18n import gettext as _
from app.web.forms import Form

LONGEST_NOTE = 2000


class DiscountForm(Form):
    """A discount: on what (default, brand:3, category:5), how much, on which days."""

    names = frozenset({"what", "percent", "since", "until", "removed"})

    @classmethod
    def of(cls, terms: Terms) -> "DiscountForm":
        """The form as it is first shown."""
        form = cls()
        form.typed["what"] = _code(terms)
        form.typed["percent"] = money.percent(terms.percent).removesuffix(f"{money.NBSP}%")
        form.typed["since"] = terms.since.isoformat() if terms.since else ""
        form.typed["until"] = terms.until.isoformat() if terms.until else ""
        return form

    def check(self, choices: set[str]) -> None:
        """`choices`: the codes of what there is."""
        self.removed = self.ticked("removed")
        what = self.typed["what"]
        if what not in choices:
            self.errors["what"] = _("Choose what the discount is on")
        percent = self._percent()
        since, until = self._day("since"), self._day("until")
        if since and until and until < since:
            self.errors["until"] = _("This day is before the first one")
        kind, _colon, number = what.partition(":")
        if self.valid:
            brand, category = (int(number) if kind == one else None for one in ("brand", "category"))
            self.terms = Terms(brand, category, percent, since, until)

    def _percent(self) -> int:
        try:
            return money.parse_percent(self.typed["percent"])
        except ValueError:
            self.errors["percent"] = _("Write a percentage from 0 to 100, with two decimals at most: 12,5")
            return 0

    def _day(self, name: str) -> date | None:
        day = self.day(name) if self.typed[name].strip() else None
        if day and not 2000 <= day.year <= 2100:
            self.errors[name] = _("This is not a date: 04.12.2026")
        return day


class TransferForm(Form):
    """To whom, and a word to the partner."""

    names = frozenset({"manager", "word"})

    def check(self, managers: set[int]) -> None:
        typed = self.typed["manager"]
        self.manager = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        if self.manager not in managers:
            self.errors["manager"] = _("Choose a colleague")
        self.word = self.text("word", limit=500)


class NoteForm(Form):
    """A remark for staff."""

    names = frozenset({"text", "key"})

    def check(self) -> None:
        self.key = self.one_time_key()
        self.text_ = self.text("text", limit=LONGEST_NOTE, required=_("Write what colleagues should know"))


class ReasonForm(Form):
    """Why a company's access is closed."""

    names = frozenset({"reason"})

    def check(self) -> None:
        self.reason = self.text("reason", limit=500, required=_("Write why: colleagues will see it"))


class DecisionForm(Form):
    """A word to the manager who asked for a discount."""

    names = frozenset({"word", "decision"})

    def check(self) -> None:
        self.approved = self.typed["decision"] == "approve"
        self.word = self.text("word", limit=500)
        if self.typed["decision"] not in ("approve", "decline"):
            self.errors["word"] = _("Press one of the two buttons")


def _code(terms: Terms) -> str:
    if terms.brand_id:
        return f"brand:{terms.brand_id}"
    return f"category:{terms.category_id}" if terms.category_id else "default"
