"""Forms of invitations on the desk."""

from app.accounts.models import Role
from app.catalogue.filters import LONGEST, printable
from app.desk.forms import ListFilter
from app.desk.invitations.queries import STATES
from app.i18n import gettext as _
from app.people.forms import Post
from app.web.forms import Form


class InvitationFilter(ListFilter):
    """State, and words of a search."""

    names = ListFilter.names | {"state", "q"}

    def check(self) -> None:
        super().check()
        self.state = self.typed["state"] if self.typed["state"] in STATES else ""
        self.q = printable(self.typed["q"]).strip()[:LONGEST]


class CompanyFilter(ListFilter):
    """Words of a search for the company to invite into, and the one that was chosen."""

    names = ListFilter.names | {"q", "company"}

    def check(self) -> None:
        super().check()
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        self.company = self.key("company")


class InviteForm(Form):
    """Whom to invite: into a company that is here (`company`, its id), or into a new one by its name."""

    names = frozenset({"company", "company_name", "inn", "name", "email", "phone", "role"})

    def check(self) -> None:
        typed = self.typed["company"]
        self.company = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        if not self.company:
            self.company_name = self.text("company_name", limit=200, required=_("Write the name of the company"))
            self.tax_number = self.inn("inn")
        self.name = self.text("name", limit=150, required=_("Write the name"))
        self.address = self.email("email")
        self.number = self.phone("phone") if self.typed["phone"].strip() else ""
        role = self.choice("role", Post, _("Choose a role"))
        self.role = Role(role) if role else Role.VIEWER
