"""Forms of price lists: what is wanted in which format, and the name of an address."""

from app.exports.actions import Choice
from app.exports.models import Format
from app.exports.queries import Offered
from app.i18n import gettext as _
from app.web.forms import Form


class AskForm(Form):
    """A format, and boxes of brands (b3) and categories (c5); with no box of a kind ticked all of them are meant."""

    names = frozenset({"key", "format"})
    patterns = (r"[bc][1-9][0-9]{0,8}",)

    def check(self, offered: Offered) -> None:
        """Passes over what is not there to be chosen any more."""
        form = self.choice("format", Format, _("Choose a format"))
        brands = [one.id for one in offered.brands if self.ticked(f"b{one.id}")]
        categories = [one.id for one in offered.categories if self.ticked(f"c{one.id}")]
        self.wanted = Choice(form or Format.XLSX, brands, categories)


class TokenForm(Form):
    """What an address is for."""

    names = frozenset({"key", "name"})

    def check(self) -> None:
        self.name = " ".join(self.text("name", limit=100, required=_("Write what the address is for")).split())
