"""Forms of types of prices, and of a product's price."""

from collections.abc import Sequence
from datetime import date

from app import money
from app.catalogue.filters import printable
from app.goods.forms import EditForm
from app.i18n import gettext as _
from app.money import Currency
from app.prices.actions import NewPrice
from app.prices.models import PriceType
from app.web.forms import Form

DEAREST = 10**12  # of the smallest units
FARTHEST = 366 * 3  # days ahead


class PriceTypeForm(EditForm):
    """A type of prices."""

    names = frozenset({"name", "position", "currency", "hidden", "version"})

    def check(self) -> None:
        self.values = {
            "name": printable(self.text("name", limit=80, required=_("Write the name"))),
            "position": self.number("position", least=0, most=9999),
            "currency": self.choice("currency", Currency, _("Choose the currency")),
            "hidden": self.ticked("hidden"),
        }


class PriceForm(Form):
    """A product's price of a type from a day on; an empty amount: none of this type, or retail on request.

    `new` is what was meant.
    """

    names = frozenset({"type", "amount", "currency", "since"})

    def check(self, types: Sequence[PriceType], today: date) -> None:
        chosen = next((one for one in types if str(one.id) == self.typed["type"]), None)
        if chosen is None:
            self.errors["type"] = _("Choose the type of prices")
        amount = self._amount()
        since = self.day("since")
        if since and since < today:
            self.errors["since"] = _("Today at the earliest: what was ordered keeps its price")
        elif since and (since - today).days > FARTHEST:
            self.errors["since"] = _("Three years ahead at most")
        currency = chosen.currency if chosen else Currency.RUB
        if self.typed["currency"]:
            currency = self.choice("currency", Currency, _("Choose the currency")) or currency
        if self.valid and chosen and since:
            self.new = NewPrice(chosen, amount, currency, since)

    def _amount(self) -> int:
        if not self.typed["amount"].strip():
            return 0
        try:
            amount = money.parse_money(self.typed["amount"])
        except ValueError:
            amount = 0
        if not 0 < amount < DEAREST:
            self.errors["amount"] = _("Write the price: 12 345,67. Leave it empty when there is none")
        return amount


def price_type_form(one: PriceType) -> PriceTypeForm:
    """The form of a type as it is."""
    hidden = [("hidden", "1")] if one.hidden else []
    texts = [(name, str(getattr(one, name))) for name in ("name", "position", "version")]
    return PriceTypeForm([*texts, ("currency", one.currency.value), *hidden])
