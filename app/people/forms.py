"""Forms about colleagues."""

from enum import StrEnum

from app.accounts.models import Role
from app.i18n import gettext as _
from app.web.forms import Form


class Post(StrEnum):
    """What somebody may be in a partner company: the roles of app.accounts.models that partners have."""

    OWNER = "owner"
    BUYER = "buyer"
    VIEWER = "viewer"


class RoleForm(Form):
    """What a colleague, or somebody who asks to be one, may do."""

    names = frozenset({"role"})

    def check(self) -> None:
        role = self.choice("role", Post, _("Choose a role"))
        self.role = Role(role) if role else Role.VIEWER


class InviteForm(RoleForm):
    """Whom an owner invites."""

    names = frozenset({"name", "email", "role"})

    def check(self) -> None:
        super().check()
        self.name = self.text("name", limit=150, required=_("Write the name"))
        self.address = self.email("email")
