"""Forms of orders: the checkout, and the next status."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from app.accounts.user import User
from app.catalogue.filters import LONGEST, printable
from app.i18n import gettext as _
from app.orders.lists import Wanted
from app.orders.models import Carrier, Delivery, Details, Status
from app.web.formats import phone
from app.web.forms import Form
from app.web.quantity_fields import id_of

LONGEST_WORD = 500


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


class WordForm(Form):
    """A few words to go with what is done."""

    names = frozenset({"word"})

    def check(self, required: str = "") -> None:
        self.word = self.text("word", limit=LONGEST_WORD, required=required)


class OfferForm(WordForm):
    """The colleague to hand an order to, and a word."""

    names = frozenset({"word", "colleague"})

    def check(self, required: str = "") -> None:
        super().check(required)
        self.colleague = id_of(self.typed["colleague"])
        if not self.colleague:
            self.errors["colleague"] = _("Choose a colleague")


class MergeForm(Form):
    """The number of the order to merge with, and the fingerprint of the result that was shown."""

    names = frozenset({"with", "seen"})

    def check(self) -> None:
        self.other = id_of(self.typed["with"])


class AnswerForm(Form):
    """What becomes of a hand-over."""

    names = frozenset({"handover", "answer"})

    def check(self) -> None:
        self.handover = id_of(self.typed["handover"])
        self.answer = self.typed["answer"]


class SearchForm(Form):
    """What is looked for among orders: words or a number, status, person, days; `before` is the key of the page."""

    names = frozenset({"q", "status", "who", "from", "to", "before"})

    def check(self, user: User) -> None:
        """A value that means nothing filters nothing; a day that is none has its error."""
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        status = self.typed["status"]
        since, until = self._midnight("from", user), self._midnight("to", user, later=1)
        if since and until and until <= since:
            self.errors["to"] = _("This day is before the first one")
        self.wanted = Wanted(
            q=self.q,
            status=Status(status) if status in set(Status) else None,
            person=self._key("who"),
            since=since,
            until=until,
        )
        self.before = self._key("before")

    @property
    def narrowed(self) -> bool:
        """Whether something is left out that can be shown again."""
        return self.wanted != Wanted() or bool(self.errors)

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query of an address with these filters, some of them changed; it begins at the newest order."""
        filters = {"q": self.q, "status": self.wanted.status or "", "who": self.wanted.person or ""}
        return {**filters, "from": self.typed["from"], "to": self.typed["to"], **changes}

    def _key(self, name: str) -> int:
        typed = self.typed[name]
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0

    def _midnight(self, name: str, user: User, later: int = 0) -> datetime | None:
        """The beginning of a typed day in the reader's zone, or of one `later`."""
        day = self.day(name) if self.text(name, limit=20) else None
        if day and day.year not in range(2000, 2101):
            self.errors[name] = _("This is not a date: 04.12.2026")
        if not day or name in self.errors:
            return None
        self.typed[name] = day.isoformat()
        return datetime.combine(day + timedelta(days=later), time(), user.zone).astimezone(UTC)
