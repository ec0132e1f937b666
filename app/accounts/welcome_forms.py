"""The form of those who come in for the first time."""

from app.accounts.passwords import LONGEST
from app.i18n import gettext as _
from app.web.forms import Form


class WelcomeForm(Form):
    """An own password, the consents, and where to go on."""

    names = frozenset({"password", "consent", "promo", "next"})

    def check(self) -> None:
        self.password = self.typed["password"]
        if not self.password:
            self.errors["password"] = _("Choose a password")
        elif len(self.password) > LONGEST:
            self.errors["password"] = _("Too long: at most %(limit)s characters") % {"limit": LONGEST}
        if not self.ticked("consent"):
            self.errors["consent"] = _("Without this consent we cannot keep an account for you")
        self.promo = self.ticked("promo")
        self.next = self.typed["next"]
