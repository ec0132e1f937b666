"""The form of an order's lines: all of it is sent each time, and only what was touched in it counts."""

import re
from collections.abc import Iterable
from typing import Any

from app.catalogue.filters import LONGEST, printable
from app.i18n import gettext as _
from app.money import discount_of, discounted, parse_money, parse_percent
from app.orders.editing import Changes
from app.orders.edits import Editing, EditLine, Goods
from app.presentations.terms import Terms
from app.quantities import MOST_LINES, WrongQuantity, parse_quantity
from app.web.forms import Form
from app.web.quantity_fields import id_of

DEAREST = 100_000_000_00  # kopecks for one unit
_SHOWN = re.compile(r"([0-9]{1,9})\.([0-9]{1,13})\.([0-9]{1,5})", re.ASCII)


class LinesForm(Form):
    """Of line 31: quantity q31, price p31, discount d31, r31 to take it out, o31 what was shown; n12 adds product 12.

    `then` says what the pressed button does: find, check, add:12, drop:12, replace:31, or nothing: save.
    """

    names = frozenset({"seen", "reason", "find", "then"})
    patterns = (r"[qpdrno][1-9][0-9]{0,8}",)

    def __init__(self, data: Iterable[tuple[str, Any]] = ()) -> None:
        super().__init__(data)
        self.wrong: dict[str, WrongQuantity] = {}
        self.then, _colon, which = self.typed["then"].partition(":")
        self.which = id_of(which)
        self.find = printable(self.typed["find"]).strip()[:LONGEST]

    def press(self, editing: Editing) -> None:
        """Does what the pressed button asks of the form itself."""
        if self.then == "add" and self.which:
            self.typed.setdefault(f"n{self.which}", "")
        if self.then == "drop":
            self.typed.pop(f"n{self.which}", None)
        for line in editing.lines:
            if self.then == "replace" and line.id == self.which and line.replacement:
                self.typed[f"r{line.id}"] = "1"
                self.typed.setdefault(f"n{line.replacement}", self.typed.get(f"q{line.id}", ""))

    @property
    def added(self) -> list[int]:
        """The products that are to be added."""
        return [int(name[1:]) for name in self.typed if re.fullmatch(r"n[1-9][0-9]{0,8}", name, re.ASCII)][:MOST_LINES]

    def check(self, editing: Editing) -> None:
        """Reads everything against the lines as they are now."""
        saves = self.then not in ("find", "check", "add", "drop", "replace")
        reason = self.text("reason", limit=500, required=_("Write why: the partner will read it") if saves else "")
        removed = frozenset(line.id for line in editing.lines if self.ticked(f"r{line.id}"))
        terms = {line.id: self._terms(line) for line in editing.lines if line.id not in removed}
        added = {one.id: self._added(one) for one in editing.added}
        self.changes = Changes(" ".join(reason.split()), id_of(self.typed["seen"]), terms, removed, added)

    def rebase(self, editing: Editing) -> None:
        """Shows the lines as they are now where nothing was typed, and takes them for seen."""
        for line in editing.lines:
            shown = self._shown(line)
            for name, was in (("q", shown.quantity), ("p", shown.price), ("d", shown.discount)):
                typed = self.typed.get(f"{name}{line.id}")
                if typed is not None and self._same(name, typed, was):
                    del self.typed[f"{name}{line.id}"]
            self.typed.pop(f"o{line.id}", None)

    def total(self, editing: Editing) -> int:
        """What the order would come to, in kopecks."""
        kept = [self.changes.terms[line.id] for line in editing.lines if line.id in self.changes.terms]
        new = [one.price * self.changes.added[one.id] for one in editing.added]
        return sum(one.price * one.quantity for one in kept) + sum(new)

    def _terms(self, line: EditLine) -> Terms:
        """The terms of a line: of price and discount the touched one counts, of both the price."""
        shown, kept = self._shown(line), line.kept
        quantity, price, discount = self._quantity(line, shown), self._price(line, shown), self._discount(line, shown)
        if price is not None:
            return Terms(price, discount_of(line.retail, price), quantity)
        if discount is not None:
            price = discounted(line.retail, discount)
            if not price:
                self.errors[f"d{line.id}"] = _("With this discount the price would be zero")
            return Terms(price, discount, quantity)
        return Terms(kept.price, kept.discount, quantity)

    def _shown(self, line: EditLine) -> Terms:
        """What the page showed of a line when the form was filled in."""
        found = _SHOWN.fullmatch(self.typed[f"o{line.id}"])
        return Terms(int(found[2]), int(found[3]), int(found[1])) if found else line.kept

    def _same(self, name: str, typed: str, was: int) -> bool:
        try:
            return {"q": lambda: int(typed), "p": lambda: parse_money(typed), "d": lambda: parse_percent(typed)}[
                name
            ]() == was
        except ValueError:
            return False

    def _quantity(self, line: EditLine, shown: Terms) -> int:
        name = f"q{line.id}"
        if name not in self.typed or self._same("q", self.typed[name], shown.quantity):
            return line.kept.quantity
        return self._parsed(name, line) or line.kept.quantity

    def _added(self, goods: Goods) -> int:
        name = f"n{goods.id}"
        if not self.typed[name]:
            self.typed[name] = str(goods.quantity)
        return self._parsed(name, goods)

    def _parsed(self, name: str, of: EditLine | Goods) -> int:
        try:
            return parse_quantity(self.typed[name], minimum=of.minimum, pack=of.pack, unit=of.unit)
        except WrongQuantity as wrong:
            self.errors[name], self.wrong[name] = wrong.text, wrong
            return 0

    def _price(self, line: EditLine, shown: Terms) -> int | None:
        """A price that was typed; None for one that was left as it was."""
        name = f"p{line.id}"
        if name not in self.typed or self._same("p", self.typed[name], shown.price):
            return None
        try:
            price = parse_money(self.typed[name])
        except ValueError:
            self.errors[name] = _("A price in roubles, as 11 692,20")
            return None
        if not 0 < price <= DEAREST:
            self.errors[name] = _("A price is more than zero") if not price else _("This is too dear to be true")
            return None
        return price

    def _discount(self, line: EditLine, shown: Terms) -> int | None:
        name = f"d{line.id}"
        if name not in self.typed or self._same("d", self.typed[name], shown.discount):
            return None
        try:
            return parse_percent(self.typed[name])
        except ValueError:
            self.errors[name] = _("From 0 to 100, as 15 or 12,5")
            return None
