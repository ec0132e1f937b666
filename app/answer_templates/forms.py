"""The form of an answer template."""

from app.i18n import gettext as _
from app.threads.forms import LONGEST
from app.web.forms import Form


class TemplateForm(Form):
    """A name and a text; whether all share it."""

    names = frozenset({"key", "name", "text", "shared"})

    def check(self) -> None:
        self.key = self.one_time_key()
        self.name = " ".join(self.text("name", limit=80, required=_("Give the template a name")).split())
        self.body = self.text("text", limit=LONGEST, required=_("Write the text of the template"))
        self.shared = self.ticked("shared")
