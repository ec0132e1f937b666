"""Forms of drafting. A draft is one form: each door saves all of it and then does what it is about."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from app.catalogue.filters import LONGEST, printable
from app.catalogue.models import Product
from app.desk.presentations import conflicts
from app.errors import RuleBroken
from app.i18n import gettext as _
from app.money import discounted, parse_money, parse_percent
from app.presentations.draft_queries import Draft, DraftLine
from app.presentations.drafts import Changes
from app.presentations.terms import Terms, agreed
from app.quantities import WrongQuantity, parse_quantity
from app.web.forms import Form
from app.web.quantity_fields import id_of

FARTHEST = timedelta(days=366)  # an offer that holds longer is a slip of the pen
DEAREST = 100_000_000_00  # kopecks; with the largest quantity and the most lines a total still fits its column
_TAKEN = re.compile(r"([qnw][1-9][0-9]{0,8}):([1-9][0-9]{0,6})", re.ASCII)


class StartForm(Form):
    """Whom a new presentation is for: the id of a company, 0 for what is none."""

    names = frozenset({"company"})

    def check(self) -> None:
        typed = self.typed["company"]
        self.company = int(typed) if re.fullmatch("[1-9][0-9]{0,8}", typed, re.ASCII) else 0


class DecisionForm(Form):
    """An administrator's answer to a request: yes or no, a word, and the terms that were shown."""

    names = frozenset({"decision", "answer", "terms"})

    def check(self) -> None:
        self.approved = self.typed["decision"] == "approve"
        self.answer = self.text("answer", limit=500)
        if self.typed["decision"] not in ("approve", "decline"):
            self.errors["decision"] = _("Approve or decline")
        elif not self.approved and not self.answer:
            self.errors["answer"] = _("Say why, so that the manager knows what to change")


class DraftForm(Form):
    """Head and lines of a draft: discount d31, price p31, quantity q31, text r31 and place o31 of line 31, quantity n12

    of a found product 12; what is sought t5 and the quantity w5 of the waiting row 5; a discount b3 for brand 3.
    A field that was not sent keeps what was saved. `find` is what products were searched for, `then` is where to go
    on after saving, `take` puts a nearest quantity into its field, `step` moves a line up (-1) or down; `seen` is the
    revision that was looked at in `window`, `theirs` names a part that somebody else saved meanwhile and that shall
    stay so; `list` is a pasted list, `all` a discount for all lines, `word` goes with a request for approval.
    """

    names = frozenset({"title", "greeting", "valid_until", "recipient", "find", "then", "take", "product", "step"}) | {
        *("seen", "window", "theirs", "list", "all", "own", "settle", "word"),
    }
    patterns = (r"[dpqnrotwb][1-9][0-9]{0,8}",)

    def __init__(self, data: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        self.wrong: dict[str, WrongQuantity] = {}  # quantities by the names of their fields
        self.theirs: dict[str, str] = {}  # what was saved meanwhile, by the part that it is about
        self.doubts: dict[int, tuple[str, str]] = {}
        self.gone = 0  # lines that were typed in and are not there any more

    def check(self, draft: Draft, today: date, product: Product | None = None, without: int = 0) -> None:
        """Reads the whole form but the line `without`; for a `product` to add also its quantity."""
        taken = _TAKEN.fullmatch(self.typed["take"])
        if taken:
            self.typed[taken[1]] = taken[2]
        seen = id_of(self.typed["seen"]) if self.typed["seen"] else draft.revision
        self._forget_gone(draft, stale=seen < draft.revision)
        conflicts.give_way(self.typed)
        self.theirs = conflicts.merge(draft, self.typed, seen, without=without)
        self.overtaken = seen < draft.revision and not conflicts.all_own(draft, self.typed["window"], seen)
        self.find = printable(self.typed["find"]).strip()[:LONGEST]
        self.step = -1 if self.typed["step"] == "-1" else 1
        self.doubts = {
            int(name[1:]): (printable(text).strip()[:300], printable(self.typed["w" + name[1:]]).strip()[:20])
            for name, text in self.typed.items()
            if name[0] == "t" and name[1:].isdigit()
        }
        lines = [line for line in draft.lines if line.id != without]
        self.terms = {line.id: self._terms(line) for line in lines}
        remarks = {line.id: self._remark(line) for line in lines}
        self.quantity = self._quantity(f"n{product.id}", product) if product else 0
        self.changes = Changes(*self._head(draft, today), self.terms, remarks, self._order(draft))
        for part, words in self.theirs.items():
            self.errors.setdefault(part, words)

    def _forget_gone(self, draft: Draft, *, stale: bool) -> None:
        """Passes over lines that were taken out in another window."""
        known = {line.id for line in draft.lines}
        gone = {name for name in self.typed if name[0] in "dpqro" and name[1:].isdigit() and int(name[1:]) not in known}
        if gone and not stale:
            raise RuleBroken("The list was changed in another window: open the draft again")
        self.gone = len({name[1:] for name in gone})
        for name in gone:
            del self.typed[name]

    def _remark(self, line: DraftLine) -> str:
        name = f"r{line.id}"
        return " ".join(self.text(name, limit=500).split()) if name in self.typed else line.remark

    def _order(self, draft: Draft) -> list[int]:
        """The ids of the lines by their typed places: a line goes to its new one, the others keep their order."""
        moved: list[tuple[int, int]] = []
        for place, line in enumerate(draft.lines, 1):
            typed = self.typed.get(f"o{line.id}", str(place)).strip()
            if typed == str(place):
                continue
            if not 1 <= id_of(typed) <= len(draft.lines):
                self.errors[f"o{line.id}"] = _("A place from 1 to %(last)s") % {"last": len(draft.lines)}
                continue
            moved.append((int(typed), line.id))
        order = [line.id for line in draft.lines if line.id not in {one for _place, one in moved}]
        for place, line_id in sorted(moved):
            order.insert(place - 1, line_id)
        return order if moved else []

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
        if not terms.price and line.terms.price:
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
        if not line.terms.price and not self.typed[name].strip():
            return 0  # a product whose price is on request waits for one: the offer cannot be sent before
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


def blanket(form: DraftForm, draft: Draft) -> dict[int, int]:
    """The discount for each line by its id, as typed for all and for brands (a brand goes first), in basis points."""
    typed = {"all": draft.lines}
    typed |= {f"b{brand}": tuple(line for line in draft.lines if line.brand_id == brand) for brand in draft.brands}
    chosen: dict[int, int] = {}
    for name, lines in typed.items():
        if not form.typed[name].strip():
            continue
        try:
            discount = parse_percent(form.typed[name])
        except ValueError:
            form.errors[name] = _("From 0 to 100, as 15 or 12,5")
            continue
        if any(line.retail and not discounted(line.retail, discount) for line in lines):
            form.errors[name] = _("With this discount the price would be zero")
        chosen |= {line.id: discount for line in lines}
    return chosen
