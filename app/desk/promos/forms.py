"""Forms of promos: by what companies are chosen, and what is said to them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.catalogue.filters import LONGEST, printable
from app.desk.presentations.forms import FARTHEST
from app.i18n import gettext as _
from app.promos.actions import Text
from app.web.forms import Form

DAYS = (30, 90, 180, 365)  # within which a company has ordered
DISCOUNTS = (5, 10, 15, 20, 25, 30)  # the least default discount, in percents
FILTERS = ("q", "city", "brand", "discount", "days", "manager")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which companies: by words, city, a discount of their own by `brand` (an id), the least default discount.

    `days`: they ordered within so many. `manager`: empty, all, or an id; only administrators look for others' partners.
    """

    q: str = ""
    city: str = ""
    brand: int = 0
    discount: int = 0
    days: int = 0
    manager: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        """The wishes of an address; what makes no sense is passed over."""
        number = {name: _number(asked.get(name, "")) for name in ("brand", "discount", "days")}
        manager = asked.get("manager", "")
        return cls(
            q=printable(asked.get("q", "")).strip()[:LONGEST],
            city=printable(asked.get("city", "")).strip()[:100],
            brand=number["brand"],
            discount=min(number["discount"], 100),
            days=min(number["days"], 3650),
            manager=manager if manager == "all" or _number(manager) else "",
        )

    @property
    def manager_id(self) -> int:
        """The id of the manager whose partners are wanted, 0 for none."""
        return _number(self.manager)

    @property
    def narrowed(self) -> bool:
        """Whether something is left out by more than whose partner it is."""
        return bool(self.q or self.city or self.brand or self.discount or self.days or self.manager_id)

    def fields(self) -> dict[str, Any]:
        """The wishes as fields of an address or of a form."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}


class PromoForm(Form):
    """What is said, to whom: the ticked companies (c12) or `which` = all that the filter finds."""

    names = frozenset({"key", "title", "greeting", "valid_until", "which", *FILTERS})
    patterns = (r"c[1-9][0-9]{0,8}",)

    def check(self, company: str, today: date) -> None:
        """`company` is the one that the offer was first made for: others are not to read of it."""
        self.key = self.one_time_key()
        self.wanted = Wanted.of(self.typed)
        self.everybody = self.typed["which"] == "all"
        self.chosen = [int(name[1:]) for name in self.typed if re.fullmatch("c[0-9]+", name, re.ASCII)]
        title = " ".join(self.text("title", limit=200, required=_("Write a title")).split())
        greeting = self.text("greeting", limit=5000)
        for name in ("title", "greeting"):
            if company.casefold() in self.typed[name].casefold():
                self.errors[name] = _("This goes to many: take out the name of %(company)s") % {"company": company}
        day = self.day("valid_until")
        if day and day < today:
            self.errors["valid_until"] = _("This day is past already")
        elif day and day > today + FARTHEST:
            self.errors["valid_until"] = _("A year at most")
        if not self.everybody and not self.chosen:
            self.errors["which"] = _("Tick the companies that it goes to, or take all that were found")
        self.text_of = Text(title, greeting, day or today)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
