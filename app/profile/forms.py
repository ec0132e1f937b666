"""Forms of the page «Информация»."""

import re
from typing import Any, ClassVar

from app.accounts import requisites
from app.accounts.models import Company, Person
from app.i18n import LANGUAGES
from app.i18n import gettext as _
from app.profile import companies, zones
from app.web.compared_forms import ComparedForm
from app.web.formats import phone
from app.web.forms import Form

_SPACES = re.compile(r"[\s\u2009-]+")
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


class PersonForm(Form):
    """Who somebody is, when and in what language they read. Staff also say how and when to reach them."""

    of_all = ("name", "phone", "timezone", "language")
    of_staff = ("extension", "about", "work_from", "work_till")
    names = frozenset({*of_all, *of_staff})

    @classmethod
    def of(cls, person: Person) -> "PersonForm":
        """The form as it is first shown."""
        form = cls((name, getattr(person, name)) for name in (*cls.of_all, *cls.of_staff))
        form.typed["phone"] = phone(person.phone)
        return form

    def check(self, staff: bool = False) -> None:
        self.values = {
            "name": self.text("name", limit=150, required=_("Write your name")),
            "phone": self.phone("phone"),
            "timezone": self.typed["timezone"],
            "language": self.typed["language"],
        }
        if not zones.exists(self.typed["timezone"]):
            self.errors["timezone"] = _("Choose a time zone")
        if self.typed["language"] not in LANGUAGES:
            self.errors["language"] = _("There is no such language here")
        if staff:
            self._check_staff()

    def _check_staff(self) -> None:
        self.values["extension"] = self.text("extension", limit=10)
        self.values["about"] = self.text("about", limit=200)
        for name in ("work_from", "work_till"):
            self.values[name] = self.typed[name].strip()
            if not _CLOCK.fullmatch(self.values[name]):
                self.errors[name] = _("Write a time: 09:00")
        right = not (self.errors["work_from"] or self.errors["work_till"])
        if right and self.values["work_from"] >= self.values["work_till"]:
            self.errors["work_till"] = _("The day ends after it begins")


class CompanyForm(ComparedForm):
    """The company and its requisites, for its owner and for staff.

    A number may be typed with spaces; all of them may be empty, but not wrong.
    """

    limits: ClassVar[dict[str, int]] = {
        "name": 200,
        "city": 100,
        "inn": 20,
        "kpp": 20,
        "ogrn": 25,
        "legal_address": 300,
        "actual_address": 300,
        "bank": 200,
        "bik": 20,
        "bank_account": 40,
    }
    names = frozenset({*limits, "version"})

    @classmethod
    def of(cls, company: Company) -> "CompanyForm":
        """The form as it is first shown."""
        shown = [(name, str(getattr(company, name))) for name in cls.limits]
        return cls([*shown, ("version", companies.version(company))])

    @property
    def version(self) -> str:
        """What was seen: see companies.version."""
        return self.typed["version"]

    def check(self, company: Company, by_staff: bool = False) -> None:
        self.values = {name: self.text(name, limit=limit) for name, limit in self.limits.items()}
        if not self.values["name"]:
            self.errors["name"] = _("Write the company's name")
        self.values["inn"] = self._corrected(company) if by_staff else self._taxpayer(company)
        self._check_registration(self.values["inn"])
        self._check_bank()

    def _taxpayer(self, company: Company) -> str:
        """The ИНН: the site knows a company by it, so that who has one keeps it."""
        typed = _SPACES.sub("", self.typed["inn"])
        if company.inn:
            if typed not in ("", company.inn):
                self.errors["inn"] = _("Your manager can change the tax number: ask them")
            return company.inn
        return self.inn("inn")

    def _corrected(self, company: Company) -> str:
        """The ИНН as staff type it: another one, but none no more."""
        gone = _("Write the tax number: the site knows a company by it") if company.inn else ""
        return self.inn("inn", required=gone)

    def _check_registration(self, inn: str) -> None:
        trader = len(inn) == 12
        kpp, ogrn = self._number("kpp").upper(), self._number("ogrn")
        if kpp and trader:
            self.errors["kpp"] = _("A sole trader has no KPP: leave this empty")
        elif kpp and not requisites.is_kpp(kpp):
            self.errors["kpp"] = _("A KPP has 9 signs: 770101001")
        if ogrn and not requisites.is_ogrn(ogrn, trader=trader or (not inn and len(ogrn) == 15)):
            self.errors["ogrn"] = (
                _("This OGRNIP has a mistake: a sole trader's has 15 digits, the last one checks the rest")
                if trader
                else _("This OGRN has a mistake: a company's has 13 digits, the last one checks the rest")
            )
        self.values["kpp"], self.values["ogrn"] = kpp, ogrn

    def _check_bank(self) -> None:
        bik, account = self._number("bik"), self._number("bank_account")
        if bik and not requisites.is_bik(bik):
            self.errors["bik"] = _("A BIK has 9 digits and begins with 04")
        if account and not requisites.is_account(account):
            self.errors["bank_account"] = _("An account has 20 digits")
        elif account and not bik:
            self.errors["bik"] = _("Write the BIK of the bank: the account is checked by it")
        elif account and not self.errors["bik"] and not requisites.account_fits(account, bik):
            self.errors["bank_account"] = _("BIK and account do not fit together: check both by the bank's paper")
        self.values["bik"], self.values["bank_account"] = bik, account

    def _number(self, name: str) -> str:
        return _SPACES.sub("", self.values[name])


class GuardedForm(Form):
    """A change of access, which asks for the current password."""

    def check(self, *arguments: Any) -> None:
        self.current = self.typed["current"]
        if not self.current:
            self.errors["current"] = _("Write your current password")
        elif len(self.current) > 128:
            self.errors["current"] = _("Too long: at most %(limit)s characters") % {"limit": 128}


class LoginForm(GuardedForm):
    """Another login."""

    names = frozenset({"login", "current"})

    def check(self, *arguments: Any) -> None:
        self.login = self.text("login", limit=60, required=_("Write a login"))
        super().check()


class PasswordForm(GuardedForm):
    """Another password: once, a browser can show what is typed."""

    names = frozenset({"current", "password"})

    def check(self, *arguments: Any) -> None:
        super().check()
        self.password = self.typed["password"]
        if not self.password:
            self.errors["password"] = _("Write a new password")


class EmailForm(GuardedForm):
    """Another e-mail address."""

    names = frozenset({"email", "current"})

    def check(self, *arguments: Any) -> None:
        self.address = self.email("email")
        super().check()


class BeginningForm(GuardedForm):
    """Beginning to set up the second factor, and where to go on afterwards."""

    names = frozenset({"current", "next"})


class FirstCodeForm(Form):
    """The code that shows that the authenticator knows the secret."""

    names = frozenset({"code", "next"})

    def check(self, *arguments: Any) -> None:
        self.code = self.text("code", limit=40, required=_("Write the code"))


class CodedForm(GuardedForm):
    """What asks for both factors: the current password and a code."""

    names = frozenset({"current", "code"})

    def check(self, *arguments: Any) -> None:
        super().check()
        self.code = self.text("code", limit=40, required=_("Write the code"))


class LettersForm(Form):
    """Which letters to get."""

    kinds = ("presentations", "comments", "statuses", "promo")
    names = frozenset(kinds)

    def check(self, *arguments: Any) -> None:
        self.wanted = {kind: self.ticked(kind) for kind in self.kinds}


class DevicesForm(Form):
    """Which device to sign out: one by its number (0: none that could be), or all `others`."""

    names = frozenset({"device"})

    def check(self, *arguments: Any) -> None:
        typed = self.typed["device"]
        self.others = typed == "others"
        self.device = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
