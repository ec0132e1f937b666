"""What is said of the stock beside a product: one wording for the catalogue, presentations and the cart."""

from datetime import date

from app import clock
from app.i18n import gettext as _
from app.money import NBSP
from app.web.formats import day, whole

FEW = 5  # up to here it may be gone before the order is placed
PLENTY = 50  # more than that need not be counted


def stock_mark(stock: int, restock_on: date | None, discontinued: bool, unit: str) -> tuple[str, str]:
    """CSS classes and words for `stock` units in the warehouse; `restock_on` is the day when more are expected.

    A full, half or empty circle stands before the words (classes few and none), so that colour is not alone.
    """
    if discontinued:
        return "bad none", _("Discontinued")
    if stock > PLENTY:
        return "good", _("In stock")
    if stock > FEW:
        return "good", f"{whole(stock)}{NBSP}{unit}"
    if stock > 0:
        return "warn few", _("Only %(stock)s left") % {"stock": f"{stock}{NBSP}{unit}"}
    if restock_on and restock_on >= clock.distributor_today():
        return "warn none", _("None, expected on %(day)s") % {"day": day(restock_on)}
    return "bad none", _("Out of stock")


def held_mark(quantity: int, unit: str, exactly: bool | None) -> tuple[str, str]:
    """The same for what lies in one warehouse; `exactly` for staff: others need not know how many are plenty."""
    if quantity > PLENTY and not exactly:
        return "good", _("More than %(count)s") % {"count": f"{PLENTY}{NBSP}{unit}"}
    if quantity > 0:
        return "good" if quantity > FEW else "warn few", f"{whole(quantity)}{NBSP}{unit}"
    return "bad none", _("None there")
