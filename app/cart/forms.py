"""The cart's form: all its lines at once, as they stand on the page."""

from app.cart.queries import Cart, CheckedLine
from app.web.quantity_fields import QuantitiesForm


class CartForm(QuantitiesForm):
    """Quantities of the cart's lines. A field of a line that left the cart meanwhile is passed over."""

    def check(self, cart: Cart, pressed: CheckedLine | None = None) -> None:
        """Reads the lines that can be ordered."""
        for line in cart.lines:
            if line.problem != "gone":
                self.read_line(line, pressed=pressed is not None and line.id == pressed.id)
