"""The form that a page with products is: all its quantities at once."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, unquote

from app.catalogue.filters import Filters, printable
from app.catalogue.lines import ProductLine
from app.web.quantity_fields import QuantitiesForm
from app.web.requests import split_address
from app.web.templates import path


class ProductsForm(QuantitiesForm):
    """Quantities of products, and `from`: the address of the page that the form stands on."""

    names = QuantitiesForm.names | {"from"}

    def check(self) -> None:
        """Splits the address of the page; raises NotFound for a page number that is none."""
        address = split_address(printable(self.typed["from"]))
        self.parts = tuple(unquote(part) for part in address.path.split("/") if part) or ("catalogue",)
        self.filters = Filters.of(parse_qsl(address.query))

    @property
    def product(self) -> int:
        """The product whose own page the form stands on; 0 on a list."""
        number = self.parts[2] if len(self.parts) == 3 and self.parts[:2] == ("catalogue", "products") else ""
        return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0

    def read_lines(self, lines: Sequence[ProductLine], pressed: ProductLine | None = None) -> None:
        """Reads the quantities of `lines`; those of products that left the list meanwhile are passed over."""
        if pressed:
            self.typed.setdefault(f"q{pressed.id}", str(pressed.quantity))
        for line in lines:
            if not line.discontinued:
                self.read_line(line, pressed=line.id == (pressed.id if pressed else self.pressed))

    def in_cart(self, lines: Sequence[ProductLine]) -> dict[int, int]:
        """The valid quantities of what is in the cart, by cart line."""
        read = self.quantities
        return {line.cart_line: read[line.id] for line in lines if line.cart_line and line.id in read}

    def back_to(self, lines: Sequence[ProductLine]) -> str:
        """The address of the page with the valid quantities of what is not in the cart, unless it proposes them."""
        chosen = {
            f"q{line.id}": self.quantities[line.id]
            for line in lines
            if not line.cart_line and self.quantities.get(line.id, line.quantity) != line.quantity
        }
        return path(*self.parts, **self.filters.query_of_page(self.filters.page), **chosen)
