"""Forms of drafting. A draft is one form: each door saves all of it and then does what it is about."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from app.catalogue.filters import LONGEST, printable
from app.catalogue.models import Product
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.money import parse_money, parse_percent
from app.presentations.draft_queries import Draft, DraftLine
from app.presentations.drafts import Changes
from app.presentations.terms import Terms, agreed
from app.quantities import WrongQuantity, parse_quantity
from app.web.forms import Form

FARTHEST = timedelta(days=366)  # an offer that holds longer is a slip of the pen
DEAREST = 100_000_000_00  # kopecks; with the largest quantity and the most lines a total still fits its column
_TAKEN = re.compile(r"([qn][1-9][0-9]{0,8}):([1-9][0-9]{0,6})", re.ASCII)


class StartForm(Form):
    """Whom a new presentation is for: the id of a company, 0 for what is none."""

    names = frozenset({"company"})

    def check(self) -> None:
        typed = self.typed["company"]
        self.company = int(typed) if re.fullmatch("[1-9][0-9]{0,8}", typed, re.ASCII) else 0


class DraftForm(Form):
    """Head and lines of a draft: discount d31, price p31, quantity q31 of line 31, quantity n12 of a found product 12.

    A field that was not sent keeps what was saved. `find` is what products were searched for, `then` is where to go
    on after saving, `take` puts a nearest quantity into its field, `step` moves a line up (-1) or down.
    """

    names = frozenset({"title", "greeting", "valid_until", "recipient", "find", "then", "take", "product", "step"})
    patterns = (r"[dpqn][1-9][0-9]{0,8}",)

    def __init__(self, data: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.wrong: dict[str, WrongQuantity] = {}  # quantities by the names of their fields

    def check(self, draft: Draft, today: date, product: Product | None = None, without: int = 0) -> None:
        """Reads the whole form but the line `without`; for a `product` to add also its quantity."""
        taken = _TAKEN.fullmatch(self.typed["take"])
        if taken:
            self.typed[taken[1]] = taken[2]
        known = {line.id for line in draft.lines}
        if any(name[0] in "dpq" and name[1:].isdigit() and int(name[1:]) not in known for name in self.typed):
            raise RuleBroken("The list was changed in another window: open the draft again")
        self.find = printable(self.typed["find"]).strip()[:LONGEST]
        self.step = -1 if self.typed["step"] == "-1" else 1
        self.terms = {line.id: self._terms(line) for line in draft.lines if line.id != without}
        self.quantity = self._quantity(f"n{product.id}", product) if product else 0
        self.changes = Changes(*self._head(draft, today), self.terms)

    def _head(self, draft: Draft, today: date) -> tuple[str, str, date, int | None]:
        title, greeting, valid_until = draft.title, draft.greeting, draft.valid_until
        if "title" in self.typed:
            title = " ".join(self.text("title", limit=200, required=_("Write a title")).split())
        if "greeting" in self.typed:
            greeting = self.text("greeting", limit=5000)
        if "valid_until" in self.typed:
            valid_until = self._last_day(today) or draft.valid_until
        return title, greeting, valid_until, self._recipient(draft)

    def _last_day(self, today: date) -> date | None:
        day = self.day("valid_until")
        if day and day < today:
            self.errors["valid_until"] = _("This day is past already")
        elif day and day > today + FARTHEST:
            self.errors["valid_until"] = _("A year at most")
        return day

    def _recipient(self, draft: Draft) -> int | None:
        if "recipient" not in self.typed:
            return draft.recipient_id
        for person in draft.people:
            if self.typed["recipient"] == str(person.id):
                return person.id
        if self.typed["recipient"]:
            self.errors["recipient"] = _("Choose somebody of this company")
        return None

    def _terms(self, line: DraftLine) -> Terms:
        """The terms of a line; where a field is wrong, those that held before."""
        discount = self._discount(line)
        price = self._price(line)
        quantity = self._quantity(f"q{line.id}", line) if f"q{line.id}" in self.typed else line.terms.quantity
        terms = agreed(line.kept, line.terms, Terms(price, discount, quantity), line.retail)
        if not terms.price:
            self.errors[f"d{line.id}"] = _("With this discount the price would be zero")
        return terms

    def _discount(self, line: DraftLine) -> int:
        name = f"d{line.id}"
        if name not in self.typed:
            return line.terms.discount
        try:
            return parse_percent(self.typed[name])
        except ValueError:
            self.errors[name] = _("From 0 to 100, as 15 or 12,5")
        return line.terms.discount

    def _price(self, line: DraftLine) -> int:
        name = f"p{line.id}"
        if name not in self.typed:
            return line.terms.price
        try:
            price = parse_money(self.typed[name])
        except ValueError:
            self.errors[name] = _("A price in roubles, as 11 692,20")
            return line.terms.price
        if not 0 < price <= DEAREST:
            self.errors[name] = _("A price is more than zero") if not price else _("This is too dear to be true")
            return line.terms.price
        return price

    def _quantity(self, name: str, of: DraftLine | Product) -> int:
        try:
            return parse_quantity(self.typed[name], minimum=of.minimum, pack=of.pack, unit=of.unit)
        except WrongQuantity as wrong:
            self.errors[name], self.wrong[name] = wrong.text, wrong
        return of.terms.quantity if isinstance(of, DraftLine) else 0
