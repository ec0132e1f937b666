"""Forms of the rates."""

import re
from urllib.parse import urlsplit

from app import money
from app.i18n import gettext as _
from app.rates.bank import DEAREST
from app.rates.models import Reading
from app.web.forms import Form

MOST_PERCENT = 5000


class WriteForm(Form):
    """A rate by hand; `sure` that it is right though it jumps."""

    names = frozenset({"value", "sure"})

    def check(self) -> None:
        plain = re.sub(r"\s", "", self.typed["value"]).replace(",", ".")
        found = re.fullmatch(r"([0-9]{1,6})(?:\.([0-9]{1,4}))?", plain, re.ASCII)
        self.value = int(found[1]) * money.WHOLE + int((found[2] or "").ljust(4, "0")) if found else 0
        if not 0 < self.value < DEAREST:
            self.errors["value"] = _("Write roubles for one unit, with four decimals at most: 92,1234")
        self.sure = self.ticked("sure")


class TermsForm(Form):
    """The address of the bank's XML (empty: it is not read) and the percentage on top."""

    names = frozenset({"address", "percent"})

    def check(self) -> None:
        self.address = self.text("address", limit=500)
        try:
            parts = urlsplit(self.address)
            fits = not self.address or (parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0)
        except ValueError:
            fits = False
        if not fits or not self.address.isprintable() or " " in self.address:
            self.errors["address"] = _("This is not an address: https://bank.example/daily.xml")
        try:
            self.percent = money.parse_percent(self.typed["percent"] or "0", most=MOST_PERCENT)
        except ValueError:
            self.percent = 0
            self.errors["percent"] = _("From 0 to 50, with two decimals at most: 2,5")


class DecisionForm(Form):
    """What becomes of a held rate."""

    names = frozenset({"decision"})

    def check(self) -> None:
        self.agreed = self.typed["decision"] == "agree"
        if self.typed["decision"] not in ("agree", "refuse"):
            self.errors["decision"] = _("Press one of the two buttons")


def terms_form(state: Reading, address: str) -> TermsForm:
    """The terms as they are."""
    return TermsForm([("address", address), ("percent", money.percent(state.percent).removesuffix(f"{money.NBSP}%"))])
