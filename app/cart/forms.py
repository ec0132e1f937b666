"""The cart's form: all its lines at once, as they stand on the page."""

from app.cart.queries import Cart
from app.web.quantity_fields import QuantitiesForm


class CartForm(QuantitiesForm):
    """Quantities of the cart's lines, and what else was pressed; fields of lines that left the cart are passed over."""

    names = QuantitiesForm.names | {"removed", "agree", "checkout", "from"}

    def check(self, cart: Cart, pressed: int = 0) -> None:
        """Reads the lines that can be ordered."""
        for line in cart.lines:
            if line.problem != "gone":
                self.read_line(line, pressed=line.id == (pressed or self.pressed))
