"""Forms of registering, and of a forgotten password."""

from collections.abc import Callable, Collection

from app.accounts import logins, passwords
from app.accounts.registration import Wanted
from app.errors import RuleBroken
from app.i18n import current_language
from app.i18n import gettext as _
from app.settings import Settings
from app.web.forms import Form
from app.web.replies import explain

ANY_MANAGER = "any"


class RegistrationForm(Form):
    """Who registers, for which company, and what they agree to. `wanted` and `password` are what comes of it."""

    names = frozenset(
        {"key", "company", "inn", "name", "email", "phone", "login", "password", "manager", "consent", "promo"}
    )

    def check(self, managers: Collection[int], settings: Settings) -> None:
        """Fields in the order of the page: the first error is where the page puts the hand."""
        self.key = self.one_time_key()
        company = self.text("company", limit=200, required=_("Write the name of the company"))
        inn = self.inn("inn", required=_("Write the tax number (INN): 10 digits of a company, 12 of a sole trader"))
        name = self.text("name", limit=150, required=_("Write your name"))
        email, phone = self.email("email"), self.phone("phone")
        login = self.text("login", limit=60, required=_("Choose a login"))
        obey(self, "login", logins.must_be_login, login)
        self.password = self.typed["password"]
        obey(self, "password", passwords.must_be_good, self.password, login)
        manager = self._manager(managers)
        if not self.ticked("consent"):
            self.errors["consent"] = _("Without this consent we may not keep your registration: tick the box")
        self.promo = self.ticked("promo")
        zone, language = settings.timezone.key, current_language()
        self.wanted = Wanted(company, inn, name, email, phone, login, manager, zone, language)

    def _manager(self, managers: Collection[int]) -> int | None:
        chosen = self.typed["manager"] or ANY_MANAGER
        if chosen == ANY_MANAGER:
            return None
        found = next((one for one in managers if str(one) == chosen), None)
        if found is None:
            self.errors["manager"] = _("This manager cannot be chosen any more: choose another")
        return found


class ConfirmationForm(Form):
    """The button of a letter's page; another login, when the one in the registration was taken meanwhile."""

    names = frozenset({"login"})

    def check(self) -> None:
        self.login = self.text("login", limit=60)
        if self.login:
            obey(self, "login", logins.must_be_login, self.login)


class ForgottenForm(Form):
    """Whose password is forgotten: a login or an e-mail address."""

    names = frozenset({"login"})

    def check(self) -> None:
        self.login = self.text("login", limit=254, required=_("Write your login or e-mail address"))


class PasswordForm(Form):
    """A new password."""

    names = frozenset({"password"})

    def check(self, login: str) -> None:
        self.password = self.typed["password"]
        obey(self, "password", passwords.must_be_good, self.password, login)


def obey(form: Form, name: str, rule: Callable[..., None], *values: str) -> None:
    """Writes at a field what a rule has against its value, unless something stands there already."""
    try:
        rule(*values)
    except RuleBroken as broken:
        form.errors.setdefault(name, explain(broken))
