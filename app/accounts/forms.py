"""Forms of getting in."""

from app.i18n import LANGUAGES
from app.i18n import gettext as _
from app.web.forms import Form


class SignInForm(Form):
    """Login or e-mail address, password, and whether to stay signed in."""

    names = frozenset({"login", "password", "stay", "next"})

    def check(self) -> None:
        self.login = self.text("login", limit=254, required=_("Write your login or e-mail address"))
        self.password = self.typed.get("password", "")
        if not self.password:
            self.errors["password"] = _("Write your password")
        elif len(self.password) > 128:
            self.errors["password"] = _("Too long: at most %(limit)s characters") % {"limit": 128}
        self.stay = self.ticked("stay")
        self.next = self.typed.get("next", "")


class CodeForm(Form):
    """The code of the second factor, and where to go on."""

    names = frozenset({"code", "next"})

    def check(self) -> None:
        self.code = self.text("code", limit=40, required=_("Write the code"))
        self.next = self.typed["next"]


class LanguageForm(Form):
    """The language to read in, and where to go on."""

    names = frozenset({"language", "next"})

    def check(self) -> None:
        self.language = self.typed.get("language", "")
        if self.language not in LANGUAGES:
            self.errors["language"] = _("There is no such language here")
        self.next = self.typed.get("next", "")
