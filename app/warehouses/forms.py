"""Forms of warehouses, and of what lies in them of a product."""

import re
from collections.abc import Sequence

from app.catalogue.filters import printable
from app.goods.forms import EditForm
from app.i18n import gettext as _
from app.quantities import LARGEST
from app.warehouses import queries
from app.warehouses.models import Warehouse
from app.web.forms import Form


class WarehouseForm(EditForm):
    """A warehouse."""

    names = frozenset({"name", "position", "hidden", "version"})

    def check(self) -> None:
        self.values = {
            "name": printable(self.text("name", limit=80, required=_("Write the name"))),
            "position": self.number("position", least=0, most=9999),
            "hidden": self.ticked("hidden"),
        }


class StockForm(Form):
    """What warehouses have of a product: `w3` as it was typed, `s3` as it was shown; nothing: it is not known.

    `quantities` has what was changed. What was not is left alone, whatever became of it meanwhile.
    """

    patterns = (r"[ws][1-9]\d{0,8}",)

    def check(self, warehouses: Sequence[Warehouse]) -> None:
        self.quantities: dict[int, int | None] = {}
        for one in warehouses:
            typed, shown = self.typed[f"w{one.id}"].strip(), self.typed[f"s{one.id}"]
            if typed != shown:
                self._read(one.id, re.sub(r"\s", "", typed))

    def _read(self, number: int, typed: str) -> None:
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 10 and int(typed) <= LARGEST):
            self.errors[f"w{number}"] = _("A whole number, or nothing when it is not known")
        else:
            self.quantities[number] = int(typed) if typed else None


def warehouse_form(one: Warehouse) -> WarehouseForm:
    """The form of a warehouse as it is."""
    hidden = [("hidden", "1")] if one.hidden else []
    return WarehouseForm([*((name, str(getattr(one, name))) for name in ("name", "position", "version")), *hidden])


async def stock_form(product_id: int) -> StockForm:
    """The form of what lies where of a product as it is."""
    held = await queries.of_product(product_id)
    return StockForm([(f"{letter}{one.id}", str(one.quantity)) for one in held for letter in "ws"])
