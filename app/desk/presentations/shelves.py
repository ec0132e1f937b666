"""The products of a brand or a category that a draft may take, a page at a time, at the prices of its partner."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from app.catalogue.filters import Filters
from app.database import Sql
from app.desk.presentations.products import FOR_SALE, Found, at_prices_of
from app.i18n import gettext as _
from app.quantities import WrongQuantity, parse_quantity
from app.web.forms import Form

PAGE = 50

_SHELF = Sql(
    f"""
    SELECT {FOR_SALE}, COUNT(*) OVER () AS total
    FROM product p JOIN brand b ON b.id = p.brand_id
    JOIN category k ON k.id = p.category_id LEFT JOIN category g ON g.id = k.parent_id
    WHERE p.discontinued_at IS NULL AND (:brand = '' OR b.slug = :brand)
      AND (:category = '' OR k.slug = :category OR g.slug = :category) AND (:stock = 0 OR p.stock > 0)
    ORDER BY b.name, p.article, p.id LIMIT :limit OFFSET :offset
    """  # noqa: S608 - constant text
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of products and how many there are on all pages."""

    products: Sequence[Found]
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(-(-self.total // PAGE), 1)


class ShelfForm(Form):
    """The ticked products of a page (t12) with their quantities (n12); or `all` that are on it."""

    names = frozenset({"all"})
    patterns = (r"[tn][1-9][0-9]{0,8}",)

    def check(self, shelf: Shelf, held: Container[int]) -> None:
        """`chosen` are quantities by product; what the draft holds already is passed over."""
        self.chosen: dict[int, str] = {}
        for product in shelf.products:
            if product.id not in held and (self.ticked(f"t{product.id}") or self.ticked("all")):
                self._read(product)
        if not self.chosen and self.valid:
            self.errors["which"] = _("Tick the products to add")

    def _read(self, product: Found) -> None:
        name = f"n{product.id}"
        typed = self.typed.setdefault(name, str(product.quantity))
        try:
            quantity = parse_quantity(typed, minimum=product.minimum, pack=product.pack, unit=product.unit)
        except WrongQuantity as wrong:
            self.errors[name] = wrong.text
        else:
            self.chosen[product.id] = str(quantity)


async def shelf(filters: Filters, company_id: int) -> Shelf:
    """A page of what is on sale of a brand and a category; empty when neither is chosen."""
    if not (filters.brand or filters.category):
        return Shelf((), 0)
    rows = await _SHELF.all(
        brand=filters.brand,
        category=filters.category,
        stock=int(filters.stock),
        limit=PAGE,
        offset=(filters.page - 1) * PAGE,
    )
    return Shelf(await at_prices_of(company_id, rows), rows[0]["total"] if rows else 0)
