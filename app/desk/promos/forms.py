"""Forms of promos: by what companies are chosen, and what is said to them."""

import re
from datetime import date

from app.desk.presentations.forms import FARTHEST
from app.desk.promos.wanted import FILTERS, Wanted
from app.i18n import gettext as _
from app.promos.actions import Text
from app.web.forms import Form


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
