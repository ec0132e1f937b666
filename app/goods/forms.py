"""Forms of products, brands and categories, and what their list is filtered by."""

import re
from collections.abc import Sequence
from typing import Any

from app import money
from app.catalogue.filters import LONGEST, printable
from app.catalogue.models import Brand, Category, Product, article_key
from app.desk.forms import ListFilter
from app.i18n import gettext as _
from app.quantities import LARGEST
from app.web.compared_forms import ComparedForm
from app.web.forms import Form

STATES = ("sale", "discontinued", "unpictured", "unpriced")
MOST_PROPERTIES = 60


class ProductFilter(ListFilter):
    """Words or an article, a brand and a category by their ids, and one of STATES."""

    names = ListFilter.names | {"q", "brand", "category", "state"}

    def check(self) -> None:
        super().check()
        self.q = printable(self.typed["q"]).strip()[:LONGEST]
        self.brand, self.category = self.key("brand"), self.key("category")
        self.state = self.typed["state"] if self.typed["state"] in STATES else ""

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query of an address with these filters; it begins at the first product."""
        chosen = {"q": self.q, "brand": self.brand or "", "category": self.category or "", "state": self.state}
        return {**chosen, **changes}


class EditForm(ComparedForm):
    """A form that changes one thing. `version` is the number of the one that was seen."""

    @property
    def version(self) -> int:
        """The version that was seen; 0 for one that nobody has."""
        return int(self.typed["version"]) if is_number(self.typed["version"]) else 0

    def number(self, name: str, *, least: int, most: int) -> int:
        """A whole number within limits; spaces may stand in it."""
        plain = re.sub(r"\s", "", self.typed[name])
        if not is_number(plain) or not least <= int(plain) <= most:
            self.errors[name] = _("A whole number from %(least)s to %(most)s") % {"least": least, "most": most}
            return least
        return int(plain)

    def chosen(self, name: str, among: Sequence[int], required: str) -> int:
        """The id of what was chosen among some."""
        typed = self.typed[name]
        if not is_number(typed) or int(typed) not in among:
            self.errors[name] = required
            return 0
        return int(typed)


class ProductForm(EditForm):
    """A product. `clash` is another one of the brand with the same article."""

    names = frozenset(
        {
            *("article", "name", "brand", "category", "unit", "pack", "minimum", "vat", "retail", "stock"),
            *("restock_on", "description", "properties", "version"),
        }
    )
    clash: Product | None = None

    def check(
        self,
        brands: Sequence[Brand],
        categories: Sequence[Category],
        in_currency: bool = False,
        by_warehouse: bool = False,
    ) -> None:
        """`in_currency`: its retail price follows a rate, `by_warehouse`: its stock is a sum. Neither is then read."""
        self.values = {
            "article": printable(self.text("article", limit=80, required=_("Write the article"))),
            "name": printable(self.text("name", limit=250, required=_("Write the name"))),
            "brand_id": self.chosen("brand", [one.id for one in brands], _("Choose a brand")),
            "category_id": self.chosen("category", [one.id for one in categories], _("Choose a category")),
            "unit": printable(self.text("unit", limit=10, required=_("Write the unit: шт, м, упак"))),
            "pack": self.number("pack", least=1, most=10_000),
            "minimum": self.number("minimum", least=1, most=100_000),
            "vat": self.choice("vat", money.Vat, _("Choose the VAT")),
            **({} if in_currency else {"retail": self._price()}),
            **({} if by_warehouse else {"stock": self.number("stock", least=0, most=LARGEST)}),
            "restock_on": self.day("restock_on") if self.typed["restock_on"].strip() else None,
            "description": self.text("description", limit=5000),
            "properties": self._properties(),
        }
        self._check_minimum()
        if not self.errors["article"] and not article_key(self.values["article"]):
            self.errors["article"] = _("An article has letters or digits")

    def _check_minimum(self) -> None:
        minimum, pack = self.values["minimum"], self.values["pack"]
        if minimum % pack and not (self.errors["minimum"] or self.errors["pack"]):
            near = {"pack": pack, "below": minimum // pack * pack or pack, "above": -(-minimum // pack) * pack}
            words = _("The least is a multiple of the pack of %(pack)s: %(below)s or %(above)s")
            if near["below"] == near["above"]:
                words = _("The least is a multiple of the pack of %(pack)s: %(below)s")
            self.errors["minimum"] = words % near

    def _price(self) -> int:
        """Kopecks; 0 for none: then the price is on request."""
        if not self.typed["retail"].strip():
            return 0
        try:
            kopecks = money.parse_money(self.typed["retail"])
        except ValueError:
            kopecks = 0
        if not 0 < kopecks < 10**12:
            self.errors["retail"] = _("Write the price in roubles: 12 345,67. Leave it empty for a price on request")
        return kopecks

    def _properties(self) -> dict[str, str]:
        """A line for each: «Матрица: 4 Мп»."""
        found: dict[str, str] = {}
        for line in self.text("properties", limit=8000).splitlines():
            name, colon, value = (part.strip() for part in line.partition(":"))
            if line.strip() and not (name and colon and value):
                self.errors["properties"] = _("Write each property so: name: value. Wrong is “%(line)s”") % {
                    "line": line.strip()[:60]
                }
            elif line.strip():
                found[name[:100]] = value[:500]
        if len(found) > MOST_PROPERTIES:
            self.errors["properties"] = _("At most %(most)s properties") % {"most": MOST_PROPERTIES}
        return found


class BrandForm(EditForm):
    """A brand."""

    names = frozenset({"name", "synonyms", "position", "hidden", "version"})

    def check(self) -> None:
        self.values = {
            "name": printable(self.text("name", limit=80, required=_("Write the name"))),
            "synonyms": _listed(printable(self.text("synonyms", limit=300))),
            "position": self.number("position", least=0, most=9999),
            "hidden": self.ticked("hidden"),
        }


class CategoryForm(EditForm):
    """A category; `parent` is one of the upper level, or nothing."""

    names = frozenset({"name", "parent", "position", "hidden", "version"})

    def check(self, parents: Sequence[Category]) -> None:
        parent = self.typed["parent"]
        known = [one.id for one in parents]
        self.values = {
            "name": printable(self.text("name", limit=120, required=_("Write the name"))),
            "parent_id": self.chosen("parent", known, _("Choose a category of the upper level")) if parent else None,
            "position": self.number("position", least=0, most=9999),
            "hidden": self.ticked("hidden"),
        }


class MergingFilter(ListFilter):
    """Into which one another is to be merged: its id."""

    names = ListFilter.names | {"into"}

    def check(self) -> None:
        super().check()
        self.into = self.key("into")


class MergingForm(Form):
    """Into which one, and the plan that was seen."""

    names = frozenset({"into", "seen"})

    def check(self) -> None:
        self.into = int(self.typed["into"]) if is_number(self.typed["into"]) else 0
        self.seen = self.typed["seen"]


class PlaceForm(Form):
    """Which place among its like a thing is to have: 1 is the first, 0 is none."""

    names = frozenset({"place"})

    def check(self) -> None:
        self.place = int(self.typed["place"]) if is_number(self.typed["place"]) else 0


def product_form(product: Product) -> ProductForm:
    """The form of a product as it is."""
    properties = "\n".join(f"{name}: {value}" for name, value in product.properties.items())
    day = product.restock_on.isoformat() if product.restock_on else ""
    plain = ("article", "name", "unit", "pack", "minimum", "vat", "stock", "description", "version")
    return ProductForm(
        [
            *((name, str(getattr(product, name))) for name in plain),
            *(("brand", str(product.brand_id)), ("category", str(product.category_id))),
            *(
                ("retail", money.amount(product.retail) if product.retail else ""),
                ("restock_on", day),
                ("properties", properties),
            ),
        ]
    )


def brand_form(brand: Brand) -> BrandForm:
    """The form of a brand as it is."""
    hidden = [("hidden", "1")] if brand.hidden else []
    texts = [(name, str(getattr(brand, name))) for name in ("name", "synonyms", "position", "version")]
    return BrandForm([*texts, *hidden])


def category_form(category: Category) -> CategoryForm:
    """The form of a category as it is."""
    hidden = [("hidden", "1")] if category.hidden else []
    texts = [(name, str(getattr(category, name))) for name in ("name", "position", "version")]
    return CategoryForm([*texts, ("parent", str(category.parent_id or "")), *hidden])


def _listed(text: str) -> str:
    """What is divided by commas, without empty parts."""
    return ", ".join(part.strip() for part in text.split(",") if part.strip())


def is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
