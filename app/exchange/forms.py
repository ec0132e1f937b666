"""Forms of connections of 1C, and the decision about what an exchange would hide."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.accounts.logins import MAY_BE
from app.accounts.models import Person
from app.catalogue.filters import printable
from app.exchange.models import Connection, Encoding, ExternalKey
from app.exchange.statuses import CHOICES
from app.goods.forms import EditForm
from app.i18n import gettext as _
from app.prices.models import PriceType
from app.web.forms import Form


class ConnectionForm(EditForm):
    """A connection; `key` of a new one makes the password."""

    names = frozenset(
        {
            "name",
            "login",
            "catalogue",
            "orders",
            "orders_since",
            "encoding",
            "wrapped",
            "person",
            "active",
            "version",
            "key",
        }
    )

    def check(self, people: Sequence[Person]) -> None:
        """`people` are the administrators."""
        self.values: dict[str, Any] = {
            "name": printable(self.text("name", limit=80, required=_("Write the name"))),
            "login": self._login(),
            "catalogue": self.ticked("catalogue"),
            "orders": self.ticked("orders"),
            "orders_since": self.day("orders_since"),
            "encoding": self.choice("encoding", Encoding, _("Choose the encoding")),
            "wrapped": self.ticked("wrapped"),
            "person_id": self.chosen("person", [one.id for one in people], _("Choose an administrator")),
            "active": self.ticked("active"),
        }
        if not (self.values["catalogue"] or self.values["orders"]):
            self.errors["catalogue"] = _("Tick what it exchanges: the catalogue, orders or both")

    def _login(self) -> str:
        login = self.text("login", limit=60, required=_("Write the login"))
        if login and not MAY_BE.fullmatch(login):
            self.errors["login"] = _("From 3 to 60 Latin letters, digits, dots, dashes or underscores")
        return login


class RenewalForm(Form):
    """A new password; `key` makes it."""

    names = frozenset({"key"})


class PriceTypesForm(Form):
    """Of the type of prices of 1C with key 7 the field t7: the id of a type here, or nothing."""

    patterns = (r"t[1-9][0-9]{0,17}",)

    def check(self, keys: Sequence[ExternalKey], types: Sequence[PriceType]) -> None:
        """Reads what was chosen for each of them."""
        among = {str(one.id): one.id for one in types} | {"": None}
        self.chosen: dict[int, int | None] = {}
        for key in keys:
            name = f"t{key.id}"
            if name in self.typed and self.typed[name] not in among:
                self.errors[name] = _("Choose the type of prices")
            elif name in self.typed:
                self.chosen[key.id] = among[self.typed[name]]


class StatusesForm(Form):
    """Of the word of 1C with key 7 the field s7: the status here, `ignore`, or nothing."""

    patterns = (r"s[1-9][0-9]{0,17}",)

    def check(self, keys: Sequence[ExternalKey]) -> None:
        """Reads what was chosen for each of them."""
        self.chosen: dict[int, int | None] = {}
        for key in keys:
            name = f"s{key.id}"
            if name in self.typed and self.typed[name] not in CHOICES:
                self.errors[name] = _("Choose the status")
            elif name in self.typed:
                self.chosen[key.id] = CHOICES[self.typed[name]]


class DecisionForm(Form):
    """What becomes of the products that an exchange would hide."""

    names = frozenset({"decision"})

    def check(self) -> None:
        self.agreed = self.typed["decision"] == "agree"
        if self.typed["decision"] not in ("agree", "refuse"):
            self.errors["decision"] = _("Press one of the two buttons")


def connection_form(one: Connection) -> ConnectionForm:
    """A connection as it is."""
    flags = [(name, "1") for name in ("catalogue", "orders", "wrapped", "active") if getattr(one, name)]
    texts = [("name", one.name), ("login", one.login), ("encoding", one.encoding.value), ("person", str(one.person_id))]
    since = ("orders_since", one.orders_since.isoformat())
    return ConnectionForm([*texts, *flags, since, ("version", str(one.version))])


def blank_form(key: str, person_id: int, today: date) -> ConnectionForm:
    """The form of a new connection."""
    flags = [(name, "1") for name in ("catalogue", "orders", "active")]
    chosen = [("encoding", Encoding.WINDOWS.value), ("person", str(person_id)), ("orders_since", today.isoformat())]
    return ConnectionForm([("key", key), *flags, *chosen])
