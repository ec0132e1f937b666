"""Forms of orders: the checkout, and the next status."""

from app.accounts.user import User
from app.i18n import gettext as _
from app.orders.models import Carrier, Delivery, Details, Status
from app.web.formats import phone
from app.web.forms import Form


class CheckoutForm(Form):
    """Who gets the goods, who pays, how they travel. `seen` is the fingerprint of the cart that the page showed."""

    names = frozenset(
        {"key", "seen", "name", "phone", "email", "payer", "inn"}
        | {"delivery", "carrier", "terminal", "address", "comment"}
    )

    @classmethod
    def from_profile(cls, user: User, key: str) -> "CheckoutForm":
        """The form as it is first shown to a person."""
        typed = {
            "key": key,
            "name": user.name,
            "phone": phone(user.phone),
            "email": user.email,
            "payer": user.company_name,
            "inn": user.company_inn,
            "delivery": Delivery.PICKUP.value,
        }
        return cls(typed.items())

    def check(self) -> None:
        """Fields in the order of the page: the first error is where the page puts the hand."""
        self.key = self.one_time_key()
        self.seen = self.typed["seen"]
        name = self.text("name", limit=150, required=_("Write whom to ask for"))
        phone_number = self.phone("phone")
        email = self.email("email")
        payer = self.text("payer", limit=200, required=_("Write who pays"))
        payer_inn = self.inn("inn")
        delivery = self.choice("delivery", Delivery, _("Choose how to deliver")) or Delivery.PICKUP
        carrier, address = self._destination(delivery)
        self.details = Details(
            contact_name=name,
            contact_phone=phone_number,
            contact_email=email,
            payer_name=payer,
            payer_inn=payer_inn,
            delivery=delivery,
            carrier=carrier,
            address=address,
            comment=self.text("comment", limit=3000),
        )

    def _destination(self, delivery: Delivery) -> tuple[str, str]:
        """The carrier and where to; what was typed for another way of delivery does not count."""
        if delivery is Delivery.ADDRESS:
            return "", self.text("address", limit=300, required=_("Write the address: city, street, house"))
        if delivery is Delivery.CARRIER:
            carrier = self.choice("carrier", Carrier, _("Choose a transport company"))
            wanted = _("Write the city and the terminal: the shipping cannot be worked out without them")
            return carrier or "", self.text("terminal", limit=300, required=wanted)
        return "", ""


class StatusForm(Form):
    """The status to go to."""

    names = frozenset({"status"})

    def check(self) -> None:
        self.status = self.choice("status", Status, _("There is no such status"))


class SearchForm(Form):
    """What to look for among orders, and the key of the page."""

    names = frozenset({"q", "before"})

    def check(self) -> None:
        self.q = self.typed["q"].strip()[:100]
        before = self.typed["before"]
        self.before = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else 0
